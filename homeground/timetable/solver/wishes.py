"""What is decided before the engine begins: groups, leaders and seats pinned or forbidden."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from homeground.timetable.solver.model import Instance, Plan


class WishesClash(ValueError):
    """No plan at all meets the wishes: they contradict each other or a hard rule."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """Pins and prohibitions of whoever designs; ids of the instance. Nothing wished: everything is open."""

    run: frozenset[int] = frozenset()  # groups of which at least one copy runs
    drop: frozenset[int] = frozenset()  # groups that do not run
    leaders: Mapping[int, tuple[int, ...]] = field(default_factory=dict)  # group -> nobody else leads it
    seats: Mapping[int, int] = field(default_factory=dict)  # person -> the core group they are in
    never: frozenset[tuple[int, int]] = frozenset()  # (person, group) that are not to come together

    def __bool__(self) -> bool:
        return bool(self.run or self.drop or self.leaders or self.seats or self.never)

    def within(self, instance: Instance) -> Instance:
        """The instance without the groups that are not to run."""
        if not self.drop:
            return instance
        return replace(
            instance,
            tracks=tuple(
                replace(each, copies=0) if each.id in self.drop else each for each in instance.tracks
            ),
        )

    def broken(self, plan: Plan) -> Iterator[str]:
        """The names of the wishes that a plan does not meet."""
        if any(not plan.copies.get(each) for each in self.run):
            yield "run"
        if any(plan.copies.get(each) for each in self.drop):
            yield "drop"
        if any(not set(plan.facilitators.get(at, ())) <= set(who) for at, who in self.leaders.items()):
            yield "leaders"
        if any(plan.core.get(one, (None, ()))[0] != group for one, group in self.seats.items()):
            yield "seats"
        together = {(one, group) for one, (group, _) in plan.core.items()}
        together |= {(one, group) for one, topics in plan.special.items() for group in topics.values()}
        if together & self.never:
            yield "never"


NO_WISHES = Wishes()
