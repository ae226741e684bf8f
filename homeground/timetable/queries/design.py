"""What the engine is asked about a scenario, and what the design board shows."""

from collections.abc import Collection, Mapping
from datetime import date, time
from typing import Any
from uuid import UUID, uuid5

from homeground.chart import queries as chart
from homeground.people import queries as people
from homeground.program import queries as program
from homeground.timetable.models import (
    Candidate,
    CounselorSeat,
    Group,
    Leading,
    NoContact,
    Scenario,
    Seat,
    Waiting,
)
from homeground.timetable.models.span import lasting, running
from homeground.timetable.queries.board import group_rows, meeting
from homeground.timetable.queries.fit import seekers
from homeground.timetable.rules.design import WEEK, Asker, Idea, Question, Staffer
from homeground.timetable.rules.floor import Prescription
from homeground.timetable.rules.week import Meeting, clock, minute, span
from homeground.timetable.solver.week import Span, runs

SEATED, WAITING = 1, 2  # who is in treatment is never given up for somebody who waits


class ScenarioNotHere(Exception):
    """No such scenario in the organization in scope, or it was discarded."""


def scenario_question(scenario_id: UUID, *, leading: Collection[str]) -> Question:
    """Everything the engine is told about a scenario. At most 26 statements. Raises ScenarioNotHere.

    `leading` are the roles whose members may lead.
    """
    scenario = Scenario.objects.filter(pk=scenario_id, discarded_at=None).first()
    if scenario is None:
        raise ScenarioNotHere
    on = scenario.starts_on
    stays = {each.id: each for each in chart.admitted_on(on) if each.program_id == scenario.program_id}
    askers = _askers(stays, scenario.program, on)
    return Question(
        ideas=(*_groups(scenario, on), *_candidates(scenario)),
        askers=askers,
        staff=_staff(scenario, leading),
        rooms=max(sum(space.kind == "group" for space in program.spaces()) + scenario.more_rooms, 0),
        apart=_apart({asker.id: stays[asker.id].patient.person_id for asker in askers}),
    )


def only_what_if(scenario: Scenario) -> bool:
    """Whether a scenario counts with rooms or people that are not there, or without some. One statement."""
    return scenario.more_rooms > 0 or scenario.more_leaders > 0 or scenario.spared.exists()


def candidate_meetings(row: Candidate) -> tuple[Meeting, ...]:
    """A candidate's week."""
    return tuple(Meeting(day, row.starts, row.ends, row.break_minutes) for day in sorted(row.days))


def break_of(row: Candidate) -> tuple[time, time] | None:
    """When the break of a candidate is: in the middle, on the quarter hour; None without one."""
    if not row.break_minutes:
        return None
    middle = (minute(row.starts) + minute(row.ends) - row.break_minutes) // 2 // 15 * 15
    return clock(middle), clock(middle + row.break_minutes)


def _groups(scenario: Scenario, on: date) -> list[Idea]:
    """Groups that run on the first day; those of other programs only take rooms and leaders."""
    dropped = set(scenario.dropped.values_list("group_id", flat=True))
    pinned = set(scenario.pinned.values_list("group_id", flat=True))
    leaders: dict[UUID, list[UUID]] = {}
    for group, staff in Leading.objects.filter(lasting(on)).values_list("group_id", "staff_id"):
        leaders.setdefault(group, []).append(staff)
    return [
        Idea(
            id=row.pk,
            name=row.name,
            meetings=tuple(meeting(slot) for slot in row.slots.all()),
            capacity=row.capacity,
            language=row.language,
            gender=row.gender,
            youth=row.population == "adolescent",
            dual=row.dual,
            video=row.video,
            leaders=tuple(leaders.get(row.pk, ())),
            running=True,
            ours=row.program_id == scenario.program_id and row.kind == Group.Kind.CORE,
            must=row.pk in pinned,
            drop=row.pk in dropped,
            attend=row.attend,
        )
        for row in group_rows(running(on))
        if row.slots.all()
    ]


