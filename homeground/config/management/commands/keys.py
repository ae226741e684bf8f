import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from homeground.config import rotation
from homeground.ground import clock, keyring, seal
from homeground.program import queries as program


class Command(BaseCommand):
    """The house keys: which are in use, and their rotation with its proof."""

    help = "rotate: a new house key wraps every data key; status: which house keys are in use."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, parser_class=CommandParser)
        for verb, words in (("rotate", "a new key takes over"), ("status", "keys and what they wrap")):
            verbs.add_parser(verb, help=words).add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        told = self._rotate() if options["verb"] == "rotate" else self._status()
        if options["json"]:
            self.stdout.write(json.dumps(told))
        else:
            for name, value in told.items():
                self.stdout.write(f"{name.replace('_', ' '):16} {value}")

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
