"""94 real and awkward calendars: each gives busy times or a clear refusal, quickly, and as agreed elsewhere.

The files are parsers' own test calendars (kewisch/ical.js, niccokunzmann/python-recurring-ical-events) and
do not belong to this repository. `AGREED` are the numbers of busy occurrences on which ical.js 2 and our
reading agree for 1990 to 2029 in New York, all-day events included.
"""

import time
from datetime import date
from pathlib import Path

import pytest

from homeground.timetable.calendar_file import CalendarRefused, read_busy
from homeground.timetable.tests.calendar_file.building import EASTERN, ZONE, expanded

FILES = Path(__file__).resolve().parents[5] / "shared" / "data" / "interop" / "ics"
pytestmark = [
    pytest.mark.skipif(not FILES.is_dir(), reason="the example calendars are not part of the repository"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
]
SECONDS = 5.0
YEARS = {"starts_on": date(1990, 1, 1), "ends_on": date(2030, 1, 1)}

AGREED = {
    "icaljs/blank_description.ics": 1,
    "icaljs/daily_recur.ics": 6362,
    "icaljs/duration_instead_of_dtend.ics": 1,
    "icaljs/minimal.ics": 1,
    "icaljs/only_dtstart_date.ics": 1,
    "icaljs/only_dtstart_time.ics": 1,
    "icaljs/parserv2.ics": 4515,
    "icaljs/rdate_exdate.ics": 3,
    "icaljs/recur_instances_finite.ics": 5,
    "icaljs/rfc.ics": 1,
    "icaljs/timezone_from_file.ics": 1,
    "icaljs/utc_negative_zero.ics": 1,
    "recurring/Germany.ics": 159,
    "recurring/after_many_events_in_order.ics": 5,
    "recurring/alarm_1_week_before_event.ics": 1,
    "recurring/alarm_around_event_boundaries.ics": 1,
    "recurring/alarm_of_repeated_event.ics": 6,
    "recurring/alarm_removed_and_moved.ics": 6,
    "recurring/alarms_at_the_same_time.ics": 3,
    "recurring/discourse_no_dtend.ics": 4,
    "recurring/each_week_but_one_deleted.ics": 7,
    "recurring/end_before_start_event.ics": 1,
    "recurring/issue_132_swapped_start_and_end.ics": 1,
    "recurring/issue_151_macos_linux_difference.ics": 15,
    "recurring/issue_15_duplicated_events.ics": 3,
    "recurring/issue_164_duplicated_event.ics": 101,
    "recurring/issue_18_cancel_status.ics": 2,
    "recurring/issue_223_one_event_with_sequence.ics": 2,
    "recurring/issue_243_recurrence_id_is_not_identical_to_dtstart.ics": 5236,
    "recurring/issue_253_edge_case_1.ics": 2,
    "recurring/issue_27_t1.ics": 2,
    "recurring/issue_4.ics": 566,
    "recurring/issue_48_daylight_aware_repeats.ics": 485,
    "recurring/issue_4_rrule_until.ics": 12,
    "recurring/issue_62_moved_event_2.ics": 3,
    "recurring/machbar_16_feb_2019.ics": 3702,
    "recurring/one_day_event_repeat_every_day.ics": 3956,
    "recurring/one_event_repeat_every_3_days.ics": 1319,
    "recurring/rdate_hackerpublicradio.ics": 12,
    "recurring/recurring_events_changed_duration.ics": 6,
    "recurring/same_event_recurring_at_same_time.ics": 6,
    "recurring/subcomponents.ics": 1,
    "recurring/three_events_one_edited.ics": 3,
    "recurring/zero_size_event.ics": 1,
}

# Where ical.js says otherwise, or nothing: ours, and why.
DECIDED = {
    "icaljs/google_birthday.ics": (3, 1),  # an RDATE that is no date: left out and counted
    "icaljs/multiple_rrules.ics": (36, 0),  # UNTIL is inclusive (RFC 5545 3.3.10)
    "icaljs/recur_instances.ics": (209, 0),  # ical.js fails
    "recurring/alarm_absolute_edited.ics": (1, 0),  # the higher SEQUENCE counts (RFC 5545 3.8.7.4)
    "recurring/bad_rrule_missing_until_event.ics": (0, 1),  # "UNTL": left out and counted, not for ever
    "recurring/duration.ics": (3, 0),  # a date written without VALUE=DATE; ical.js skips it
    "recurring/fablab_cottbus.ics": (171, 0),  # the file defines its zone for one year only
    "recurring/issue_113_period_in_rdate.ics": (9, 0),  # likewise; RDATE of a period (RFC 5545 3.8.5.2)
    "recurring/issue_148_edge_case_2.ics": (3, 0),  # SEQUENCE
    "recurring/issue_148_exdate_and_rdate_updated.ics": (3, 0),  # SEQUENCE
    "recurring/issue_201_test_matrix.ics": (15, 0),  # start and end of different kinds: both as times
    "recurring/issue_86_x_wr_timezone_without_time_zone_in_dt.ics": (1, 0),  # X-WR-TIMEZONE
    "recurring/rdate2.ics": (594, 0),  # EXDATE wins over RDATE (RFC 5545 3.8.5.1)
}
BROKEN = {"icaljs/component.ics": 2}  # two events without a start


def content(name: str) -> bytes:
    return (FILES / name).read_bytes()


def names() -> list[str]:
    return sorted(path.relative_to(FILES).as_posix() for path in FILES.glob("*/*.ics"))


def test_every_file_gives_busy_times_or_a_clear_refusal_in_time() -> None:
    outcomes: dict[str, object] = {}
    for name in names():
        started = time.monotonic()
        try:
            found = expanded(content(name), **YEARS, all_day=True)
            outcomes[name] = (len(found.spans), len(found.skipped))
        except CalendarRefused as refused:
            outcomes[name] = refused.reason_code
        assert time.monotonic() - started < SECONDS, name

    agreed = {name: (AGREED.get(name, 0), BROKEN.get(name, 0)) for name in names()}
    assert outcomes == agreed | DECIDED
    assert len(outcomes) == 94


@pytest.mark.parametrize(
    "name",
    [
        "icaljs/daily_recur.ics",
        "icaljs/timezone_from_file.ics",
        "recurring/bad_rrule_missing_until_event.ics",
        "recurring/fablab_cottbus.ics",
        "recurring/issue_18_cancel_status.ics",
        "recurring/machbar_16_feb_2019.ics",
    ],
)
def test_the_child_gives_the_same_within_the_limits(name: str) -> None:
    reading = read_busy(content(name), **YEARS, zone=ZONE, all_day=True, timeout_seconds=SECONDS)

    found = expanded(content(name), **YEARS, all_day=True)
    assert [
        (int(busy.start.timestamp()), int(busy.end.timestamp()), busy.soft) for busy in reading.busy
    ] == found.spans
    assert [skipped.reason for skipped in reading.skipped] == found.skipped
    assert all(busy.start.tzinfo == EASTERN for busy in reading.busy)
