"""A definition as it is written (TOML, or the JSON a clinic's own is kept as), turned into values.

Everything wrong with it is named at once, so that whoever writes one need not try again and again.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from homeground.placement.rules.instruments.definition import (
    Banding,
    Case,
    Change,
    Condition,
    Critical,
    Cut,
    Instrument,
    Item,
    Kind,
    Missing,
    Option,
    Rights,
    Scale,
    Skip,
    Verdict,
)

_NEEDED = ("id", "version", "name", "rights", "licence", "source", "missing")
_ITEM_KEYS = {"id", "options", "days", "range", "preface", "optional", "loinc", "en", "es"}
_MEANS = ("", "low", "moderate", "high")
_CERTAINTIES = {"V", "R", "own"}


class BadDefinition(ValueError):
    """The text is no definition of a questionnaire; `problems` lists all that is wrong."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = tuple(problems)


def read_text(text: str) -> Instrument:
    """The questionnaire a TOML text defines. Raises BadDefinition."""
    try:
        return read(tomllib.loads(text))
    except tomllib.TOMLDecodeError as fault:
        raise BadDefinition([f"unreadable: {fault}"]) from None


def read(found: Mapping[str, Any]) -> Instrument:
    """The questionnaire a definition describes. Raises BadDefinition with everything wrong."""
    lacking = [f"{key}: missing" for key in _NEEDED if not found.get(key)]
    if lacking or not found.get("item"):
        raise BadDefinition(lacking or ["item: missing"])
    try:
        instrument = _instrument(found)
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise BadDefinition([f"{type(fault).__name__}: {fault}"]) from None
    if problems := list(_problems(instrument, found)):
        raise BadDefinition(problems)
    return instrument


def _instrument(found: Mapping[str, Any]) -> Instrument:
    items = tuple(_item(row, found.get("options", {})) for row in found["item"])
    by_id = {item.id: item for item in items}
    return Instrument(
        id=found["id"],
        version=found["version"],
        name=found["name"],
        aliases=tuple(found.get("aliases", ())),
        about=found.get("about", ""),
        title=found.get("title", {}),
        intro=found.get("intro", {}),
        window_days=found.get("window_days"),
        rights=Rights(found["rights"]),
        licence=found["licence"],
        source=found["source"],
        translations=found.get("translations", {}),
        missing=Missing(found["missing"]),
        most_missing=found.get("most_missing", 0),
        attended=found.get("attended", False),
        staff_only=found.get("staff_only", False),
        items=items,
        orders=tuple(tuple(order) for order in found.get("orders", [[item.id for item in items]])),
        skips=tuple(
            Skip(row["item"], frozenset(row["is"]), tuple(row["items"])) for row in found.get("skip", ())
        ),
        scales=tuple(_scale(row, by_id) for row in found.get("scale", ())),
        bandings=tuple(
            Banding(
                row["code"], row["scale"], tuple((at, word) for at, word in row["steps"]), *_authority(row)
            )
            for row in found.get("band", ())
        ),
        cuts=tuple(
            Cut(
                row["code"],
                row["scale"],
                row.get("at_least"),
                row.get("at_most"),
                row.get("sex", ""),
                *_authority(row),
            )
            for row in found.get("cut", ())
        ),
        verdicts=tuple(_verdict(row) for row in found.get("verdict", ())),
        criticals=tuple(
            Critical(
                row["item"],
                row.get("at_least", 1),
                Kind(row["kind"]),
                row["within_minutes"],
                *_authority(row),
                row.get("means", ""),
            )
            for row in found.get("critical", ())
        ),
        changes=tuple(
            Change(row["scale"], row["kind"], row.get("points"), row.get("percent"), *_authority(row))
            for row in found.get("change", ())
        ),
        loinc=found.get("loinc", {}),
    )


def _item(row: Mapping[str, Any], shared: Mapping[str, Any]) -> Item:
    given = row.get("options", ())
    rows = shared[given] if isinstance(given, str) else given
    options = tuple(
        Option(each["value"], {code: each[code] for code in ("en", "es") if each.get(code)}) for each in rows
    )
    if options:
        values = [option.value for option in options]
        low, high = min(values), max(values)
    else:
        low, high = (0, row["days"]) if "days" in row else row["range"]
    return Item(
        id=row["id"],
        words={code: row[code] for code in ("en", "es") if row.get(code)},
        options=options,
        low=low,
        high=high,
        preface=row.get("preface", {}),
        optional=row.get("optional", False),
        loinc=row.get("loinc", ""),
    )


