import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from homeground.ground import clock
from homeground.treatment.queries.limits import note_limits
from homeground.treatment.rules import exchange


class Command(BaseCommand):
    """`./run notes draft FILE` and `./run notes guard FILE`: the drafter and the guards, on a JSON file.

    Needs no database; nothing is kept. FILE may be `-` for standard input. Shapes: docs/notes.md.
    """

    help = "Drafts the individual part of a note, or checks notes for likeness and names."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["draft", "guard"])
        parser.add_argument("file")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            raw = sys.stdin.read() if options["file"] == "-" else Path(options["file"]).read_text("utf-8")
            answer = self._answer(options["what"], json.loads(raw))
        except (OSError, UnicodeDecodeError) as refused:
            raise CommandError(f"cannot read {options['file']}: {refused}", returncode=2) from None
        except json.JSONDecodeError as refused:
            raise CommandError(f"{options['file']} is not JSON: {refused}", returncode=2) from None
        except exchange.NotThisShape as refused:
            raise CommandError(str(refused), returncode=2) from None
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(_lines(answer)))

    def _answer(self, what: str, found: Any) -> Any:
        if what == "draft":
            return exchange.written_draft(exchange.read_participation(found))
        limits = note_limits("us-default", clock.now().date())
        return exchange.guard_notes(found, thresholds=limits.thresholds)


def _lines(answer: Any) -> list[str]:
    """The answer for people."""
    if "sentences" in answer:
        return [f"{each['text']}  [{', '.join(each['sources'])}]" for each in answer["sentences"]]
    alike = [
        f"{each['a']} and {each['b']} ({each['with']}): {each['similarity']:.0%}, {each['level']}:"
        f" {each['passage']}"
        for each in answer["pairs"]
    ]
    names = [f"{each['note']}: {each['found']} ({each['form']})" for each in answer["names"]]
    return [*alike, *names] or ["Nothing found."]
