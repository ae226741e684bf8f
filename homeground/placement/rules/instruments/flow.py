"""Which question comes next, and which answers no longer hold after one was changed."""

from collections.abc import Mapping

from homeground.placement.rules.instruments.definition import Instrument, Item
from homeground.placement.rules.instruments.score import skipped


def asked(instrument: Instrument, answers: Mapping[str, int]) -> tuple[Item, ...]:
    """The questions this person is asked, in order, after the answers so far (check H01)."""
    away = skipped(instrument, answers)
    return tuple(item for item in instrument.items if item.id not in away)


def next_item(instrument: Instrument, answers: Mapping[str, int], passed: frozenset[str]) -> Item | None:
    """The first question that was neither answered nor passed over; None when all are done."""
    for item in asked(instrument, answers):
        if item.id not in answers and item.id not in passed:
            return item
    return None


def before(instrument: Instrument, answers: Mapping[str, int], item_id: str) -> Item | None:
    """The question one step back, None at the first."""
    found = asked(instrument, answers)
    place = next((n for n, item in enumerate(found) if item.id == item_id), 0)
    return found[place - 1] if place else None


def overtaken(instrument: Instrument, answers: Mapping[str, int]) -> frozenset[str]:
    """Answers to questions that are no longer asked, because an earlier answer was changed."""
    return skipped(instrument, answers) & answers.keys()
