import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from homeground.confidentiality.queries import book
from homeground.confidentiality.rules import exchange

_LIMIT = 1_000_000


class Command(BaseCommand):
    """The decision on paper: one request with labels, consents and time in a file. No database."""

    help = "decide FILE: what the rules say about one request; rules: the book of rules."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, parser_class=CommandParser)
        decide = verbs.add_parser(
            "decide", help="the decision on a request file (docs/rules/decision-format.md)"
        )
        decide.add_argument("file", help="a JSON file, or - for standard input")
        decide.add_argument("--json", action="store_true")
        rules = verbs.add_parser("rules", help="every rule with id, citation, certainty and severity")
        rules.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "rules":
            self._rules(options["json"])
        else:
            self._decide(options["file"], options["json"])

    def _rules(self, as_json: bool) -> None:
        if as_json:
            cards = [exchange.card(each) for each in book().cards]
            found = {"name": book().name, "version": book().version, "rules": cards}
            self.stdout.write(json.dumps(found, indent=1, ensure_ascii=False))
            return
        for each in book().cards:
            self.stdout.write(f"{each.id:34} {each.tag.value:4} {each.severity.value:6} {each.citation}")

    def _decide(self, file: str, as_json: bool) -> None:
        try:
            answer = exchange.answer(exchange.read_case(_read(file)).decide(book()))
        except exchange.BadCase as refused:
            raise CommandError(str(refused), returncode=2) from None
        if as_json:
            self.stdout.write(json.dumps(answer, indent=1, ensure_ascii=False))
            return
        self.stdout.write(f"{answer['outcome']}: {', '.join(answer['categories']) or 'nothing'}")
        for reason in answer["reasons"]:
            detail = f" ({reason['detail']})" if reason["detail"] else ""
            self.stdout.write(
                f"  {reason['effect']:8} {reason['rule']}{detail}, {reason['citation']}, {reason['tag']}"
            )


def _read(file: str) -> Any:
    """The file's JSON. A number too large, a name said twice and a file too big are refused as well."""
    try:
        text = sys.stdin.read(_LIMIT + 1) if file == "-" else _text(Path(file))
        if len(text) > _LIMIT:
            raise exchange.BadCase("the file is larger than one million characters")
        return json.loads(text, object_pairs_hook=_once)
    except OSError as error:
        raise exchange.BadCase(f"the file cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise exchange.BadCase("the file is no UTF-8 text") from None
    except (json.JSONDecodeError, RecursionError) as error:
        where = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise exchange.BadCase(f"the file is no JSON{where}") from None


def _text(path: Path) -> str:
    with path.open(encoding="utf-8") as file:
        return file.read(_LIMIT + 1)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise exchange.BadCase("the same word stands twice in one object")
    return found
