"""What a decision is made from, and what it says: frozen values without behaviour of their own."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from homeground.confidentiality.rules.book import Card
from homeground.confidentiality.rules.vocabulary import (
    Asker,
    Basis,
    Category,
    Channel,
    ConsentKind,
    Outcome,
    Paper,
    Purpose,
    RestrictionKind,
)


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody wants to see or have parts of a person's record.

    `name` is the recipient as named in a consent; `asker_id` the person who signs in (staff, family).
    `agreements` are the kinds of written agreement in force with this asker. `emergency` and `facility`
    are what section 2.51 wants noted.
    """

    asker: Asker
    purpose: Purpose
    categories: frozenset[Category]
    channel: Channel = Channel.PAGE
    name: str = field(default="", repr=False)
    asker_id: UUID | None = None
    roles: frozenset[str] = frozenset()
    paper: Paper = Paper.NONE
    agreements: frozenset[str] = frozenset()
    emergency: str = field(default="", repr=False)
    facility: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    """A consent as the decision needs it. `ended_at` and `parts_ended` are revocations, whole and in part."""

    id: UUID
    kind: ConsentKind
    categories: frozenset[Category]
    recipient_kind: str
    recipients: tuple[str, ...] = field(repr=False)
    recipient_id: UUID | None
    purposes: frozenset[Purpose]
    signed_at: datetime
    expires_at: datetime | None = None
    ended_at: datetime | None = None
    parts_ended: tuple[tuple[Category, datetime], ...] = ()

    def in_force(self, at: datetime) -> bool:
        """Signed, not expired, not revoked at this moment."""
        return (
            self.signed_at <= at
            and (self.expires_at is None or at < self.expires_at)
            and (self.ended_at is None or at < self.ended_at)
        )

    def lists(self, at: datetime) -> frozenset[Category]:
        """What it still lists at this moment, without the parts that were revoked."""
        if not self.parts_ended:
            return self.categories
        return self.categories - {category for category, ended in self.parts_ended if ended <= at}


@dataclass(frozen=True, slots=True)
class RestrictionFacts:
    """What must not be told to whom. Empty means: any."""

    kind: RestrictionKind
    recipient_kind: str = ""
    recipient: str = field(default="", repr=False)
    categories: frozenset[Category] = frozenset()
    purposes: frozenset[Purpose] = frozenset()
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Relationship:
    """What the asker is to the person inside the house.

    `in_program`: they work where the person is or was treated. `caseload`: they work with the person
    themselves. `current`: the person is treated here, has asked for it, or left a short while ago.
    `glass_until`: the end of a break-glass access. `represents`: may lawfully act for them.
    """

    in_program: bool = False
    caseload: bool = False
    current: bool = True
    glass_until: datetime | None = None
    represents: bool = False


class Effect(StrEnum):
    """What a rule does in a decision."""

    PERMITS = "permits"
    REFUSES = "refuses"
    WARNS = "warns"


class Obligation(StrEnum):
    """What must be done by who acts on the decision."""

    READ_AUDIT = "read_audit"
    ACCOUNT = "account"
    NOTICE = "notice"
    COPY_OF_CONSENT = "copy_of_consent"
    DOCUMENT_NOW = "document_now"
    CONFIRM_RULE = "confirm_rule"
    ALERT_DIRECTOR = "alert_director"
    REVIEW = "review"
    NEITHER_CONFIRM_NOR_DENY = "neither_confirm_nor_deny"
    LIMITED_FACTS = "limited_facts"
    PROTECT_AND_DESTROY = "protect_and_destroy"
    PASS_ON_REVOCATION = "pass_on_revocation"


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule at work: its card, what it does to which categories. `detail` is a code that says how."""

    card: Card
    effect: Effect
    categories: frozenset[Category] = frozenset()
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer. `categories` are what may be seen or sent, `refused` the rest of what was asked for."""

    outcome: Outcome
    categories: frozenset[Category]
    refused: frozenset[Category]
    basis: Basis | None
    consent_id: UUID | None
    part2: bool
    obligations: tuple[Obligation, ...]
    reasons: tuple[Reason, ...]

    @property
    def rule(self) -> str:
        """The id of the rule that permits, empty when none does."""
        return next((r.card.id for r in self.reasons if r.effect is Effect.PERMITS), "")

    @property
    def warnings(self) -> tuple[Reason, ...]:
        """Rules at work that nobody has read yet: shown beside the answer, never hidden."""
        return tuple(r for r in self.reasons if r.card.recalled)

    def allows(self, category: Category) -> bool:
        """Whether this part may be seen or sent."""
        return category in self.categories
