"""`./run due [--json]`: what is due in the clinic, for whom (by chart number), since when, by which rule."""

import json
from argparse import ArgumentParser
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError

from homeground.chart import queries as chart
from homeground.confidentiality.queries import Owed
from homeground.desk.queries.due import due_list
from homeground.ground import clock, scope
from homeground.plan.queries import Due
from homeground.program import queries as program

BAD_INPUT = 2


class Command(BaseCommand):
    """Names stay in the house: people are told by the number of their chart."""

    help = "List what is due: assessments, plans, reviews, signatures, safety plans, drug tests."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument("--on", type=_day, help="as of this day, YYYY-MM-DD; today when left out")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the list of every clinic of this installation; exit 2 when there is none."""
        houses = program.houses()
        if not houses:
            raise CommandError("There is no clinic here yet.", returncode=BAD_INPUT)
        found = []
        for house in houses:
            at = _moment(options["on"], house.zone)
            with scope.entered(organization_id=house.id):
                page = due_list(at, house.zone)
                numbers = chart.patient_names({row.patient_id for row in page.rows})
                found += [_row(row, numbers[row.patient_id].number) for row in page.rows]
                found += [_owed(each) for each in page.privacy]
        if options["json"]:
            self.stdout.write(json.dumps({"due": found}))
            return
        for each in found:
            about = f"chart {each['chart']}" if each["chart"] else ""
            self.stdout.write(
                f"{each['due_on']}  {each['standing']:8} {each['kind']:18} {about}"
                f"  since {each['since']}  {each['clock'] or ''} {each['source'] or ''}".rstrip()
            )


def _row(row: Due, number: int) -> dict[str, Any]:
    rule = row.deadline.rule
    return {
        "kind": row.deadline.kind.value,
        "standing": row.standing.value,
        "chart": number,
        "patient_id": str(row.patient_id),
        "since": row.deadline.since.isoformat(),
        "due_on": row.deadline.due_on.isoformat(),
        "due_at": row.deadline.due_at.isoformat() if row.deadline.due_at else None,
        "rule": rule.id if rule else None,
        "clock": rule.clock if rule else None,
        "pack": rule.pack if rule else None,
        "certainty": rule.tag.value if rule else None,
        "severity": rule.severity.value if rule else None,
        "source": rule.source if rule else None,
    }


def _owed(each: Owed) -> dict[str, Any]:
    """A duty of the privacy side; it is told without a chart, for it may be about nobody's."""
    return {
        "kind": f"privacy.{each.kind}",
        "standing": each.standing,
        "chart": None,
        "patient_id": None,
        "since": each.since.isoformat(),
        "due_on": each.due_on.isoformat(),
        "due_at": None,
        "rule": each.card.id,
        "clock": None,
        "pack": None,
        "certainty": each.card.tag.value,
        "severity": each.card.severity.value,
        "source": each.card.citation,
    }


def _moment(on: date | None, zone: str) -> datetime:
    if on is None:
        return clock.now()
    return datetime.combine(on, time(), ZoneInfo(zone)) + timedelta(hours=12)


def _day(text: str) -> date:
    return date.fromisoformat(text)
