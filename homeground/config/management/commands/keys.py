import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from homeground.config import key_copy, rotation
from homeground.ground import clock, keyring, seal
from homeground.program import queries as program


class Command(BaseCommand):
    """The house keys: which are in use, and their rotation with its proof."""

    help = "rotate: a new house key takes over; status: which are in use; save, load: the copy kept apart."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, parser_class=CommandParser)
        for verb, words in (("rotate", "a new key takes over"), ("status", "keys and what they wrap")):
            verbs.add_parser(verb, help=words).add_argument("--json", action="store_true")
        for verb, words in (("save", "seal a copy, told its code once"), ("load", "bring the copy back")):
            verbs.add_parser(verb, help=words).add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] in ("save", "load"):
            (self._save if options["verb"] == "save" else self._load)(options["file"])
            return
        told = self._rotate() if options["verb"] == "rotate" else self._status()
        if options["json"]:
            self.stdout.write(json.dumps(told))
        else:
            for name, value in told.items():
                self.stdout.write(f"{name.replace('_', ' '):16} {value}")

    def _save(self, file: Path) -> None:
        try:
            code = key_copy.save(settings.HG_KEYS, file)
        except FileExistsError:
            raise CommandError(f"{file} exists. Name another file.", returncode=2) from None
        self.stdout.write(f"{file} holds the keys of this house. It opens with this code, told only now:\n")
        self.stdout.write(f"    {code}\n")
        self.stdout.write("Write the code on paper and keep it in the safe. Keep the file elsewhere.")

    def _load(self, file: Path) -> None:
        self.stderr.write("The code of this file:")
        try:
            names = key_copy.load(file, settings.HG_KEYS, sys.stdin.readline())
        except key_copy.CodeWrong:
            raise CommandError("This code does not open this file. Nothing was written.") from None
        except key_copy.KeysThere as there:
            raise CommandError(
                f"{there} is another key. Move the folder {settings.HG_KEYS} away, then load again. "
                "Keep it: what it sealed opens with nothing else."
            ) from None
        self.stdout.write(f"Back in {settings.HG_KEYS}: {', '.join(names)}")

    def _rotate(self) -> dict[str, Any]:
        # Something sealed before, to prove afterwards that the old key opens nothing.
        place: dict[str, Any] = {"table": "ground_datakey", "row": UUID(int=0), "column": "proof"}
        before = seal.close("proof", **place)
        try:
            done = rotation.rotate(organization_ids=[house.id for house in program.houses()], at=clock.now())
        except seal.SealBroken as broken:
            raise CommandError(
                f"Something sealed does not open ({broken}). Nothing was retired; both keys stay in use."
            ) from None
        try:
            seal.unseal(before, **place)
        except seal.SealBroken:
            return {**asdict(done), "old_key": "refused"}
        raise CommandError("The old key still opens what it sealed.")

    def _status(self) -> dict[str, Any]:
        return {"in_use": list(keyring.numbers()), "seals": keyring.current().number}
