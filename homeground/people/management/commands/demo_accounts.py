import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from homeground.people.demo import ACCOUNTS, PASSWORD


class Command(BaseCommand):
    """Who can sign in to the demo clinic."""

    help = "Lists the made-up people of the demo who can sign in, with their password. Demo only."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="a list of {role, username, password}")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.HG_DEMO:
            raise CommandError("There are no demo accounts here: HG_DEMO is 0.", returncode=2)
        accounts = [
            {"role": role.value, "username": username, "password": PASSWORD} for role, username in ACCOUNTS
        ]
        if options["json"]:
            self.stdout.write(json.dumps(accounts))
            return
        for account in accounts:
            self.stdout.write(f"{account['role']:<14} {account['username']:<14} {account['password']}")
