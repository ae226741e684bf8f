"""What an attendance sheet may say. All problems are named at once, each beside its row."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from homeground.ground.periods import Period, any_overlap
from homeground.treatment.rules.ledger import counted_minutes
from homeground.treatment.rules.vocabulary import AWAY, State

BEFORE_PLAN = timedelta(hours=1)
FAR_FROM_PLAN = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Span:
    """Two moments as typed; the second may wrongly come before the first."""

    starts_at: datetime
    ends_at: datetime

    @property
    def forward(self) -> bool:
        """Whether it ends after it starts."""
        return self.ends_at > self.starts_at

    def period(self) -> Period:
        """The time between. Raises ValueError when it is not forward."""
        return Period(self.starts_at, self.ends_at)


@dataclass(frozen=True, slots=True)
class Held:
    """What was really held: actual start and end, and the breaks that count for nobody."""

    span: Span
    breaks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """What the sheet says of one person. No time in means from the start, none out until the end.

    `based_on` is the version of the row the writer saw, 0 for a row nobody had saved, and `seen` what it
    said then; None when that is not known. A row left as it was seen gives way to what another saved.
    """

    patient_id: UUID
    state: State
    in_at: datetime | None = None
    out_at: datetime | None = None
    based_on: int = 0
    seen: "Mark | None" = None

    @property
    def away(self) -> bool:
        """Whether the person was not there."""
        return self.state in AWAY

    def says_the_same(self, other: "Mark") -> bool:
        """Whether two marks say the same of the person, whatever they are based on."""
        return (self.state, self.in_at, self.out_at) == (other.state, other.in_at, other.out_at)


@dataclass(frozen=True, slots=True)
class Presence:
    """A mark worked out: moments and minutes as they are kept. Away: no moments, no minutes."""

    in_at: datetime | None
    out_at: datetime | None
    minutes: int


class Fault(StrEnum):
    """What is wrong with a sheet. The first group is about the session, the second about a person."""

    CANCELLED = "cancelled"
    NOT_HELD_YET = "not_held_yet"
    ENDS_BEFORE_START = "ends_before_start"
    FAR_FROM_PLAN = "far_from_plan"
    BREAK_BACKWARD = "break_backward"
    BREAK_OUTSIDE = "break_outside"
    BREAKS_OVERLAP = "breaks_overlap"

    NOT_ON_ROSTER = "not_on_roster"
    TWICE = "twice"
    IN_MISSING = "in_missing"
    OUT_MISSING = "out_missing"
    OUT_BEFORE_IN = "out_before_in"
    IN_OUTSIDE = "in_outside"
    OUT_OUTSIDE = "out_outside"
    AWAY_WITH_TIMES = "away_with_times"
    NO_CONSENT = "no_consent"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault. `patient_id` is None when it concerns the session; `field` is in, out, state,
    starts, ends or break."""

    fault: Fault
    field: str
    patient_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """Who may stand on a sheet, who of them has a consent to treat in force, and what was planned."""

    people: frozenset[UUID]
    consented: frozenset[UUID]
    planned: Span
    cancelled: bool


def check_sheet(
    marks: Collection[Mark], expected: Expected, *, held: Held, at: datetime
) -> tuple[Problem, ...]:
    """Everything wrong with a sheet, session first, then row by row; empty when it may be saved.

    Times within the session (D03, D04), consent before service (B16), nothing for what is cancelled or
    has not begun.
    """
    problems = list(_session_problems(held, expected, at))
    seen = Counter(mark.patient_id for mark in marks)
    for mark in marks:
        if seen[mark.patient_id] > 1:
            problems.append(Problem(Fault.TWICE, "state", mark.patient_id))
        problems += _mark_problems(mark, expected, held.span)
    return tuple(problems)


def _session_problems(held: Held, expected: Expected, at: datetime) -> Iterator[Problem]:
    span = held.span
    if expected.cancelled:
        yield Problem(Fault.CANCELLED, "starts")
    if at < span.starts_at or at < expected.planned.starts_at - BEFORE_PLAN:
        yield Problem(Fault.NOT_HELD_YET, "starts")
    if abs(span.starts_at - expected.planned.starts_at) > FAR_FROM_PLAN:
        yield Problem(Fault.FAR_FROM_PLAN, "starts")
    if not span.forward:
        yield Problem(Fault.ENDS_BEFORE_START, "ends")
    for pause in held.breaks:
        if not pause.forward:
            yield Problem(Fault.BREAK_BACKWARD, "break")
        elif span.forward and (pause.starts_at < span.starts_at or pause.ends_at > span.ends_at):
            yield Problem(Fault.BREAK_OUTSIDE, "break")
    if any_overlap(pause.period() for pause in held.breaks if pause.forward):
        yield Problem(Fault.BREAKS_OVERLAP, "break")


