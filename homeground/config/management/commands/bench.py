import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.test.utils import override_settings

from homeground.config.bench import measure, notes, pages, privacy


class Command(BaseCommand):
    """`./run bench notes|pages|privacy [--json]`: what notes and pages cost, what asking permission adds."""

    help = "Measures CPU time of pages (application and PostgreSQL) beside a floor page in the same run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("subject", choices=["notes", "pages", "privacy"])
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["subject"] == "notes":
            self._notes(as_json=options["json"])
            return
        if options["subject"] == "privacy":
            self._privacy(options["json"])
            return
        with override_settings(ROOT_URLCONF="homeground.config.bench.urls", ALLOWED_HOSTS=["testserver"]):
            try:
                costs = pages.measured()
            except (measure.PageFailed, pages.NoDemo) as refused:
                raise CommandError(str(refused), returncode=2) from None
        if options["json"]:
            self.stdout.write(json.dumps([{**asdict(c), "ratio": c.ratio} for c in costs], indent=1))
            return
        self.stdout.write(f"{'page':28}{'statements':>11}{'CPU ms':>9}{'floor':>8}{'ratio':>7}")
        for c in costs:
            self.stdout.write(f"{c.page:28}{c.sql:>11}{c.cpu_ms:>9.2f}{c.floor_cpu_ms:>8.2f}{c.ratio:>7.2f}")

    def _privacy(self, as_json: bool) -> None:
        with override_settings(ROOT_URLCONF="homeground.config.bench.urls", ALLOWED_HOSTS=["testserver"]):
            try:
                found = asdict(privacy.measured())
            except (measure.PageFailed, pages.NoDemo) as refused:
                raise CommandError(str(refused), returncode=2) from None
        if as_json:
            self.stdout.write(json.dumps(found, indent=1))
            return
        for name, value in found.items():
            self.stdout.write(f"{name:22}{value:>10}")

    def _notes(self, *, as_json: bool) -> None:
        """Guard latency without a database, statements on the demo clinic."""
        try:
            guard, counted = notes.guard_cost(), notes.statements()
        except pages.NoDemo as refused:
            raise CommandError(str(refused), returncode=2) from None
        if as_json:
            found = {"guard": asdict(guard), "statements": [asdict(each) for each in counted]}
            self.stdout.write(json.dumps(found, indent=1))
            return
        self.stdout.write(f"guards, {guard.attendees} x {guard.earlier} notes: p95 {guard.p95_ms} ms")
        for each in counted:
            self.stdout.write(
                f"{each.people:>3} people: open {each.open}, save {each.save}, sign {each.sign_all}"
            )
