"""Exceptions to the template, rosters and make-ups."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from homeground.audit.models import Entry
from homeground.people import queries as people
from homeground.people.roles import Role
from homeground.timetable import actions, queries
from homeground.timetable.models import (
    Appointment,
    Booking,
    Cancellation,
    Circumstances,
    Move,
    NoContact,
    Obligation,
)
from homeground.timetable.rules.occurrences import at_clock
from homeground.timetable.tests.factories import (
    AT,
    EVENINGS,
    MONDAY,
    MORNINGS,
    make_group,
    make_hour,
    make_patient,
    take_chairs,
)

ZONE = "America/Denver"
WEEK = (at_clock(MONDAY, time(0), ZONE), at_clock(MONDAY + timedelta(weeks=1), time(0), ZONE))


def when(day: int, hour: int) -> datetime:
    """An hour of the week that begins on MONDAY, on the clinic's clock."""
    return at_clock(MONDAY + timedelta(days=day), time(hour), ZONE)


@pytest.fixture
def by(clinic):
    return clinic.staff[Role.SCHEDULER].actor


@pytest.fixture
def said(by):
    return {"by": by, "at": AT}


@pytest.fixture
def calendar(said):
    return lambda: actions.make_calendar(until=MONDAY + timedelta(weeks=2), **said)


@pytest.fixture
def evening(clinic, inside, calendar):
    """An evening group with two people, in the calendar for two weeks."""
    group = make_group(clinic, topic="Triggers")
    take_chairs(clinic, group, 2)
    calendar()
    return group


@pytest.fixture
def monday(evening):
    return Appointment.objects.order_by("starts_at").first()


def test_a_roster_says_who_is_expected_where_and_with_whom(clinic, monday, django_assert_num_queries):
    with django_assert_num_queries(2):
        found = queries.roster(monday.pk)
    facts = found.appointment
    assert (facts.group, facts.topic, facts.kind, facts.space, facts.people) == (
        "Evening group",
        "Triggers",
        "core",
        "Cedar",
        2,
    )
    assert [leader.name for leader in facts.leaders] == ["Facilitator Sample"]
    assert [person.name for person in found.people] == ["Sample2001 Testperson", "Sample2002 Testperson"]
    assert queries.roster(uuid4()) is None


def test_a_cancelled_appointment_is_excused_for_everybody_and_takes_nothing(monday, said):
    actions.cancel_appointment(appointment_id=monday.pk, reason=actions.Reason.STAFF, **said)
    assert Booking.objects.filter(appointment=monday, released_at=None).count() == 0
    found = queries.roster(monday.pk)
    assert (found.appointment.cancelled, len(found.people)) == ("staff", 2)
    with pytest.raises(actions.AlreadyCancelled):
        actions.cancel_appointment(appointment_id=monday.pk, reason=actions.Reason.STAFF, **said)
    assert Entry.objects.filter(event="timetable.appointment.cancelled").count() == 1


def test_a_cancelled_appointment_stays_on_the_patients_week(monday, said):
    patient_id = queries.roster(monday.pk).people[0].patient_id
    actions.cancel_appointment(appointment_id=monday.pk, reason=actions.Reason.WEATHER, **said)
    week = queries.patient_week(patient_id, *WEEK)
    assert [each.appointment.cancelled for each in week] == ["weather", "", ""]


def test_a_patients_week_says_what_the_rosters_say(evening, monday, said):
    """The week is read without the rosters; they are its oracle, also for somebody who gave a time back."""
    first, second = (person.patient_id for person in queries.roster(monday.pk).people)
    actions.cancel_appointment(appointment_id=monday.pk, reason=actions.Reason.STAFF, **said)
    tuesday = Appointment.objects.get(starts_at=when(1, 18))
    Booking.objects.filter(appointment=tuesday, patient=second).update(released_at=AT, by_video=True)
    Booking.objects.filter(appointment=tuesday, patient=first).update(by_video=True)
    ids = Appointment.objects.values_list("pk", flat=True)
    in_week = [each for each in queries.rosters(ids) if WEEK[0] <= each.appointment.starts_at < WEEK[1]]
    weeks = []
    for patient_id in (first, second):
        expected = [
            (
                facts.id,
                facts.group,
                facts.starts_at,
                facts.ends_at,
                facts.space,
                facts.cancelled,
                person.by_video,
            )
            for roster in in_week
            for person in roster.people
            if person.patient_id == patient_id and (facts := roster.appointment)
        ]
        week = queries.patient_week(patient_id, *WEEK)
        told = [each.appointment for each in week]
        assert [
            (plan.id, plan.group, plan.starts_at, plan.ends_at, plan.space, plan.cancelled, each.by_video)
            for plan, each in zip(told, week, strict=True)
        ] == expected
        weeks.append(len(week))
    assert weeks == [3, 2]


def test_what_has_begun_is_not_cancelled_any_more(monday, by):
    with pytest.raises(actions.AlreadyBegun):
        actions.cancel_appointment(
            appointment_id=monday.pk, reason=actions.Reason.ROOM, by=by, at=monday.starts_at
        )


