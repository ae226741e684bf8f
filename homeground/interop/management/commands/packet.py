import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from homeground.interop.rules.reading import BadRecord, read_record
from homeground.interop.rules.record_schema import schema

_LIMIT = 20_000_000


class Command(BaseCommand):
    """Reads a record as JSON, of this clinic or another, and says what is in it. No database."""

    help = "Check a record as JSON against docs/record-format.schema.json and count its rows."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", default="-", help="a JSON file, or - for standard input")
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--schema", action="store_true", help="print the JSON Schema and read nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["schema"]:
            self.stdout.write(json.dumps(schema(), indent=1))
            return
        try:
            found = read_record(_text(options["file"]))
        except BadRecord as refused:
            raise CommandError("\n".join(refused.faults), returncode=2) from None
        told = {
            "format": found.content.format,
            "marks": list(found.content.marks),
            "notice": bool(found.content.notice),
            "consent": bool(found.content.explanation),
            "rows": found.counts,
        }
        if options["json"]:
            self.stdout.write(json.dumps(told, indent=1))
            return
        self.stdout.write(f"{told['format']}, marks: {' '.join(found.content.marks) or 'none'}")
        for part, count in found.counts.items():
            self.stdout.write(f"  {part:16} {count:6}")


def _text(file: str) -> str:
    """What the file says. A file that is not there, too large or no text is refused as a bad record."""
    try:
        body = sys.stdin.buffer.read(_LIMIT + 1) if file == "-" else Path(file).read_bytes()
        if len(body) > _LIMIT:
            raise BadRecord(("the file is larger than 20 million bytes",))
        return body.decode()
    except OSError as error:
        raise BadRecord((f"the file cannot be read: {error.strerror}",)) from None
    except UnicodeDecodeError:
        raise BadRecord(("the file is no UTF-8 text",)) from None
