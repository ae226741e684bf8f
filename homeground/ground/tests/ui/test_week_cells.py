"""Spec table: what people write for the hours of a day, and the algebra of weeks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeground.ground.ui.week_cells import (
    DAYS,
    HALVES,
    PRESETS,
    Cells,
    NotHours,
    day_words,
    merge,
    pack,
    parse_day,
    unpack,
    with_preset,
)

TUESDAY = 1
READ = {
    "": "",
    "free": "",
    "8-17": "8-17",
    "8-17, 18:30-20": "8-17, 18:30-20",
    "8 to 17; 18-20": "8-17, 18-20",
    "8a-5p": "8-17",
    "8-5": "8-17",
    "9-1": "9-13",
    "8:30am - 12:30pm": "8:30-12:30",
    "6-10p": "18-22",
    "6-10 pm": "18-22",
    "8-5p": "8-17",
    "6p-10": "18-22",
    "6-22": "6-22",
    "8:15-8:50": "8-9",
    "8:05 hasta 9": "8-9",
    "8 a 17 y 19 a 20": "8-17, 19-20",
    "noon-2": "12-14",
    "0-24": "0-24",
    "22-24": "22-24",
    "all day": "0-24",
    "8-10, 9-12": "8-12",
    "8\u201317": "8-17",
}
REFUSED = ["8", "work", "8-", "8-17-19", "8-25", "mornings 8-12", "8-17 x"]

weeks = st.frozensets(st.tuples(st.integers(0, DAYS - 1), st.integers(0, HALVES - 1)))


@pytest.mark.parametrize(("text", "meant"), READ.items())
def test_hours_are_read_as_people_write_them(text: str, meant: str) -> None:
    assert day_words(parse_day(text, TUESDAY), TUESDAY) == meant


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_hours_is_refused_and_names_only_the_day(text: str) -> None:
    with pytest.raises(NotHours) as refusal:
        parse_day(text, TUESDAY)
    assert str(refusal.value) == "1"


def test_a_night_runs_into_the_next_morning_also_from_sunday_to_monday() -> None:
    cells = parse_day("22-6", 6)
    assert day_words(cells, 6) == "22-24"
    assert day_words(cells, 0) == "0-6"


@given(weeks)
def test_text_and_packing_lead_back_to_the_same_week(week: Cells) -> None:
    assert frozenset().union(*(parse_day(day_words(week, d), d) for d in range(DAYS))) == week
    assert unpack(pack(week)) == week


@pytest.mark.parametrize("text", ["", "xyz", "f" * 83, "F" * 84, "f" * 85, "0x" + "0" * 82])
def test_a_forged_base_reads_as_an_empty_week(text: str) -> None:
    assert unpack(text) == frozenset()


@given(weeks, weeks, weeks)
def test_no_edit_is_lost_when_table_and_text_are_brought_together(
    base: Cells, table: Cells, texts: Cells
) -> None:
    merged = merge(base=base, table=table, texts=texts)
    assert merged >= (table | texts) - base
    assert not merged & ((base - table) | (base - texts))
    assert merged & (base & table & texts) == base & table & texts


def test_presets_add_up_and_clear_empties() -> None:
    both = with_preset(with_preset(frozenset(), "office"), "night")
    assert day_words(both, 0) == "8-17, 22-24"
    assert day_words(both, 1) == "0-6, 8-17, 22-24"
    assert with_preset(both, "clear") == frozenset()
    assert with_preset(both, "forged") == both
    assert {preset.key for preset in PRESETS} == {"office", "school", "night", "clear"}
