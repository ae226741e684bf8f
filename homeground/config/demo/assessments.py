"""The demo's assessments, risk findings and safety plans."""

from datetime import datetime, timedelta
from typing import Any

from homeground.chart.models import Episode
from homeground.config.demo.lives import SAFETY, Person
from homeground.config.demo.plan_rows import Rows
from homeground.plan import models as m
from homeground.plan.rules.sections import SECTIONS, Filled, sealed


def assess(
    rows: Rows,
    episode: Episode,
    life: Person,
    opened: datetime,
    at: datetime,
    number: int,
    who: dict[str, Any],
) -> None:
    texts = {
        "goals": life.aims[0].goal,
        "strengths": life.strengths,
        "daily_life": f"{life.obligations} {life.work}",
        "family": life.family,
        "body": life.physical,
        "mind": life.psychological,
        "substances": life.aims[0].problem + ".",
        "summary": f"Meets {life.criteria_met} of 11 criteria. Needs structure several evenings a week.",
    }
    filled = {
        section.code: Filled(staff=texts.get(section.code, "Asked; nothing that changes the plan now."))
        for section in SECTIONS
    }
    filled["trauma"] = Filled(deferred="Wants to speak of it later, with the same counselor")
    filled["goals"] = Filled(staff=filled["goals"].staff, person=life.aims[0].goal)
    filled["strengths"] = Filled(staff=filled["strengths"].staff, person=life.strengths)
    line = "|".join(str(p) for p in (life.substance, 16 + number % 9, "", "", "", "", life.criteria_met))
    signed_at = opened + timedelta(days=2)
    signed = signed_at < at and number % 13 != 12
    assessment = rows.add(
        m.Assessment,
        episode=episode,
        opened_at=opened,
        opened_by_id=who["by_id"],
        signed_at=signed_at if signed else None,
        signed_by=who["counselor"] if signed else None,
        signed_name=who["name"] if signed else "",
        credential=who["counselor"].credentials if signed else "",
        digest=sealed(filled, [line]) if signed else "",
    )
    for code, each in filled.items():
        saved = {"assessment": assessment, "code": code, "saved_at": opened, "saved_by_id": who["by_id"]}
        rows.add(m.Section, **saved, voice="staff", words=each.staff, deferred=each.deferred)
        if each.person:
            rows.add(m.Section, **saved, voice="person", words=each.person)
    rows.add(
        m.SubstanceUse,
        assessment=assessment,
        substance=life.substance,
        first_age=16 + number % 9,
        criteria=life.criteria_met,
        recorded_at=opened,
        recorded_by_id=who["by_id"],
    )


def find_risk(rows: Rows, episode: Episode, number: int, begun: datetime, who: dict[str, Any]) -> None:
    """Everybody was asked at the start; whoever thinks of suicide has a safety plan."""
    planned = number % 5 == 1
    moment = begun + timedelta(days=2)
    if planned:
        rows.add(
            m.SafetyPlan,
            patient=episode.patient,
            number=1,
            **SAFETY,
            started_at=moment,
            started_by_id=who["by_id"],
            finished_at=moment,
            finished_by=episode.patient.person,
        )
    rows.add(
        m.RiskFinding,
        patient=episode.patient,
        found_by=who["counselor"],
        level="moderate" if planned else "none",
        basis="Thoughts with a method, no intent; safety plan made together"
        if planned
        else "Asked and denied",
        found_at=moment,
    )
