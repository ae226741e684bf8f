"""A closed day is open after all: what was cancelled for it is held again, as the week says now."""

from datetime import timedelta

import pytest
from django.urls import reverse

from homeground.audit.models import Entry
from homeground.ground import clock
from homeground.people.models import Notice
from homeground.people.roles import Role
from homeground.program import actions as closing
from homeground.program.models import Closure
from homeground.timetable import actions
from homeground.timetable.actions.reopening import Reopened, reopen_center
from homeground.timetable.models import Appointment, Booking, Cancellation, Seat
from homeground.timetable.tests.factories import AT, MONDAY, make_group, take_chairs

LATER = AT + timedelta(minutes=1)


@pytest.fixture
def said(clinic):
    return {"by": clinic.staff[Role.SCHEDULER].actor, "at": AT}


@pytest.fixture
def later(said):
    return {**said, "at": LATER}


@pytest.fixture
def evening(clinic, inside, said):
    """An evening group with three people, in the calendar for two weeks."""
    group = make_group(clinic)
    take_chairs(clinic, group, 3)
    actions.make_calendar(until=MONDAY + timedelta(weeks=2), **said)
    return group


def close(clinic, said):
    actions.close_center(center_id=clinic.center.pk, on=MONDAY, name="Snow", **said)


def reopen(clinic, later):
    return reopen_center(center_id=clinic.center.pk, on=MONDAY, **later)


def taken(on=MONDAY):
    """What stands booked on a day."""
    rows = Booking.objects.filter(appointment__slot_on=on, released_at=None)
    return set(rows.values_list("space_id", "staff_id", "patient_id"))


def test_everybody_has_their_place_again_and_is_told(clinic, evening, said, later):
    before, day_after = taken(), taken(MONDAY + timedelta(days=2))
    close(clinic, said)
    assert taken() == set()
    Notice.objects.all().delete()
    assert reopen(clinic, later) == Reopened(appointments=1, refused=0, guests=0)
    assert taken() == before and taken(MONDAY + timedelta(days=2)) == day_after
    assert not Closure.objects.exists() and not Cancellation.objects.exists()
    assert Notice.objects.count() == 4, "three people and who leads"
    entry = Entry.objects.get(event="program.center.reopened")
    assert (entry.subject_id, entry.facts) == (clinic.center.pk, {"on": MONDAY.isoformat()})


def test_who_left_meanwhile_and_who_had_given_back_stay_out(clinic, evening, said, later):
    first, second, third = Seat.objects.filter(group=evening).select_related("episode")
    held = Booking.objects.filter(appointment__slot_on=MONDAY, patient=first.episode.patient_id)
    held.update(released_at=AT - timedelta(hours=1))
    close(clinic, said)
    actions.unseat(seat_id=second.pk, ends_on=MONDAY, **said)
    reopen(clinic, later)
    assert {patient for _space, _staff, patient in taken()} - {None} == {third.episode.patient_id}


def test_a_place_that_was_taken_meanwhile_is_told(clinic, evening, said, later):
    close(clinic, said)
    monday = Appointment.objects.get(slot_on=MONDAY)
    other = Appointment.objects.exclude(slot_on=MONDAY).first()
    Booking.objects.create(
        **clinic.owns(),
        appointment=other,
        space_id=monday.slot.space_id,
        starts_at=monday.starts_at,
        ends_at=monday.ends_at,
    )
    assert reopen(clinic, later).refused == 1
    assert monday.slot.space_id not in {
        space for space, *_who in Booking.objects.filter(appointment=monday).values_list("space_id", "id")
    }


def test_a_guest_has_to_be_booked_again(clinic, evening, said, later):
    guest = Booking.objects.filter(appointment__slot_on=MONDAY, patient__isnull=False).first()
    Booking.objects.filter(pk=guest.pk).update(make_up=True)
    close(clinic, said)
    assert reopen(clinic, later).guests == 1


def test_what_was_cancelled_for_another_reason_stays_cancelled(clinic, evening, said, later):
    monday = Appointment.objects.get(slot_on=MONDAY)
    actions.cancel_appointment(appointment_id=monday.pk, reason=actions.Reason.STAFF, **said)
    close(clinic, said)
    assert reopen(clinic, later).appointments == 0
    assert Cancellation.objects.get().reason == "staff" and taken() == set()


def test_a_day_that_is_not_closed_or_has_begun_stays_as_it_is(clinic, evening, said, later):
    with pytest.raises(closing.NotClosed):
        reopen(clinic, later)
    Closure.objects.create(**clinic.owns(), center=clinic.center, on=AT.date(), name="Snow")
    with pytest.raises(closing.ClosedInThePast):
        reopen_center(center_id=clinic.center.pk, on=AT.date(), **later)
    assert Closure.objects.exists()


@pytest.mark.django_db
def test_the_page_offers_it_and_says_what_came_of_it(clinic, cast, sign_in):
    director = sign_in(clinic.staff[Role.DIRECTOR])
    on = clock.now().date() + timedelta(days=30)
    Closure.objects.create(**clinic.owns(), center=clinic.center, on=on, name="Snow")
    where = reverse("timetable:reopening", args=[clinic.center.pk])
    assert where in director.get(reverse("timetable:closures")).content.decode()
    page = director.post(where, {"on": on.isoformat()}, follow=True)
    assert "The day is open again." in page.content.decode() and not Closure.objects.exists()
    for told in ({"on": on.isoformat()}, {"on": "2026-13-40"}, {}):
        assert director.post(where, told).status_code == 404
    other = reverse("timetable:reopening", args=[cast.other_clinic.center.pk])
    assert director.post(other, {"on": on.isoformat()}).status_code == 404