def test_everybody_moves_along_and_where_it_stood_is_kept(clinic, monday, said):
    before = (monday.starts_at, monday.ends_at)
    actions.move_appointment(
        appointment_id=monday.pk,
        starts_at=when(2, 18),
        ends_at=when(2, 21),
        space_id=clinic.room.pk,
        **said,
    )
    assert set(Booking.objects.filter(appointment=monday).values_list("starts_at", flat=True)) == {
        when(2, 18)
    }
    [move] = Move.objects.all()
    assert (move.from_starts_at, move.from_ends_at) == before
    assert queries.roster(monday.pk).appointment.moved


def test_a_move_onto_somebody_elses_time_is_refused_whole(clinic, monday, said):
    with pytest.raises(actions.DoubleBooked) as refused:
        actions.move_appointment(
            appointment_id=monday.pk, starts_at=when(1, 19), ends_at=when(1, 22), space_id=None, **said
        )
    assert refused.value.resource in {"staff", "patient"}
    monday.refresh_from_db()
    assert monday.starts_at == when(0, 18)
    assert Booking.objects.filter(appointment=monday, released_at=None).count() == 4


def test_a_room_that_is_taken_is_refused_by_name(clinic, monday, said, calendar):
    make_group(clinic, "Other", [(2, time(18), time(21))], leader=False)
    calendar()
    with pytest.raises(actions.DoubleBooked) as refused:
        actions.move_appointment(
            appointment_id=monday.pk,
            starts_at=when(2, 18),
            ends_at=when(2, 21),
            space_id=clinic.room.pk,
            **said,
        )
    assert refused.value.resource == "space"


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        (when(2, 21), when(2, 18)),
        (when(2, 18), when(2, 18)),
        (AT - timedelta(days=1), AT),
        (when(2, 6), when(2, 6) + timedelta(hours=13)),
        (when(2, 18) + timedelta(days=900), when(2, 21) + timedelta(days=900)),
    ],
)
def test_times_that_make_no_sense_are_refused(monday, said, starts, ends):
    with pytest.raises(actions.BadTimes):
        actions.move_appointment(
            appointment_id=monday.pk, starts_at=starts, ends_at=ends, space_id=None, **said
        )


def test_another_clinics_room_is_not_here(cast, clinic, monday, said):
    with pytest.raises(actions.SpaceNotHere):
        actions.move_appointment(
            appointment_id=monday.pk,
            starts_at=when(2, 18),
            ends_at=when(2, 21),
            space_id=cast.other_clinic.room.pk,
            **said,
        )


def test_somebody_else_leads_and_the_calendar_leaves_it_so(clinic, monday, said, calendar):
    counselor = clinic.staff[Role.COUNSELOR].person
    actions.substitute_leader(appointment_id=monday.pk, staff_id=counselor.pk, **said)
    assert [each.person_id for each in queries.roster(monday.pk).appointment.leaders] == [counselor.pk]
    assert calendar().bookings == 0


def test_a_substitute_who_leads_elsewhere_is_refused(clinic, monday, said, calendar):
    other = make_group(clinic, "Other", EVENINGS, leader=False, in_room=False)
    other.leaders.create(
        **clinic.owns(), staff=clinic.staff[Role.COUNSELOR].person, starts_on=date(2026, 1, 5)
    )
    calendar()
    with pytest.raises(actions.DoubleBooked) as refused:
        actions.substitute_leader(
            appointment_id=monday.pk, staff_id=clinic.staff[Role.COUNSELOR].person.pk, **said
        )
    assert refused.value.resource == "staff"


def test_a_substitute_of_another_clinic_is_not_here(cast, monday, said):
    with pytest.raises(people.PersonNotHere):
        actions.substitute_leader(
            appointment_id=monday.pk,
            staff_id=cast.other_clinic.staff[Role.COUNSELOR].person.pk,
            **said,
        )


def test_appointments_of_a_leader_and_of_a_patient(clinic, evening, calendar):
    make_group(clinic, "Morning group", MORNINGS, leader=False)
    calendar()
    facilitator = clinic.staff[Role.FACILITATOR].person
    assert len(queries.appointments_between(*WEEK)) == 6
    assert {each.group for each in queries.appointments_between(*WEEK, staff_id=facilitator.pk)} == {
        "Evening group"
    }


@pytest.fixture
def morning_patient(clinic, evening, calendar, said):
    """A patient of the morning group who may make up in the evening group."""
    group = make_group(clinic, "Morning group", MORNINGS, leader=False, in_room=False)
    calendar()
    episode = make_patient(clinic, 3001)
    actions.seat(episode_id=episode.pk, group_id=group.pk, starts_on=MONDAY, **said)
    return episode


def open_days(episode):
    found = queries.open_for_make_up(episode.patient_id, *WEEK)
    return [(each.group, each.starts_at) for each in found]


def test_make_ups_are_open_appointments_of_other_groups(morning_patient):
    assert open_days(morning_patient) == [("Evening group", when(day, 18)) for day in (0, 1, 3)]


