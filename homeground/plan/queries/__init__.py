"""What other rooms and our pages may ask about assessment, plan, safety plan and tests. All frozen."""

from homeground.plan.queries.after import due_after
from homeground.plan.queries.assessment import AssessmentPage, assessment, latest_assessment
from homeground.plan.queries.content import Version, VersionFacts, VersionNotHere, version, version_before
from homeground.plan.queries.drug_tests import (
    DrawFacts,
    DrawNotHere,
    TestFacts,
    draw_facts,
    draws,
    drug_test,
    open_tests,
    tests_of,
)
from homeground.plan.queries.due import Due, due, due_of_stay, pressing
from homeground.plan.queries.ending import discharge_plan
from homeground.plan.queries.locks import AssessmentNotHere
from homeground.plan.queries.objectives import Objective, objectives_of
from homeground.plan.queries.safety import SafetyPage, safety
from homeground.plan.queries.stay import (
    ProblemFacts,
    ReviewFacts,
    StayPlan,
    patient_of_problem,
    problems_of,
    review_here,
    stay_plan,
)
from homeground.plan.queries.thread import ObjectiveNotHere, Thread, assessed_at, thread

__all__ = [
    "AssessmentNotHere",
    "AssessmentPage",
    "DrawFacts",
    "DrawNotHere",
    "Due",
    "Objective",
    "ObjectiveNotHere",
    "ProblemFacts",
    "ReviewFacts",
    "SafetyPage",
    "StayPlan",
    "TestFacts",
    "Thread",
    "Version",
    "VersionFacts",
    "VersionNotHere",
    "assessment",
    "discharge_plan",
    "draw_facts",
    "draws",
    "drug_test",
    "due",
    "due_after",
    "due_of_stay",
    "latest_assessment",
    "objectives_of",
    "open_tests",
    "patient_of_problem",
    "pressing",
    "problems_of",
    "review_here",
    "safety",
    "stay_plan",
    "tests_of",
    "assessed_at",
    "thread",
    "version",
    "version_before",
]
