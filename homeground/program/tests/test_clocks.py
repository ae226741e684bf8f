"""Clocks as the law and the program write them (checks C05, C06, C08, C11)."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeground.program import queries
from homeground.program.rules import clocks
from homeground.program.rules.clocks import Clock, Unit, WorkCalendar

PLAIN = WorkCalendar()
DENVER = ZoneInfo("America/Denver")


def ends(text, since, calendar=PLAIN, **more):
    return clocks.due_on(clocks.read_clock(text), since, calendar, **more)


def test_a_number_is_calendar_days_and_nothing_is_switched_off():
    assert clocks.read_clock(7) == Clock(7, Unit.CALENDAR)
    assert clocks.read_clock("7wd") == Clock(7, Unit.WORKING)
    assert clocks.read_clock(None) is None


@pytest.mark.parametrize("value", ["", "7", "d7", "7 wd", "1000cd", [7], {"a": 1}])
def test_anything_else_is_no_clock(value):
    with pytest.raises(clocks.NotAClock):
        clocks.read_clock(value)


def test_admitted_on_the_first_of_march_the_plan_is_due_on_the_eighth():
    assert ends(7, date(2026, 3, 1)) == date(2026, 3, 8)


def test_reviewed_on_the_eighth_of_march_the_next_review_is_due_on_the_seventh_of_april():
    assert ends(30, date(2026, 3, 8)) == date(2026, 4, 7)


def test_a_florida_countersign_is_overdue_on_day_eleven():
    assert ends(10, date(2026, 11, 1)) == date(2026, 11, 11)


def test_certified_on_new_year_recertified_by_the_second_of_march():
    assert ends(60, date(2026, 1, 1)) == date(2026, 3, 2)


def test_admitted_on_a_friday_before_a_holiday_monday_working_days_start_on_tuesday():
    friday, monday = date(2026, 9, 4), date(2026, 9, 7)  # Labor Day
    calendar = WorkCalendar(holidays=frozenset({monday}))
    assert ends("1wd", friday, calendar) == date(2026, 9, 8)
    assert ends("4wd", friday, calendar) == date(2026, 9, 11)
    assert ends("7wd", friday, calendar) == date(2026, 9, 16)


def test_a_clinic_open_on_saturday_works_on_saturday_but_does_no_business():
    calendar = WorkCalendar(weekdays=frozenset(range(6)))
    friday = date(2026, 11, 20)
    assert ends("1wd", friday, calendar) == date(2026, 11, 21)
    assert ends("1bd", friday, calendar) == date(2026, 11, 23)


def test_a_day_the_clinic_is_closed_does_not_count():
    calendar = WorkCalendar(closed=frozenset({date(2026, 11, 23)}))
    assert ends("1bd", date(2026, 11, 20), calendar) == date(2026, 11, 24)


def test_service_days_are_known_only_when_they_have_come():
    days = [date(2026, 10, d) for d in (5, 7, 7, 8, 12, 14)]
    assert ends("5sd", date(2026, 10, 5), services=days) == date(2026, 10, 14)
    assert ends("6sd", date(2026, 10, 5), services=days) is None
    assert ends("4sd", date(2026, 10, 6), services=days) == date(2026, 10, 14)


def test_hours_are_elapsed_time_over_the_end_of_daylight_saving_time():
    begun = datetime(2026, 10, 31, 18, tzinfo=DENVER)
    ended = clocks.due_at(Clock(24, Unit.HOURS), begun)
    assert ended.astimezone(UTC) == datetime(2026, 11, 2, 0, tzinfo=UTC)
    assert f"{ended:%d %H:%M}" == "01 17:00"


def test_hours_have_no_day_and_days_have_no_moment():
    with pytest.raises(clocks.NotAClock):
        ends("24h", date(2026, 3, 1))
    with pytest.raises(clocks.NotAClock):
        clocks.due_at(Clock(1, Unit.CALENDAR), datetime(2026, 3, 1, tzinfo=UTC))


def test_a_calendar_without_any_counting_day_is_refused():
    with pytest.raises(clocks.NoDayLeft):
        ends(
            "1wd",
            date(2026, 3, 1),
            WorkCalendar(closed=frozenset(map(date.fromordinal, range(739600, 741000)))),
        )


def test_seven_contiguous_days_begin_with_the_first_service():
    days = [date(2026, 11, d) for d in (3, 5, 9, 10, 16)]
    assert [len(w) for w in clocks.contiguous_windows(days, length=7)] == [3, 2]


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.integers(0, 60), st.sampled_from(["bd", "wd"]))
def test_as_many_counting_days_lie_after_the_first_as_the_clock_says(since, amount, unit):
    calendar = WorkCalendar(holidays=frozenset({since.replace(day=1)}), weekdays=frozenset({0, 2, 5}))
    last = ends(f"{amount}{unit}", since, calendar)
    between = [date.fromordinal(n) for n in range(since.toordinal() + 1, last.toordinal() + 1)]
    assert sum(calendar.counts(day, Unit(unit)) for day in between) == amount
    assert not between or calendar.counts(last, Unit(unit))


def test_every_clock_of_every_shipped_pack_can_be_read():
    on = date(2026, 11, 22)
    for name in (
        "us-default",
        "us-tx",
        "us-fl",
        "us-ny",
        "us-pa",
        "us-ca",
        "us-dc",
        "us-cmhc",
        "us-medicare",
    ):
        for id in (
            "plan.assessment_days",
            "plan.initial_days",
            "plan.review_days",
            "plan.qp_countersign_days",
        ):
            clocks.ticking(queries.pack(name), id, on)
    florida = clocks.ticking(queries.pack("us-fl"), "plan.qp_countersign_days", on)
    assert (florida.rule.clock, florida.rule.tag, florida.rule.source) == (
        "10cd",
        "V",
        "Florida Administrative Code 65D-30.0044",
    )
    assert clocks.ticking(queries.pack("us-default"), "plan.qp_countersign_days", on) is None


@pytest.mark.django_db
def test_the_calendar_knows_federal_holidays_and_when_the_clinic_is_open(clinic, inside):
    calendar = queries.work_calendar(date(2026, 11, 22))
    assert date(2026, 11, 26) in calendar.holidays
    assert calendar.weekdays == frozenset(range(6))
    assert not calendar.counts(date(2026, 11, 26), Unit.WORKING)
