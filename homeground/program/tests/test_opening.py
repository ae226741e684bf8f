"""The spec of the call-back clock (check B07). Times are wall-clock times of Denver unless said otherwise."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from homeground.program.rules.opening import Hours, Opening, call_back_by, is_open, open_periods

DENVER = ZoneInfo("America/Denver")
WEEKDAYS = tuple(Hours(weekday, time(9), time(20)) for weekday in range(5))
SATURDAY = Hours(5, time(9), time(13))
USUAL = (Opening(hours=(*WEEKDAYS, SATURDAY)),)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=DENVER)


@pytest.mark.parametrize(
    ("received", "promised"),
    [
        pytest.param("2026-11-18 10:00", "2026-11-18 10:15", id="in hours: a quarter of an hour"),
        pytest.param("2026-11-18 09:00", "2026-11-18 09:15", id="at the minute of opening"),
        pytest.param("2026-11-18 08:59", "2026-11-18 09:15", id="before opening"),
        pytest.param("2026-11-18 19:45", "2026-11-18 20:00", id="the last full quarter"),
        pytest.param("2026-11-18 19:55", "2026-11-19 09:10", id="what is left before closing counts"),
        pytest.param("2026-11-18 20:00", "2026-11-19 09:15", id="at the minute of closing"),
        pytest.param("2026-11-18 23:59", "2026-11-19 09:15", id="at night"),
        pytest.param("2026-11-21 22:00", "2026-11-23 09:15", id="Saturday night until Monday (B07)"),
        pytest.param("2026-11-22 12:00", "2026-11-23 09:15", id="on a day without hours"),
    ],
)
def test_a_call_back_is_promised_after_fifteen_minutes_of_open_time(received, promised):
    assert call_back_by(at(received), USUAL, DENVER) == at(promised)


def test_a_closed_day_is_skipped():
    thanksgiving = (Opening(hours=USUAL[0].hours, closed_on=frozenset({date(2026, 11, 26)})),)
    assert call_back_by(at("2026-11-25 21:00"), thanksgiving, DENVER) == at("2026-11-27 09:15")


def test_a_closure_of_one_center_leaves_the_other_answering():
    closed = Opening(hours=WEEKDAYS, closed_on=frozenset({date(2026, 11, 18)}))
    other = Opening(hours=(Hours(2, time(12), time(14)),))
    assert call_back_by(at("2026-11-18 08:00"), (closed, other), DENVER) == at("2026-11-18 12:15")


def test_hours_of_two_centers_that_touch_count_through():
    morning, evening = Opening((Hours(2, time(9), time(13)),)), Opening((Hours(2, time(13), time(18)),))
    assert call_back_by(at("2026-11-18 12:55"), (morning, evening), DENVER) == at("2026-11-18 13:10")


@pytest.mark.parametrize(
    ("received", "promised"),
    [
        pytest.param("2026-10-31 22:00", "2026-11-02T16:15:00+00:00", id="clocks went back in between"),
        pytest.param("2026-03-07 22:00", "2026-03-09T15:15:00+00:00", id="clocks went forward in between"),
    ],
)
def test_opening_stays_at_nine_through_a_change_of_the_clocks(received, promised):
    assert call_back_by(at(received), USUAL, DENVER) == datetime.fromisoformat(promised)


def test_fifteen_minutes_are_fifteen_minutes_while_the_clocks_change():
    always = (Opening(tuple(Hours(weekday, time(0), time(23, 59)) for weekday in range(7))),)
    received = datetime(2026, 11, 1, 7, 50, tzinfo=UTC)
    assert call_back_by(received, always, DENVER) == datetime(2026, 11, 1, 8, 5, tzinfo=UTC)


def test_a_span_swallowed_by_the_change_of_the_clocks_is_no_opening():
    lost = (Opening((Hours(6, time(2, 5), time(2, 55)),)),)
    periods = open_periods(date(2026, 3, 8), lost, DENVER)
    assert sum(period.minutes for period in periods) in (0, 50)


@pytest.mark.parametrize("openings", [(), (Opening(hours=()),)])
def test_without_any_hours_a_call_is_promised_within_a_day(openings):
    assert call_back_by(at("2026-11-18 10:00"), openings, DENVER) == at("2026-11-19 10:00")


@pytest.mark.parametrize(
    ("moment", "answered"),
    [
        ("2026-11-18 09:00", True),
        ("2026-11-18 19:59", True),
        ("2026-11-18 20:00", False),
        ("2026-11-22 12:00", False),
    ],
)
def test_whether_anyone_answers_now(moment, answered):
    assert is_open(at(moment), USUAL, DENVER) is answered
