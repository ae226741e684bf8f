"""Geometry of the hours meter: what fraction of the bar is done, planned, and where the floor stands."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MeterView:
    """Minutes to say in words and positions on a bar of 1000 units to draw."""

    minutes: int
    floor: int
    planned: int
    done_width: int
    planned_width: int
    floor_at: int

    @property
    def to_go(self) -> int:
        """Minutes still missing to the floor, counting only what was attended."""
        return max(0, self.floor - self.minutes)


def meter_view(*, minutes: int, floor: int, planned: int = 0) -> MeterView:
    """Scale a week's minutes to a bar; the floor never sits at the very end, so "past it" stays visible."""
    scale = max(floor * 10 // 9, minutes + planned, 1)
    done = round(1000 * minutes / scale)
    return MeterView(
        minutes=minutes,
        floor=floor,
        planned=planned,
        done_width=done,
        planned_width=round(1000 * (minutes + planned) / scale) - done,
        floor_at=round(1000 * floor / scale),
    )
