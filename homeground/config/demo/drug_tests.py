"""Twelve weeks of random drug tests: drawn by a seed that is kept, mostly expected, talked over."""

import random
from datetime import datetime, timedelta
from typing import Any

from homeground.chart.models import Episode
from homeground.config.demo.clinic import House
from homeground.config.demo.plan_rows import Rows
from homeground.plan import models as m
from homeground.plan.rules.lottery import METHOD, ordered

PANEL = "12 substances"


def test_weekly(
    rows: Rows, house: House, episodes: list[Episode], at: datetime, chance: random.Random
) -> None:
    """A draw a week; results mostly expected, talked over within a day; this week's tests wait."""
    director = house.staff["director"]
    for week in range(12, 0, -1):
        drawn_at = at - timedelta(weeks=week) + timedelta(days=5)
        pool = {e.patient_id: e for e in episodes if e.starts_on <= drawn_at.date()}
        if drawn_at > at or not pool:
            continue
        seed = f"{chance.getrandbits(256):064x}"
        order = ordered(seed, pool)
        draw = rows.add(
            m.Draw,
            drawn_at=drawn_at,
            drawn_by=director.person,
            seed=seed,
            method=METHOD,
            wanted=5,
            due_on=(drawn_at + timedelta(days=3)).date(),
        )
        for place, patient_id in enumerate(order, start=1):
            episode, chosen = pool[patient_id], place <= 5
            entry = rows.add(m.DrawEntry, draw=draw, patient=episode.patient, place=place, chosen=chosen)
            if chosen:
                _test(rows, draw, entry, episode, director, at, chance)


def _test(
    rows: Rows, draw: Any, entry: Any, episode: Episode, director: Any, at: datetime, chance: random.Random
) -> None:
    test = rows.add(
        m.DrugTest,
        patient=episode.patient,
        entry=entry,
        reason="random",
        specimen="urine",
        panel=PANEL,
        ordered_at=draw.drawn_at,
        ordered_by=director.person,
        due_on=draw.due_on,
    )
    taken_at = draw.drawn_at + timedelta(hours=26 + chance.randrange(20))
    if taken_at > at:
        return
    unexpected = chance.random() < 0.14
    rows.add(
        m.DrugResult,
        test=test,
        outcome="unexpected" if unexpected else "expected",
        found="THC" if unexpected else "",
        observed=False,
        collected_at=taken_at,
        recorded_at=taken_at + timedelta(hours=1),
        recorded_by=director.person,
    )
    talked_at = taken_at + timedelta(hours=20)
    if talked_at < at:
        rows.add(
            m.Discussion,
            test=test,
            person_said="It was the weekend; I told my group" if unexpected else "As I said",
            response="Weekend plan made; next talk moved forward" if unexpected else "Plan stays",
            at=talked_at,
            by=episode.counselor,
        )
        if unexpected:
            rows.add(
                m.RiskFinding,
                patient=episode.patient,
                found_by=episode.counselor,
                level="none",
                basis="Asked when the test was talked over, and denied",
                found_at=talked_at,
            )
