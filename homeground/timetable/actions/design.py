"""Scenarios: making them, asking the engine, and publishing one as the week from a Monday on."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from homeground.audit import actions as audit
from homeground.ground.actor import Actor, require_account
from homeground.people import queries as people
from homeground.program import queries as program
from homeground.timetable.actions.diary import refusing
from homeground.timetable.actions.groups import ProgramNotHere
from homeground.timetable.actions.seating import GroupNotHere
from homeground.timetable.models import Candidate, Dropped, Group, Pinned, Scenario, Solving, Spared
from homeground.timetable.models.span import running
from homeground.timetable.queries.board import group_rows
from homeground.timetable.queries.board import open_group as group_facts
from homeground.timetable.queries.design import ScenarioNotHere, candidate_meetings
from homeground.timetable.rules.design import PATIENCE
from homeground.timetable.rules.floor import Prescription
from homeground.timetable.rules.usual import usual_set

AT_MOST = 4
USUAL_CHAIRS = 10


class TooManyScenarios(Exception):
    """Up to four scenarios stand side by side; discard one first."""


class NotAMonday(Exception):
    """A new week begins on a Monday, and not today or before."""


class CandidateNotHere(Exception):
    """No such candidate in a scenario of the organization in scope."""


class SolvingNotHere(Exception):
    """No such run in the organization in scope, or it has ended."""


class AlreadySolving(Exception):
    """The engine works on this scenario."""


@dataclass(frozen=True, slots=True)
class CandidatePlan:
    """A group that could begin: the same hours on some weekdays, 0 = Monday. `must` pins it."""

    name: str
    track: str
    days: tuple[int, ...]
    starts: time
    ends: time
    break_minutes: int
    capacity: int
    language: str
    video: bool
    must: bool


def make_scenario(
    *, program_id: UUID, name: str, starts_on: date, today: date, by: Actor, at: datetime
) -> UUID:
    """Begin a scenario for a program. Raises ProgramNotHere, NotAMonday, TooManyScenarios."""
    if starts_on.weekday() != 0 or starts_on <= today:
        raise NotAMonday
    with transaction.atomic():
        if all(each.id != program_id for each in program.programs()):
            raise ProgramNotHere
        open_rows = Scenario.objects.select_for_update().filter(discarded_at=None)
        if len(open_rows) >= AT_MOST:
            raise TooManyScenarios
        row = Scenario.objects.create(
            organization_id=by.organization_id,
            program_id=program_id,
            name=name,
            starts_on=starts_on,
            made_at=at,
            made_by_id=require_account(by),
        )
        _told("timetable.scenario.made", row.pk, by, at)
    return row.pk


def discard_scenario(*, scenario_id: UUID, by: Actor, at: datetime) -> None:
    """Take a scenario off the board; it stays on record. Raises ScenarioNotHere."""
    with transaction.atomic():
        row = _open(scenario_id)
        row.discarded_at = at
        row.save(update_fields=["discarded_at"])
        Solving.objects.filter(scenario=row, ended_at=None).update(stop_asked_at=at)
        _told("timetable.scenario.discarded", row.pk, by, at)


def add_candidate(*, scenario_id: UUID, plan: CandidatePlan, by: Actor, at: datetime) -> UUID:
    """Add a group that could begin. Raises ScenarioNotHere."""
    with transaction.atomic():
        scenario = _open(scenario_id)
        row = Candidate.objects.create(
            organization_id=by.organization_id,
            scenario=scenario,
            name=plan.name,
            track=plan.track,
            days=list(plan.days),
            starts=plan.starts,
            ends=plan.ends,
            break_minutes=plan.break_minutes,
            capacity=plan.capacity,
            language=plan.language,
            video=plan.video,
            must=plan.must,
        )
        _changed(scenario, at)
        _told("timetable.candidate.added", row.pk, by, at)
    return row.pk


def remove_candidate(*, candidate_id: UUID, by: Actor, at: datetime) -> UUID:
    """Take a candidate out with what runs said of it; returns its scenario. Raises CandidateNotHere."""
    with transaction.atomic():
        row = Candidate.objects.filter(pk=candidate_id, scenario__discarded_at=None).first()
        if row is None:
            raise CandidateNotHere
        scenario_id = row.scenario_id
        _changed(_open(scenario_id), at)
        row.delete()
        _told("timetable.candidate.removed", candidate_id, by, at)
    return scenario_id


def add_usual(*, scenario_id: UUID, by: Actor, at: datetime) -> int:
    """Add the groups such a program usually tries, but for those that are there; returns how many.

    Raises ScenarioNotHere.
    """
    with transaction.atomic():
        row = _open(scenario_id)
        owing = row.program
        owed = Prescription(owing.core_minutes, owing.min_days, owing.max_days, owing.min_day_minutes)
        there = [group_facts(each, 0).meetings for each in group_rows(running(row.starts_on))]
        there += [candidate_meetings(each) for each in row.candidates.all()]
        rows = Candidate.objects.bulk_create(
            Candidate(
                organization_id=by.organization_id,
                scenario=row,
                name=each.name,
                track=each.track,
                days=list(each.days),
                starts=each.starts,
                ends=each.ends,
                break_minutes=each.break_minutes,
                capacity=USUAL_CHAIRS,
                video=each.video,
            )
            for each in usual_set(owed, there)
        )
        if rows:
            _changed(row, at)
        _told("timetable.scenario.changed", row.pk, by, at)
    return len(rows)


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What a scenario takes for granted, besides the groups that could begin."""

    dropped: frozenset[UUID] = frozenset()
    pinned: frozenset[UUID] = frozenset()
    spared: frozenset[UUID] = frozenset()
    more_rooms: int = 0
    more_leaders: int = 0


