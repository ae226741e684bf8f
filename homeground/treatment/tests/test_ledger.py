from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeground.ground.periods import Period
from homeground.program.rules.hours import WeekBounds
from homeground.program.rules.vocabulary import WeekDefinition
from homeground.treatment.rules import ledger
from homeground.treatment.rules.ledger import LedgerEntry, Standing
from homeground.treatment.tests import spec_hours as spec

MANUAL = Path(__file__).resolve().parents[3] / "docs" / "rules" / "hours.md"


@pytest.mark.parametrize("case", spec.COUNTED, ids=lambda c: c.what)
def test_minutes_that_count(case):
    counted = ledger.counted_minutes(
        session=spec.span(case.session),
        breaks=[spec.span(pause) for pause in case.breaks],
        presence=[spec.span(there) for there in case.presence],
    )
    assert counted == case.minutes


@pytest.mark.parametrize("case", spec.WEEKS, ids=lambda c: f"{c.on} {c.definition}")
def test_the_days_of_a_week(case):
    week = ledger.week_of(case.on, case.definition)
    assert (week.starts_on, week.ends_on) == (case.first, case.last + timedelta(days=1))
    assert week.days_left(case.on) == case.days_left


@pytest.mark.parametrize("case", spec.WEEK_CASES, ids=lambda c: c.what)
def test_a_week_beside_its_floor(case):
    hours = ledger.week_hours(
        ledger.week_of(case.on, case.definition),
        case.entries,
        bounds=WeekBounds(floor=case.floor, ceiling=1140),
        reason=case.reason,
    )
    assert (hours.minutes, hours.owed, hours.standing(case.on)) == (case.minutes, case.owed, case.standing)


def test_the_manual_says_what_the_tests_run():
    command = "python -m homeground.treatment.tests.spec_hours > docs/rules/hours.md"
    assert MANUAL.read_text() == spec.render(), f"stale: {command}"


WEEK = ledger.week_of(spec.SAT, WeekDefinition.SUN_SAT)
BOUNDS = WeekBounds(floor=540, ceiling=1140)


def test_a_week_that_ended_below_its_floor_is_short_until_it_is_explained():
    hours = ledger.week_hours(WEEK, spec.THREE[:2], bounds=BOUNDS)
    assert hours.standing(WEEK.ends_on) == "short"
    assert replace(hours, reason="illness").standing(WEEK.ends_on) == "short_explained"
    assert replace(hours, reason="illness").minutes == 360


def test_a_reason_does_not_hide_that_the_floor_was_reached():
    assert (
        ledger.week_hours(WEEK, spec.THREE, bounds=BOUNDS, reason="holiday").standing(spec.SAT) == "reached"
    )


def test_excused_and_cancelled_sessions_are_not_expected_d21():
    entries = [
        spec.attended(spec.TUE),
        LedgerEntry(spec.THU, 0, Standing.MISSED),
        LedgerEntry(spec.SAT, 0, Standing.EXCUSED),
        LedgerEntry(spec.SAT, 0, Standing.CANCELLED),
    ]
    hours = ledger.week_hours(WEEK, entries, bounds=BOUNDS)
    assert (hours.attended, hours.missed, hours.excused, hours.expected) == (1, 1, 2, 2)


def test_a_make_up_on_the_same_day_adds_minutes_but_no_day_d19():
    hours = ledger.week_hours(WEEK, [spec.attended(spec.TUE), spec.attended(spec.TUE)], bounds=BOUNDS)
    assert (hours.minutes, hours.days) == (360, 1)


def test_what_is_planned_counts_towards_the_bounds_and_not_towards_the_minutes():
    entries = [spec.attended(spec.TUE), LedgerEntry(spec.SAT, 180, Standing.PLANNED)]
    hours = ledger.week_hours(WEEK, entries, bounds=BOUNDS)
    assert (hours.minutes, hours.owed, hours.short_as_planned) == (180, 360, 180)


def test_more_than_the_ceiling_suggests_a_higher_level_a03():
    entries = [LedgerEntry(spec.TUE, 300, Standing.PLANNED)] * 4
    assert ledger.week_hours(WEEK, entries, bounds=BOUNDS).above_ceiling
    assert not ledger.week_hours(WEEK, entries[:3], bounds=BOUNDS).above_ceiling


def test_a_session_belongs_to_the_clinics_day_on_which_it_begins():
    late = datetime(2026, 11, 22, 5, 30, tzinfo=UTC)
    assert ledger.day_of(late, ZoneInfo("America/Denver")) == spec.SAT
    assert ledger.day_of(late, ZoneInfo("America/New_York")) == spec.SUNDAY


BASE = datetime(2026, 11, 1, 6, tzinfo=UTC)
MINUTES = st.integers(min_value=0, max_value=600)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = draw(MINUTES)
    return Period(
        BASE + timedelta(minutes=start),
        BASE + timedelta(minutes=start + draw(st.integers(min_value=1, max_value=300))),
    )


MANY = st.lists(periods(), max_size=5)
QUICK = settings(max_examples=60, derandomize=True, deadline=None)


def slow_count(session: Period, breaks: list[Period], presence: list[Period]) -> int:
    """Asks of every single minute whether it counts."""
    minutes = (session.start + timedelta(minutes=n) for n in range(session.minutes))
    return sum(
        any(p.start <= minute < p.end for p in presence)
        and not any(p.start <= minute < p.end for p in breaks)
        for minute in minutes
    )


@QUICK
@given(periods(), MANY, MANY)
def test_every_minute_is_counted_at_most_once_and_never_outside_the_session(session, breaks, presence):
    counted = ledger.counted_minutes(session=session, breaks=breaks, presence=presence)
    assert 0 <= counted <= session.minutes
    assert counted == slow_count(session, breaks, presence)


@QUICK
@given(periods(), MANY, periods(), st.integers(min_value=1, max_value=299))
def test_cutting_a_presence_in_two_changes_nothing(session, breaks, presence, at):
    cut = presence.start + timedelta(minutes=min(at, presence.minutes - 1))
    pieces = [presence] if cut <= presence.start else [Period(cut, presence.end), Period(presence.start, cut)]
    whole = ledger.counted_minutes(session=session, breaks=breaks, presence=[presence])
    assert ledger.counted_minutes(session=session, breaks=breaks, presence=pieces) == whole


@QUICK
@given(periods(), MANY, MANY)
def test_a_break_named_twice_is_cut_out_once(session, breaks, presence):
    once = ledger.counted_minutes(session=session, breaks=breaks, presence=presence)
    assert ledger.counted_minutes(session=session, breaks=breaks * 2, presence=presence) == once


@QUICK
@given(st.dates(), st.sampled_from(WeekDefinition))
def test_every_day_lies_in_its_own_week_of_seven_days(on, definition):
    week = ledger.week_of(on, definition) if on.year > 1 and on.year < 9999 else None
    if week is not None:
        assert week.holds(on)
        assert (week.ends_on - week.starts_on).days == 7
        assert not week.before().holds(on)
