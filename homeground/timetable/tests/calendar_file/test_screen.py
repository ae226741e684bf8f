"""What is refused from the text alone, how odd texts are read, and that nothing but times gets through."""
# The tables are read a row a line.
# ruff: noqa: E501

import codecs

import pytest

from homeground.timetable.calendar_file import CalendarRefused, Refusal
from homeground.timetable.calendar_file.screen import MAX_BYTES, MAX_EVENTS, screen
from homeground.timetable.tests.calendar_file.building import calendar, event, expanded, said

START = "DTSTART:20260302T180000"
PLAIN = calendar(*event(START, "DTEND:20260302T200000"))
BUSY = ["03-02 18:00-0500/20:00-0500"]


def rule(text: str) -> bytes:
    return calendar(*event(START, "DURATION:PT5M", f"RRULE:{text}"))


REFUSED = [
    ("larger than the limit", PLAIN + b"\n" * MAX_BYTES, Refusal.TOO_LARGE),
    ("one event too many", calendar(*("BEGIN:VEVENT", "END:VEVENT") * (MAX_EVENTS + 1)), Refusal.TOO_MANY_EVENTS),
    ("every second", rule("FREQ=SECONDLY"), Refusal.REPEATS_TOO_OFTEN),
    ("every minute", rule("FREQ=MINUTELY"), Refusal.REPEATS_TOO_OFTEN),
    ("every hour", rule("FREQ=HOURLY;COUNT=2"), Refusal.REPEATS_TOO_OFTEN),
    ("every second, small letters", rule("freq=secondly"), Refusal.REPEATS_TOO_OFTEN),
    ("every second, with blanks", rule("FREQ = SECONDLY"), Refusal.REPEATS_TOO_OFTEN),
    ("every second, behind another frequency", rule("FREQ=DAILY;FREQ=SECONDLY"), Refusal.REPEATS_TOO_OFTEN),
    ("every second, by lists", rule("FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=1,2,3,4,5"), Refusal.REPEATS_TOO_OFTEN),
    ("every second, folded", rule("FREQ=SEC\r\n ONDLY"), Refusal.REPEATS_TOO_OFTEN),
    ("every second, the line ended by CR", rule("FREQ=SECONDLY").replace(b"\r\n", b"\r"), Refusal.REPEATS_TOO_OFTEN),
    ("every second, with a parameter", calendar(*event(START, 'RRULE;X="a:b":FREQ=SECONDLY')), Refusal.REPEATS_TOO_OFTEN),
    ("every second, in a zone", calendar("BEGIN:VTIMEZONE", "BEGIN:STANDARD", "RRULE:FREQ=SECONDLY", "END:STANDARD", "END:VTIMEZONE"), Refusal.REPEATS_TOO_OFTEN),
    ("every zero days", rule("FREQ=DAILY;INTERVAL=0"), Refusal.BAD_INTERVAL),
    ("every minus one days", rule("FREQ=DAILY;INTERVAL=-1"), Refusal.BAD_INTERVAL),
    ("zero in disguise", rule("FREQ=DAILY;INTERVAL=0_0"), Refusal.BAD_INTERVAL),
    ("zero in other digits", rule("FREQ=DAILY;INTERVAL=\uff10"), Refusal.BAD_INTERVAL),
    ("an empty file", b"", Refusal.NOT_A_CALENDAR),
    ("a picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Refusal.NOT_A_CALENDAR),
    ("a web page", b"<html>BEGIN:VCALENDAR</html>", Refusal.NOT_A_CALENDAR),
    ("an address card", b"BEGIN:VCARD\r\nFN:A\r\nEND:VCARD\r\n", Refusal.NOT_A_CALENDAR),
    ("an event without a calendar", "\r\n".join(event(START)).encode(), Refusal.NOT_A_CALENDAR),
    ("bytes that are not what the mark promises", codecs.BOM_UTF8 + PLAIN + b"\xff", Refusal.UNREADABLE_TEXT),
    ("half a UTF-16 character", codecs.BOM_UTF16_LE + PLAIN.decode().encode("utf-16-le") + b"\xd8", Refusal.UNREADABLE_TEXT),
    ("zero bytes inside", PLAIN.replace(b"VERSION", b"\0"), Refusal.UNREADABLE_TEXT),
    ("the second half is missing", PLAIN[: len(PLAIN) // 2], Refusal.CUT_OFF),
    ("an event that never ends", PLAIN.replace(b"END:VEVENT\r\n", b""), Refusal.CUT_OFF),
    ("another way to count the years", calendar("CALSCALE:HEBREW"), Refusal.OTHER_CALENDAR_SCALE),
]  # fmt: skip


@pytest.mark.parametrize(("content", "reason"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_a_hostile_or_unreadable_file_is_refused(content: bytes, reason: Refusal) -> None:
    with pytest.raises(CalendarRefused) as refused:
        screen(content)

    assert refused.value.reason_code == reason


READ = [
    ("UTF-8 with a mark", codecs.BOM_UTF8 + PLAIN),
    ("UTF-16", PLAIN.decode().encode("utf-16")),
    ("Latin-1", PLAIN.replace(b"UID:one", b"UID:caf\xe9\r\nSUMMARY:caf\xe9")),
    ("lines ended by LF", PLAIN.replace(b"\r\n", b"\n")),
    ("lines ended by CR", PLAIN.replace(b"\r\n", b"\r")),
    ("a folded time", PLAIN.replace(b"20260302T18", b"2026\r\n 0302T18")),
    ("a fold by tab after an empty line", PLAIN.replace(b"20260302T18", b"2026\r\n\r\n\t0302T18")),
    ("empty lines and a line of junk", b"\r\n\r\n" + PLAIN.replace(b"VERSION", b"\r\n!!\r\n\r\nVERSION")),
    ("no last line end", PLAIN.rstrip()),
    ("small letters", PLAIN.replace(b"BEGIN", b"begin").replace(b"DTSTART", b"dtstart").replace(b"VEVENT", b"vevent")),
    ("an empty rule", PLAIN.replace(b"UID:one", b"UID:one\r\nRRULE:")),
    ("an hour every two hours on a day", PLAIN.replace(b"UID:one", b"UID:one\r\nRRULE:FREQ=DAILY;COUNT=1;BYHOUR=18,20;BYMINUTE=0")),
    ("two calendars, one empty", PLAIN + calendar()),
]  # fmt: skip


@pytest.mark.parametrize("content", [row[1] for row in READ], ids=[row[0] for row in READ])
def test_an_odd_text_is_read_all_the_same(content: bytes) -> None:
    assert said(expanded(content)) == BUSY


def test_every_calendar_of_a_file_is_read_on_its_own() -> None:
    # The same UID in both: other people's programs number their events 1, 2, 3.
    other = PLAIN.replace(b"20260302", b"20260305")

    assert said(expanded(PLAIN + other)) == [*BUSY, "03-05 18:00-0500/20:00-0500"]


def test_no_title_place_or_person_passes_the_screen() -> None:
    private = (
        "SUMMARY:Secret group",
        "LOCATION:12 Hidden Road",
        "DESCRIPTION:Secret text\r\n  folded, secret",
        "ATTENDEE;CN=Secret Person:mailto:secret@example.org",
        "ORGANIZER:mailto:secret@example.org",
        "CATEGORIES:Secret",
        "X-ALT-DESC:Secret",
    )
    content = calendar(
        "X-WR-CALNAME:Secret name", *event(START, *private, "BEGIN:VALARM", "SUMMARY:Secret", "END:VALARM")
    )

    passed = screen(content)

    assert "ecret" not in passed
    assert "Hidden" not in passed
    assert passed.split("\r\n") == [
        "BEGIN:VCALENDAR",
        "BEGIN:VEVENT",
        "UID:one",
        START,
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
