"""The cases that define placement: each is tested, and printed in docs/rules/placement.md."""

from dataclasses import dataclass, field

from homeground.placement.rules.answers import Answers
from homeground.placement.rules.levels import Level
from homeground.placement.rules.questions import Answer
from homeground.placement.rules.red_flags import Urgent

YES, NO, UNSURE = Answer.YES, Answer.NO, Answer.UNSURE
CALM = {"withdrawal": 0, "body": 0, "mind": 0, "use": 0, "home": 0, "goals": 0}


def rated(**ratings: int) -> dict[str, int]:
    """All six domains rated: none, except what is given."""
    return {**CALM, **ratings}


@dataclass(frozen=True)
class Case:
    """What is known, and what must follow. `because` are codes that must be among the reasons."""

    title: str
    level: Level
    because: tuple[str, ...] = ()
    flags: frozenset[str] = frozenset()
    screened: bool = True
    facts: dict[str, Answer] = field(default_factory=dict)
    ratings: dict[str, int] = field(default_factory=lambda: dict(CALM))
    urgent: Urgent | None = None
    refer: bool = False
    check: str = ""

    @property
    def answers(self) -> Answers:
        return Answers(
            flags=self.flags, withdrawal_screened=self.screened, facts=self.facts, ratings=self.ratings
        )


