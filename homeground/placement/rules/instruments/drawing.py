"""A line of scores as numbers an SVG can show: no colour, no text, no style."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 640, 200
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 10, 26


@dataclass(frozen=True, slots=True)
class Dot:
    """One score on the drawing."""

    x: float
    y: float
    value: int


@dataclass(frozen=True, slots=True)
class Strip:
    """One published band: where it lies, its word, and its number counted from the low end."""

    y: float
    height: float
    word: str
    rank: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything a template needs to draw one line."""

    dots: tuple[Dot, ...]
    strips: tuple[Strip, ...]
    low: int
    high: int

    @property
    def line(self) -> str:
        """The points of the line, as SVG writes them."""
        return " ".join(f"{dot.x},{dot.y}" for dot in self.dots)

    @property
    def inner_width(self) -> int:
        """The width of the strips."""
        return WIDTH - LEFT - RIGHT


def drawing(
    values: Sequence[tuple[date, int]], *, low: int, high: int, steps: Sequence[tuple[int, str]] = ()
) -> Drawing:
    """Place scores by day and value between the ends of a scale, with its bands behind them."""
    days = [day.toordinal() for day, _value in values]
    first, last = (min(days), max(days)) if days else (0, 0)
    span = max(1, last - first)
    dots = tuple(
        Dot(
            x=round(LEFT + (WIDTH - LEFT - RIGHT) * (day.toordinal() - first) / span, 1),
            y=_height(value, low, high),
            value=value,
        )
        for day, value in values
    )
    ends = [*(start for start, _word in steps[1:]), high] if steps else []
    strips = tuple(
        Strip(
            y=_height(end, low, high),
            height=round(_height(start, low, high) - _height(end, low, high), 1),
            word=word,
            rank=rank,
        )
        for rank, ((start, word), end) in enumerate(zip(steps, ends, strict=True))
    )
    return Drawing(dots=dots, strips=strips, low=low, high=high)


def _height(value: int, low: int, high: int) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value - low) / max(1, high - low), 1)
