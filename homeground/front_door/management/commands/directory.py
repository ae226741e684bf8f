"""`./run directory import FILE` and `./run directory near --zip ZIP | --state ST`."""

import argparse
import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from homeground.front_door import queries
from homeground.front_door.directory import NotADirectory, open_directory, store
from homeground.ground import clock

BAD_INPUT = 2
MOST = 500


class Command(BaseCommand):
    """Fill the public directory from a file, or ask it. Exit 0, or 2 with the reason on the error stream."""

    help = "Import centers or ZIP codes from a CSV file, or list the centers near a ZIP code or in a state."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the two subcommands."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        take = verbs.add_parser("import", help="read a CSV file of centers or ZIP codes")
        take.add_argument("file", type=Path)
        take.add_argument("--seen-on", type=_day, help="day of the list, YYYY-MM-DD; without it today")
        take.add_argument("--json", action="store_true", help="print a summary as JSON")
        near = verbs.add_parser("near", help="list centers")
        where = near.add_mutually_exclusive_group(required=True)
        where.add_argument("--zip", help="five digits: nearest first")
        where.add_argument("--state", help="two letters or a name: by city and name")
        near.add_argument("--limit", type=_limit, default=queries.PAGE_SIZE)
        near.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what the subcommand says."""
        if options["verb"] == "import":
            self._import(options)
        else:
            self._near(options)

    def _import(self, options: dict[str, Any]) -> None:
        seen_on = options["seen_on"] or clock.now().date()
        try:
            directory = open_directory(options["file"])
            stored = store(directory, seen_on=seen_on, progress=self._progress)
        except NotADirectory as refused:
            raise CommandError(str(refused), returncode=BAD_INPUT) from None
        for error in directory.errors:
            self.stderr.write(f"line {error.line}: {error.reason}")
        summary = {
            "kind": directory.kind.value,
            "rows": directory.rows_read,
            **asdict(stored),
            "errors": [asdict(error) for error in directory.errors],
        }
        self.stdout.write(json.dumps(summary) if options["json"] else _summary(summary))

    def _progress(self, rows: int) -> None:
        self.stderr.write(f"{rows:,} rows read")

    def _near(self, options: dict[str, Any]) -> None:
        try:
            if options["zip"] is not None:
                found = queries.near_zip(options["zip"], size=options["limit"])
            else:
                found = queries.in_state(options["state"], size=options["limit"])
        except queries.UnknownZip:
            raise CommandError("This ZIP code is not in the directory.", returncode=BAD_INPUT) from None
        except queries.UnknownState:
            raise CommandError("There is no such state.", returncode=BAD_INPUT) from None
        rows = [_listing(place) for place in found.places]
        self.stdout.write(
            json.dumps({"listings": rows, "total": found.total}) if options["json"] else _lines(rows)
        )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("a day is written YYYY-MM-DD") from None


def _limit(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= MOST):
        raise argparse.ArgumentTypeError(f"a number from 1 to {MOST}")
    return int(text)


def _listing(place: queries.Place) -> dict[str, object]:
    """One place as JSON has it; `miles` is null in a search by state."""
    return {
        "name": place.name,
        "street": place.street,
        "city": place.city,
        "state": place.state,
        "zip": place.zip,
        "phone": place.phone,
        "services": list(place.services),
        "miles": None if place.miles is None else round(place.miles, 2),
        "last_seen_on": place.last_seen_on.isoformat(),
    }


def _lines(rows: list[dict[str, object]]) -> str:
    return "\n".join(
        f"{'' if row['miles'] is None else str(row['miles']) + ' miles  '}{row['name']}, {row['street']},"
        f" {row['city']} {row['state']} {row['zip']}"
        for row in rows
    )


def _summary(summary: dict[str, Any]) -> str:
    return (
        f"{summary['rows']:,} rows of {summary['kind']}: {summary['added']:,} added, {summary['changed']:,}"
        f" changed, {summary['unchanged']:,} unchanged, {summary['repeated']:,} named twice,"
        f" {len(summary['errors']):,} left out"
    )
