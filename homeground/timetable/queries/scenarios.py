"""The design board: scenarios side by side, and one with everything that would happen."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from homeground.timetable.models import Candidate, Chosen, Placing, Scenario, Solving, SolvingPoint
from homeground.timetable.queries.design import candidate_meetings
from homeground.timetable.queries.rooms import rooms_of_plan
from homeground.timetable.rules.week import Meeting


@dataclass(frozen=True, slots=True)
class Run:
    """Where the last run of a scenario stands. `unmet` and `bound` are weighed minutes left unserved.

    `had` people have a seat in the week as it is. `out` names who is left out, with a code that says why;
    `begins` names the groups that begin.
    """

    id: UUID
    asked_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    stopping: bool
    failed: str
    unmet: float | None
    bound: float | None
    people: int
    in_core: int
    minutes: int
    evenings: int
    staff_minutes: int
    published_at: datetime | None
    had: int
    out: tuple[tuple[str, str], ...]
    begins: tuple[str, ...]

    @property
    def left_out(self) -> int:
        """People without a group."""
        return self.people - self.in_core

    @property
    def more(self) -> int:
        """People served more than in the week as it is, negative for fewer."""
        return self.in_core - self.had

    @property
    def fewer(self) -> int:
        """People served less than in the week as it is."""
        return self.had - self.in_core

    @property
    def proven(self) -> bool:
        """Whether no plan serves more."""
        return self.unmet is not None and self.bound is not None and self.unmet - self.bound < 1


@dataclass(frozen=True, slots=True)
class ScenarioFacts:
    """A scenario with its last run, None before the engine was asked."""

    id: UUID
    name: str
    program_id: UUID
    program: str
    starts_on: date
    candidates: int
    dropped: frozenset[UUID]
    pinned: frozenset[UUID]
    spared: frozenset[UUID]
    more_rooms: int
    more_leaders: int
    changed_at: datetime | None
    run: Run | None

    @property
    def stale(self) -> bool:
        """Whether it was changed after its plan was asked for."""
        return self.run is not None and self.changed_at is not None and self.changed_at > self.run.asked_at

    @property
    def only_what_if(self) -> bool:
        """Whether it counts with rooms or people that are not there, or without some that are."""
        return self.more_rooms > 0 or self.more_leaders > 0 or bool(self.spared)


@dataclass(frozen=True, slots=True)
class CandidateFacts:
    """A group that could begin."""

    id: UUID
    name: str
    meetings: tuple[Meeting, ...]
    capacity: int
    video: bool
    must: bool


@dataclass(frozen=True, slots=True)
class MoveShown:
    """Somebody whose group changes; `to` is empty for who is left out, and `why` says why."""

    episode_id: UUID
    name: str
    was: str
    to: str
    why: str


@dataclass(frozen=True, slots=True)
class GroupShown:
    """A group of the plan: new or running, who leads, how many come.

    `rooms` are those of a new group, None among them where no room is free; empty for the others.
    """

    id: UUID
    name: str
    new: bool
    leader: str
    people: int
    video: bool
    rooms: tuple[UUID | None, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """One point of a run: seconds, weighed minutes unserved by the best plan so far, the bound."""

    seconds: float
    unmet: float | None
    bound: float


def scenarios() -> tuple[ScenarioFacts, ...]:
    """Every scenario that was not discarded, the oldest first. Nine statements."""
    return _facts(Scenario.objects.filter(discarded_at=None).order_by("made_at"))


def scenario(scenario_id: UUID) -> ScenarioFacts | None:
    """One scenario, None when it is not here or was discarded. Nine statements."""
    return next(iter(_facts(Scenario.objects.filter(pk=scenario_id, discarded_at=None))), None)


def candidates(scenario_id: UUID) -> tuple[CandidateFacts, ...]:
    """The groups a scenario could begin. One statement."""
    rows = Candidate.objects.filter(scenario_id=scenario_id).order_by("pk")
    return tuple(
        CandidateFacts(row.pk, row.name, candidate_meetings(row), row.capacity, row.video, row.must)
        for row in rows
    )


def scenario_of_run(solving_id: UUID) -> UUID | None:
    """Whose run this is, None when it is not here. One statement."""
    rows = Solving.objects.filter(pk=solving_id, scenario__discarded_at=None)
    return rows.values_list("scenario_id", flat=True).first()


def trace(solving_id: UUID) -> tuple[Trace, ...]:
    """How cost and bound came together. One statement."""
    rows = SolvingPoint.objects.filter(solving_id=solving_id).order_by("seconds", "id")
    return tuple(Trace(*row) for row in rows.values_list("seconds", "unmet", "bound"))


def moves(solving_id: UUID) -> tuple[MoveShown, ...]:
    """Everybody whose group changes, by name; who is left out first. One statement."""
    rows = Placing.objects.filter(solving_id=solving_id).select_related(
        "episode__patient__person", "was", "group", "candidate"
    )
    found = [_move(row) for row in rows if row.was_id != row.group_id or row.candidate_id or row.why]
    return tuple(sorted(found, key=lambda each: (bool(each.to), each.name)))


def plan_groups(solving_id: UUID) -> tuple[GroupShown, ...]:
    """The groups that run in a plan, by name. At most eight statements."""
    count: dict[UUID, int] = {}
    for group, candidate in Placing.objects.filter(solving_id=solving_id).values_list(
        "group_id", "candidate_id"
    ):
        if place := group or candidate:
            count[place] = count.get(place, 0) + 1
    rows = Chosen.objects.filter(solving_id=solving_id).select_related("group", "candidate", "leader")
    rooms = rooms_of_plan(solving_id)
    return tuple(sorted((_group(row, count, rooms) for row in rows), key=lambda each: each.name))


def _facts(rows: QuerySet[Scenario]) -> tuple[ScenarioFacts, ...]:
    found = list(rows.select_related("program").prefetch_related("candidates", "dropped", "pinned", "spared"))
    last: dict[UUID, Solving] = {}
    for row in Solving.objects.filter(scenario__in=found).order_by("asked_at"):
        last[row.scenario_id] = row
    runs = _runs(last.values())
    return tuple(
        ScenarioFacts(
            id=row.pk,
            name=row.name,
            program_id=row.program_id,
            program=row.program.name,
            starts_on=row.starts_on,
            candidates=len(row.candidates.all()),
            dropped=frozenset(each.group_id for each in row.dropped.all()),
            pinned=frozenset(each.group_id for each in row.pinned.all()),
            spared=frozenset(each.staff_id for each in row.spared.all()),
            more_rooms=row.more_rooms,
            more_leaders=row.more_leaders,
            changed_at=row.changed_at,
            run=runs[last[row.pk].pk] if row.pk in last else None,
        )
        for row in found
    )


def _runs(rows: Collection[Solving]) -> dict[UUID, Run]:
    """These runs with whom and what they leave out and begin. Three statements."""
    placings = Placing.objects.filter(solving__in=rows)
    seated = placings.filter(was__isnull=False).values("solving").annotate(n=Count("id"))
    had = dict(seated.values_list("solving", "n"))
    out: dict[UUID, list[tuple[str, str]]] = {}
    for row in placings.filter(group=None, candidate=None).select_related("episode__patient__person"):
        out.setdefault(row.solving_id, []).append((_named(row), row.why))
    begins: dict[UUID, list[str]] = {}
    new = Chosen.objects.filter(solving__in=rows, candidate__isnull=False).order_by("candidate__name")
    for solving_id, name in new.values_list("solving_id", "candidate__name"):
        begins.setdefault(solving_id, []).append(name)
    return {
        row.pk: _run(row, had.get(row.pk, 0), sorted(out.get(row.pk, [])), begins.get(row.pk, []))
        for row in rows
    }


def _run(row: Solving, had: int, out: Sequence[tuple[str, str]], begins: Sequence[str]) -> Run:
    return Run(
        id=row.pk,
        asked_at=row.asked_at,
        started_at=row.started_at,
        ended_at=row.ended_at,
        stopping=row.stop_asked_at is not None and row.ended_at is None,
        failed=row.failed,
        unmet=row.unmet,
        bound=row.bound,
        people=row.people or 0,
        in_core=row.in_core or 0,
        minutes=row.minutes or 0,
        evenings=row.evenings or 0,
        staff_minutes=row.staff_minutes or 0,
        published_at=row.published_at,
        had=had,
        out=tuple(out),
        begins=tuple(begins),
    )


def _named(row: Placing) -> str:
    patient: Any = row.episode.patient
    person = patient.person
    return f"{person.called or person.given_name} {person.family_name}".strip()


def _move(row: Placing) -> MoveShown:
    to = row.candidate or row.group
    was = row.was.name if row.was else ""
    return MoveShown(row.episode_id, _named(row), was, to.name if to else "", row.why)


def _group(row: Chosen, count: dict[UUID, int], rooms: Mapping[UUID, tuple[UUID | None, ...]]) -> GroupShown:
    idea: Any = row.candidate or row.group
    who = row.leader
    return GroupShown(
        id=idea.pk,
        name=idea.name,
        new=row.candidate_id is not None,
        leader=f"{who.called or who.given_name} {who.family_name}".strip() if who else "",
        people=count.get(idea.pk, 0),
        video=idea.video,
        rooms=rooms.get(idea.pk, ()),
    )
