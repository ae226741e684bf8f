"""A clinic with a group in the real calendar, and people who sign in to look at it."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest

from homeground.ground import clock
from homeground.people.roles import Role
from homeground.program.models import Space
from homeground.timetable import actions
from homeground.timetable.models import Appointment, Obligation
from homeground.timetable.rules.occurrences import local_day
from homeground.timetable.tests.designing import MONDAY, Scene
from homeground.timetable.tests.factories import (
    AT,
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


@pytest.fixture
def by(clinic):
    return clinic.staff[Role.DIRECTOR].actor


@pytest.fixture
def scene(clinic, inside, by):
    """An evening group with two people, one who waits and works nights, and a scenario with mornings."""
    Space.objects.create(**clinic.owns(), center=clinic.center, name="Birch", kind="group", seats=12)
    group = make_group(clinic)
    seated = [make_patient(clinic, 3001), make_patient(clinic, 3002)]
    for episode in seated:
        actions.seat(episode_id=episode.pk, group_id=group.pk, starts_on=date(2026, 11, 23), by=by, at=AT)
    waits = make_patient(clinic, 3003)
    for day in range(7):
        Obligation.objects.create(
            **clinic.owns(), person=waits.patient.person, weekday=day, starts=time(16), ends=time(23)
        )
    actions.put_on_list(episode_id=waits.pk, urgency=2, by=by, at=AT)
    scenario = actions.make_scenario(
        program_id=clinic.adult.pk, name="Mornings", starts_on=MONDAY, today=AT.date(), by=by, at=AT
    )
    return Scene(group, seated, waits, scenario)
