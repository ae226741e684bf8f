"""What must be there before a stay ends (checks C17, C19, C20, H08), and what is owed after it (C18, H09).

Sources: 26 TAC 564.805 (a discharge plan before a planned discharge, signed by counselor and patient, a copy
given, family when there is consent; a summary within 30 days); overdose prevention: naloxone at intake and
discharge; continuity: the first appointment elsewhere within seven days. Drug tests are no reason (A19).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


class Way(StrEnum):
    """How a stay ends: as planned, without a plan, because nobody was reached, or by a death."""

    PLANNED = "planned"
    UNPLANNED = "unplanned"
    NOT_REACHED = "not_reached"
    DIED = "died"


WAYS: dict[str, Way] = {
    "completed": Way.PLANNED,
    "less_care": Way.PLANNED,
    "more_care": Way.PLANNED,
    "elsewhere": Way.PLANNED,
    "moved": Way.PLANNED,
    "own_wish": Way.UNPLANNED,
    "cost": Way.UNPLANNED,
    "custody": Way.UNPLANNED,
    "safety": Way.UNPLANNED,
    "other": Way.UNPLANNED,
    "not_reached": Way.NOT_REACHED,
    "died": Way.DIED,
}


class Family(StrEnum):
    """Whether family took part in the plan for afterwards."""

    TOOK_PART = "took_part"
    NOT_WANTED = "not_wanted"
    NO_CONSENT = "no_consent"
    NOBODY = "nobody"


class Naloxone(StrEnum):
    """What came of the offer of naloxone."""

    GIVEN = "given"
    PRESCRIBED = "prescribed"
    HAS_IT = "has_it"
    DECLINED = "declined"
    NOT_OFFERED = "not_offered"


class Lack(StrEnum):
    """Why the stay cannot be ended like this."""

    NO_PLAN = "no_plan"
    NOT_SIGNED = "not_signed"
    PERSON_HAS_NOT_SIGNED = "person_has_not_signed"
    NO_COPY = "no_copy"
    NO_FAMILY = "no_family"
    NO_AFTERCARE = "no_aftercare"
    NO_NALOXONE = "no_naloxone"
    TOO_FEW_CALLS = "too_few_calls"


@dataclass(frozen=True, slots=True)
class Ready:
    """What is there when a stay is to end. `at_risk_of_overdose`: opioids, stimulants or sedatives were told.

    `calls` are the days on which somebody tried to reach the person, whatever came of it.
    """

    written: bool
    signed: bool
    person_signed: bool
    copy_given: bool
    family: Family | None
    aftercare_at: datetime | None
    no_aftercare_why: str
    naloxone: Naloxone | None
    at_risk_of_overdose: bool
    calls: Sequence[date] = ()


@dataclass(frozen=True, slots=True)
class CallRule:
    """So many attempts within so many days before an administrative discharge; from the rule pack."""

    attempts: int
    days: int


AFTERCARE_WITHIN = timedelta(days=7)


def lacks(way: Way, ready: Ready, rule: CallRule, ends_on: date) -> tuple[Lack, ...]:
    """Everything that stands against ending the stay in this way on this day (the day after the last)."""
    if way is Way.DIED:
        return ()
    found = []
    if way is Way.PLANNED:
        if not ready.written:
            found.append(Lack.NO_PLAN)
        else:
            found += [
                lack
                for lack, there in (
                    (Lack.NOT_SIGNED, ready.signed),
                    (Lack.PERSON_HAS_NOT_SIGNED, ready.person_signed),
                    (Lack.NO_COPY, ready.copy_given),
                    (Lack.NO_FAMILY, ready.family is not None),
                )
                if not there
            ]
    if way is not Way.NOT_REACHED and ready.aftercare_at is None and not ready.no_aftercare_why.strip():
        found.append(Lack.NO_AFTERCARE)
    if ready.at_risk_of_overdose and ready.naloxone is None:
        found.append(Lack.NO_NALOXONE)
    if way is Way.NOT_REACHED and len(_in_time(ready.calls, rule, ends_on)) < rule.attempts:
        found.append(Lack.TOO_FEW_CALLS)
    return tuple(found)


def late_aftercare(aftercare_at: datetime | None, left_at: datetime) -> bool:
    """Whether the first appointment elsewhere lies later than the goal of seven days."""
    return aftercare_at is not None and aftercare_at > left_at + AFTERCARE_WITHIN


def _in_time(calls: Sequence[date], rule: CallRule, ends_on: date) -> list[date]:
    first = ends_on - timedelta(days=rule.days)
    return [day for day in calls if first <= day <= ends_on]


def asks_for_naloxone(substances: Sequence[str], known: Sequence[str]) -> bool:
    """Whether what was told about substances names one of `known` (beginnings of words, lower case)."""
    words = " ".join(substances).casefold().replace("/", " ").replace(",", " ").split()
    return any(word.startswith(tuple(known)) for word in words)