def test_obligations_with_the_way_close_a_make_up(clinic, morning_patient):
    person = morning_patient.patient.person
    Circumstances.objects.create(**clinic.owns(), person=person, travel_minutes=45)
    Obligation.objects.create(**clinic.owns(), person=person, weekday=0, starts=time(17), ends=time(17, 20))
    Obligation.objects.create(
        **clinic.owns(), person=person, starts_at=when(1, 20), ends_at=when(1, 22), imported=True
    )
    Obligation.objects.create(
        **clinic.owns(), person=person, weekday=3, starts=time(17), ends=time(22), hard=False
    )
    assert open_days(morning_patient) == [("Evening group", when(3, 18))]


def test_a_full_day_and_a_no_contact_pair_close_a_make_up_without_a_word(
    clinic, morning_patient, evening, said
):
    enemy = evening.seats.first().episode.patient.person
    low, high = sorted((enemy, morning_patient.patient.person), key=lambda person: person.pk)
    pair = NoContact.objects.create(
        **clinic.owns(), one=low, other=high, recorded_at=AT, recorded_by_id=uuid4()
    )
    assert open_days(morning_patient) == []
    monday = Appointment.objects.filter(slot__group=evening).order_by("starts_at").first()
    asked = {"appointment_id": monday.pk, "patient_id": morning_patient.patient_id, **said}
    with pytest.raises(actions.NotAvailable):
        actions.book_make_up(**asked)
    pair.delete()
    evening.capacity = 2
    evening.save()
    assert open_days(morning_patient) == []
    with pytest.raises(actions.GroupFull):
        actions.book_make_up(**asked)


def test_a_make_up_is_booked_once(morning_patient, evening, said):
    monday = Appointment.objects.filter(slot__group=evening).order_by("starts_at").first()
    asked = {"appointment_id": monday.pk, "patient_id": morning_patient.patient_id, **said}
    actions.book_make_up(**asked)
    assert [each.make_up for each in queries.roster(monday.pk).people].count(True) == 1
    assert ("Evening group", when(0, 18)) not in open_days(morning_patient)
    with pytest.raises(actions.AlreadySeated):
        actions.book_make_up(**asked)


def test_statements_for_make_ups_do_not_grow_with_patients(
    clinic, morning_patient, evening, said, django_assert_max_num_queries
):
    patients = [morning_patient.patient_id]
    with django_assert_max_num_queries(9):
        queries.open_for_make_ups(patients, *WEEK)
    for number in range(3002, 3007):
        episode = make_patient(clinic, number)
        Obligation.objects.create(
            **clinic.owns(), person=episode.patient.person, weekday=0, starts=time(9), ends=time(12)
        )
        group = morning_patient.seats.get().group_id
        actions.seat(episode_id=episode.pk, group_id=group, starts_on=MONDAY, **said)
        patients.append(episode.patient_id)
    with django_assert_max_num_queries(9):
        found = queries.open_for_make_ups(patients, *WEEK)
    assert all(len(found[patient]) == 3 for patient in patients)


def test_a_talk_is_an_appointment_with_one_patient(clinic, inside, said):
    group, hour = make_group(clinic), make_hour(clinic, 2, time(10), space=clinic.office)
    given = actions.seat(
        episode_id=make_patient(clinic, 3001).pk,
        group_id=group.pk,
        counselor_hour_id=hour.pk,
        starts_on=MONDAY,
        **said,
    )
    [talk] = queries.appointments_between(*WEEK)
    assert (talk.kind, talk.group, talk.space, talk.people) == (queries.TALK, "", "Office 2", 1)
    actions.end_counselor_hour(counselor_seat_id=given.counselor_seat_id, ends_on=MONDAY, **said)
    assert not queries.appointments_between(*WEEK)[0].people


@pytest.mark.parametrize("resource", ["space", "staff", "patient"])
def test_the_database_books_nothing_twice(clinic, monday, resource):
    held = Booking.objects.filter(**{"appointment": monday, f"{resource}__isnull": False}).first()
    other = Appointment.objects.exclude(pk=monday.pk).first()
    with pytest.raises(IntegrityError, match=f"timetable_{resource}_booked_once"), transaction.atomic():
        Booking.objects.create(
            **clinic.owns(),
            appointment=other,
            **{f"{resource}_id": getattr(held, f"{resource}_id")},
            starts_at=held.ends_at - timedelta(minutes=1),
            ends_at=held.ends_at + timedelta(hours=1),
        )
    Booking.objects.create(
        **clinic.owns(),
        appointment=other,
        **{f"{resource}_id": getattr(held, f"{resource}_id")},
        starts_at=held.ends_at,
        ends_at=held.ends_at + timedelta(hours=1),
    )


def test_the_database_wants_a_known_reason_for_a_cancellation(clinic, monday):
    with pytest.raises(IntegrityError, match="timetable_cancellation_reason"), transaction.atomic():
        Cancellation.objects.create(**clinic.owns(), appointment=monday, reason="mood", at=AT)
