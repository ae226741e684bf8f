"""The federal days against a library that keeps them for the whole world."""

from datetime import date

import holidays
import pytest

from homeground.program.rules.federal_days import federal_days


@pytest.mark.parametrize("year", range(1990, 2071))
def test_each_year_has_the_days_the_library_knows(year):
    known = holidays.country_holidays("US", years=[year])
    assert federal_days([year]) == {day for day in known if day.year == year}


def test_a_new_year_on_a_saturday_is_kept_in_the_year_before():
    assert date(2027, 12, 31) in federal_days([2027])
    assert date(2021, 6, 18) in federal_days([2021]) and date(2020, 6, 19) not in federal_days([2020])
