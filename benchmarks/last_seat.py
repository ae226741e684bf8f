"""Many people at once at the last chair of a group: exactly one is seated.

Run in the test environment, which brings its own database:
    pytest benchmarks/last_seat.py -s
"""

import time

import pytest
from cast import make_cast

from homeground.people.roles import Role
from homeground.timetable.models import Seat
from homeground.timetable.tests.factories import make_group, make_patient, take_chairs
from homeground.timetable.tests.test_seats import attempts

PEOPLE, AT_ONCE = 200, 16


@pytest.mark.django_db(transaction=True)
def test_two_hundred_at_the_last_chair():
    clinic = make_cast().clinic
    group = make_group(clinic, capacity=2)
    take_chairs(clinic, group, 1)
    people = [make_patient(clinic, 4000 + n) for n in range(PEOPLE)]
    told: list[str] = []
    begun = time.perf_counter()
    # The server takes fewer connections than that at once; the rest is there at the moment one is free.
    for first in range(0, PEOPLE, AT_ONCE):
        told += attempts(clinic, group, people[first : first + AT_ONCE], clinic.staff[Role.SCHEDULER].actor)
    print(f"{PEOPLE} attempts, {told.count('seated')} seated, {time.perf_counter() - begun:.1f} s")
    assert told.count("seated") == 1
    assert told.count("GroupFull") == PEOPLE - 1
    assert Seat.objects.filter(group=group).count() == 2
