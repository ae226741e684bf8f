"""Answers as people and files write them: in order, by item, or item by item at the top level."""

from collections.abc import Mapping, Sequence
from typing import Any

from homeground.placement.rules.instruments.definition import Instrument
from homeground.placement.rules.instruments.score import BadAnswers

IN_ORDER = ("answers", "answers_yes")
BY_ITEM = ("answers_by_item", "ordinal_items", "day_items")
_YES = {True: 1, False: 0}


def read_answers(instrument: Instrument, found: Any) -> dict[str, int]:
    """The answers in a document. Raises BadAnswers where it holds none, or one that is no whole number.

    A list is in the order of the items (a definition may name several orders, told apart by length);
    an object holds `answers` or `answers_yes` (a list or an object), `answers_by_item`,
    `ordinal_items` with `day_items`, `item…` for a single yes or no, or the item ids themselves.
    What belongs to no answer (an expected result beside them) is left alone. Null is no answer.
    """
    if isinstance(found, list):
        return _values(_in_order(instrument, found))
    if not isinstance(found, dict):
        raise BadAnswers({"answers": "neither a list nor an object"})
    given: dict[str, Any] = {}
    for key in IN_ORDER:
        if isinstance(found.get(key), list):
            given |= _in_order(instrument, found[key])
        elif key in found:
            given |= _object(found[key], key)
    for key in BY_ITEM:
        if key in found:
            given |= _object(found[key], key)
    ids = {item.id for item in instrument.items}
    given |= {key: value for key, value in found.items() if key in ids}
    given |= {
        key.removeprefix("item").split("_")[0]: value
        for key, value in found.items()
        if key.startswith("item")
        and isinstance(value, bool)
        and key.split("_")[0][4:] in ids
        # "item14_income_yes" is an answer; "item9_positive" is what somebody concluded from one.
        and key.endswith("_yes")
    }
    if not given:
        raise BadAnswers({"answers": "none found"})
    return _values(given)


def _object(value: Any, key: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise BadAnswers({key: "not an object"})
    return value


def _in_order(instrument: Instrument, values: Sequence[Any]) -> dict[str, Any]:
    for order in instrument.orders:
        if len(order) == len(values):
            return dict(zip(order, values, strict=True))
    raise BadAnswers({"answers": f"{len(values)} given, {len(instrument.orders[0])} wanted"})


def _values(given: Mapping[str, Any]) -> dict[str, int]:
    read, problems = {}, {}
    for item, value in given.items():
        if value is None:
            continue
        if isinstance(value, bool):
            read[item] = _YES[value]
        elif isinstance(value, int) or (isinstance(value, float) and value.is_integer()):
            read[item] = int(value)
        else:
            problems[item] = "not a whole number"
    if problems:
        raise BadAnswers(problems)
    return read
