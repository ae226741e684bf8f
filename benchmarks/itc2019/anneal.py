"""Improving a complete timetable class by class, by chance at falling heat."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from benchmarks.itc2019.search import State
from benchmarks.itc2019.standing import Standing
from benchmarks.itc2019.tables import Array

PUSHING, PUSHED = 0.3, 2  # how often a class may go where others are, and how many


@dataclass(slots=True)
class Anneal:
    """Improve a complete timetable: classes one by one take a place by chance, cheaper ones rather.

    `heat` is the price difference that is still taken often; it falls from `hot` to `cold`.
    """

    state: State
    hot: float
    cold: float
    cost: float = 0.0  # against the beginning
    best: float = 0.0
    chosen: Array = field(init=False)
    standing: Standing = field(init=False)

    def run(self, share: Callable[[], float]) -> Array:
        """Go on until `share` of the time is one; the best choices found."""
        state = self.state
        self.standing = Standing(state)
        self.chosen = state.chosen.copy()
        while (done := share()) < 1:
            heat = self.hot * (self.cold / self.hot) ** done
            for one in state.chance.permutation(len(state.chosen))[:64]:
                self._step(int(one), heat)
        state.restore(self.chosen)
        return self.chosen

    def _pick(self, prices: Array, heat: float) -> int:
        """One by chance: an option dearer by `heat` is taken e times as seldom."""
        return int(np.argmin(prices - heat * self.state.chance.gumbel(size=len(prices))))

    def _step(self, one: int, heat: float) -> None:
        state = self.state
        if len(state.tables.options[one].time) < 2:
            return
        standing, before = self.standing, int(state.chosen[one])
        hard, soft = standing.look(one)
        most = PUSHED if state.chance.random() < PUSHING else 0
        option = self._pick(np.where(hard <= most, soft + hard * heat, np.inf), heat)
        if option == before:
            return
        standing.take(one)
        if not hard[option]:
            standing.put(one, option)
            self._count(soft[option] - soft[before])
            return
        moved: list[tuple[int, int]] = []
        delta = self._push(one, option, heat, moved)
        if delta is not None:
            delta -= soft[before]
        if delta is None or (delta > 0 and state.chance.random() >= np.exp(-delta / heat)):
            for each in (one, *(other for other, _ in moved)):
                if state.chosen[each] >= 0:
                    standing.take(each)
            for each, at in ((one, before), *moved):
                standing.put(each, at)
            return
        self._count(delta)

    def _push(self, one: int, option: int, heat: float, moved: list[tuple[int, int]]) -> float | None:
        """Put a class where others are, who find another place: the difference in price, None if one cannot.

        `moved` tells who was moved and where they were.
        """
        state, standing = self.state, self.standing
        delta = 0.0
        for other in sorted(state.against(one, option)):
            at = standing.take(other)
            delta -= standing.look(other)[1][at]
            moved.append((other, at))
        hard, soft = standing.look(one)
        if hard[option]:
            return None
        delta += soft[option]
        standing.put(one, option)
        for other, _ in moved:
            hard, soft = standing.look(other)
            place = self._pick(np.where(hard > 0, np.inf, soft), heat)
            if hard[place]:
                return None
            delta += soft[place]
            standing.put(other, place)
        return delta

    def _count(self, delta: float) -> None:
        self.cost += float(delta)
        if self.cost < self.best - 1e-6:
            self.best = self.cost
            self.chosen = self.state.chosen.copy()
