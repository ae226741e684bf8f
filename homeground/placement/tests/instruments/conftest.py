"""What tests of measures share: a person who is asked, and a visitor without an account."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from homeground.ground import clock, scope
from homeground.ground.actor import Actor
from homeground.people.roles import Role
from homeground.placement import actions

AT = datetime(2026, 11, 16, 17, tzinfo=UTC)  # Monday 10:00 in Denver


@pytest.fixture
def patient(cast):
    return cast.patient_episode.patient


@pytest.fixture
def counselor(clinic):
    return clinic.staff[Role.COUNSELOR]


@pytest.fixture
def director(clinic):
    return clinic.staff[Role.DIRECTOR]


@pytest.fixture
def visitor(clinic):
    return Actor(organization_id=clinic.id)


@pytest.fixture
def send(patient, counselor):
    """Ask the patient; gives what was sent."""

    def sent(*instruments, mode="link", at=AT, **more):
        return actions.send(
            patient_id=patient.pk, instruments=instruments, mode=mode, by=counselor.actor, at=at, **more
        )

    return sent


@pytest.fixture
def sent(patient, counselor, clinic):
    """Ask the patient something by link; gives the address."""

    def made(*instruments, mode="link", at=None):
        with scope.entered(organization_id=clinic.id):
            found = actions.send(
                patient_id=patient.pk,
                instruments=instruments,
                mode=mode,
                by=counselor.actor,
                at=at or clock.now(),
            )
        return reverse("placement:ask", args=[found.secret])

    return made


@pytest.fixture
def phone(sign_in):
    """A browser nobody is signed in with."""
    return sign_in(None)
