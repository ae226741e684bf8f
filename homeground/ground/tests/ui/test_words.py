"""Dates, times and durations in words."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from homeground.ground.templatetags import ui

TUESDAY = datetime(2026, 11, 25, 2, 4, tzinfo=UTC)


def test_a_moment_is_told_in_the_readers_zone_and_language() -> None:
    with timezone.override(ZoneInfo("America/Los_Angeles")):
        assert ui.moment(TUESDAY) == "Tue 24 Nov, 18:04"
        with translation.override("es"):
            assert ui.moment(TUESDAY) == "mar 24 nov, 18:04"
            assert ui.long_day(TUESDAY) == "martes 24 de noviembre de 2026"


def test_a_time_of_day_needs_no_zone() -> None:
    assert ui.clock(time(6, 5)) == "06:05"


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2026, 11, 24), "today"),
        (date(2026, 11, 25), "tomorrow"),
        (date(2026, 11, 23), "yesterday"),
        (date(2026, 11, 26), "in 2 days"),
        (date(2026, 11, 20), "4 days ago"),
    ],
)
def test_days_are_counted_in_words(on: date, words: str) -> None:
    assert ui.days_away(on, date(2026, 11, 24)) == words


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 min"), (45, "45 min"), (540, "9 h"), (135, "2 h 15 min")]
)
def test_minutes_are_told_as_hours(minutes: int, words: str) -> None:
    assert ui.duration(minutes) == words


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("+13035550142", "303-555-0142"),
        ("3035550142", "303-555-0142"),
        ("+525512345678", "+52 55 1234 5678"),
        ("ask at the desk", "ask at the desk"),
        ("", ""),
    ],
)
def test_a_telephone_number_is_written_as_people_here_write_it(number: str, written: str) -> None:
    assert ui.phone(number) == written
