import json
import sys
from argparse import ArgumentParser, ArgumentTypeError
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from homeground.audit import actions, queries
from homeground.ground import clock, scope
from homeground.ground.actor import Actor
from homeground.ground.scope import Channel


class Command(BaseCommand):
    """Proves that nobody altered the audit trail behind the application's back, and ends its retention."""

    help = (
        "verify: recompute every audit chain, exit 1 at a broken link; purge: end the retention of six years."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, parser_class=CommandParser)
        verify = verbs.add_parser("verify", help="recompute every organization's chain")
        verify.add_argument("--json", action="store_true", help="{ok, organizations: [...]}")
        verify.add_argument(
            "--expect",
            type=_noted,
            action="append",
            default=[],
            metavar="ORGANIZATION:NUMBER:HASH",
            help="the end of a chain as an earlier run told it; it must still be there",
        )
        purge = verbs.add_parser("purge", help="remove entries past their retention of six years")
        purge.add_argument("--before", type=_day, required=True, metavar="YYYY-MM-DD")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "purge":
            self._purge(options["before"])
        else:
            self._verify(options["expect"], options["json"])

    def _verify(self, noted: list[tuple[UUID, int, str]], as_json: bool) -> None:
        found, missing = {}, []
        for organization_id in _organizations():
            with scope.entered(organization_id=organization_id):
                found[organization_id] = queries.verify(organization_id)
                missing += [
                    f"{of}:{number}"
                    for of, number, digest in noted
                    if of == organization_id and not queries.links(of, number, digest)
                ]
        missing += [f"{of}:{number}" for of, number, _digest in noted if of not in found]
        whole = not missing and all(chain.broken_at is None for chain in found.values())
        if as_json:
            rows = [_row(*each) for each in found.items()]
            self.stdout.write(json.dumps({"ok": whole, "missing": missing, "organizations": rows}))
        else:
            for organization_id, chain in found.items():
                self.stdout.write(f"{organization_id}  {chain.entries} entries  {_words(chain)}")
            for each in missing:
                self.stdout.write(f"{each}  NOT THERE as it was noted down")
        if not whole:
            sys.exit(1)

    def _purge(self, before: datetime) -> None:
        at = clock.now()
        for organization_id in _organizations():
            # With the owner's rights: inside `scope.entered` nobody may remove anything.
            with transaction.atomic():
                scope.narrow(organization_id=organization_id, account_id=None, channel=Channel.INSIDE)
                by = Actor(organization_id=organization_id, name="audit")
                try:
                    removed = actions.purge(before=before, by=by, at=at)
                except actions.RetentionNotOver:
                    raise CommandError("The trail is kept for six years. Nothing was removed.") from None
            self.stdout.write(f"{organization_id}  {removed} entries removed")


def _organizations() -> list[UUID]:
    """Every organization with a trail, a head or a name; the directory of names is open to all."""
    with connection.cursor() as cursor:
        cursor.execute("select id from program_organization order by founded_at, id")
        return [row[0] for row in cursor]


def _noted(text: str) -> tuple[UUID, int, str]:
    try:
        organization, number, digest = text.split(":")
        return UUID(organization), int(number), digest
    except ValueError:
        raise ArgumentTypeError("write it as verify tells it: ORGANIZATION:NUMBER:HASH") from None


def _day(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise ArgumentTypeError("write the day like 2020-01-31") from None


def _row(organization_id: UUID, chain: queries.Chain) -> dict[str, object]:
    return {
        "organization": str(organization_id),
        "ok": chain.broken_at is None,
        "entries": chain.entries,
        "broken_at": chain.broken_at,
        "fault": chain.fault,
        "last": chain.last,
        "hash": chain.hash,
    }


def _words(chain: queries.Chain) -> str:
    if chain.fault is None:
        return f"whole, ends {chain.last}:{chain.hash}" if chain.last else "whole"
    return f"BROKEN at number {chain.broken_at}: {chain.fault}"
