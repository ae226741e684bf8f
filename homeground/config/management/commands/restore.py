import json
import os
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from psycopg import OperationalError

from homeground.config.backup import archive, postgres, restoring, stream
from homeground.config.engine.trouble import EngineTrouble
from homeground.config.keys import KeyMissing


class Command(BaseCommand):
    """`./run restore FILE`: brings a house back from its backup, on this machine or a new one."""

    help = "Proves an archive, restores it beside what is there, compares, and puts it in place."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--over", action="store_true", help="replace the clinic that lives here, for good"
        )
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        began = monotonic()
        try:
            done = restoring.restore(
                file=options["file"],
                into=postgres.Place.of(connection.settings_dict),
                key_folder=settings.HG_KEYS,
                environ=os.environ,
                over=options["over"],
                say=self.stderr.write,
            )
        except archive.NotAnArchive:
            raise CommandError(f"{options['file']} is no backup of Homeground.", returncode=2) from None
        except stream.Damaged as damaged:
            raise CommandError(
                f"The archive was altered or cut short ({damaged}). Nothing was changed. Fetch it again, or "
                "take an older one."
            ) from None
        except (KeyMissing, restoring.Refused) as refused:
            raise CommandError(str(refused)) from None
        except (postgres.ProgramFailed, EngineTrouble, OSError, OperationalError) as trouble:
            raise CommandError(f"Nothing was changed. {trouble}") from None
        # The next start migrates what came back: it may be older than the software.
        (settings.HG_HOME / "prepared").unlink(missing_ok=True)
        self._tell(done, round(monotonic() - began, 1), as_json=options["json"])

    def _tell(self, done: restoring.Restored, seconds: float, *, as_json: bool) -> None:
        told = {**asdict(done), "seconds": seconds}
        if as_json:
            self.stdout.write(json.dumps(told))
        else:
            for name, value in told.items():
                self.stdout.write(f"{name.replace('_', ' '):14} {value}")
            self.stdout.write("Every table has the rows of the manifest. Start the house with ./run.")
        if done.reinstated:
            self.stderr.write("Retired house keys are in use again. Then: ./run manage keys rotate")
        if done.broken_trails:
            self.stderr.write("An audit trail does not hold: it was saved so. See ./run manage audit verify")
            sys.exit(1)
