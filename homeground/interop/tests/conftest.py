import pytest

from homeground.interop.tests.outside import Desk
from homeground.people.roles import Role


@pytest.fixture
def desk(cast, sign_in):
    return Desk(cast, sign_in(cast.clinic.staff[Role.DIRECTOR]))
