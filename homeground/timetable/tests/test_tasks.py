"""The nightly task keeps every clinic's calendar eight weeks long."""

from datetime import timedelta

from procrastinate.contrib.django import app

from homeground.ground import scope
from homeground.timetable import tasks
from homeground.timetable.models import Appointment
from homeground.timetable.tests.factories import AT, ON, make_group


def test_each_clinics_calendar_is_rolled_forward_in_its_own_scope(cast):
    for clinic in (cast.clinic, cast.other_clinic):
        make_group(clinic)
    tasks.roll_calendars_forward(int(AT.timestamp()))
    for clinic in (cast.clinic, cast.other_clinic):
        with scope.entered(organization_id=clinic.id):
            assert Appointment.objects.count() == 8 * 3
            assert Appointment.objects.latest("slot_on").slot_on < ON + timedelta(weeks=8)


def test_the_worker_knows_the_task():
    assert "homeground.timetable.tasks.roll_calendars_forward" in app.tasks
