import json
import sys
from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from homeground.audit import queries
from homeground.ground import scope


class Command(BaseCommand):
    """Proves that nobody altered the audit trail behind the application's back."""

    help = "verify: recompute every organization's audit chain; exit 1 with the first broken link."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, parser_class=CommandParser)
        verify = verbs.add_parser("verify", help="recompute every organization's chain")
        verify.add_argument("--json", action="store_true", help="{ok, organizations: [...]}")

    def handle(self, *args: Any, **options: Any) -> None:
        found = {}
        for organization_id in _organizations():
            with scope.entered(organization_id=organization_id):
                found[organization_id] = queries.verify(organization_id)
        whole = all(chain.broken_at is None for chain in found.values())
        if options["json"]:
            self.stdout.write(
                json.dumps({"ok": whole, "organizations": [_row(*each) for each in found.items()]})
            )
        else:
            for organization_id, chain in found.items():
                self.stdout.write(f"{organization_id}  {chain.entries} entries  {_words(chain)}")
        if not whole:
            sys.exit(1)


def _organizations() -> list[UUID]:
    """Every organization with a trail, a head or a name; the directory of names is open to all."""
    with connection.cursor() as cursor:
        cursor.execute("select id from program_organization order by founded_at, id")
        return [row[0] for row in cursor]


def _row(organization_id: UUID, chain: queries.Chain) -> dict[str, object]:
    return {
        "organization": str(organization_id),
        "ok": chain.broken_at is None,
        "entries": chain.entries,
        "broken_at": chain.broken_at,
    }


def _words(chain: queries.Chain) -> str:
    return "whole" if chain.broken_at is None else f"BROKEN at number {chain.broken_at}"
