"""A clinic with a group in the real calendar, and people who sign in to look at it."""

from datetime import timedelta
from uuid import uuid4

import pytest

from homeground.ground import clock
from homeground.people.roles import Role
from homeground.timetable import actions
from homeground.timetable.models import (
    Appointment,
)
from homeground.timetable.rules.occurrences import local_day
from homeground.timetable.tests.factories import (
    ZONE,
    make_group,
    make_patient,
    take_chairs,
)

NOWHERE = uuid4()


@pytest.fixture
def today():
    return local_day(clock.now(), ZONE)


@pytest.fixture
def desk(clinic, sign_in):
    return sign_in(clinic.staff[Role.FRONT_DESK])


@pytest.fixture
def director(clinic, sign_in):
    return sign_in(clinic.staff[Role.DIRECTOR])


@pytest.fixture
def facilitator(clinic, sign_in):
    return sign_in(clinic.staff[Role.FACILITATOR])


@pytest.fixture
def evening(clinic, today):
    """A group with three people, in the real calendar of the coming weeks."""
    group = make_group(clinic, topic="Triggers")
    take_chairs(clinic, group, 3)
    by = clinic.staff[Role.SCHEDULER].actor
    actions.make_calendar(until=today + timedelta(weeks=3), by=by, at=clock.now())
    return group


@pytest.fixture
def ahead(evening):
    return Appointment.objects.order_by("-starts_at").first()


@pytest.fixture
def episode(clinic):
    return make_patient(clinic, 3001)


@pytest.fixture
def person(episode):
    return episode.patient.person