def _candidates(scenario: Scenario) -> list[Idea]:
    youth = scenario.program.population == "adolescent"
    return [
        Idea(
            id=row.pk,
            name=row.name,
            meetings=candidate_meetings(row),
            capacity=row.capacity,
            language=row.language,
            youth=youth,
            video=row.video,
            must=row.must,
        )
        for row in scenario.candidates.order_by("pk")
    ]


def _askers(stays: Mapping[UUID, chart.EpisodeFacts], owing: Any, on: date) -> tuple[Asker, ...]:
    """Everybody admitted to the program: who sits in a group, and who waits for one."""
    rows = Seat.objects.filter(running(on), episode__in=stays, group__kind=Group.Kind.CORE, hold=None)
    rows = rows.select_related("group").prefetch_related("group__slots", "comes_to")
    sits = {seat.episode_id: seat for seat in rows}
    waits = Waiting.objects.filter(episode__in=stays, left_at=None)
    urgency = dict(waits.values_list("episode_id", "urgency"))
    asking = [each for each in stays.values() if each.id in sits or each.id in urgency]
    asks = seekers(asking, on=on)
    owed = Prescription(owing.core_minutes, owing.min_days, owing.max_days, owing.min_day_minutes)
    return tuple(
        Asker(
            id=each.id,
            seeker=asks[each.id],
            owed=owed,
            now=sits[each.id].group_id if each.id in sits else None,
            by_video=each.id in sits and (sits[each.id].by_video or sits[each.id].group.video),
            urgency=SEATED if each.id in sits else max(WAITING, urgency[each.id]),
            talks=runs(WEEK.spans(asks[each.id].held)),
            comes=_comes(sits[each.id]) if each.id in sits else (),
        )
        for each in asking
    )


def _comes(seat: Seat) -> tuple[int, ...]:
    """Which meetings of their group somebody comes to, where its members come to some of them.

    Who steps down is taken to come to a full week: a plan is made for full weeks.
    """
    slots = sorted(seat.group.slots.all(), key=lambda slot: (slot.weekday, slot.starts))
    if not 0 < seat.group.attend < len(slots):
        return ()
    named = {each.slot_id for each in seat.comes_to.all()}
    chosen = tuple(at for at, slot in enumerate(slots) if slot.pk in named)
    return chosen if len(chosen) == seat.group.attend else tuple(range(seat.group.attend))


def _staff(scenario: Scenario, leading: Collection[str]) -> tuple[Staffer, ...]:
    """Who may lead, without the hours they keep for talks, and those who are counted with besides."""
    busy = _talks(scenario.starts_on)
    spared = set(scenario.spared.values_list("staff_id", flat=True))
    there = [each.id for each in people.staff(leading) if each.id not in spared]
    return (
        *(Staffer(each, runs(WEEK.spans(busy.get(each, [])))) for each in there),
        *(Staffer(uuid5(scenario.pk, str(n)), extra=True) for n in range(scenario.more_leaders)),
    )


def _talks(on: date) -> dict[UUID, list[Span]]:
    """The weekly one-to-one hours of counselors from a day on. One statement."""
    found: dict[UUID, list[Span]] = {}
    rows = CounselorSeat.objects.filter(lasting(on))
    times = rows.values_list("hour__staff_id", "hour__weekday", "hour__starts", "hour__ends")
    for who, weekday, starts, ends in times:
        found.setdefault(who, []).append(span(weekday, minute(starts), minute(ends)))
    return found


def _apart(persons: Mapping[UUID, UUID]) -> tuple[tuple[UUID, UUID], ...]:
    """Pairs of askers who must not meet. One statement. Not for display."""
    asker = {person: episode for episode, person in persons.items()}
    rows = NoContact.objects.filter(one__in=asker, other__in=asker).values_list("one_id", "other_id")
    return tuple((asker[one], asker[other]) for one, other in rows)
