"""Whether a dated appointment leaves a person's obligations and other appointments alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from homeground.ground.periods import Period


@dataclass(frozen=True, slots=True)
class FreeTime:
    """What a person has to do at dated times, and how far they travel.

    `busy` are hard obligations: an appointment in person keeps the way clear of them. `booked` are other
    appointments here: they need no way in between.
    """

    busy: tuple[Period, ...]
    booked: tuple[Period, ...]
    travel_minutes: int
    video: bool

    def can_come(self, when: Period) -> bool:
        """In person, with the way there and back."""
        way = timedelta(minutes=self.travel_minutes)
        return not _meets(Period(when.start - way, when.end + way), self.busy) and not self._is_booked(when)

    def can_join(self, when: Period) -> bool:
        """By video, without a way."""
        return self.video and not _meets(when, self.busy) and not self._is_booked(when)

    def _is_booked(self, when: Period) -> bool:
        return _meets(when, self.booked)


def _meets(when: Period, others: Iterable[Period]) -> bool:
    return any(when.overlaps(other) for other in others)
