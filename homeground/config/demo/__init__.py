"""The demo clinic: an invented clinic with twelve weeks of history. No name in it looks like anybody's."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

from django.db import connection, transaction

from homeground.config.demo import (
    clinic,
    door,
    history,
    measures,
    notes,
    patients,
    plans,
    privacy,
    single_notes,
)
from homeground.ground import envelope, scope


def fill(*, at: datetime, say: Callable[[str], object]) -> None:
    """Make the demo clinic, ending at `at`. All or nothing."""
    with transaction.atomic():
        house = clinic.found(at)
        say("Demo clinic: groups and staff are there.")
        with scope.entered(organization_id=house.organization_id):
            seated = patients.admit_all(house, at)
            say(f"Demo clinic: {len(seated)} people are seated.")
        _measure_tables()
        with scope.entered(organization_id=house.organization_id), _keys_at_hand(house, seated):
            history.invite(house, seated, at)
            history.live_through(house, at)
            history.catch_up(house, at)
            say("Demo clinic: twelve weeks of attendance are there.")
            plans.plan_all(house, at)
            say("Demo clinic: twelve weeks of plans are there.")
            written = notes.write(house, at) + single_notes.write(house, at)
            say(f"Demo clinic: {written} signed notes are there.")
            measures.measure(house, at)
            measures.wait_for_answers(house, at)
            measures.answer_critically(house, at)
            say("Demo clinic: twelve weeks of questionnaires are there.")
            privacy.keep_private(house, at)
            privacy.share(house, at)
            door.knock(house, at)
        _measure_tables()


def _keys_at_hand(house: clinic.House, seated: list[patients.Seated]) -> AbstractContextManager[None]:
    """Thousands of texts about these people are sealed: their keys are looked up once."""
    house_id = house.organization_id
    keys = envelope.keys_ready([*(each.person.pk for each in seated), house_id], organization_id=house_id)
    return envelope.at_hand(keys)


def _measure_tables() -> None:
    """Tell the planner how many rows there are now; left alone PostgreSQL notices only after a minute."""
    with connection.cursor() as cursor:
        cursor.execute("analyze")