def _mark_problems(mark: Mark, expected: Expected, span: Span) -> Iterator[Problem]:
    who = mark.patient_id
    if who not in expected.people:
        yield Problem(Fault.NOT_ON_ROSTER, "state", who)
        return
    if mark.away:
        if mark.in_at or mark.out_at:
            yield Problem(Fault.AWAY_WITH_TIMES, "in" if mark.in_at else "out", who)
        return
    if who not in expected.consented:
        yield Problem(Fault.NO_CONSENT, "state", who)
    if mark.state is State.LATE and mark.in_at is None:
        yield Problem(Fault.IN_MISSING, "in", who)
    if mark.state is State.LEFT_EARLY and mark.out_at is None:
        yield Problem(Fault.OUT_MISSING, "out", who)
    if span.forward:
        yield from _time_problems(mark, span)


def _time_problems(mark: Mark, span: Span) -> Iterator[Problem]:
    came, left = mark.in_at or span.starts_at, mark.out_at or span.ends_at
    if not span.starts_at <= came < span.ends_at:
        yield Problem(Fault.IN_OUTSIDE, "in", mark.patient_id)
    elif not span.starts_at < left <= span.ends_at:
        yield Problem(Fault.OUT_OUTSIDE, "out", mark.patient_id)
    elif left <= came:
        yield Problem(Fault.OUT_BEFORE_IN, "out", mark.patient_id)


def presence(mark: Mark, held: Held) -> Presence:
    """A checked mark worked out for what was held: moments and counted minutes (A04)."""
    if mark.away:
        return Presence(None, None, 0)
    span = held.span
    there = Period(mark.in_at or span.starts_at, mark.out_at or span.ends_at)
    breaks = [pause.period() for pause in held.breaks]
    minutes = counted_minutes(session=span.period(), breaks=breaks, presence=[there])
    return Presence(there.start, there.end, minutes)


def as_typed(mark: Mark, span: Span) -> Mark:
    """A kept mark as one would type it: a moment that is the session's own start or end is left open.

    Late keeps its time in and left early its time out, because they need one.
    """
    from_start = mark.in_at == span.starts_at and mark.state is not State.LATE
    to_end = mark.out_at == span.ends_at and mark.state is not State.LEFT_EARLY
    return replace(mark, in_at=None if from_start else mark.in_at, out_at=None if to_end else mark.out_at)


@dataclass(frozen=True, slots=True)
class Merge:
    """What two writers make of one sheet: the marks to keep, and the people on whom they differ."""

    marks: tuple[Mark, ...]
    conflicts: frozenset[UUID]


def merge(marks: Iterable[Mark], kept: dict[UUID, Mark]) -> Merge:
    """Bring a writer's marks together with what is kept; `kept` carries the version in `based_on`.

    A row changed meanwhile is never overwritten: left as it was seen it stays as kept, marked the same
    it agrees, marked differently it is a conflict.
    """
    settled: list[Mark] = []
    conflicts: set[UUID] = set()
    for mark in marks:
        theirs = kept.get(mark.patient_id)
        if theirs is None or theirs.says_the_same(mark) or not _changed_since(mark, theirs):
            settled.append(mark)
        elif mark.seen is not None and mark.says_the_same(mark.seen):
            settled.append(theirs)
        else:
            conflicts.add(mark.patient_id)
            settled.append(mark)
    return Merge(tuple(settled), frozenset(conflicts))


def _changed_since(mark: Mark, theirs: Mark) -> bool:
    """Whether what is kept says something else than what the writer saw."""
    if theirs.based_on == mark.based_on:
        return False
    return mark.seen is None or not theirs.says_the_same(mark.seen)


def merge_times(typed: Held, kept: Held, seen: Held | None) -> Held | None:
    """The times to keep when the writer saw `seen` and `kept` stands; None when both were changed apart."""
    if seen is None or typed == kept or kept == seen:
        return typed
    return kept if typed == seen else None
