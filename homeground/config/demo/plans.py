"""Twelve weeks of plans: assessments, plans with their versions and reviews, safety plans, drug tests.

Written in bulk, as the actions would have left it: the digests under the signatures are the real ones.
"""

import random
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from homeground.chart.models import Episode
from homeground.config.demo import endings
from homeground.config.demo.assessments import assess, find_risk
from homeground.config.demo.clinic import House
from homeground.config.demo.drug_tests import test_weekly
from homeground.config.demo.lives import PEOPLE, Person
from homeground.config.demo.patients import SEED
from homeground.config.demo.plan_rows import Rows
from homeground.plan import models as m
from homeground.plan.rules.content import AimText, GoalText, InterventionText, PlanText, digest
from homeground.plan.rules.sections import PARTS

ZONE = ZoneInfo("America/Denver")
PLAN_AFTER, CHANGE_AFTER = timedelta(days=5), timedelta(days=33)
REVIEW_EVERY = timedelta(days=29)
SPANISH = 5


def plan_all(house: House, at: datetime) -> None:
    """Assessment, plan, changes, reviews and tests for everybody with a stay."""
    chance = random.Random(SEED)
    rows = Rows({"organization_id": house.organization_id})
    episodes = list(
        Episode.objects.select_related("patient__person", "counselor").order_by(
            "starts_on", "patient__number"
        )
    )
    offered: list[tuple[Any, str, datetime, datetime | None, datetime | None]] = []
    for number, episode in enumerate(sorted(episodes, key=lambda e: e.patient.number)):
        offered += _live(rows, house, episode, number, at, chance)
    test_weekly(rows, house, episodes, at, chance)
    for version, sealed_as, offered_at, in_force_at, ended_at in offered:
        rows.offered[version.pk] = {
            "offered_at": offered_at,
            "digest": sealed_as,
            "in_force_at": in_force_at,
            "ended_at": ended_at,
        }
    rows.write()
    endings.plan_ahead(house, episodes, at)


def _live(
    rows: Rows, house: House, episode: Episode, number: int, at: datetime, chance: random.Random
) -> list[Any]:
    spanish = episode.patient.person.language == "es"
    youth = episode.program_id == house.youth.pk
    life = PEOPLE[SPANISH if spanish else 4 if youth else number % 4]
    begun = datetime.combine(episode.starts_on, time(17), ZONE)
    counselor = episode.counselor
    by = next(s.actor for s in house.staff.values() if counselor and s.person.pk == counselor.pk)
    who = {"counselor": counselor, "by_id": by.account_id, "name": _name(counselor)}
    assess(rows, episode, life, begun + timedelta(days=2), at, number, who)
    problems = [
        rows.add(
            m.Problem,
            episode=episode,
            section=aim.section,
            words=aim.problem,
            found_at=begun + timedelta(days=2),
            found_by_id=by.account_id,
        )
        for aim in life.aims
    ]
    waits = rows.add(
        m.Problem,
        episode=episode,
        section="daily_life",
        words=life.waits[0],
        found_at=begun + timedelta(days=2),
        found_by_id=by.account_id,
    )
    rows.add(m.Deferral, problem=waits, why=life.waits[1], at=begun + timedelta(days=3), by_id=by.account_id)
    find_risk(rows, episode, number, begun, who)
    return _plans(rows, house, episode, life, problems, begun, at, number, chance, who)


def _plans(
    rows: Rows,
    house: House,
    episode: Episode,
    life: Person,
    problems: list[Any],
    begun: datetime,
    at: datetime,
    number: int,
    chance: random.Random,
    who: dict[str, Any],
) -> list[Any]:
    """The first plan, a change after a month, reviews every four weeks, and what is open today."""
    if begun + PLAN_AFTER > at:
        return []
    plan = rows.add(m.Plan, episode=episode, opened_at=begun, opened_by_id=who["by_id"])
    objectives = [rows.add(m.Objective, plan=plan, opened_at=begun) for _aim in life.aims]
    first_at, change_at = begun + PLAN_AFTER, begun + CHANGE_AFTER
    changed = change_at < at - timedelta(days=1)
    target = (begun + timedelta(weeks=12)).date()
    state = {8: "draft", 17: "offered"}.get(number, "")
    first, text = _version(
        rows, plan, 1, life, problems, objectives, begun + timedelta(days=3), target, who, False
    )
    done: list[Any] = [(first, digest(text), first_at, first_at, change_at if changed else None)]
    _sign(rows, first, digest(text), episode, first_at, number, house, who)
    reviewed = first
    second = None
    if changed:
        second, text = _version(rows, plan, 2, life, problems, objectives, change_at, target, who, True)
        done.append((second, digest(text), change_at, change_at, None))
        _sign(rows, second, digest(text), episode, change_at, -1, house, who)
    late = number % 11 == 3
    review_at = first_at + REVIEW_EVERY - timedelta(days=2)
    while review_at < at - (timedelta(days=32) if late else timedelta(0)):
        reviewed = second if second and review_at > change_at else first
        _review(rows, plan, reviewed, objectives, review_at, chance, who)
        review_at += REVIEW_EVERY
    if state:
        newest = 3 if changed else 2
        moment = at - timedelta(days=6)
        version, text = _version(rows, plan, newest, life, problems, objectives, moment, target, who, True)
        version.why = "Two evenings went badly; more support on weekends"
        if state == "offered":
            sealed_as = digest(_why(text, version.why))
            done.append((version, sealed_as, moment, None, None))
            _author(rows, version, sealed_as, moment, who)
    return done


