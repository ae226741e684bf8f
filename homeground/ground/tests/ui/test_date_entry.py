"""Spec table: what people type for a date, and what it means."""

from datetime import date

import pytest

from homeground.ground.ui.date_entry import DateFault, NotADate, parse_date

READ = {
    "11/24/1990": date(1990, 11, 24),
    "11-24-1990": date(1990, 11, 24),
    "11.24.1990": date(1990, 11, 24),
    "24/11/1990": date(1990, 11, 24),
    "1990-11-24": date(1990, 11, 24),
    "4/5/1990": date(1990, 4, 5),
    "24 Nov 1990": date(1990, 11, 24),
    "Nov 24, 1990": date(1990, 11, 24),
    "November 24th, 1990": date(1990, 11, 24),
    "24 de noviembre de 1990": date(1990, 11, 24),
    "5 ENE 1990": date(1990, 1, 5),
    "2/29/2024": date(2024, 2, 29),
}
REFUSED = {
    "": DateFault.EMPTY,
    "yesterday": DateFault.UNREADABLE,
    "24 foo 1990": DateFault.UNREADABLE,
    "24 Nov": DateFault.SHORT_YEAR,
    "11/24/90": DateFault.SHORT_YEAR,
    "2/30/1990": DateFault.NO_SUCH_DAY,
    "2/29/2023": DateFault.NO_SUCH_DAY,
    "13/13/1990": DateFault.NO_SUCH_DAY,
    "1/1/0000": DateFault.NO_SUCH_DAY,
}
ON_24_NOV_2026 = {"1 Dec": date(2026, 12, 1), "Jan 5": date(2027, 1, 5), "20 nov": date(2026, 11, 20)}


@pytest.mark.parametrize(("text", "meant"), READ.items())
def test_a_date_is_read_as_people_write_it(text: str, meant: date) -> None:
    assert parse_date(text) == meant


@pytest.mark.parametrize(("text", "fault"), REFUSED.items())
def test_what_is_no_date_is_refused_with_a_reason(text: str, fault: DateFault) -> None:
    with pytest.raises(NotADate) as refusal:
        parse_date(text)
    assert refusal.value.fault is fault


@pytest.mark.parametrize(("text", "meant"), ON_24_NOV_2026.items())
def test_without_a_year_the_nearest_date_is_meant(text: str, meant: date) -> None:
    assert parse_date(text, today=date(2026, 11, 24)) == meant


def test_29_february_without_a_year_finds_the_leap_year_near_by() -> None:
    assert parse_date("29 Feb", today=date(2027, 6, 1)) == date(2028, 2, 29)
    with pytest.raises(NotADate):
        parse_date("29 Feb", today=date(2026, 6, 1))
