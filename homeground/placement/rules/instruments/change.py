"""Whether a scale moved far enough to mean something, by figures somebody published."""

from dataclasses import dataclass

from homeground.placement.rules.instruments.definition import Change, Instrument, Scale

RELIABLE = "reliable"


@dataclass(frozen=True, slots=True)
class Moved:
    """How a scale moved from its first value to its last, and which published thresholds that passes.

    `known` is False where nobody published a threshold for the scale.
    """

    first: int
    last: int
    better: bool
    worse: bool
    passed: tuple[Change, ...]
    known: bool

    @property
    def by(self) -> int:
        """The difference, last less first."""
        return self.last - self.first


def moved(instrument: Instrument, scale_id: str, first: int, last: int) -> Moved:
    """Compare two values of one scale, given by the same version over the same window.

    `better` and `worse` are said only beyond the reliable change, or any published threshold where no
    reliable one is known: what lies within the error of measuring is neither. `passed` names every
    threshold that was passed, in points or percent of the first value, each with its source.
    """
    scale = instrument.scale(scale_id)
    passed = tuple(
        change for change in instrument.changes if change.scale == scale_id and _passes(change, first, last)
    )
    known = {change.kind for change in instrument.changes if change.scale == scale_id}
    clear = any(change.kind == RELIABLE or RELIABLE not in known for change in passed)
    upward = last > first
    return Moved(
        first=first,
        last=last,
        better=clear and upward is scale.higher_is_better,
        worse=clear and upward is not scale.higher_is_better,
        passed=passed,
        known=bool(known),
    )


def _passes(change: Change, first: int, last: int) -> bool:
    distance = abs(last - first)
    if change.points is not None:
        return distance >= change.points
    return change.percent is not None and first > 0 and distance * 100 >= change.percent * first


def is_better(scale: Scale, first: int, last: int) -> bool:
    """Whether the later value lies on the good side of the first, however near."""
    return last != first and (last > first) is scale.higher_is_better
