"""The clinic's wall-clock week as a row of slots, and sets of slots as Python integers.

A slot is `grid` minutes long; slot 0 begins Monday 00:00. A span is a half-open pair of slots
`(start, end)`. A set of slots is an int whose bit s stands for slot s: a week has 336 or 672 bits, and at
that length Python's integers beat numpy words, because one numpy call costs more than the whole operation.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

Span = tuple[int, int]

DAYS = 7
DAY_MINUTES = 24 * 60
FIRST_HOUR, LAST_HOUR = 8, 20  # one-to-one and family hours start on the hour within these, both included


@dataclass(frozen=True, slots=True)
class Week:
    """A week cut into slots of `grid` minutes. `grid` divides 60, so that an hour is whole slots."""

    grid: int
    per_day: int
    slots: int
    hour: int  # slots in one hour
    everything: int  # every slot of the week
    mornings: int  # the first slot of each day
    nights: int  # the last slot of each day
    hour_starts: int  # where a one-to-one or family hour may begin
    days: tuple[int, ...]  # the slots of each day

    @staticmethod
    def of(grid: int) -> "Week":
        """The week for a grid in minutes. ValueError when the grid does not divide an hour."""
        if grid < 1 or 60 % grid:
            raise ValueError("the grid must divide 60 minutes")
        return _week(grid)

    def span(self, span: Span) -> int:
        """The slots of one span."""
        start, end = span
        return (1 << end) - (1 << start)

    def spans(self, spans: Iterable[Span]) -> int:
        """The slots of several spans; overlaps count once."""
        bits = 0
        for start, end in spans:
            bits |= (1 << end) - (1 << start)
        return bits

    def widen(self, bits: int, slots: int) -> int:
        """`bits` grown by `slots` on both sides, never across midnight."""
        up, down = ~self.mornings, ~self.nights
        grown = later = earlier = bits
        for _ in range(min(slots, self.per_day)):
            later = (later << 1) & up & self.everything
            earlier = (earlier >> 1) & down
            grown |= later | earlier
        return grown

    def margin(self, travel: int) -> int:
        """Slots to keep clear on both sides of something on site, for `travel` minutes one way."""
        return -(-travel // self.grid)

    def reach_back(self, bits: int, length: int) -> int:
        """The starts from which `length` slots would touch `bits`."""
        touched = bits
        for step in range(1, length):
            touched |= bits >> step
        return touched

    def hour_at(self, start: int) -> int:
        """The slots of the hour that begins at `start`."""
        return ((1 << self.hour) - 1) << start

    def day(self, slot: int) -> int:
        """Day of the week of a slot, 0 = Monday."""
        return slot // self.per_day

    def days_of(self, bits: int) -> int:
        """The days touched by a set of slots, as a set of days (bit 0 = Monday)."""
        return sum(1 << day for day, mask in enumerate(self.days) if bits & mask)

    def minutes(self, bits: int) -> int:
        """Length of a set of slots in minutes."""
        return bits.bit_count() * self.grid

    def minute_of_day(self, slot: int) -> int:
        """Minutes since midnight at which a slot begins."""
        return slot % self.per_day * self.grid


@cache
def _week(grid: int) -> Week:
    per_day = DAY_MINUTES // grid
    hour = 60 // grid
    one_day = (1 << per_day) - 1
    morning = sum(1 << day * per_day for day in range(DAYS))
    return Week(
        grid=grid,
        per_day=per_day,
        slots=DAYS * per_day,
        hour=hour,
        everything=(1 << DAYS * per_day) - 1,
        mornings=morning,
        nights=morning << per_day - 1,
        hour_starts=sum(morning << clock * hour for clock in range(FIRST_HOUR, LAST_HOUR + 1)),
        days=tuple(one_day << day * per_day for day in range(DAYS)),
    )


def members(bits: int) -> Iterator[int]:
    """The positions of the set bits, lowest first."""
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low


def runs(bits: int) -> tuple[Span, ...]:
    """The maximal runs of neighbouring slots, earliest first."""
    found = []
    while bits:
        start = (bits & -bits).bit_length() - 1
        length = (~(bits >> start) & ((bits >> start) + 1)).bit_length() - 1
        found.append((start, start + length))
        bits &= ~(((1 << length) - 1) << start)
    return tuple(found)
