"""Signs that decide before anything else. They name an action, never a diagnosis.

Source: public withdrawal and overdose guidance as commonly taught, and the published triage of the
Columbia suicide screening. The program shows what was seen and asks a named clinician to decide; it
never says that somebody is medically safe.
"""

from dataclasses import dataclass
from enum import StrEnum

from homeground.placement.rules.basis import SUICIDE_LOWER, SUICIDE_SCREENING, WITHDRAWAL_GUIDANCE, Basis


class Urgent(StrEnum):
    """How soon somebody must act."""

    NOW = "now"
    TODAY = "today"


class Step(StrEnum):
    """What to do about a flag."""

    CALL_911 = "call_911"
    STAY_AND_CALL = "stay_and_call"
    MEDICAL_TODAY = "medical_today"
    CLINICIAN_TODAY = "clinician_today"
    OVERDOSE_PLAN = "overdose_plan"


STEPS: dict[Step, str] = {
    Step.CALL_911: "Call 911 now",
    Step.STAY_AND_CALL: "Stay with the person. Call 988, or 911 in danger, now",
    Step.MEDICAL_TODAY: "Medical evaluation today",
    Step.CLINICIAN_TODAY: "A clinician speaks with the person today",
    Step.OVERDOSE_PLAN: "Give the overdose plan: naloxone, never use alone, medication for opioid use",
}
_URGENT = {
    Step.CALL_911: Urgent.NOW,
    Step.STAY_AND_CALL: Urgent.NOW,
    Step.MEDICAL_TODAY: Urgent.TODAY,
    Step.CLINICIAN_TODAY: Urgent.TODAY,
}


@dataclass(frozen=True, slots=True)
class Flag:
    """One sign: what is seen or told, and the step it asks for."""

    code: str
    words: str
    step: Step
    basis: Basis = WITHDRAWAL_GUIDANCE

    @property
    def urgent(self) -> Urgent | None:
        """How soon; None when the flag asks for a step but holds nothing up."""
        return _URGENT.get(self.step)


FLAGS: tuple[Flag, ...] = (
    Flag("seizure", "A seizure, now or today", Step.CALL_911),
    Flag("hallucination", "Sees or hears what others do not", Step.CALL_911),
    Flag("confusion", "Is confused, or does not know where they are", Step.CALL_911),
    Flag("fever", "Fever while coming off alcohol or drugs", Step.CALL_911),
    Flag("chest_pain", "Chest pain", Step.CALL_911),
    Flag("unresponsive", "Does not respond, or cannot be kept awake", Step.CALL_911),
    Flag("slow_breathing", "Breathes slowly, or lips turn blue", Step.CALL_911),
    Flag(
        "suicide_plan",
        "Thinks about suicide with a plan or the intent to act, or tried in the last three months",
        Step.STAY_AND_CALL,
        SUICIDE_SCREENING,
    ),
    Flag(
        "suicide_thoughts",
        "Thinks about suicide, without a plan or intent, or tried longer ago",
        Step.CLINICIAN_TODAY,
        SUICIDE_LOWER,
    ),
    Flag(
        "past_severe_withdrawal", "Had a seizure or delirium when stopping alcohol before", Step.MEDICAL_TODAY
    ),
    Flag(
        "shaking_after_alcohol",
        "Drank heavily every day, last drink within 72 hours, and shakes or sweats",
        Step.MEDICAL_TODAY,
    ),
    Flag(
        "stopping_sedatives",
        "Took benzodiazepines or barbiturates every day and is stopping",
        Step.MEDICAL_TODAY,
    ),
    Flag("ghb", "Uses GHB", Step.MEDICAL_TODAY),
    Flag(
        "pregnant_and_dependent",
        "Is pregnant and depends on opioids, alcohol or benzodiazepines",
        Step.MEDICAL_TODAY,
    ),
    Flag("unstable_illness", "Has a serious illness that is not under control", Step.MEDICAL_TODAY),
    Flag(
        "opioid_or_stimulant", "Uses opioids, or street stimulants that may hold fentanyl", Step.OVERDOSE_PLAN
    ),
    Flag("lost_tolerance", "Came out of detox, a hospital or jail in the last weeks", Step.OVERDOSE_PLAN),
    Flag("past_overdose", "Had an overdose before", Step.OVERDOSE_PLAN),
    Flag("sedative_with_opioid", "Takes sedatives together with opioids", Step.OVERDOSE_PLAN),
)
BY_CODE: dict[str, Flag] = {flag.code: flag for flag in FLAGS}


def urgency(codes: frozenset[str]) -> Urgent | None:
    """The most urgent of these flags. Raises KeyError for a code that is no flag."""
    found = {BY_CODE[code].urgent for code in codes}
    return Urgent.NOW if Urgent.NOW in found else Urgent.TODAY if Urgent.TODAY in found else None
