"""The hours meter: proportions on a bar of 1000 units."""

import pytest

from homeground.ground.ui.meter import meter_view


@pytest.mark.parametrize(
    ("minutes", "planned", "done", "more", "floor_at", "to_go"),
    [
        (0, 0, 0, 0, 900, 540),
        (270, 0, 450, 0, 900, 270),
        (390, 180, 650, 300, 900, 150),
        (540, 0, 900, 0, 900, 0),
        (720, 0, 1000, 0, 750, 0),
        (400, 500, 444, 556, 600, 140),
    ],
)
def test_a_bar_shows_done_planned_and_floor(
    minutes: int, planned: int, done: int, more: int, floor_at: int, to_go: int
) -> None:
    view = meter_view(minutes=minutes, floor=540, planned=planned)
    assert (view.done_width, view.planned_width, view.floor_at, view.to_go) == (done, more, floor_at, to_go)


def test_a_week_without_a_floor_can_be_drawn() -> None:
    assert meter_view(minutes=0, floor=0).floor_at == 0
