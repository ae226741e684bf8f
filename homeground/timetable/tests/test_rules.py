"""The rules of the timetable as tables. No database."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeground.ground.periods import Period
from homeground.timetable.rules.clinic import OpenHour, Seeker
from homeground.timetable.rules.counselor import counselor_meeting
from homeground.timetable.rules.floor import Prescription, Short, is_high_intensity, shortfall
from homeground.timetable.rules.free_time import FreeTime
from homeground.timetable.rules.gates import Admits, Applicant, Gate, closed_gate
from homeground.timetable.rules.occurrences import Weekly, occurrences
from homeground.timetable.rules.week import Meeting, cell_spans, span, spot

ADULT = Prescription(core_minutes=540, min_days=3, max_days=5, min_day_minutes=120)
YOUTH = Prescription(core_minutes=360, min_days=3, max_days=5, min_day_minutes=120)


def meetings(*lengths: int, pause: int = 0) -> list[Meeting]:
    """One meeting a day from Monday on, each beginning at 9:00."""
    return [
        Meeting(day, time(9), time(9 + length // 60, length % 60), pause)
        for day, length in enumerate(lengths)
    ]


@pytest.mark.parametrize(
    ("lengths", "pause", "attend", "owed", "expected"),
    [
        ((180, 180, 180), 0, 0, ADULT, None),  # A01: the typical week
        ((170, 170, 170), 0, 0, ADULT, (Short.MINUTES, 510, 540)),  # A01: "510 < 540"
        ((195, 195, 195), 15, 0, ADULT, None),  # breaks do not count
        ((180, 180, 180), 15, 0, ADULT, (Short.MINUTES, 495, 540)),
        ((180, 180), 0, 0, YOUTH, (Short.TOO_FEW_DAYS, 2, 3)),
        ((120, 120, 120), 0, 0, YOUTH, None),  # A02: adolescents need six hours
        ((120, 120, 120), 0, 0, ADULT, (Short.MINUTES, 360, 540)),
        ((100, 240, 240), 0, 0, ADULT, (Short.SHORT_DAY, 100, 120)),
        ((120,) * 6, 0, 0, ADULT, (Short.TOO_MANY_DAYS, 6, 5)),
        ((180,) * 5, 0, 3, ADULT, None),  # any three of five
        ((180,) * 5, 0, 2, ADULT, (Short.MINUTES, 360, 540)),
        ((60, 180, 180, 180), 0, 3, ADULT, None),  # one full choice is enough
        ((), 0, 0, ADULT, (Short.MINUTES, 0, 540)),
    ],
)
def test_the_floor(lengths, pause, attend, owed, expected):
    found = shortfall(meetings(*lengths, pause=pause), attend, owed)
    assert (found and (found.kind, found.found, found.wanted)) == expected


@pytest.mark.parametrize(("lengths", "high"), [((285,) * 4, False), ((300,) * 4, True)])
def test_more_than_nineteen_hours_is_another_level(lengths, high):
    assert is_high_intensity(meetings(*lengths)) is high


PERSON = Applicant("p", frozenset({"adult"}), "woman", False, "en")
GROUP = Admits("p", "adult", "", False, "en")


@pytest.mark.parametrize(
    ("group", "person", "gate"),
    [
        (GROUP, PERSON, None),
        (Admits("p", "adolescent", "", False, "en"), PERSON, Gate.POPULATION),
        (GROUP, Applicant("p", frozenset({"adult", "adolescent"}), "", False, "en"), Gate.POPULATION),
        (Admits("q", "adult", "", False, "en"), PERSON, Gate.PROGRAM),
        (Admits("p", "adult", "woman", False, "en"), PERSON, None),
        (Admits("p", "adult", "man", False, "en"), PERSON, Gate.GENDER),
        (Admits("p", "adult", "", True, "en"), PERSON, Gate.DUAL),
        (Admits("p", "adult", "", False, "es"), PERSON, Gate.LANGUAGE),
    ],
)
def test_the_gates(group, person, gate):
    assert closed_gate(group, person) is gate


@pytest.mark.parametrize(
    ("weekday", "starts", "ends", "expected"),
    [(0, 0, 15, (0, 1)), (0, 10, 20, (0, 2)), (1, 18 * 60, 21 * 60, (168, 180)), (6, 1425, 1440, (671, 672))],
)
def test_spans_touch_whole_quarters(weekday, starts, ends, expected):
    assert span(weekday, starts, ends) == expected


@given(cells=st.frozensets(st.tuples(st.integers(0, 6), st.integers(0, 47)), max_size=60))
def test_cells_survive_as_spans(cells):
    back = {
        (weekday, minutes // 30)
        for start, end in cell_spans(cells)
        for weekday, minutes in (spot(slot) for slot in range(start, end))
    }
    assert back == cells


@pytest.mark.parametrize(
    ("zone", "on", "starts", "ends", "hours"),
    [
        ("America/Denver", date(2026, 11, 1), time(0, 30), time(2, 30), 3),  # the clocks go back within it
        ("America/Denver", date(2026, 3, 8), time(0, 30), time(3, 30), 2),  # and forward
        ("America/Phoenix", date(2026, 11, 1), time(0, 30), time(2, 30), 2),  # never, here
    ],
)
def test_a_night_on_the_day_the_clocks_change(zone, on, starts, ends, hours):
    [when] = occurrences(
        Weekly(on.weekday(), starts, ends, on), first=on, until=on + timedelta(days=1), zone=zone
    )
    assert when.ends_at - when.starts_at == timedelta(hours=hours)


@given(day=st.dates(date(2026, 1, 1), date(2027, 12, 31)), hour=st.integers(0, 22), weeks=st.integers(1, 9))
def test_every_occurrence_stands_at_its_hour_and_ends_after_it_starts(day, hour, weeks):
    weekly = Weekly(2, time(hour), time(hour + 1), day)
    found = list(occurrences(weekly, first=day, until=day + timedelta(weeks=weeks), zone="America/New_York"))
    assert len(found) == weeks
    assert all(when.starts_at < when.ends_at and when.on.weekday() == 2 for when in found)


MINE, OTHERS = UUID(int=1), UUID(int=2)
NIGHTS = [Meeting(day, time(18), time(21)) for day in (0, 1, 3)]


def hour(at: int, staff: UUID, weekday: int, starts: int, by_video: bool = True) -> OpenHour:
    """An hour of a counselor's."""
    return OpenHour(UUID(int=at), staff, Meeting(weekday, time(starts), time(starts + 1)), by_video)


