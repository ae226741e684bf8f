"""The spec table: an iCalendar text, the busy times it means, and where that is written."""
# The tables are read a row a line.
# ruff: noqa: E501

from datetime import date

import pytest

from homeground.timetable.calendar_file import CalendarRefused, Refusal
from homeground.timetable.tests.calendar_file.building import calendar, event, expanded, said

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")

EST = "TZID=America/New_York"

# (what, source, lines of the calendar, busy times between 1 March and 1 April 2026 in New York)
TABLE = [
    ("a time in a named zone", "RFC 5545 3.3.5", event(f"DTSTART;{EST}:20260302T180000", f"DTEND;{EST}:20260302T200000"), ["03-02 18:00-0500/20:00-0500"]),
    ("a time in UTC", "RFC 5545 3.3.5", event("DTSTART:20260302T230000Z", "DTEND:20260303T010000Z"), ["03-02 18:00-0500/20:00-0500"]),
    ("another zone", "RFC 5545 3.3.5", event("DTSTART;TZID=America/Los_Angeles:20260302T150000", "DTEND;TZID=America/Los_Angeles:20260302T170000"), ["03-02 18:00-0500/20:00-0500"]),
    ("a floating time is the reader's time", "RFC 5545 3.3.5", event("DTSTART:20260302T180000", "DTEND:20260302T200000"), ["03-02 18:00-0500/20:00-0500"]),
    ("a duration in place of an end", "RFC 5545 3.6.1", event("DTSTART:20260302T180000", "DURATION:PT1H30M"), ["03-02 18:00-0500/19:30-0500"]),
    ("no end: takes no time", "RFC 5545 3.6.1", event("DTSTART:20260302T180000"), ["03-02 18:00-0500/18:00-0500"]),
    ("end equal to start", "RFC 5545 3.6.1", event("DTSTART:20260302T180000", "DTEND:20260302T180000"), ["03-02 18:00-0500/18:00-0500"]),
    ("start and end swapped are put right", "handbook interop 4.2", event("DTSTART:20260302T200000", "DTEND:20260302T180000"), ["03-02 18:00-0500/20:00-0500"]),
    ("a weekly event keeps its wall clock when the clock changes", "RFC 5545 3.8.5.3", event(f"DTSTART;{EST}:20260301T180000", f"DTEND;{EST}:20260301T190000", "RRULE:FREQ=WEEKLY;COUNT=3"), ["03-01 18:00-0500/19:00-0500", "03-08 18:00-0400/19:00-0400", "03-15 18:00-0400/19:00-0400"]),
    ("a weekly UTC event keeps UTC", "RFC 5545 3.8.5.3", event("DTSTART:20260301T230000Z", "DTEND:20260302T000000Z", "RRULE:FREQ=WEEKLY;COUNT=2"), ["03-01 18:00-0500/19:00-0500", "03-08 19:00-0400/20:00-0400"]),
    ("a time the clock change leaves out", "RFC 5545 3.3.5", event(f"DTSTART;{EST}:20260308T023000", f"DTEND;{EST}:20260308T040000"), ["03-08 03:30-0400/04:00-0400"]),
    ("a night shift over the clock change ends when its clock says so", "ical.js and recurring-ical-events agree", event(f"DTSTART;{EST}:20260306T220000", f"DTEND;{EST}:20260307T060000", "RRULE:FREQ=DAILY;COUNT=3"), ["03-06 22:00-0500/06:00-0500", "03-07 22:00-0500/06:00-0400", "03-08 22:00-0400/06:00-0400"]),
    ("every second Tuesday and Thursday", "RFC 5545 3.3.10", event("DTSTART:20260303T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;UNTIL=20260318T000000"), ["03-03 09:00-0500/10:00-0500", "03-05 09:00-0500/10:00-0500", "03-17 09:00-0400/10:00-0400"]),
    ("last Friday of the month", "RFC 5545 3.3.10", event("DTSTART:20260130T090000", "DURATION:PT1H", "RRULE:FREQ=MONTHLY;BYDAY=-1FR"), ["03-27 09:00-0400/10:00-0400"]),
    ("a huge count ends with the days asked for", "handbook interop 4.2", event("DTSTART:20260330T090000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=1000000000"), ["03-30 09:00-0400/10:00-0400", "03-31 09:00-0400/10:00-0400"]),
    ("a far end too", "handbook interop 4.2", event("DTSTART:20260330T090000", "DURATION:PT1H", "RRULE:FREQ=DAILY;UNTIL=99991231T235959Z"), ["03-30 09:00-0400/10:00-0400", "03-31 09:00-0400/10:00-0400"]),
    ("two rules of which one ends in UTC: the last Sunday counts (ical.js drops it)", "RFC 5545 3.3.10 UNTIL inclusive", event(f"DTSTART;{EST}:20260301T110000", f"DTEND;{EST}:20260301T113000", "RRULE:FREQ=WEEKLY;UNTIL=20260302T000000Z", "RRULE:FREQ=MONTHLY;BYDAY=SU;UNTIL=20260316T035959Z"), ["03-01 11:00-0500/11:30-0500", "03-08 11:00-0400/11:30-0400", "03-15 11:00-0400/11:30-0400"]),
    ("an excepted date", "RFC 5545 3.8.5.1", event("DTSTART:20260302T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20260309T090000"), ["03-02 09:00-0500/10:00-0500", "03-16 09:00-0400/10:00-0400"]),
    ("a date both added and excepted is excepted (ical.js keeps it)", "RFC 5545 3.8.5.1", event("DTSTART:20260302T090000Z", "DURATION:PT1H", "RDATE:20260305T090000Z", "EXDATE:20260305T090000Z"), ["03-02 04:00-0500/05:00-0500"]),
    ("an added period has its own length", "RFC 5545 3.8.5.2", event("DTSTART:20260302T140000Z", "DURATION:PT1H", "RDATE;VALUE=PERIOD:20260304T140000Z/20260304T180000Z,20260305T140000Z/PT2H"), ["03-02 09:00-0500/10:00-0500", "03-04 09:00-0500/13:00-0500", "03-05 09:00-0500/11:00-0500"]),
    ("one occurrence moved", "RFC 5545 3.8.4.4", (*event("DTSTART:20260302T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=3"), *event("RECURRENCE-ID:20260309T090000", "DTSTART:20260310T150000", "DURATION:PT2H")), ["03-02 09:00-0500/10:00-0500", "03-10 15:00-0400/17:00-0400", "03-16 09:00-0400/10:00-0400"]),
    ("one occurrence moved in from another month", "RFC 5545 3.8.4.4", (*event("DTSTART:20260202T090000", "DURATION:PT1H", "RRULE:FREQ=MONTHLY;COUNT=1"), *event("RECURRENCE-ID:20260202T090000", "DTSTART:20260320T150000", "DURATION:PT1H")), ["03-20 15:00-0400/16:00-0400"]),
    ("one occurrence cancelled", "RFC 5545 3.8.1.11", (*event("DTSTART:20260302T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=3"), *event("RECURRENCE-ID:20260309T090000", "DTSTART:20260309T090000", "DURATION:PT1H", "STATUS:CANCELLED")), ["03-02 09:00-0500/10:00-0500", "03-16 09:00-0400/10:00-0400"]),
    ("one occurrence only tentative", "RFC 5545 3.8.1.11", (*event("DTSTART:20260323T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2"), *event("RECURRENCE-ID:20260330T090000", "DTSTART:20260330T090000", "DURATION:PT1H", "STATUS:TENTATIVE")), ["03-23 09:00-0400/10:00-0400", "03-30 09:00-0400/10:00-0400~"]),
    ("this and all future ones moved", "RFC 5545 3.2.13", (*event("DTSTART:20260316T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=3"), *event("RECURRENCE-ID;RANGE=THISANDFUTURE:20260323T090000", "DTSTART:20260323T110000", "DURATION:PT1H")), ["03-16 09:00-0400/10:00-0400", "03-23 11:00-0400/12:00-0400", "03-30 11:00-0400/12:00-0400"]),
    ("a newer version of the same event replaces the older (ical.js gives both)", "RFC 5545 3.8.7.4", (*event("DTSTART:20260302T090000", "DURATION:PT1H", "SEQUENCE:1"), *event("DTSTART:20260303T090000", "DURATION:PT1H", "SEQUENCE:2")), ["03-03 09:00-0500/10:00-0500"]),
    ("cancelled", "RFC 5545 3.8.1.11", event("DTSTART:20260302T090000", "DURATION:PT1H", "STATUS:CANCELLED"), []),
    ("transparent, in small letters", "RFC 5545 3.8.2.7", event("DTSTART:20260302T090000", "DURATION:PT1H", "TRANSP:transparent"), []),
    ("shown as free", "handbook interop 4.2", event("DTSTART:20260302T090000", "DURATION:PT1H", "TRANSP:OPAQUE", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"), []),
    ("out of office is busy", "handbook interop 4.2", event("DTSTART:20260302T090000", "DURATION:PT1H", "X-MICROSOFT-CDO-BUSYSTATUS:OOF"), ["03-02 09:00-0500/10:00-0500"]),
    ("tentative in the other product's words", "handbook interop 4.2", event("DTSTART:20260302T090000", "DURATION:PT1H", "X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE"), ["03-02 09:00-0500/10:00-0500~"]),
    ("the calendar's own zone holds for floating times (ical.js ignores it)", "handbook interop 4.2", ("X-WR-TIMEZONE:Europe/Brussels", *event("DTSTART:20260302T210000", "DTEND:20260302T224500")), ["03-02 15:00-0500/16:45-0500"]),
    ("the calendar's own zone by its Windows name", "handbook interop 4.2", ("X-WR-TIMEZONE:Pacific Standard Time", *event("DTSTART:20260302T150000", "DURATION:PT1H")), ["03-02 18:00-0500/19:00-0500"]),
    ("an own zone that is no zone is ignored", "handbook interop 4.2", ("X-WR-TIMEZONE:../../etc/passwd", *event("DTSTART:20260302T180000", "DURATION:PT1H")), ["03-02 18:00-0500/19:00-0500"]),
    ("a zone by its Windows name", "handbook interop 4.2", event("DTSTART;TZID=Pacific Standard Time:20260302T150000", "DURATION:PT1H"), ["03-02 18:00-0500/19:00-0500"]),
    ("a zone behind a vendor's prefix", "RFC 5545 3.2.19", event("DTSTART;TZID=/example.org/2005/America/Los_Angeles:20260302T150000", "DURATION:PT1H"), ["03-02 18:00-0500/19:00-0500"]),
    ("tasks, journals, free-busy blocks and alarms are not events", "RFC 5545 3.6", ("BEGIN:VTODO", "DTSTART:20260302T090000", "DUE:20260302T100000", "END:VTODO", *event("DTSTART:20260303T090000", "DURATION:PT1H", "BEGIN:VALARM", "TRIGGER:junk", "DURATION:PT5H", "END:VALARM")), ["03-03 09:00-0500/10:00-0500"]),
    ("a broken sequence number does not cost the event", "own rule", event("DTSTART:20260302T090000", "DURATION:PT1H", "SEQUENCE:x"), ["03-02 09:00-0500/10:00-0500"]),
    ("ends as the first day begins: outside", "half-open days", event("DTSTART:20260228T220000", "DTEND:20260301T000000"), []),
    ("reaches into the first day: given whole", "half-open days", event("DTSTART:20260228T220000", "DTEND:20260301T003000"), ["02-28 22:00-0500/00:30-0500"]),
    ("begins as the last day is over: outside", "half-open days", event("DTSTART:20260401T000000", "DTEND:20260401T010000"), []),
    ("nothing in it", "RFC 5545 3.4", (), []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "busy"), [row[2:] for row in TABLE], ids=[f"{row[0]} [{row[1]}]" for row in TABLE]
)
def test_a_calendar_means_these_busy_times(lines: tuple[str, ...], busy: list[str]) -> None:
    found = expanded(calendar(*lines))

    assert said(found) == busy
    assert found.skipped == []


def test_the_repeated_hour_in_autumn_is_the_first_one() -> None:
    content = calendar(*event(f"DTSTART;{EST}:20261101T013000", f"DTEND;{EST}:20261101T030000"))

    found = expanded(content, starts_on=date(2026, 10, 25), ends_on=date(2026, 11, 8))

    assert said(found) == ["11-01 01:30-0400/03:00-0500"]


def test_all_day_events_count_only_when_asked_for() -> None:
    content = calendar(
        *event("DTSTART;VALUE=DATE:20260302", uid="one day"),
        *event("DTSTART;VALUE=DATE:20260307", "DTEND;VALUE=DATE:20260309", uid="two days, one short"),
        *event("DTSTART;VALUE=DATE:20260320", "TRANSP:TRANSPARENT", uid="birthday"),
    )

    assert said(expanded(content)) == []
    assert said(expanded(content, all_day=True)) == [
        "03-02 00:00-0500/00:00-0500",
        "03-07 00:00-0500/00:00-0400",
    ]


def test_occurrences_come_sorted_and_one_by_one() -> None:
    content = calendar(
        *event("DTSTART:20260303T090000", "DURATION:PT1H", uid="b"),
        *event("DTSTART:20260302T090000", "DURATION:PT2H", uid="c"),
        *event("DTSTART:20260302T090000", "DURATION:PT2H", uid="a"),
    )

    assert said(expanded(content)) == [
        "03-02 09:00-0500/11:00-0500",
        "03-02 09:00-0500/11:00-0500",
        "03-03 09:00-0500/10:00-0500",
    ]


OWN_ZONE = (
    "BEGIN:VTIMEZONE", "TZID:Clinic Time",
    "BEGIN:STANDARD", "DTSTART:16011101T020000", "TZOFFSETFROM:-0300", "TZOFFSETTO:-0400",
    "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11", "END:STANDARD",
    "BEGIN:DAYLIGHT", "DTSTART:16010301T020000", "TZOFFSETFROM:-0400", "TZOFFSETTO:-0300",
    "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3", "END:DAYLIGHT",
    "END:VTIMEZONE",
)  # fmt: skip
IN_OWN_ZONE = event("DTSTART;TZID=Clinic Time:20260302T190000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2")


@pytest.mark.parametrize(
    "lines", [(*OWN_ZONE, *IN_OWN_ZONE), (*IN_OWN_ZONE, *OWN_ZONE)], ids=["before", "after"]
)
def test_a_zone_defined_in_the_file_is_used_wherever_it_stands(lines: tuple[str, ...]) -> None:
    found = expanded(calendar(*lines))

    assert said(found) == ["03-02 18:00-0500/19:00-0500", "03-09 18:00-0400/19:00-0400"]
    assert found.zone_assumed == 0


def test_a_zone_defined_in_one_file_is_forgotten_in_the_next() -> None:
    expanded(calendar(*OWN_ZONE, *IN_OWN_ZONE))

    assert expanded(calendar(*IN_OWN_ZONE)).zone_assumed == 1


def test_a_poor_definition_of_a_known_zone_is_not_believed() -> None:
    # Seen in a real calendar: "Europe/Berlin" with the clock changes of a single year (ical.js is an hour off).
    poor = [line.replace("Clinic Time", "America/Los_Angeles") for line in OWN_ZONE]
    content = calendar(*poor, *event("DTSTART;TZID=America/Los_Angeles:20260302T150000", "DURATION:PT1H"))

    assert said(expanded(content)) == ["03-02 18:00-0500/19:00-0500"]


def test_a_broken_zone_definition_costs_only_itself() -> None:
    broken = [line.replace("TZOFFSETTO:-0400", "TZOFFSETTO:soon") for line in OWN_ZONE]
    content = calendar(*broken, *IN_OWN_ZONE, *event("DTSTART:20260305T150000Z", "DURATION:PT1H", uid="two"))

    found = expanded(content)

    assert said(found) == [
        "03-02 19:00-0500/20:00-0500",
        "03-05 10:00-0500/11:00-0500",
        "03-09 19:00-0400/20:00-0400",
    ]
    assert found.zone_assumed == 1


def test_an_unknown_zone_is_the_readers_zone_and_counted() -> None:
    named = 'DTSTART;TZID="(UTC-08:00) Pacific Time (US & Canada)":20260302T180000'

    found = expanded(calendar(*event(named, "DURATION:PT1H")))

    assert said(found) == ["03-02 18:00-0500/19:00-0500"]
    assert found.zone_assumed == 1


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (("DTSTART:soon", "DURATION:PT1H"), "broken_times"),
        (("DTSTART:20260302T250000", "DURATION:PT1H"), "broken_times"),
        (("DTSTART",), "broken_times"),
        (("SUMMARY:no start",), "broken_times"),
        (("DTSTART:20260302T090000", "DTEND:later"), "broken_times"),
        (("DTSTART:20260302T090000", "DURATION:PT90X"), "broken_times"),
        (("DTSTART:20260302T090000", "DTSTART:20260303T090000"), "broken_repeat"),
        (("DTSTART:20260302T090000", "DTEND:99991231T235959"), "broken_repeat"),
        (("DTSTART:20260302T090000", "RRULE:FREQ=WEEKLY;UNTL=20260401"), "broken_repeat"),
        (("DTSTART:20260302T090000", "RRULE:FREQ=OFTEN"), "broken_repeat"),
        (("DTSTART:20260302T090000", "RRULE:BYDAY=MO"), "broken_repeat"),
        (("DTSTART:20260302T090000", "RRULE:FREQ=DAILY;INTERVAL=two"), "broken_repeat"),
        (("DTSTART:20260302T090000", "RRULE:FREQ=DAILY;INTERVAL=99999999999999999999"), "broken_repeat"),
        (("DTSTART:20260302T090000", "RRULE:FREQ=DAILY;COUNT=-3"), "broken_repeat"),
        (("DTSTART:20260302T090000", "EXDATE:never"), "broken_repeat"),
        (("DTSTART:20260302T090000", "RDATE:20260303Z"), "broken_repeat"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_a_broken_event_is_left_out_and_the_rest_is_read(lines: tuple[str, ...], reason: str) -> None:
    sound = event("DTSTART:20260305T150000", "DURATION:PT1H", uid="sound")

    found = expanded(calendar(*event(*lines, uid="broken"), *sound))

    assert said(found) == ["03-05 15:00-0500/16:00-0500"]
    assert found.skipped == [reason]


def test_a_broken_change_of_one_occurrence_leaves_the_series_as_it_was() -> None:
    series = event("DTSTART:20260302T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2")

    found = expanded(calendar(*series, *event("RECURRENCE-ID:20260309T090000", "DTSTART:?")))

    assert said(found) == ["03-02 09:00-0500/10:00-0500", "03-09 09:00-0400/10:00-0400"]
    assert found.skipped == ["broken_times"]


def test_more_occurrences_than_allowed_are_refused() -> None:
    content = calendar(*event("DTSTART:20260302T090000", "DURATION:PT1H", "RRULE:FREQ=DAILY"))

    assert len(said(expanded(content, at_most=30))) == 30
    with pytest.raises(CalendarRefused) as refused:
        expanded(content, at_most=29)
    assert refused.value.reason_code == Refusal.TOO_MANY_OCCURRENCES
