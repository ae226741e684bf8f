"""The child process: same answers, hard limits, nothing left behind and nothing told."""

import json
import logging
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO
from zoneinfo import ZoneInfo

import pytest

from homeground.timetable.calendar_file import (
    Busy,
    CalendarRefused,
    Reading,
    Refusal,
    Skipped,
    SkipReason,
    read_busy,
)
from homeground.timetable.tests.calendar_file.building import EASTERN, ZONE, calendar, event

ROOT = Path(__file__).resolve().parents[4]
CHILD = (
    "import sys; sys.path.insert(0, sys.argv[1]);"
    "from homeground.timetable.calendar_file.child import main; main()"
)


def read(content: bytes, *, zone: str = ZONE, timeout_seconds: float = 20.0) -> Reading:
    return read_busy(
        content,
        starts_on=date(2026, 3, 1),
        ends_on=date(2026, 4, 1),
        zone=zone,
        timeout_seconds=timeout_seconds,
    )


def test_a_reading_holds_aware_times_in_the_zone_and_the_skipped_events() -> None:
    reading = read(
        calendar(
            *event("DTSTART:20260302T230000Z", "DURATION:PT1H", "STATUS:TENTATIVE", uid="a"),
            *event("DTSTART:20260303T180000", uid="b"),
            *event("DTSTART:nonsense", uid="c"),
        )
    )

    tentative = Busy(
        datetime(2026, 3, 2, 18, tzinfo=EASTERN), datetime(2026, 3, 2, 19, tzinfo=EASTERN), soft=True
    )
    moment = datetime(2026, 3, 3, 18, tzinfo=EASTERN)
    assert reading == Reading(
        (tentative, Busy(moment, moment, soft=False)), (Skipped(SkipReason.BROKEN_TIMES),)
    )
    assert reading.busy[0].start.tzinfo == ZoneInfo(ZONE)
    assert reading.taking_time() == (tentative,)


def test_floating_times_follow_the_zone_asked_for() -> None:
    content = calendar(*event("DTSTART:20260302T180000", "DURATION:PT1H"))

    assert read(content, zone="Asia/Tokyo").busy[0].start == datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "rule",
    ["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTH=4;BYMONTHDAY=31;BYHOUR=1,2,3;BYMINUTE=0"],
)
def test_a_rule_the_library_chews_on_for_ever_is_killed(rule: str) -> None:
    content = calendar(*event("DTSTART:20260302T180000Z", "DURATION:PT1H", f"RRULE:{rule}"))
    started = time.monotonic()

    with pytest.raises(CalendarRefused) as refused:
        read(content, timeout_seconds=1.0)

    assert refused.value.reason_code == Refusal.TOO_SLOW
    assert time.monotonic() - started < 3.0


def ask_child(
    text: str,
    *,
    memory_bytes: int = 512 * 1024 * 1024,
    cpu_seconds: int = 50,
    stdout: int | IO[bytes] = subprocess.PIPE,
) -> subprocess.CompletedProcess[bytes]:
    question = {
        "starts_on": "2000-01-01",
        "ends_on": "2200-01-01",
        "zone": ZONE,
        "all_day": False,
        "memory_bytes": memory_bytes,
        "cpu_seconds": cpu_seconds,
    }
    return subprocess.run(
        [sys.executable, "-I", "-c", CHILD, str(ROOT)],
        input=(json.dumps(question) + "\n" + text).encode(),
        stdout=stdout,
        stderr=subprocess.DEVNULL,
        timeout=60,
        check=False,
    )


def test_a_calendar_that_eats_memory_is_refused() -> None:
    hours = ",".join(str(hour) for hour in range(24))
    content = calendar(*event("DTSTART:20000101T000000", f"RRULE:FREQ=DAILY;BYHOUR={hours}"))

    ended = ask_child(content.decode(), memory_bytes=100 * 1024 * 1024)

    assert ended.stdout == b'ready\n{"refused": "too_much_memory"}'


def test_a_child_nobody_waits_for_meets_its_own_limit() -> None:
    content = calendar(*event("DTSTART:20260302T180000Z", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"))

    ended = ask_child(content.decode(), cpu_seconds=1)

    assert ended.returncode < 0
    assert ended.stdout == b"ready\n"


def test_the_child_cannot_write_a_file(tmp_path: Path) -> None:
    with (tmp_path / "answer").open("wb") as file:
        ended = ask_child(calendar(*event("DTSTART:20260302T180000")).decode(), stdout=file)

    assert ended.returncode != 0
    assert (tmp_path / "answer").read_bytes() == b"ready\n"


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.DEBUG):
        yield caplog


def test_a_refusal_says_nothing_of_the_file(
    log: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    private = ("SUMMARY:Secret", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")
    content = calendar(*event("DTSTART:20260302T180000Z", *private, uid="secret"))

    with pytest.raises(CalendarRefused) as refused:
        read(content, timeout_seconds=1.0)

    told = f"{refused.value!r} {refused.value.__cause__} {refused.value.__suppress_context__}"
    assert told == "CalendarRefused('too_slow') None True"
    assert "ecret" not in log.text + "".join(capfd.readouterr())


def test_the_child_needs_no_django_and_no_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "icalendar.py").write_text(
        "raise SystemExit('a stranger in the working folder was imported')"
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    assert read(calendar()) == Reading((), ())
    loaded = subprocess.run(
        [sys.executable, "-I", "-c", CHILD.replace("main()", "print('django' in sys.modules)"), str(ROOT)],
        capture_output=True,
        check=True,
    )
    assert loaded.stdout.split() == [b"False"]


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "zone"),
    [
        (date(2026, 3, 1), date(2026, 3, 1), ZONE),
        (date(2026, 3, 2), date(2026, 3, 1), ZONE),
        (date(1, 1, 1), date(2026, 3, 1), ZONE),
        (date(2026, 3, 1), date(9999, 12, 31), ZONE),
        (date(2026, 3, 1), date(2026, 4, 1), "Nowhere/Land"),
        (date(2026, 3, 1), date(2026, 4, 1), "../../etc/passwd"),
        (date(2026, 3, 1), date(2026, 4, 1), "America"),
        (date(2026, 3, 1), date(2026, 4, 1), ""),
    ],
)
def test_days_and_zones_that_make_no_sense_are_refused(starts_on: date, ends_on: date, zone: str) -> None:
    with pytest.raises(ValueError, match=r"days asked for|no such time zone"):
        read_busy(calendar(), starts_on=starts_on, ends_on=ends_on, zone=zone)
