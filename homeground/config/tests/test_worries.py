"""What somebody worries about reaches a named person by the worker alone."""

from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from homeground.config import reactions
from homeground.front_door import actions
from homeground.front_door.models import Worry
from homeground.ground import clock, outbox
from homeground.ground.actor import Actor
from homeground.people.roles import Role

pytestmark = pytest.mark.django_db


def test_the_worker_gives_a_worry_to_the_director_once(cast, inside):
    by = Actor(organization_id=cast.clinic.id)
    told = {"words": "x", "language": "en", "once": uuid4(), "zone": ZoneInfo("America/Denver")}
    actions.receive_worry(**told, by=by, at=clock.now())
    [waiting] = outbox.untold()
    for _ in range(2):
        reactions.hand_on(cast.clinic.id, waiting, clock.now())
    assert Worry.objects.get().owner_id == cast.clinic.staff[Role.DIRECTOR].person.pk
    assert outbox.untold() == ()
