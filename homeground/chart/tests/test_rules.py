from datetime import date

import pytest

from homeground.chart.rules import age_on, population_of


@pytest.mark.parametrize(
    ("born_on", "on", "age"),
    [
        (date(1990, 4, 2), date(2026, 4, 1), 35),
        (date(1990, 4, 2), date(2026, 4, 2), 36),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
    ],
)
def test_age(born_on, on, age):
    assert age_on(born_on, on) == age


def test_where_adulthood_begins_is_the_packs_to_say():
    born_on, on = date(2007, 1, 1), date(2026, 11, 21)
    assert population_of(born_on, on, 18) == "adult"
    assert population_of(born_on, on, 21) == "adolescent"