@pytest.mark.parametrize(
    ("hours", "busy", "travel", "video", "expected"),
    [
        ([hour(7, OTHERS, 0, 17), hour(8, MINE, 4, 9)], (), 0, False, 8),  # own counselor first
        ([hour(7, MINE, 4, 9), hour(8, MINE, 1, 17)], (), 30, False, 8),  # then no extra journey
        ([hour(7, MINE, 0, 18), hour(8, MINE, 4, 9)], (), 0, False, 8),  # never during the group
        ([hour(7, MINE, 4, 9)], (span(4, 10 * 60, 12 * 60),), 15, False, None),  # the way back is taken
        ([hour(7, MINE, 4, 9)], (span(4, 10 * 60, 12 * 60),), 15, True, 7),  # by video there is no way
        ([hour(7, MINE, 4, 9, by_video=False)], (span(4, 10 * 60, 12 * 60),), 15, True, None),
        ([], (), 0, True, None),
    ],
)
def test_the_counselor_hour(hours, busy, travel, video, expected):
    seeker = Seeker(busy, travel, video, "adult", counselor_id=MINE)
    found = counselor_meeting(hours, seeker, NIGHTS, group_by_video=False)
    assert (found and found.hour_id.int) == expected


AT = datetime(2026, 11, 24, 18, tzinfo=UTC)
LATER = Period(AT + timedelta(hours=3, minutes=30), AT + timedelta(hours=5))


@pytest.mark.parametrize(
    ("travel", "video", "come", "join"),
    [(29, False, True, False), (31, False, False, False), (31, True, False, True)],
)
def test_the_way_counts_for_a_make_up_in_person(travel, video, come, join):
    free = FreeTime((LATER,), (), travel, video)
    when = Period(AT, AT + timedelta(hours=3))
    assert (free.can_come(when), free.can_join(when)) == (come, join)


def test_another_appointment_here_needs_no_way_between():
    free = FreeTime((), (Period(AT - timedelta(hours=1), AT),), 120, True)
    assert free.can_come(Period(AT, AT + timedelta(hours=3)))
    assert not free.can_join(Period(AT - timedelta(minutes=1), AT))
