"""Ways to take part in something, and which of them another one makes needless."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Way:
    """One way to take part in something: the facts against it and the slots it takes."""

    facts: int
    slots: int


@dataclass(frozen=True, slots=True)
class HourWay:
    """Hours with the same facts against them: starts, and the giver when their minutes are short."""

    facts: int
    starts: int
    giver: int | None


Ranked = list[tuple[HourWay, list[HourWay]]]


def ranked(ways: Iterable[HourWay]) -> Ranked:
    """Each way of hours with the earlier ones that could stand in for it."""
    found: Ranked = []
    before: list[tuple[int, int | None, HourWay]] = []
    for way in sorted(ways, key=lambda each: (each.facts.bit_count(), each.giver is not None, each.facts)):
        spared, giver = ~way.facts, way.giver
        better = [one for facts, who, one in before if not facts & spared and (who is None or who == giver)]
        found.append((way, better))
        before.append((way.facts, giver, way))
    return found


def covered(found: Iterable[int], facts: int) -> bool:
    """Whether some of these sets of facts lies within `facts`."""
    spared = ~facts
    for known in found:  # noqa: SIM110 (a generator costs twice as much, and this is the inner loop)
        if not known & spared:
            return True
    return False


def still_open(ranked: Ranked, blocked: int) -> list[HourWay]:
    """The hours still possible, without those that another can always stand in for."""
    kept: list[HourWay] = []
    for way, better in ranked:
        starts = way.starts & ~blocked
        if not starts:
            continue
        for one in better:
            others = one.starts & ~blocked
            if others & (others - 1) or others == starts:
                break
        else:
            kept.append(HourWay(way.facts, starts, way.giver))
            if not way.facts and way.giver is None and starts & (starts - 1):
                break  # two hours with nothing against them: nothing after is needed
    return kept


def antichain(sets: Iterable[int]) -> list[int]:
    """The sets of facts that hold no other of them, smallest first."""
    found: list[int] = []
    for facts in sorted(set(sets), key=lambda facts: (facts.bit_count(), facts)):
        if not covered(found, facts):
            found.append(facts)
    return found


def thin(ways: Iterable[Way]) -> list[Way]:
    """Leave out ways that another with fewer or the same facts and slots makes needless."""
    kept: list[Way] = []
    for way in sorted(
        set(ways), key=lambda each: (each.facts.bit_count(), each.slots.bit_count(), each.slots)
    ):
        if not any(one.facts & ~way.facts == 0 and one.slots & ~way.slots == 0 for one in kept):
            kept.append(way)
    return kept
