import json
import os
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from psycopg import OperationalError

from homeground.config.backup import postgres, saving, shelf
from homeground.config.engine.trouble import EngineTrouble
from homeground.ground import clock, keyring


class Command(BaseCommand):
    """`./run backup`: the whole house in one sealed file, while it goes on working."""

    help = "Saves the database, sealed under the house key, into HG_HOME/backups or the file named."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--out", type=Path, help="the file to write; it must not exist yet")
        parser.add_argument("--keep", type=int, default=0, metavar="N", help="then keep only the N newest")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        at, began = clock.now(), monotonic()
        folder = settings.HG_BACKUPS
        to = options["out"] or folder / shelf.file_name(at)
        if options["out"] is None:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        place = postgres.Place.of(connection.settings_dict)
        try:
            saved = saving.save(place=place, to=to, environ=os.environ, at=at)
        except saving.AlreadyThere:
            raise CommandError(f"{to} exists. Name another file.", returncode=2) from None
        except keyring.KeyGone:
            raise CommandError(f"There is no house key in {settings.HG_KEYS}: nothing was saved.") from None
        except (postgres.ProgramFailed, EngineTrouble, OSError, OperationalError) as trouble:
            raise CommandError(f"Nothing was saved. {trouble}") from None
        removed = shelf.prune(folder, keep=options["keep"])
        told = {**asdict(saved), "seconds": round(monotonic() - began, 1), "removed": len(removed)}
        if options["json"]:
            self.stdout.write(json.dumps(told))
            return
        for name, value in told.items():
            self.stdout.write(f"{name.replace('_', ' '):12} {value}")
        self.stdout.write("It opens only with the house keys, which are not in it: keep them apart.")
