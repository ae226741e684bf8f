"""The demo's invented answers are answers each questionnaire knows."""

import random

import pytest

from homeground.config.demo.measures import _answer
from homeground.placement.queries.instruments import shipped
from homeground.placement.rules.instruments.score import score


@pytest.mark.parametrize("level", [0.02, 0.4, 0.7, 0.95])
def test_every_invented_answer_can_be_scored(level):
    chance = random.Random(1)
    for instrument in shipped():
        if instrument.has_text:
            answers = {item.id: _answer(instrument, item, level, chance) for item in instrument.items}
            assert score(instrument, answers).missing == ()
