"""`./run fit FILE.ics --travel MIN`: does a week of treatment fit around a calendar file?"""

import argparse
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from homeground.ground import clock, scope
from homeground.program import queries as program
from homeground.timetable import queries
from homeground.timetable.calendar_file import CalendarRefused, Reading, read_busy, weekly_pattern
from homeground.timetable.calendar_file.screen import MAX_BYTES
from homeground.timetable.calendar_file.words import refusal_words
from homeground.timetable.queries import Change, FitAnswer, Offer, Stands
from homeground.timetable.rules.occurrences import local_day

BAD_INPUT = 2
WEEKS = 4
FARTHEST = 240
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Command(BaseCommand):
    """Answer for the open seats of this installation's clinic. Exit 0, or 2 with the reason."""

    help = "Say whether the clinic's open seats hold a full week for someone with this calendar."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments of issue 2, section 5."""
        parser.add_argument("file", help="the calendar file (.ics)")
        parser.add_argument("--travel", type=_minutes, required=True, help="minutes one way, 0 to 240")
        parser.add_argument("--video", action="store_true", help="joining by video is possible")
        parser.add_argument("--adolescent", action="store_true", help="for someone under 18")
        parser.add_argument("--language", choices=["en", "es"], default="en", help="of the group; en")
        parser.add_argument("--zone", help="time zone of the calendar; the clinic's when left out")
        parser.add_argument("--from", dest="starts_on", type=_day, help="first day, YYYY-MM-DD; today")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the file, ask, print; or end with exit code 2 and the reason."""
        house = program.public_house("localhost")
        if house is None:
            raise CommandError("There is no clinic here yet.", returncode=BAD_INPUT)
        on = options["starts_on"] or local_day(clock.now(), house.zone)
        reading = _read(options["file"], on, options["zone"] or house.zone)
        hard = weekly_pattern(reading, starts_on=on, weeks=WEEKS).hard
        with scope.entered(organization_id=house.id, channel=scope.Channel.PUBLIC):
            answer = queries.fit(
                busy=frozenset(divmod(cell, 48) for cell in hard),
                travel_minutes=options["travel"],
                video=options["video"],
                population="adolescent" if options["adolescent"] else "adult",
                language=options["language"],
                on=on,
            )
        found = _document(answer, len(reading.skipped))
        self.stdout.write(json.dumps(found) if options["json"] else _text(found))


def _minutes(text: str) -> int:
    if not text.isdecimal() or len(text) > 3 or int(text) > FARTHEST:
        raise argparse.ArgumentTypeError("travel is minutes one way, 0 to 240")
    return int(text)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("a day is written YYYY-MM-DD") from None
    if not date(1970, 1, 1) <= day <= date(2200, 1, 1):
        raise argparse.ArgumentTypeError("a day lies between 1970 and 2200")
    return day


def _read(path: str, on: date, zone: str) -> Reading:
    try:
        with Path(path).open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise CommandError(f"The file cannot be opened: {error.strerror}.", returncode=BAD_INPUT) from None
    try:
        return read_busy(content, starts_on=on, ends_on=on + timedelta(weeks=WEEKS), zone=zone, all_day=False)
    except CalendarRefused as refused:
        words = refusal_words[refused.reason_code]
        raise CommandError(f"{words} ({refused.reason_code})", returncode=BAD_INPUT) from None
    except ValueError as wrong:
        raise CommandError(str(wrong), returncode=BAD_INPUT) from None


def _document(answer: FitAnswer, skipped: int) -> dict[str, Any]:
    blockers = [[_blocker(change) for change in changes] for changes in answer.changes]
    if answer.no_group:
        blockers = [[{"kind": "no_group", "what": "no group for this person runs now"}]]
    return {
        "fits": answer.fits,
        "offers": [_offer(offer) for offer in answer.offers],
        "blockers": blockers,
        "skipped": skipped,
    }


def _offer(offer: Offer) -> dict[str, Any]:
    return {
        "group": offer.group,
        "meetings": [
            {"weekday": each.weekday, "start": f"{each.starts:%H:%M}", "end": f"{each.ends:%H:%M}"}
            for each in offer.meetings
        ],
        "hours": offer.hours,
        "mode": offer.mode,
    }


def _blocker(change: Change) -> dict[str, str]:
    if change.weekday is not None:
        what = f"{DAYS[change.weekday]} {change.starts:%H:%M}-{change.ends:%H:%M}"
    elif change.kind is Stands.FULL:
        what = change.group
    else:
        what = "join by video"
    return {"kind": change.kind.value, "what": what}


def _text(found: dict[str, Any]) -> str:
    if found["fits"]:
        lines = [
            f"{offer['group']} ({offer['mode']}, {offer['hours']:g} h): "
            + ", ".join(f"{DAYS[m['weekday']]} {m['start']}-{m['end']}" for m in offer["meetings"])
            for offer in found["offers"]
        ]
        return "\n".join(["It fits:", *lines])
    lines = ["; ".join(f"{each['kind']}: {each['what']}" for each in change) for change in found["blockers"]]
    return "\n".join(["It does not fit yet. Any one of these would make room:", *lines])
