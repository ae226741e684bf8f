"""The right to release one thing once."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from homeground.confidentiality.rules.asking import ConsentFacts, Decision, Request
from homeground.confidentiality.rules.vocabulary import Category


@dataclass(frozen=True, slots=True)
class Permit:
    """Handed out by `confidentiality.actions.permit` and by nobody else (tests/architecture).

    Good for one release within the transaction it was given in: `turn` names that transaction, which holds
    the lock a revocation waits for. `consent` is the one it rests on, with `explanation` in words.
    """

    id: UUID
    person_id: UUID
    request: Request
    decision: Decision
    given_at: datetime
    turn: str
    consent: ConsentFacts | None = None
    explanation: str = field(default="", repr=False)
    explanation_es: str = field(default="", repr=False)
    confirmed_why: str = field(default="", repr=False)
    outside_request_id: UUID | None = None
    agreement_id: UUID | None = None

    def explained_in(self, language: str) -> str:
        """The scope of the consent in words, in Spanish where that is asked for."""
        return self.explanation_es if language == "es" else self.explanation

    @property
    def categories(self) -> frozenset[Category]:
        """What may be released, and nothing else."""
        return self.decision.categories
