"""Who may open the pages of this room."""

from homeground.ground.access import ManyPeople, OnePerson, OwnRecord, Reads, Table, Way, Ways
from homeground.people.roles import CLINICIANS, Role

_OWN = frozenset({Role.PATIENT})

PAGES: Table = {
    **dict.fromkeys(
        [
            "plan:plan",
            "plan:problems",
            "plan:deferral",
            "plan:versions",
            "plan:draft",
            "plan:giving_up",
            "plan:offer",
            "plan:version",
            "plan:refusal",
            "plan:cosignature",
            "plan:assessment",
            "plan:assessments",
            "plan:assessment_signature",
            "plan:substances",
            "plan:substance_removal",
            "plan:reviews",
            "plan:review",
            "plan:review_closing",
            "plan:safety",
            "plan:safety_finishing",
            "plan:safety_reading",
            "plan:risks",
            "plan:tests",
            "plan:test",
            "plan:result",
            "plan:laboratory",
            "plan:confirmation",
            "plan:discussion",
            "plan:incidents",
            "plan:incident_report",
            "plan:certifications",
            "plan:draws",
            "plan:draw",
        ],
        CLINICIANS,
    ),
    "plan:my_plan": _OWN,
    "plan:my_words": _OWN,
    "plan:my_signature": _OWN,
    "plan:my_change": _OWN,
    "plan:my_story": _OWN,
    "plan:my_safety": _OWN,
    "plan:my_safety_finishing": _OWN,
    "plan:my_card": _OWN,
    "plan:my_worker": _OWN,
    "plan:my_leaving": _OWN,
    "plan:my_leaving_signature": _OWN,
}

_PLAN = frozenset({"presence", "plan"})
_ASSESSED = frozenset({"presence", "diagnosis", "medications", "plan"})
"""An assessment names the problems the plan is made of, and has a section on medicines."""
_SAFE = frozenset({"presence", "safety"})
_TESTED = frozenset({"presence", "test_results"})
_OF_STAY = "episode__patient__person"


def _of(by: str, parts: frozenset[str], *names: str) -> Reads:
    return {f"plan:{name}": OnePerson(by, parts) for name in names}


WAYS: Ways = {
    "version_id": Way("plan.PlanVersion", f"plan__{_OF_STAY}"),
    "problem_id": Way("plan.Problem", _OF_STAY),
    "review_id": Way("plan.Review", f"plan__{_OF_STAY}"),
    "assessment_id": Way("plan.Assessment", _OF_STAY),
    "objective_id": Way("plan.Objective", f"plan__{_OF_STAY}"),
    "incident_id": Way("plan.Incident", "patient__person"),
    "test_id": Way("plan.DrugTest", "patient__person"),
}
READS: Reads = {
    **_of("patient_id", _PLAN, "plan", "problems", "versions"),
    **_of("problem_id", _PLAN, "deferral"),
    **_of("version_id", _PLAN, "draft", "giving_up", "offer", "version", "refusal", "cosignature"),
    **_of("episode_id", _PLAN, "reviews"),
    **_of("review_id", _PLAN, "review", "review_closing"),
    **_of("patient_id", _ASSESSED, "assessment", "assessments"),
    **_of("assessment_id", _ASSESSED, "assessment_signature", "substances", "substance_removal"),
    **_of("patient_id", _SAFE, "safety", "safety_finishing", "safety_reading", "risks"),
    **_of("patient_id", _SAFE | _PLAN, "incidents", "certifications"),
    **_of("incident_id", _SAFE, "incident_report"),
    **_of("patient_id", _TESTED, "tests"),
    **_of("test_id", _TESTED, "test", "result", "laboratory", "confirmation", "discussion"),
    "plan:draws": ManyPeople(_TESTED),
    "plan:draw": ManyPeople(_TESTED),
    **{
        f"plan:{name}": OwnRecord(_PLAN)
        for name in ("my_plan", "my_words", "my_signature", "my_change", "my_leaving", "my_leaving_signature")
    },
    **{
        f"plan:{name}": OwnRecord(_SAFE)
        for name in ("my_safety", "my_safety_finishing", "my_card", "my_worker")
    },
    "plan:my_story": OwnRecord(_ASSESSED),
}
