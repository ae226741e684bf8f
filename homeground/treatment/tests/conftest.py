from datetime import timedelta

import pytest

from homeground.ground import clock
from homeground.treatment.rules.ledger import day_of
from homeground.treatment.tests import factories
from homeground.treatment.tests.spec_hours import DENVER


@pytest.fixture
def yesterday():
    """A day whose evening is over, whenever the test runs."""
    return day_of(clock.now() - timedelta(days=1), DENVER).isoformat()


@pytest.fixture
def meeting(clinic, yesterday):
    return factories.make_meeting(clinic, factories.make_patients(clinic, 3), yesterday)


@pytest.fixture
def as_staff(clinic, sign_in):
    return lambda role: sign_in(clinic.staff[role])