def assume(*, scenario_id: UUID, told: Assumptions, by: Actor, at: datetime) -> None:
    """What the scenario takes for granted; replaces what was said before.

    Raises ScenarioNotHere, GroupNotHere, PersonNotHere.
    """
    with transaction.atomic():
        row = _open(scenario_id)
        groups = told.dropped | told.pinned
        found = Group.objects.filter(pk__in=groups, program_id=row.program_id)
        if found.count() != len(groups):
            raise GroupNotHere
        for staff_id in sorted(told.spared):
            people.require_person(staff_id)
        row.more_rooms, row.more_leaders = told.more_rooms, told.more_leaders
        row.save(update_fields=["more_rooms", "more_leaders"])
        _changed(row, at)
        owns = {"organization_id": by.organization_id, "scenario": row}
        for kind in (Dropped, Pinned, Spared):
            kind.objects.filter(scenario=row).delete()
        Dropped.objects.bulk_create(Dropped(**owns, group_id=each) for each in told.dropped)
        Pinned.objects.bulk_create(Pinned(**owns, group_id=each) for each in told.pinned)
        Spared.objects.bulk_create(Spared(**owns, staff_id=each) for each in told.spared)
        _told("timetable.scenario.changed", row.pk, by, at)


def ask_engine(*, scenario_id: UUID, by: Actor, at: datetime) -> UUID:
    """Ask for a plan; the worker takes it up after the commit. Raises ScenarioNotHere, AlreadySolving."""
    with transaction.atomic():
        with refusing({"timetable_solving_one_at_a_time": AlreadySolving()}):
            row = Solving.objects.create(
                organization_id=by.organization_id,
                scenario=_open(scenario_id),
                asked_at=at,
                asked_by_id=require_account(by),
            )
        _told("timetable.solving.asked", row.pk, by, at)
        work = app.configure_task(name="timetable.solve_scenario")
        work.defer(organization_id=str(by.organization_id), solving_id=str(row.pk))
    return row.pk


def stop_engine(*, solving_id: UUID, by: Actor, at: datetime) -> UUID:
    """Stop a run: it ends with the best plan so far; returns its scenario. Raises SolvingNotHere.

    A run whose worker was killed ends at once, so that the engine can be asked again.
    """
    with transaction.atomic():
        row = Solving.objects.select_for_update().filter(pk=solving_id, ended_at=None).first()
        if row is None:
            raise SolvingNotHere
        row.stop_asked_at = at
        if row.started_at is None or at - row.asked_at > PATIENCE:  # nobody works on it: it ends here
            row.ended_at, row.failed = at, "stopped"
        row.save(update_fields=["stop_asked_at", "ended_at", "failed"])
        _told("timetable.solving.stopped", row.pk, by, at)
    return row.scenario_id


def _open(scenario_id: UUID) -> Scenario:
    row = Scenario.objects.select_for_update().filter(pk=scenario_id, discarded_at=None).first()
    if row is None:
        raise ScenarioNotHere
    return row


def _changed(row: Scenario, at: datetime) -> None:
    """Plans that were asked for before are stale."""
    row.changed_at = at
    row.save(update_fields=["changed_at"])


def _told(event: str, subject_id: UUID, by: Actor, at: datetime) -> None:
    audit.record(by=by, at=at, event=event, subject_kind=event.split(".")[1], subject_id=subject_id)