def _scale(row: Mapping[str, Any], items: Mapping[str, Item]) -> Scale:
    maps = {item: tuple(points) for item, points in row.get("map", {}).items()}
    factor = row.get("factor", 1)
    spans = [maps.get(item) or (items[item].low, items[item].high) for item in row["items"]]
    return Scale(
        id=row["id"],
        name=row.get("name", row["id"]),
        items=tuple(row["items"]),
        maps=maps,
        reverse=frozenset(row.get("reverse", ())),
        factor=factor,
        higher_is_better=row.get("higher_is_better", False),
        low=factor * sum(min(span) for span in spans),
        high=factor * sum(max(span) for span in spans),
    )


def _verdict(row: Mapping[str, Any]) -> Verdict:
    return Verdict(
        code=row["code"],
        cases=tuple(
            Case(
                word=case["word"],
                conditions=tuple(
                    Condition(tuple(each["items"]), each.get("at_least", 1), each.get("count", 1))
                    for each in case.get("all", case.get("any", ()))
                ),
                needs_all="all" in case,
            )
            for case in row["case"]
        ),
        otherwise=row["otherwise"],
        source=_authority(row)[0],
        certainty=_authority(row)[1],
    )


def _authority(row: Mapping[str, Any]) -> tuple[str, str]:
    return row["source"], row["certainty"]


def _problems(instrument: Instrument, found: Mapping[str, Any]) -> Iterator[str]:
    ids = [item.id for item in instrument.items]
    scales = {scale.id for scale in instrument.scales}
    if len(set(ids)) != len(ids):
        yield "item: the same id twice"
    for row in found["item"]:
        yield from (f"item {row['id']}: unknown word {key}" for key in sorted(row.keys() - _ITEM_KEYS))
    for where, named in _named(instrument):
        yield from (f"{where}: no item {item}" for item in named if item not in ids)
    for kind, rows in (
        ("band", instrument.bandings),
        ("cut", instrument.cuts),
        ("change", instrument.changes),
    ):
        yield from (f"{kind}: no scale {row.scale}" for row in rows if row.scale not in scales)
    for kind, authorities in _authorities(instrument):
        if any(certainty not in _CERTAINTIES or not source for source, certainty in authorities):
            yield f"{kind}: no source, or no certainty (V, R, own)"
    if any(rule.means not in _MEANS for rule in instrument.criticals):
        yield "critical: means low, moderate, high or nothing"
    for banding in instrument.bandings:
        starts = [start for start, _word in banding.steps]
        if banding.scale in scales and (
            starts != sorted(set(starts)) or starts[0] > instrument.scale(banding.scale).low
        ):
            yield f"band {banding.code}: steps leave a gap or go backward"
    for scale in instrument.scales:
        for item_id, points in scale.maps.items():
            if (
                item_id in ids
                and len(points) != 1 + instrument.item(item_id).high - instrument.item(item_id).low
            ):
                yield f"scale {scale.id}: the map of {item_id} has another length than its answers"


def _authorities(instrument: Instrument) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    yield "band", [(row.source, row.certainty) for row in instrument.bandings]
    yield "cut", [(row.source, row.certainty) for row in instrument.cuts]
    yield "verdict", [(row.source, row.certainty) for row in instrument.verdicts]
    yield "critical", [(row.source, row.certainty) for row in instrument.criticals]
    yield "change", [(row.source, row.certainty) for row in instrument.changes]


def _named(instrument: Instrument) -> Iterator[tuple[str, Sequence[str]]]:
    yield from (("orders", order) for order in instrument.orders)
    yield from (("skip", (skip.item, *skip.items)) for skip in instrument.skips)
    yield from ((f"scale {scale.id}", scale.items) for scale in instrument.scales)
    yield from (
        (f"scale {scale.id}", tuple(scale.reverse | scale.maps.keys())) for scale in instrument.scales
    )
    yield from (("critical", (rule.item,)) for rule in instrument.criticals)
    for verdict in instrument.verdicts:
        for case in verdict.cases:
            yield from ((f"verdict {verdict.code}", each.items) for each in case.conditions)
