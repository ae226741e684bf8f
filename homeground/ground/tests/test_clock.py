from datetime import UTC, datetime, timedelta

import pytest

from homeground.ground import clock

REAL = datetime(2026, 11, 22, 3, 30, tzinfo=UTC)
WEDNESDAY = "2026-11-18T17:00:00Z"


def test_without_a_wish_the_clock_is_the_machines():
    assert clock.ahead({}, REAL) == timedelta()
    assert abs(clock.now() - clock.real()) < timedelta(seconds=5)


def test_a_demo_can_be_told_that_it_is_wednesday():
    assert REAL + clock.ahead({"HG_CLOCK": WEDNESDAY}, REAL) == datetime(2026, 11, 18, 17, tzinfo=UTC)


def test_a_moment_that_was_a_while_ago_has_gone_on_since():
    since = (REAL - timedelta(minutes=5)).timestamp()
    moved = clock.ahead({"HG_CLOCK": f"{WEDNESDAY}@{since}"}, REAL)
    assert REAL + moved == datetime(2026, 11, 18, 17, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "environ",
    [
        {"HG_CLOCK": WEDNESDAY, "HG_DEMO": "0"},
        {"HG_CLOCK": "2026-11-18T17:00:00"},
        {"HG_CLOCK": "noon"},
        {"HG_CLOCK": f"{WEDNESDAY}@never"},
        {"HG_CLOCK": f"{WEDNESDAY}@1e30"},
    ],
)
def test_a_clock_of_its_own_is_refused_outside_a_demo_and_when_it_makes_no_sense(environ):
    with pytest.raises(clock.ClockSetWrong):
        clock.ahead(environ, REAL)
