"""Publishing a scenario: the week from its Monday on, with every move, all or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.ground.actor import Actor, require_account
from homeground.timetable.actions.design import SolvingNotHere
from homeground.timetable.actions.endings import end_group
from homeground.timetable.actions.groups import GroupPlan, SlotTimes, open_group
from homeground.timetable.actions.seats import seat, unseat
from homeground.timetable.actions.waiting import AlreadyWaiting, put_on_list
from homeground.timetable.models import Candidate, Group, Placing, Seat, Solving
from homeground.timetable.models.span import lasting, running
from homeground.timetable.queries.design import break_of, only_what_if, scenario_question
from homeground.timetable.queries.rooms import rooms_of_plan

URGENCY_OF_LEFT_OUT = 1


class AlreadyPublished(Exception):
    """This plan is the week already."""


class PlanIsStale(Exception):
    """People, groups or seats have changed since the plan was made: ask the engine again."""


class OnlyWhatIf(Exception):
    """The plan counts with rooms or people that are not there, or without some that are."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication did."""

    begun: int
    ended: int
    moved: int
    waiting: int


def publish(*, solving_id: UUID, leading: frozenset[str], by: Actor, at: datetime) -> Published:
    """Make a run's plan the week: groups begin and end, people move, who is left out waits.

    All of it from the scenario's Monday, or none of it. Raises SolvingNotHere, AlreadyPublished, OnlyWhatIf,
    PlanIsStale (when the people or groups are not those the plan was made for), and what seating and groups
    refuse.
    """
    with transaction.atomic():
        row = (
            Solving.objects.select_for_update(of=("self",))
            .select_related("scenario")
            .filter(pk=solving_id, ended_at__isnull=False, failed="", scenario__discarded_at=None)
            .first()
        )
        if row is None:
            raise SolvingNotHere
        if row.published_at is not None:
            raise AlreadyPublished
        if only_what_if(row.scenario):
            raise OnlyWhatIf
        monday = row.scenario.starts_on
        placings = list(row.placings.select_related("candidate"))
        _check_fresh(row, placings, leading)
        stays = {each.group_id for each in row.chosen.all()}
        leaving = Group.objects.filter(running(monday), program_id=row.scenario.program_id, kind="core")
        ended = [pk for pk in leaving.values_list("pk", flat=True) if pk not in stays]
        for placing in placings:
            if placing.was_id and placing.was_id != placing.group_id:
                _leave(placing, monday, by, at)
        for group_id in ended:
            end_group(group_id=group_id, ends_on=monday, by=by, at=at)
        begun = _begin(row, monday, rooms_of_plan(solving_id), by, at)
        moved = sum(_join(placing, begun, monday, by, at) for placing in placings)
        left = sum(_wait(placing, by, at) for placing in placings)
        row.published_at, row.published_by_id = at, require_account(by)
        row.save(update_fields=["published_at", "published_by_id"])
        done = Published(len(begun), len(ended), moved, left)
        audit.record(
            by=by,
            at=at,
            event="timetable.design.published",
            subject_kind="solving",
            subject_id=row.pk,
            facts={"begun": done.begun, "ended": done.ended, "moved": moved, "waiting": left},
        )
    return done


def _check_fresh(row: Solving, placings: list[Placing], leading: frozenset[str]) -> None:
    """The scenario, the people in their seats and the groups are as when the plan was made."""
    if row.scenario.changed_at is not None and row.scenario.changed_at > row.asked_at:
        raise PlanIsStale
    now = scenario_question(row.scenario_id, leading=leading)
    if {each.id: each.now for each in now.askers} != {each.episode_id: each.was_id for each in placings}:
        raise PlanIsStale
    ideas = {each.id for each in now.ideas}
    if not {each.group_id or each.candidate_id for each in row.chosen.all()} <= ideas:
        raise PlanIsStale


def _leave(placing: Placing, monday: date, by: Actor, at: datetime) -> None:
    rows = Seat.objects.filter(lasting(monday), episode=placing.episode_id, group=placing.was_id)
    for seat_id in rows.values_list("pk", flat=True):
        unseat(seat_id=seat_id, ends_on=monday, by=by, at=at)


def _begin(
    row: Solving, monday: date, rooms: Mapping[UUID, Sequence[UUID | None]], by: Actor, at: datetime
) -> dict[UUID, UUID]:
    """Open the chosen candidates; returns each one's group."""
    found = {}
    for each in row.chosen.filter(candidate__isnull=False).select_related("candidate"):
        candidate = each.candidate
        assert candidate is not None
        found[candidate.pk] = open_group(
            program_id=row.scenario.program_id,
            plan=_plan(candidate, each.leader_id, rooms.get(candidate.pk, ())),
            starts_on=monday,
            by=by,
            at=at,
        )
    return found


def _plan(candidate: Candidate, leader_id: UUID | None, rooms: Sequence[UUID | None]) -> GroupPlan:
    pause = break_of(candidate) or (None, None)
    days = zip_longest(sorted(candidate.days), rooms)
    return GroupPlan(
        name=candidate.name,
        kind=Group.Kind.CORE,
        track=candidate.track,
        topic="",
        capacity=candidate.capacity,
        language=candidate.language,
        gender="",
        dual=False,
        video=candidate.video,
        video_seats=False,
        slots=tuple(
            SlotTimes(day, candidate.starts, candidate.ends, pause[0], pause[1], room) for day, room in days
        ),
        leaders=frozenset({leader_id} if leader_id else ()),
    )


def _join(placing: Placing, begun: dict[UUID, UUID], monday: date, by: Actor, at: datetime) -> bool:
    """Seat somebody who moves; False for who stays where they are or is left out."""
    group_id = begun[placing.candidate_id] if placing.candidate_id else placing.group_id
    if group_id is None or group_id == placing.was_id:
        return False
    seat(episode_id=placing.episode_id, group_id=group_id, starts_on=monday, by=by, at=at)
    return True


def _wait(placing: Placing, by: Actor, at: datetime) -> bool:
    """Who had a seat and has none now waits, first in the list."""
    if placing.group_id or placing.candidate_id or placing.was_id is None:
        return False
    try:
        put_on_list(episode_id=placing.episode_id, urgency=URGENCY_OF_LEFT_OUT, by=by, at=at)
    except AlreadyWaiting:
        return False
    return True
