"""Positions of the week grid: lanes for what overlaps, and a stylesheet that knows every class used."""

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from homeground.ground.ui.week_grid import GridItem, Lane, lanes, positions_css, week_grid

SHEET = Path(__file__).resolve().parents[2] / "static/ground/css/positions.css"


def item(starts: int, ends: int, weekday: int = 1) -> GridItem:
    return GridItem(weekday=weekday, starts=starts, ends=ends, label="Group")


spans = st.builds(
    lambda day, start, length: item(start * 15, min(1440, (start + length) * 15), day),
    st.integers(0, 6),
    st.integers(0, 95),
    st.integers(1, 40),
)


def test_the_stylesheet_is_the_one_written_from_python() -> None:
    assert SHEET.read_text() == positions_css()


def test_an_evening_group_starts_at_its_hour_below_the_first_hour_shown() -> None:
    week = week_grid([item(18 * 60, 21 * 60)], first_hour=8, last_hour=20)
    (placed,) = week.days[1].items
    assert placed.classes == "seat r41 d12 l1of1"
    assert (placed.starts, placed.ends) == ("18:00", "21:00")
    assert week.hours[0].words == "8:00"
    assert week.hours[-1].words == "20:00"


def test_two_groups_at_once_share_the_day_and_a_later_one_has_it_alone() -> None:
    items = [item(1080, 1260), item(1110, 1230), item(1260, 1300)]
    assert lanes(items) == [Lane(0, 1, 2), Lane(1, 1, 2), Lane(0, 1, 1)]


def test_a_freed_lane_is_used_again() -> None:
    items = [item(0, 120), item(0, 60), item(60, 120)]
    assert lanes(items) == [Lane(0, 1, 2), Lane(1, 1, 2), Lane(1, 1, 2)]


def test_what_is_free_to_the_right_is_taken() -> None:
    items = [item(0, 120), item(60, 180), item(60, 180), item(120, 180)]
    assert lanes(items) == [Lane(0, 1, 3), Lane(1, 1, 3), Lane(2, 1, 3), Lane(0, 1, 3)]
    items = [item(0, 60), item(30, 200), item(60, 120), item(100, 200), item(120, 200)]
    assert lanes(items)[0] == Lane(0, 1, 3)
    items = [item(0, 200), item(10, 50), item(60, 200), item(70, 200)]
    assert lanes(items)[1] == Lane(1, 2, 3)


def test_a_day_with_more_side_by_side_is_drawn_wider() -> None:
    week = week_grid([item(600, 660, 0), item(600, 660, 2), item(600, 660, 2)])
    assert [day.classes for day in week.days[:3]] == ["w1", "w0", "w2"]


def test_more_than_four_at_once_stay_inside_the_day() -> None:
    week = week_grid([item(600, 660) for _ in range(6)])
    assert {p.classes.split()[-1] for p in week.days[1].items} == {"l1of4", "l2of4", "l3of4", "l4of4"}


@given(st.lists(spans, max_size=12))
def test_every_class_exists_and_lanes_never_collide(items: list[GridItem]) -> None:
    known = set(re.findall(r"\.([a-z]\w+)\{", positions_css()))
    week = week_grid(items)
    assert sum(len(day.items) for day in week.days) == len(items)
    for day in week.days:
        for placed in day.items:
            assert {*placed.classes.split()[1:], day.classes} <= known
        ordered = [p.item for p in day.items]
        given_lanes = lanes(ordered)
        for n, one in enumerate(ordered):
            for m, other in enumerate(ordered[:n]):
                if other.ends > one.starts:
                    left, right = sorted((given_lanes[n], given_lanes[m]), key=lambda lane: lane.first)
                    assert left.first + left.takes <= right.first
                    assert left.of == right.of
