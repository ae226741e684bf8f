"""`./run calendar`: JSON for other programs, exit 2 with a reason for everything that cannot be read."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from homeground.timetable.calendar_file import Refusal, SkipReason
from homeground.timetable.calendar_file.words import refusal_words, skip_words
from homeground.timetable.tests.calendar_file.building import ZONE, calendar, event

ROOT = Path(__file__).resolve().parents[4]
MARCH = ("--from", "2026-03-01", "--until", "2026-04-01", "--zone", ZONE)


@pytest.fixture
def week(tmp_path: Path) -> str:
    path = tmp_path / "week.ics"
    path.write_bytes(
        calendar(
            *event("DTSTART:20260302T180000", "DTEND:20260302T200000", uid="a"),
            *event("DTSTART:20260310T230000Z", "DURATION:PT1H", "STATUS:TENTATIVE", uid="b"),
            *event("DTSTART;VALUE=DATE:20260331", uid="c"),
            *event("DTSTART:20260401T090000", "DURATION:PT1H", uid="the day after the last"),
            *event("DTSTART:nonsense", uid="d"),
        )
    )
    return str(path)


def printed(*arguments: str) -> str:
    out = StringIO()
    call_command("calendar", *arguments, stdout=out)
    return out.getvalue()


def test_json_as_other_programs_rely_on(week: str) -> None:
    assert json.loads(printed(week, *MARCH, "--json")) == {
        "busy": [
            {"start": "2026-03-02T18:00:00-05:00", "end": "2026-03-02T20:00:00-05:00", "soft": False},
            {"start": "2026-03-10T19:00:00-04:00", "end": "2026-03-10T20:00:00-04:00", "soft": True},
        ],
        "skipped": [{"reason": "broken_times"}],
    }


def test_all_day_events_on_request(week: str) -> None:
    busy = json.loads(printed(week, *MARCH, "--all-day", "--json"))["busy"]

    assert busy[2] == {
        "start": "2026-03-31T00:00:00-04:00",
        "end": "2026-04-01T00:00:00-04:00",
        "soft": False,
    }


def test_plain_lines_for_people(week: str) -> None:
    assert printed(week, *MARCH).splitlines() == [
        "Mon 2026-03-02 18:00 to Mon 2026-03-02 20:00",
        "Tue 2026-03-10 19:00 to Tue 2026-03-10 20:00 (tentative)",
        "2 busy times, 1 events left out",
    ]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("missing.ics", *MARCH), "The file cannot be opened: No such file or directory."),
        ((".", *MARCH), "The file cannot be opened: Is a directory."),
        ((__file__, *MARCH), "(not_a_calendar)"),
        (("WEEK", *MARCH[:4], "--zone", "Nowhere/Land"), "no such time zone"),
        (("WEEK", "--from", "2026-04-01", "--until", "2026-03-01", "--zone", ZONE), "out of order"),
        (("WEEK", "--from", "1 March", *MARCH[2:]), "YYYY-MM-DD"),
        (("WEEK",), "required"),
    ],
)
def test_bad_input_is_an_error_in_words(week: str, arguments: tuple[str, ...], reason: str) -> None:
    with pytest.raises(CommandError) as refused:
        printed(*(week if argument == "WEEK" else argument for argument in arguments))

    assert reason in str(refused.value)


def test_the_process_ends_with_2_and_without_a_traceback_and_needs_no_database(tmp_path: Path) -> None:
    (tmp_path / "hostile.ics").write_bytes(calendar(*event("DTSTART:20260302T180000", "RRULE:FREQ=SECONDLY")))

    ended = subprocess.run(
        [sys.executable, "manage.py", "calendar", str(tmp_path / "hostile.ics"), *MARCH, "--json"],
        cwd=ROOT,
        env=os.environ | {"HG_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == (
        "CommandError: This calendar has an event that repeats many times a day. Please remove that event, "
        "or mark your busy times by hand. (repeats_too_often)\n"
    )


def test_every_reason_has_words_in_short_sentences() -> None:
    words = {**refusal_words, **skip_words}

    assert set(words) == {*Refusal, *SkipReason}
    for said in words.values():
        assert all(0 < len(sentence.split()) <= 18 for sentence in str(said).split(". ")), said
