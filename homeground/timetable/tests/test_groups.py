"""Setting up groups and counselors' hours, so that an empty clinic can be filled in the browser."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from homeground.people import queries as people
from homeground.people.roles import Role
from homeground.timetable import actions, queries
from homeground.timetable.models import Appointment, CounselorHour, Group, Slot
from homeground.timetable.tests.factories import AT, EVENINGS, MONDAY, make_hour, make_patient

pytestmark = pytest.mark.usefixtures("inside")


@pytest.fixture
def said(clinic):
    return {"by": clinic.staff[Role.DIRECTOR].actor, "at": AT}


@pytest.fixture
def plan(clinic):
    return actions.GroupPlan(
        name="Evening group",
        kind="core",
        track="evening",
        topic="",
        capacity=10,
        language="en",
        gender="",
        dual=False,
        video=False,
        video_seats=False,
        slots=tuple(
            actions.SlotTimes(day, starts, ends, space_id=clinic.room.pk) for day, starts, ends in EVENINGS
        ),
        leaders=frozenset({clinic.staff[Role.FACILITATOR].person.pk}),
    )


@pytest.fixture
def group(clinic, plan, said):
    return actions.open_group(program_id=clinic.adult.pk, plan=plan, starts_on=MONDAY, **said)


def seat(clinic, group_id, number, said):
    return actions.seat(
        episode_id=make_patient(clinic, number).pk, group_id=group_id, starts_on=MONDAY, **said
    )


def test_a_new_group_stands_in_the_calendar_for_eight_weeks(clinic, group):
    assert Appointment.objects.count() == 8 * 3
    first = queries.roster(Appointment.objects.order_by("starts_at").first().pk).appointment
    assert (first.space, len(first.leaders), first.lacks_space) == ("Cedar", 1, False)


def test_its_population_is_the_programs(clinic, plan, said):
    made = actions.open_group(program_id=clinic.adolescent.pk, plan=plan, starts_on=MONDAY, **said)
    assert Group.objects.get(pk=made).population == "adolescent"


@pytest.mark.parametrize(
    ("slots", "refusal"),
    [
        ((), actions.NoTimes),
        ((actions.SlotTimes(0, time(21), time(18)),), actions.BadSlot),
        ((actions.SlotTimes(0, time(18), time(18)),), actions.BadSlot),
        ((actions.SlotTimes(0, time(18), time(21), time(17), time(19)),), actions.BadSlot),
        ((actions.SlotTimes(0, time(18), time(21), time(19), None),), actions.BadSlot),
    ],
)
def test_times_that_cannot_be_are_refused(clinic, plan, said, slots, refusal):
    bad = replace(plan, slots=slots)
    with pytest.raises(refusal):
        actions.open_group(program_id=clinic.adult.pk, plan=bad, starts_on=MONDAY, **said)
    assert Group.objects.count() == 0


def test_what_belongs_to_another_clinic_is_not_here(cast, clinic, plan, said):
    other = cast.other_clinic
    for wrong, refusal in (
        (
            {"slots": (actions.SlotTimes(0, time(18), time(21), space_id=other.room.pk),)},
            actions.SpaceNotHere,
        ),
        ({"leaders": frozenset({other.staff[Role.FACILITATOR].person.pk})}, people.PersonNotHere),
    ):
        with pytest.raises(refusal):
            actions.open_group(
                program_id=clinic.adult.pk, plan=replace(plan, **wrong), starts_on=MONDAY, **said
            )
    with pytest.raises(actions.ProgramNotHere):
        actions.open_group(program_id=other.adult.pk, plan=plan, starts_on=MONDAY, **said)


def test_a_new_leader_leads_what_is_ahead_and_the_old_one_is_free(clinic, group, plan, said):
    counselor = clinic.staff[Role.COUNSELOR].person.pk
    actions.change_group(group_id=group, plan=replace(plan, leaders=frozenset({counselor})), **said)
    [found] = {each.leaders for each in queries.appointments_between(AT, AT + timedelta(weeks=9))}
    assert [leader.person_id for leader in found] == [counselor]
    actions.change_group(group_id=group, plan=plan, **said)
    [found] = {each.leaders for each in queries.appointments_between(AT, AT + timedelta(weeks=9))}
    assert [leader.name for leader in found] == ["Facilitator Sample"]


def test_times_change_while_nobody_is_booked(clinic, group, plan, said):
    later = replace(plan, slots=(*plan.slots[:2], actions.SlotTimes(4, time(18), time(21))))
    actions.change_group(group_id=group, plan=later, **said)
    assert sorted(Slot.objects.values_list("weekday", flat=True)) == [0, 1, 4]
    seat(clinic, group, 3001, said)
    with pytest.raises(actions.SlotInUse):
        actions.change_group(group_id=group, plan=plan, **said)


def test_chairs_that_people_hold_are_not_taken_away(clinic, group, plan, said):
    for number in (3001, 3002):
        seat(clinic, group, number, said)
    with pytest.raises(actions.TooFewChairs) as refused:
        actions.change_group(group_id=group, plan=replace(plan, capacity=1), **said)
    assert refused.value.held == 2


def test_counselor_hours_are_kept_once_and_dropped_while_nobody_has_them(clinic, group, said):
    hour = {
        "staff_id": clinic.staff[Role.COUNSELOR].person.pk,
        "weekday": 1,
        "starts": time(17),
        "by_video": True,
        "space_id": clinic.office.pk,
        **said,
    }
    kept = actions.keep_hour(ends=time(18), **hour)
    with pytest.raises(actions.HourTwice):
        actions.keep_hour(ends=time(17, 50), **hour)
    with pytest.raises(actions.BadSlot):
        actions.keep_hour(ends=time(16), **hour)
    actions.drop_hour(hour_id=kept, **said)
    assert CounselorHour.objects.count() == 0
    taken = make_hour(clinic)
    actions.seat(
        episode_id=make_patient(clinic, 3001).pk,
        group_id=group,
        counselor_hour_id=taken.pk,
        starts_on=MONDAY,
        **said,
    )
    with pytest.raises(actions.HourInUse):
        actions.drop_hour(hour_id=taken.pk, **said)
    assert [each.patient for each in queries.counselor_hours(MONDAY)] == ["Sample3001 Testperson"]
