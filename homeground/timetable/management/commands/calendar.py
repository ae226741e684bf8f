"""`./run calendar FILE.ics --from DATE --until DATE --zone ZONE`: when a calendar file says busy."""

import argparse
import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from homeground.timetable.calendar_file import CalendarRefused, Reading, read_busy
from homeground.timetable.calendar_file.screen import MAX_BYTES
from homeground.timetable.calendar_file.words import refusal_words

BAD_INPUT = 2


class Command(BaseCommand):
    """Read one calendar file without a database. Exit 0, or 2 with the reason on the error stream."""

    help = "Print the busy times of an iCalendar file. Titles, places and people are not read."
    # Needs neither the database nor any other room.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments of issue 2, section 5."""
        parser.add_argument("file", help="the calendar file (.ics)")
        parser.add_argument(
            "--from", dest="starts_on", type=_day, required=True, help="first day, YYYY-MM-DD"
        )
        parser.add_argument(
            "--until", dest="ends_on", type=_day, required=True, help="the day after the last, YYYY-MM-DD"
        )
        parser.add_argument("--zone", required=True, help="time zone, such as America/New_York")
        parser.add_argument("--all-day", action="store_true", help="count all-day events as busy")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the file and print, or end with exit code 2 and the reason."""
        try:
            reading = read_busy(
                _content(options["file"]),
                starts_on=options["starts_on"],
                ends_on=options["ends_on"],
                zone=options["zone"],
                all_day=options["all_day"],
            )
        except CalendarRefused as refused:
            words = refusal_words[refused.reason_code]
            raise CommandError(f"{words} ({refused.reason_code})", returncode=BAD_INPUT) from None
        except ValueError as wrong:
            raise CommandError(str(wrong), returncode=BAD_INPUT) from None
        self.stdout.write(_as_json(reading) if options["json"] else _as_text(reading))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("a day is written YYYY-MM-DD") from None


def _content(path: str) -> bytes:
    """Read the file, but never more than is needed to refuse it for its size."""
    try:
        with Path(path).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise CommandError(f"The file cannot be opened: {error.strerror}.", returncode=BAD_INPUT) from None


def _as_json(reading: Reading) -> str:
    busy = [
        {"start": busy.start.isoformat(), "end": busy.end.isoformat(), "soft": busy.soft}
        for busy in reading.busy
    ]
    return json.dumps({"busy": busy, "skipped": [{"reason": skipped.reason} for skipped in reading.skipped]})


def _as_text(reading: Reading) -> str:
    lines = [
        f"{busy.start:%a %Y-%m-%d %H:%M} to {busy.end:%a %Y-%m-%d %H:%M}{' (tentative)' if busy.soft else ''}"
        for busy in reading.busy
    ]
    return "\n".join([*lines, f"{len(reading.busy)} busy times, {len(reading.skipped)} events left out"])
