"""The calendar: appointments made from the weekly template."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from homeground.people.roles import Role
from homeground.program.models import Closure
from homeground.timetable import actions
from homeground.timetable.models import Appointment, Booking, Cancellation, Seat
from homeground.timetable.tests.factories import AT, MONDAY, make_group, make_hour, make_patient, take_chairs

pytestmark = pytest.mark.django_db
UNTIL = MONDAY + timedelta(weeks=2)


@pytest.fixture
def by(clinic):
    return clinic.staff[Role.SCHEDULER].actor


def make(by, until=UNTIL, at=AT):
    return actions.make_calendar(until=until, by=by, at=at)


def test_each_slot_becomes_an_appointment_with_room_leader_and_patients(clinic, by, inside):
    group = make_group(clinic)
    take_chairs(clinic, group, 2)
    assert make(by) == actions.CalendarMade(appointments=6, holidays=0, bookings=6 * 4, refused=0)
    first = Appointment.objects.order_by("starts_at").first()
    assert (first.starts_at, first.ends_at) == (
        datetime(2026, 11, 24, 1, tzinfo=UTC),  # Monday 18:00 in Denver
        datetime(2026, 11, 24, 4, tzinfo=UTC),
    )
    taken = Booking.objects.filter(appointment=first)
    assert taken.get(space__isnull=False).space_id == clinic.room.pk
    assert taken.get(staff__isnull=False).staff_id == clinic.staff[Role.FACILITATOR].person.pk
    assert taken.filter(patient__isnull=False).count() == 2


def test_making_it_again_changes_nothing(clinic, by, inside):
    take_chairs(clinic, make_group(clinic), 2)
    make(by)
    before = list(Booking.objects.order_by("pk").values())
    assert make(by) == actions.CalendarMade(0, 0, 0, 0)
    assert list(Booking.objects.order_by("pk").values()) == before


def test_rolling_forward_adds_only_the_new_days(clinic, by, inside):
    make_group(clinic)
    make(by)
    assert make(by, UNTIL + timedelta(weeks=1)).appointments == 3


def test_a_booking_somebody_gave_back_stays_given_back(clinic, by, inside):
    take_chairs(clinic, make_group(clinic), 1)
    make(by)
    Booking.objects.filter(patient__isnull=False).update(released_at=AT)
    assert make(by).bookings == 0


def test_a_holiday_is_cancelled_and_nobody_is_booked(clinic, by, inside):
    take_chairs(clinic, make_group(clinic), 1)
    Closure.objects.create(**clinic.owns(), center=clinic.center, on=date(2026, 11, 26), name="Thanksgiving")
    made = make(by)
    assert (made.appointments, made.holidays, made.bookings) == (6, 1, 15)
    [cancelled] = Cancellation.objects.all()
    assert (cancelled.reason, cancelled.appointment.slot_on) == ("holiday", date(2026, 11, 26))
    assert make(by) == actions.CalendarMade(0, 0, 0, 0)


def test_a_holiday_told_later_gives_everything_back(clinic, by, inside):
    take_chairs(clinic, make_group(clinic), 1)
    make(by)
    Closure.objects.create(**clinic.owns(), center=clinic.center, on=date(2026, 11, 26), name="Storm")
    assert make(by).holidays == 1
    assert Booking.objects.filter(appointment__slot_on=date(2026, 11, 26), released_at=None).count() == 0


def test_the_wall_clock_stands_when_the_clocks_go_back(clinic, by, inside):
    make_group(clinic, times=[(6, time(9), time(12))])  # Sundays; the clocks go back on 1 November 2026
    make(by, until=date(2026, 11, 9), at=datetime(2026, 10, 24, 16, tzinfo=UTC))
    assert [row.starts_at.hour for row in Appointment.objects.order_by("starts_at")] == [15, 16, 16]


def test_a_night_that_is_cut_by_the_clock_change_still_ends_after_it_starts(clinic, by, inside):
    make_group(clinic, times=[(6, time(2, 15), time(3))])  # 2:00 to 3:00 is skipped on 8 March 2026
    make(by, until=date(2026, 3, 9), at=datetime(2026, 3, 7, 16, tzinfo=UTC))
    [row] = Appointment.objects.all()
    assert row.ends_at - row.starts_at == timedelta(minutes=45)


def test_two_groups_in_one_room_at_one_time_do_not_stop_the_calendar(clinic, by, inside):
    make_group(clinic, "One")
    make_group(clinic, "Other", leader=False)
    made = make(by)
    assert (made.appointments, made.refused) == (12, 6)
    assert Booking.objects.filter(space=clinic.room).count() == 6


def test_seats_that_begin_or_end_in_between_are_booked_on_their_days_only(clinic, by, inside):
    [taken] = take_chairs(clinic, make_group(clinic), 1)
    Seat.objects.update(starts_on=date(2026, 11, 24), ends_on=date(2026, 12, 1))
    make(by)
    days = Booking.objects.filter(patient__isnull=False).values_list("appointment__slot_on", flat=True)
    assert sorted(days) == [date(2026, 11, 24), date(2026, 11, 26), date(2026, 11, 30)]


def test_the_number_of_statements_does_not_grow_with_groups_and_people(
    clinic, by, inside, django_assert_max_num_queries
):
    for at in range(4):
        take_chairs(
            clinic,
            make_group(clinic, f"Group {at}", leader=False, in_room=False),
            4,
            first_number=at * 50 + 2000,
        )
    with django_assert_max_num_queries(18):
        make(by, MONDAY + timedelta(weeks=8))


def test_counselor_hours_are_appointments_too(clinic, by, inside):
    group, hour = make_group(clinic), make_hour(clinic, 2, time(10), space=clinic.office)
    actions.seat(
        episode_id=make_patient(clinic, 2001).pk,
        group_id=group.pk,
        counselor_hour_id=hour.pk,
        starts_on=MONDAY,
        by=by,
        at=AT,
    )
    talks = Appointment.objects.filter(counselor_seat__isnull=False).order_by("starts_at")
    assert talks.count() == 8
    assert talks[0].bookings.count() == 3
    made = make(by, MONDAY + timedelta(weeks=9))
    assert Appointment.objects.filter(counselor_seat__isnull=False).count() == 9
    assert made.refused == 0


def test_what_has_begun_today_is_not_made_any_more(clinic, by, inside):
    make_group(clinic, times=[(5, time(8), time(11)), (5, time(10), time(13))])  # it is Saturday, 9:00
    make(by, until=MONDAY)
    [row] = Appointment.objects.all()
    assert row.starts_at > AT
