"""`./run instruments list` and `./run instruments score`: the questionnaires, and what answers come to."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from homeground.placement.queries.instruments import InstrumentNotHere, named, shipped
from homeground.placement.rules.instruments.answers import read_answers
from homeground.placement.rules.instruments.definition import RIGHTS, Instrument
from homeground.placement.rules.instruments.score import BadAnswers, score

BAD_INPUT = 2


class Command(BaseCommand):
    """Needs no database. Exit 0, or 2 with the reason on the error stream, which repeats no answer."""

    help = "List the questionnaires, or score answers to one, or a batch of them."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the two subcommands (issue 5, section 4)."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("list").add_argument("--json", action="store_true", help="print JSON")
        scoring = verbs.add_parser("score", help="NAME ANSWERS.json, or --batch FILE.json")
        scoring.add_argument("name", nargs="?", help="the questionnaire: PHQ-9, bam-iop")
        scoring.add_argument("answers", nargs="?", help="a JSON file with the answers")
        scoring.add_argument("--batch", help="a JSON list of objects with `instrument` and answers")
        scoring.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what the subcommand says."""
        if options["verb"] == "list":
            self._list(options["json"])
            return
        if bool(options["batch"]) == bool(options["name"] and options["answers"]):
            raise CommandError("Give NAME and ANSWERS.json, or --batch FILE.json.", returncode=BAD_INPUT)
        if options["batch"]:
            found: Any = [_entry(n, each) for n, each in enumerate(_read_list(options["batch"]))]
        else:
            found = _scored(options["name"], _read(options["answers"]), where=options["name"])
        self.stdout.write(json.dumps(found, ensure_ascii=False) if options["json"] else _text(found))

    def _list(self, as_json: bool) -> None:
        rows = [_row(each) for each in shipped()]
        if as_json:
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
            return
        for row in rows:
            languages = " ".join(row["languages"]) or "no text"
            self.stdout.write(f"{row['name']:28}{row['items']:>4} items  {languages:8}  {row['about']}")


def _row(each: Instrument) -> dict[str, Any]:
    return {
        "id": each.id,
        "version": each.version,
        "name": each.name,
        "about": each.about,
        "items": len(each.items),
        "scales": [scale.id for scale in each.scales],
        "languages": list(each.languages),
        "text": each.has_text,
        "window_days": each.window_days,
        "rights": RIGHTS[each.rights],
        "licence": each.licence,
        "source": each.source,
        "loinc": dict(each.loinc),
    }


def _read(path: str) -> Any:
    try:
        return json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise CommandError(f"The file cannot be opened: {error.strerror}.", returncode=BAD_INPUT) from None
    except ValueError:  # no JSON, or no UTF-8
        raise CommandError("The file is no JSON.", returncode=BAD_INPUT) from None
    except RecursionError:
        raise CommandError("The file nests too deeply.", returncode=BAD_INPUT) from None


def _read_list(path: str) -> list[Any]:
    found = _read(path)
    if not isinstance(found, list):
        raise CommandError("A batch is a list.", returncode=BAD_INPUT)
    return found


def _entry(place: int, entry: Any) -> dict[str, Any]:
    if not isinstance(entry, dict) or not isinstance(entry.get("instrument"), str):
        raise CommandError(f"Entry {place}: no instrument named.", returncode=BAD_INPUT)
    return _scored(entry["instrument"], entry, where=f"entry {place}")


def _scored(name: str, found: Any, *, where: str) -> dict[str, Any]:
    try:
        instrument = named(name)
        result = score(instrument, read_answers(instrument, found))
    except InstrumentNotHere:
        raise CommandError(f"{where}: no such questionnaire.", returncode=BAD_INPUT) from None
    except BadAnswers as wrong:
        raise CommandError(f"{where}: {wrong}.", returncode=BAD_INPUT) from None
    return {
        "instrument": instrument.id,
        "version": instrument.version,
        "scales": dict(result.scales),
        "bands": dict(result.bands),
        "critical": [rule.item for rule in result.critical],
        "missing": list(result.missing),
        "licence": instrument.licence,
    }


def _text(found: Any) -> str:
    results = found if isinstance(found, list) else [found]
    lines = []
    for each in results:
        scales = ", ".join(f"{name} {value}" for name, value in each["scales"].items())
        bands = ", ".join(f"{code}: {word}" for code, word in each["bands"].items())
        lines += [f"{each['instrument']}: {scales}; {bands}"]
        lines += [f"  critical: {' '.join(each['critical'])}"] if each["critical"] else []
        lines += [f"  missing: {' '.join(each['missing'])}"] if each["missing"] else []
        lines += [f"  {each['licence']}"]
    return "\n".join(lines)
