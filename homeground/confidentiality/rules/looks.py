"""Which openings of charts somebody should explain (check G11; 45 CFR 164.308(a)(1)(ii)(D), 164.312(b)).

A list of questions, not of guilt: most have a good answer, and the answer is written down.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from homeground.confidentiality.rules.need import WITH_EVERYBODY


class Sign(StrEnum):
    """What makes an opening worth a question."""

    OWN_CHART = "own_chart"
    COLLEAGUE = "colleague"
    SAME_NAME = "same_name"
    SAME_REACH = "same_reach"
    EMERGENCY = "emergency"
    OUTSIDE = "outside"


class Finding(StrEnum):
    """What came of the question."""

    EXPLAINED = "explained"
    BREACH = "breach"


@dataclass(frozen=True, slots=True)
class Party:
    """What is compared of two people: family name, and where they can be reached."""

    family_name: str = field(repr=False)
    reach: frozenset[str] = field(default=frozenset(), repr=False)


@dataclass(frozen=True, slots=True)
class Opening:
    """One member of staff opened one chart in one week, some times."""

    roles: frozenset[str]
    own: bool
    on_caseload: bool
    by_emergency: bool
    reader: Party
    patient: Party
    patient_is_staff: bool
    times: int
    first_at: datetime
    last_at: datetime


def signs(opening: Opening) -> tuple[Sign, ...]:
    """What is worth a question about an opening, the gravest first; empty when nothing is.

    A family name is compared without case and spaces; double names count when they share a part. Somebody's
    own chart is asked of nothing else. A name or an address in common is asked about even on the caseload:
    whoever treats their own family should not.
    """
    if opening.own:
        return (Sign.OWN_CHART,)
    found = []
    if opening.patient_is_staff:
        found.append(Sign.COLLEAGUE)
    if _parts(opening.reader.family_name) & _parts(opening.patient.family_name):
        found.append(Sign.SAME_NAME)
    if _plain(opening.reader.reach) & _plain(opening.patient.reach):
        found.append(Sign.SAME_REACH)
    if opening.by_emergency:
        found.append(Sign.EMERGENCY)
    elif not opening.on_caseload and opening.roles.isdisjoint(WITH_EVERYBODY):
        found.append(Sign.OUTSIDE)
    return tuple(found)


def _parts(name: str) -> frozenset[str]:
    return frozenset(part for part in name.casefold().replace("-", " ").split() if len(part) > 2)


def _plain(ways: frozenset[str]) -> frozenset[str]:
    return frozenset("".join(way.casefold().split()) for way in ways if way.strip())