def _why(text: PlanText, why: str) -> PlanText:
    return PlanText(why, text.discharge_criteria, text.stay_weeks, text.parts, text.goals)


def _version(
    rows: Rows,
    plan: Any,
    number: int,
    life: Person,
    problems: list[Any],
    objectives: list[Any],
    at: datetime,
    target: date,
    who: dict[str, Any],
    later: bool,
) -> tuple[Any, PlanText]:
    version = rows.add(
        m.PlanVersion,
        plan=plan,
        number=number,
        started_at=at,
        started_by_id=who["by_id"],
        why="" if number == 1 else "First month reviewed together",
        discharge_criteria=life.criteria,
        stay_weeks="12",
    )
    parts = [(part.code, getattr(life, part.code, "")) for part in PARTS]
    for code, words in parts:
        if words:
            rows.add(m.Part, version=version, kind=code, words=words)
    goals = []
    for place, (aim, problem, objective) in enumerate(zip(life.aims, problems, objectives, strict=True), 1):
        goal = rows.add(m.Goal, version=version, problem=problem, words=aim.goal, position=place)
        words = aim.later if later else aim.objective
        row = rows.add(
            m.Aim,
            goal=goal,
            objective=objective,
            words=words,
            measure=aim.measure,
            target_on=target + timedelta(days=7 * later),
            position=1,
        )
        whom = "Group and facilitator" if aim.kind in ("group", "skills") else who["name"]
        doings = [(aim.kind, aim.doing, aim.frequency, whom)]
        if later:
            doings.append(("peer", "Call a peer before the weekend", "once a week", "Peer support"))
        steps = []
        for place_of, (kind, doing, frequency, whom_of) in enumerate(doings, 1):
            step = rows.add(
                m.Intervention,
                aim=row,
                kind=kind,
                words=doing,
                frequency=frequency,
                who=whom_of,
                position=place_of,
            )
            steps.append(InterventionText(step.pk, kind, doing, frequency, whom_of))
        texts = AimText(row.pk, objective.pk, words, aim.measure, row.target_on, tuple(steps))
        goals.append(GoalText(goal.pk, problem.pk, problem.words, aim.goal, (texts,)))
    text = PlanText(version.why, version.discharge_criteria, "12", tuple(parts), tuple(goals))
    return version, text


def _author(rows: Rows, version: Any, sealed_as: str, at: datetime, who: dict[str, Any]) -> None:
    rows.add(
        m.Signature,
        version=version,
        capacity="author",
        person=who["counselor"],
        name=who["name"],
        credential=who["counselor"].credentials,
        method="screen",
        digest=sealed_as,
        signed_at=at,
    )


def _sign(
    rows: Rows,
    version: Any,
    sealed_as: str,
    episode: Episode,
    at: datetime,
    number: int,
    house: House,
    who: dict[str, Any],
) -> None:
    _author(rows, version, sealed_as, at - timedelta(hours=1), who)
    if number % 17 == 6:
        rows.add(
            m.Refusal,
            version=version,
            reason="Wanted to show it to his lawyer before signing anything",
            witness=house.staff["director"].person,
            at=at,
            by_id=who["by_id"],
        )
        return
    person = episode.patient.person
    rows.add(
        m.Signature,
        version=version,
        capacity="patient",
        person=person,
        name=_name(person),
        method="phone",
        digest=sealed_as,
        signed_at=at,
    )


def _review(
    rows: Rows,
    plan: Any,
    version: Any,
    objectives: list[Any],
    at: datetime,
    chance: random.Random,
    who: dict[str, Any],
) -> None:
    states = [chance.choice(("some", "some", "some", "none", "met")) for _objective in objectives]
    states[0] = "some"
    said = {
        "some": "Better than last month: more days went as planned than not.",
        "none": "No change yet; the hard days are the same ones.",
        "met": "Reached, and steady for three weeks.",
    }
    review = rows.add(
        m.Review,
        plan=plan,
        version=version,
        opened_at=at - timedelta(hours=2),
        opened_by_id=who["by_id"],
        reasoning="Still needs several contacts a week: hard evenings return when the week has gaps.",
        person_said="I notice it earlier now.",
        decision="continue",
        reasons=["progress"],
        closed_at=at,
        closed_by=who["counselor"],
        closed_name=who["name"],
        credential=who["counselor"].credentials,
    )
    rows.add(
        m.RiskFinding,
        patient=plan.episode.patient,
        found_by=who["counselor"],
        level="none",
        basis="Asked at the review and denied",
        found_at=at,
    )
    for objective, state in zip(objectives, states, strict=True):
        rows.add(m.Progress, review=review, objective=objective, state=state, words=said[state])


def _name(person: Any) -> str:
    return f"{person.called or person.given_name} {person.family_name}".strip()
