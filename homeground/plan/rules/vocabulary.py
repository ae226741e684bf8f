"""Closed lists of codes of this room; the words stand in `plan.words`."""

from enum import StrEnum


class Kind(StrEnum):
    """A kind of help an objective is served by."""

    GROUP = "group"
    INDIVIDUAL = "individual"
    FAMILY = "family"
    MEDICATION = "medication"
    CASE = "case"
    PEER = "peer"
    SKILLS = "skills"
    EXPERIENTIAL = "experiential"
    OWN = "own"


class ProgressState(StrEnum):
    """How an objective went."""

    NONE = "none"
    SOME = "some"
    MET = "met"
    WORSE = "worse"


class Outcome(StrEnum):
    """What came of a drug test, against what was expected (medication, time since last use)."""

    EXPECTED = "expected"
    UNEXPECTED = "unexpected"
    UNREADABLE = "unreadable"
    NOT_GIVEN = "not_given"


class Confirmed(StrEnum):
    """What the laboratory said of an unexpected result."""

    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not_confirmed"


class Specimen(StrEnum):
    """What is tested."""

    URINE = "urine"
    SALIVA = "saliva"
    BREATH = "breath"


class Ordered(StrEnum):
    """Why a test is ordered."""

    BASELINE = "baseline"
    RANDOM = "random"
    CLINICAL = "clinical"


class DueKind(StrEnum):
    """What is due."""

    EVALUATION = "evaluation"
    ASSESSMENT = "assessment"
    PLAN = "plan"
    REVIEW = "review"
    PATIENT_SIGNATURE = "patient_signature"
    COSIGNATURE = "cosignature"
    SAFETY_PLAN = "safety_plan"
    RESCREEN = "rescreen"
    TARGET = "target"
    DRUG_TEST = "drug_test"
    DISCUSSION = "discussion"
    CERTIFICATION = "certification"
    INCIDENT_REPORT = "incident_report"
    DISCHARGE_SUMMARY = "discharge_summary"
    FOLLOW_UP_CALL = "follow_up_call"


SAFETY_SECTIONS = ("signs", "own_ways", "places", "people", "professionals", "safer")
