"""From answers to scales, bands and critical answers. Pure: the same answers always give the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from homeground.placement.rules.instruments.definition import (
    Condition,
    Critical,
    Instrument,
    Missing,
    Scale,
    Verdict,
)

type Answers = Mapping[str, int]
"""What was answered, by item id."""


class BadAnswers(ValueError):
    """Answers no item knows. `problems` says which, by item id, never what was answered."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{item}: {fault}" for item, fault in problems.items()))
        self.problems = dict(problems)


@dataclass(frozen=True, slots=True)
class Score:
    """What follows from the answers. A scale that cannot be told is None, and has no band."""

    scales: Mapping[str, int | None]
    bands: Mapping[str, str | bool]
    critical: tuple[Critical, ...]
    missing: tuple[str, ...]


def check(instrument: Instrument, answers: Answers) -> None:
    """Raise BadAnswers unless every answer belongs to an item and lies within its range."""
    known = {item.id: item for item in instrument.items}
    problems = {}
    for item_id, value in answers.items():
        if item_id not in known:
            problems[item_id] = "no such item"
        elif not known[item_id].allows(value):
            problems[item_id] = "outside its range"
    if problems:
        raise BadAnswers(problems)


def skipped(instrument: Instrument, answers: Answers) -> frozenset[str]:
    """The items that need no answer after what was answered so far (clinical.md 1.4)."""
    return frozenset(
        item for skip in instrument.skips if answers.get(skip.item) in skip.values for item in skip.items
    )


def missing(instrument: Instrument, answers: Answers) -> tuple[str, ...]:
    """The items of a scale or verdict that were neither answered nor skipped, in their order."""
    away = skipped(instrument, answers)
    counted = instrument.counted()
    return tuple(
        item.id
        for item in instrument.items
        if item.id in counted and item.id not in answers and item.id not in away
    )


def critical(instrument: Instrument, answers: Answers) -> tuple[Critical, ...]:
    """The critical answers among these, whatever is still missing: they count while answering."""
    return tuple(
        rule
        for rule in instrument.criticals
        if (value := answers.get(rule.item)) is not None and value >= rule.at_least
    )


def score(instrument: Instrument, answers: Answers, *, sex: str = "") -> Score:
    """Scales, bands, critical answers and missing items. Raises BadAnswers.

    A skipped item without an answer counts as 0 and as answered; an answer somebody gave to it all the
    same (on paper) counts as given. Cut-offs that differ by sex are all told while `sex` is unknown.
    """
    check(instrument, answers)
    whole = {**dict.fromkeys(skipped(instrument, answers), 0), **answers}
    lacking = missing(instrument, answers)
    scales = {scale.id: _scale(instrument, scale, whole, lacking) for scale in instrument.scales}
    return Score(
        scales=scales,
        bands=_bands(instrument, scales, whole, lacking, sex),
        critical=critical(instrument, answers),
        missing=lacking,
    )


def points(scale: Scale, instrument: Instrument, item_id: str, value: int) -> int:
    """What an answer adds to a scale."""
    item = instrument.item(item_id)
    if item_id in scale.maps:
        return scale.maps[item_id][value - item.low]
    return item.low + item.high - value if item_id in scale.reverse else value


def _scale(instrument: Instrument, scale: Scale, whole: Answers, lacking: tuple[str, ...]) -> int | None:
    if lacking and instrument.missing is Missing.REFUSE:
        return None
    had = [item for item in scale.items if item in whole]
    gone = len(scale.items) - len(had)
    if gone and (instrument.missing is not Missing.PRORATE or gone > instrument.most_missing):
        return None
    total = scale.factor * sum(points(scale, instrument, item, whole[item]) for item in had)
    # Half a point is rounded up, as the paper forms do.
    return floor(Fraction(total * len(scale.items), len(had)) + Fraction(1, 2)) if gone else total


def _bands(
    instrument: Instrument,
    scales: Mapping[str, int | None],
    whole: Answers,
    lacking: tuple[str, ...],
    sex: str,
) -> dict[str, str | bool]:
    found: dict[str, str | bool] = {}
    for banding in instrument.bandings:
        value = scales[banding.scale]
        if value is not None:
            found[banding.code] = banding.word(value)
    for cut in instrument.cuts:
        value = scales[cut.scale]
        if value is not None and (not sex or not cut.sex or cut.sex == sex):
            found[cut.code] = cut.met(value)
    if not (lacking and instrument.missing is Missing.REFUSE):
        found |= {verdict.code: _verdict(verdict, whole) for verdict in instrument.verdicts}
    return found


def _verdict(verdict: Verdict, whole: Answers) -> str:
    for case in verdict.cases:
        held = [_holds(condition, whole) for condition in case.conditions]
        if all(held) if case.needs_all else any(held):
            return case.word
    return verdict.otherwise


def _holds(condition: Condition, whole: Answers) -> bool:
    return (
        sum(whole.get(item, condition.at_least - 1) >= condition.at_least for item in condition.items)
        >= condition.count
    )
