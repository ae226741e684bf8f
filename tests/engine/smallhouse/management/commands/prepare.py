"""Stands for the real one: migrates, as the owner."""

import json
import os
from argparse import ArgumentParser
from pathlib import Path

from django.core.management import BaseCommand, call_command


class Command(BaseCommand):
    help = "Migrate."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--empty", action="store_true")

    def handle(self, **options: object) -> None:
        call_command("migrate", verbosity=0)
        if options["empty"]:
            return
        accounts = [{"role": "counselor", "username": "sam", "password": "made-up"}]
        Path(os.environ["HG_HOME"], "demo-accounts.json").write_text(json.dumps(accounts))
