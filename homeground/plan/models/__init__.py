"""The tables of the plan: what was told and found, what is aimed at, what was signed, and what was tested."""

from homeground.plan.models.assessment import Assessment, Deferral, Problem, Section, SubstanceUse
from homeground.plan.models.drug_test import Confirmation, Discussion, Draw, DrawEntry, DrugResult, DrugTest
from homeground.plan.models.ending import (
    Certification,
    DischargePlan,
    DischargeSummary,
    FollowUp,
    Incident,
)
from homeground.plan.models.plan import Aim, Goal, Intervention, Objective, Part, Plan, PlanVersion
from homeground.plan.models.review import Progress, Review
from homeground.plan.models.safety import RiskFinding, SafetyPlan
from homeground.plan.models.signature import Refusal, Return, Signature

__all__ = [
    "Aim",
    "Assessment",
    "Certification",
    "Confirmation",
    "Deferral",
    "DischargePlan",
    "DischargeSummary",
    "Discussion",
    "Draw",
    "DrawEntry",
    "DrugTest",
    "FollowUp",
    "Goal",
    "Incident",
    "Intervention",
    "Objective",
    "Part",
    "Plan",
    "PlanVersion",
    "Problem",
    "Progress",
    "Refusal",
    "Return",
    "Review",
    "RiskFinding",
    "SafetyPlan",
    "Section",
    "Signature",
    "SubstanceUse",
    "DrugResult",
]