CASES: tuple[Case, ...] = (
    Case(
        "Nothing is known yet",
        Level.TALK,
        ("red_flags_not_asked", "not_rated.mind"),
        screened=False,
        ratings={},
    ),
    Case(
        "The red flags were not gone through",
        Level.TALK,
        ("red_flags_not_asked",),
        screened=False,
        check="B10",
    ),
    Case(
        "One domain is not rated",
        Level.TALK,
        ("not_rated.use",),
        ratings={code: 0 for code in CALM if code != "use"},
        check="A07",
    ),
    Case(
        "A seizure today decides before everything else",
        Level.EVALUATE,
        ("flag.seizure",),
        flags=frozenset({"seizure"}),
        ratings=rated(use=2),
        urgent=Urgent.NOW,
        refer=True,
        check="B05",
    ),
    Case(
        "A red flag decides although nothing else is known",
        Level.EVALUATE,
        ("flag.shaking_after_alcohol", "flag.past_severe_withdrawal"),
        flags=frozenset({"shaking_after_alcohol", "past_severe_withdrawal"}),
        screened=False,
        ratings={},
        urgent=Urgent.TODAY,
        refer=True,
        check="B05",
    ),
    Case(
        "The most urgent of two flags counts",
        Level.EVALUATE,
        ("flag.slow_breathing", "flag.ghb"),
        flags=frozenset({"ghb", "slow_breathing"}),
        urgent=Urgent.NOW,
        refer=True,
    ),
    Case(
        "Suicide with a plan: somebody stays",
        Level.EVALUATE,
        ("flag.suicide_plan",),
        flags=frozenset({"suicide_plan"}),
        urgent=Urgent.NOW,
        refer=True,
        check="H02",
    ),
    Case(
        "Thoughts of suicide without a plan: a clinician today",
        Level.EVALUATE,
        ("flag.suicide_thoughts",),
        flags=frozenset({"suicide_thoughts"}),
        urgent=Urgent.TODAY,
        refer=True,
        check="H02",
    ),
    Case(
        "An earlier overdose asks for the overdose plan and holds nothing up",
        Level.INTENSIVE_OUTPATIENT,
        ("flag.past_overdose", "domain.use"),
        flags=frozenset({"past_overdose"}),
        ratings=rated(use=2),
        check="H07",
    ),
    Case("No need in any domain", Level.OUTPATIENT, ("no_need_for_more",)),
    Case("Low everywhere", Level.OUTPATIENT, ("domain.use",), ratings=dict.fromkeys(CALM, 1)),
    Case(
        "Use likely within weeks",
        Level.INTENSIVE_OUTPATIENT,
        ("domain.use",),
        ratings=rated(use=2),
        check="A08",
    ),
    Case("Home does not help", Level.INTENSIVE_OUTPATIENT, ("domain.home",), ratings=rated(home=2)),
    Case("Wavers", Level.INTENSIVE_OUTPATIENT, ("domain.goals",), ratings=rated(goals=2)),
    Case(
        "Comes because somebody requires it",
        Level.INTENSIVE_OUTPATIENT,
        ("domain.goals",),
        ratings=rated(goals=3),
    ),
    Case(
        "Cannot get to any treatment: still no refusal",
        Level.INTENSIVE_OUTPATIENT,
        ("domain.goals",),
        ratings=rated(goals=4),
    ),
    Case(
        "A second mental health condition is taken in",
        Level.INTENSIVE_OUTPATIENT,
        ("domain.mind",),
        ratings=rated(mind=2),
    ),
    Case("Uses on most days", Level.HIGH_INTENSITY_OUTPATIENT, ("domain.use",), ratings=rated(use=3)),
    Case(
        "One high need among five zeros is not averaged away",
        Level.RECOVERY_RESIDENCE,
        ("domain.home",),
        ratings=rated(home=3),
        refer=True,
        check="A09",
    ),
    Case(
        "A residence beats high-intensity outpatient",
        Level.RECOVERY_RESIDENCE,
        ("domain.home",),
        ratings=rated(mind=2, use=3, home=3),
        refer=True,
        check="A12",
    ),
    Case(
        "In danger at home: a safe place today",
        Level.RECOVERY_RESIDENCE,
        ("domain.home",),
        ratings=rated(home=4),
        urgent=Urgent.TODAY,
        refer=True,
    ),
    Case("Daily life has stopped", Level.RESIDENTIAL, ("domain.mind",), ratings=rated(mind=3), refer=True),
    Case("Not a day without use", Level.RESIDENTIAL, ("domain.use",), ratings=rated(use=4), refer=True),
    Case(
        "A medical need decides although the rest is not rated",
        Level.MEDICAL_RESIDENTIAL,
        ("domain.withdrawal",),
        ratings={"withdrawal": 3},
        refer=True,
        check="A10",
    ),
    Case("Nursing every day", Level.MEDICAL_RESIDENTIAL, ("domain.body",), ratings=rated(body=3), refer=True),
    Case(
        "Danger now",
        Level.HOSPITAL,
        ("domain.mind",),
        ratings={"mind": 4},
        urgent=Urgent.NOW,
        refer=True,
        check="A10",
    ),
    Case(
        "A severe withdrawal cannot be ruled out",
        Level.EVALUATE,
        ("evaluate.withdrawal",),
        ratings=rated(withdrawal=2, use=2),
        refer=True,
        check="A11",
    ),
    Case(
        "Around-the-clock care does not wait for an evaluation",
        Level.RESIDENTIAL,
        ("domain.mind", "evaluate.withdrawal"),
        ratings=rated(withdrawal=2, mind=3),
        refer=True,
        check="A11",
    ),
    Case(
        "Severe, and no detox yet: evaluated first, not refused",
        Level.EVALUATE,
        ("severe_without_detox",),
        facts={"mild_to_moderate": NO, "detox_done": NO},
        ratings=rated(use=2),
        refer=True,
        check="B04",
    ),
    Case(
        "Severe, detox and residential care behind them",
        Level.INTENSIVE_OUTPATIENT,
        ("step_down",),
        facts={"mild_to_moderate": NO, "detox_done": YES},
        ratings=rated(use=1),
    ),
    Case(
        "Checklist 4a: wavering alone is enough",
        Level.INTENSIVE_OUTPATIENT,
        ("checklist.4a",),
        facts={"wavering": YES},
        check="A14",
    ),
    Case(
        "Checklist 4b: likely to use soon alone is enough",
        Level.INTENSIVE_OUTPATIENT,
        ("checklist.4b",),
        facts={"use_soon": YES},
        check="A14",
    ),
    Case(
        "Checklist 4c: an unsupportive home is a reason for the program",
        Level.INTENSIVE_OUTPATIENT,
        ("checklist.4c",),
        facts={"home_supportive": NO, "copes_with_structure": YES},
        check="A14",
    ),
    Case(
        "An unsupportive home the person does not cope with needs a rating, not a fact",
        Level.OUTPATIENT,
        ("no_need_for_more",),
        facts={"home_supportive": NO, "copes_with_structure": NO},
    ),
    Case(
        "Not sure about anything: talked about, nothing refused",
        Level.OUTPATIENT,
        ("unsure.motivated", "unsure.detox_done"),
        facts={"motivated": UNSURE, "mild_to_moderate": UNSURE, "detox_done": UNSURE},
        check="B04",
    ),
    Case(
        "No for every candidacy fact about the person: still no refusal",
        Level.INTENSIVE_OUTPATIENT,
        ("domain.use", "home_not_safe", "no_way_here"),
        facts={
            "motivated": NO,
            "accountable": NO,
            "home_safe": NO,
            "home_supportive": NO,
            "transport": NO,
            "video": NO,
        },
        ratings=rated(use=2),
        check="B04",
    ),
)
