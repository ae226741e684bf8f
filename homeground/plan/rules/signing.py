"""Who may sign a plan, who must sign with them, and when a version comes into force (checks C07, C08, C09).

Sources: 26 TAC 564.804 (a qualified counselor signs what an intern wrote), Florida 65D-30.0044 (a qualified
professional countersigns within ten calendar days). Values stand in the rule pack.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from homeground.program.rules.pack import RulePack


class Missing(StrEnum):
    """What a version still waits for before it is in force."""

    AUTHOR = "author"
    PATIENT = "patient"
    COSIGNER = "cosigner"


@dataclass(frozen=True, slots=True)
class Signed:
    """Who has signed. `author_letters` are those the author signed with; a recorded refusal with a witness
    stands for the patient's signature."""

    author_letters: str | None
    by_patient: bool
    cosigned: bool


def qualified(letters: str, pack: RulePack, on: date) -> bool:
    """Whether somebody with these letters ("LAC", "LPC, PhD") may plan alone under this pack."""
    known = str(pack.rule("plan.qualified_letters", on).value or "").split()
    return any(part.replace(".", "").upper() in known for part in re.split(r"[\s,;/]+", letters) if part)


def waits_for(signed: Signed, pack: RulePack, on: date) -> tuple[Missing, ...]:
    """Everything still missing; empty when the version is in force.

    A plan by an author without qualified letters waits for a qualified colleague where the pack says so
    (check C09); under a pack that only sets a date for it (check C08) it does not wait.
    """
    found = []
    if signed.author_letters is None:
        found.append(Missing.AUTHOR)
    if not signed.by_patient:
        found.append(Missing.PATIENT)
    if needs_cosigner(signed, pack, on) and pack.rule("plan.cosign_before_force", on).value:
        found.append(Missing.COSIGNER)
    return tuple(found)


def needs_cosigner(signed: Signed, pack: RulePack, on: date) -> bool:
    """Whether a qualified colleague has yet to sign, before or after the version comes into force."""
    return (
        signed.author_letters is not None
        and not signed.cosigned
        and not qualified(signed.author_letters, pack, on)
    )
