from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from homeground.config import checks, demo, keys
from homeground.ground import clock
from homeground.people.demo import ACCOUNTS
from homeground.people.queries import accounts_exist
from homeground.program.queries import any_house


class Command(BaseCommand):
    """What must be done before the house can serve; does nothing that is done already."""

    help = "Makes missing keys, migrates, collects static files and, in the demo, fills an empty database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--empty", action="store_true", help="leave an empty database empty, also in the demo"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        keys.make_missing(settings.HG_KEYS)
        try:
            checks.refuse_unsafe(serving=False)
        except ImproperlyConfigured as refusal:
            raise CommandError(f"This installation is not safe to serve.\n{refusal}") from None
        quiet = {"verbosity": 0, "interactive": False}
        call_command("migrate", **quiet)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", **quiet)
        if settings.HG_DEMO and not options["empty"] and not any_house():
            demo.fill(at=clock.now(), say=self.stderr.write)
        if settings.HG_DEMO:
            tell_accounts(settings.HG_HOME / "demo-accounts.json")


def tell_accounts(file: Path) -> None:
    """Write who can sign in to the demo clinic, or remove what a demo that is gone has left.

    The supervisor announces what stands there, without starting Django for it. A clinic that was founded
    has none of these people, so nothing is promised to those who see the announcement.
    """
    if not accounts_exist(username for _role, username in ACCOUNTS):
        file.unlink(missing_ok=True)
        return
    with file.open("w", encoding="utf-8") as told:
        call_command("demo_accounts", json=True, stdout=told)
