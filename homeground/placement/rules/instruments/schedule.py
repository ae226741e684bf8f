"""Which questionnaires are due on a day of a stay. The rounds are data (placement/schedules/)."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

CATCH_UP = timedelta(days=2)
"""A round that was missed (no power, a stay recorded late) is still asked within so many days."""


@dataclass(frozen=True, slots=True)
class Also:
    """One more questionnaire while its own last score was that high."""

    instrument: str
    scale: str
    at_least: int


@dataclass(frozen=True, slots=True)
class Round:
    """Questionnaires asked together: on one day of the stay, every so many days, or at its end."""

    occasion: str
    instruments: tuple[str, ...]
    on_day: int | None
    every_days: int | None
    at_end: bool
    instead_of: frozenset[str]
    also: tuple[Also, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """What a person is asked, and on which day it fell due."""

    occasion: str
    due_on: date
    instruments: tuple[str, ...]


def read_schedule(text: str) -> tuple[Round, ...]:
    """The rounds a TOML text names, in its order. Raises KeyError or TOMLDecodeError when it is none."""
    return tuple(
        Round(
            occasion=row["occasion"],
            instruments=tuple(row["instruments"]),
            on_day=row.get("on_day"),
            every_days=row.get("every_days"),
            at_end=row.get("at_end", False),
            instead_of=frozenset(row.get("instead_of", ())),
            also=tuple(
                Also(each["instrument"], each["scale"], each["at_least"]) for each in row.get("also", ())
            ),
        )
        for row in tomllib.loads(text)["round"]
    )


def due(
    rounds: Sequence[Round],
    *,
    starts_on: date,
    ends_on: date | None,
    on: date,
    latest: Mapping[tuple[str, str], int],
) -> tuple[Due, ...]:
    """What falls due on `on`, or fell due within CATCH_UP before it. `ends_on` is the day after the last.

    `latest` are the person's last values by instrument and scale. A round that stands for another on the
    same day replaces it. Who asked already is for the caller to know: (occasion, due_on) names it.
    """
    found = {}
    for each in rounds:
        day = _last_day(each, starts_on, ends_on, on)
        if day is not None and on - CATCH_UP <= day <= on:
            more = tuple(
                also.instrument
                for also in each.also
                if latest.get((also.instrument, also.scale), -1) >= also.at_least
            )
            found[each.occasion] = Due(each.occasion, day, (*each.instruments, *more))
    replaced = {
        other
        for each in rounds
        if each.occasion in found
        for other in each.instead_of
        if other in found and abs(found[other].due_on - found[each.occasion].due_on) <= CATCH_UP
    }
    return tuple(each for occasion, each in found.items() if occasion not in replaced)


def _last_day(each: Round, starts_on: date, ends_on: date | None, on: date) -> date | None:
    """The last day on or before `on` this round fell on."""
    if each.at_end:
        return ends_on - timedelta(days=1) if ends_on is not None else None
    if each.on_day is not None:
        return starts_on + timedelta(days=each.on_day)
    if each.every_days is None or on < starts_on:
        return None
    turns = (on - starts_on).days // each.every_days
    last = starts_on + timedelta(days=turns * each.every_days)
    return last if turns and (ends_on is None or last < ends_on) else None
