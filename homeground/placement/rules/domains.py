"""Six domains, each rated 0 to 4 by a clinician with the reason seen. Names, anchors and minima are ours.

Nothing here is taken from a licensed level-of-care instrument. A minimum says which level a rating asks
for at least; the most intensive minimum governs and nothing is averaged.
"""

from dataclasses import dataclass

from homeground.placement.rules.levels import Level

RATINGS = (0, 1, 2, 3, 4)
RATING_NAMES = ("None", "Low", "Moderate", "High", "Immediate")


@dataclass(frozen=True, slots=True)
class Domain:
    """One domain: what each rating means, and the least level each rating asks for (None: no need)."""

    code: str
    name: str
    about: str
    anchors: tuple[str, str, str, str, str]
    minima: tuple[Level | None, Level | None, Level | None, Level | None, Level | None]


DOMAINS: tuple[Domain, ...] = (
    Domain(
        "withdrawal",
        "Withdrawal and medication",
        "What the body does without the substance, and which medication helps.",
        (
            "No sign of withdrawal; medication, if any, is steady",
            "Slight discomfort that passes; no risk of a severe course",
            "A severe course cannot be ruled out, or medication must be started or changed",
            "Withdrawal needs nursing through the day and night",
            "Withdrawal threatens life",
        ),
        (None, None, Level.EVALUATE, Level.MEDICAL_RESIDENTIAL, Level.HOSPITAL),
    ),
    Domain(
        "body",
        "Body",
        "Illness, injury, pain and pregnancy beside the substance use.",
        (
            "Healthy, or nothing that matters for treatment",
            "An illness that is treated and steady",
            "An illness nobody follows, or that may get in the way of groups",
            "Needs nursing every day",
            "Needs a hospital",
        ),
        (None, None, Level.EVALUATE, Level.MEDICAL_RESIDENTIAL, Level.HOSPITAL),
    ),
    Domain(
        "mind",
        "Mind and thinking",
        "Mood, fear, trauma, attention, memory, and safety from oneself.",
        (
            "Nothing that troubles daily life",
            "Troubled on some days; follows a group without help",
            "Troubled on many days; follows a group with support and sees a prescriber",
            "Daily life has stopped; cannot follow a group at present",
            "Danger to self or others now, or has lost touch with what is real",
        ),
        (None, None, Level.INTENSIVE_OUTPATIENT, Level.RESIDENTIAL, Level.HOSPITAL),
    ),
    Domain(
        "use",
        "Risk from use",
        "How likely use is in the coming weeks, and what it would put at risk.",
        (
            "Steady for months",
            "Steady for weeks; has ways to deal with cravings and uses them",
            "Use is likely within weeks without several contacts a week",
            "Uses on most days; days between contacts are too long",
            "Cannot go without use for a day outside a protected place",
        ),
        (
            None,
            Level.OUTPATIENT,
            Level.INTENSIVE_OUTPATIENT,
            Level.HIGH_INTENSITY_OUTPATIENT,
            Level.RESIDENTIAL,
        ),
    ),
    Domain(
        "home",
        "Living place and people",
        "Where the person sleeps, and who is around them.",
        (
            "Safe, and people help",
            "Safe; people neither help nor hinder",
            "People do not help, or use is around; the person copes with structure",
            "No steady place, or use at home that the person cannot withstand",
            "In danger where they live",
        ),
        (None, None, Level.INTENSIVE_OUTPATIENT, Level.RECOVERY_RESIDENCE, Level.RECOVERY_RESIDENCE),
    ),
    Domain(
        "goals",
        "Goals and barriers",
        "What the person wants, and what stands between them and getting here.",
        (
            "Knows what they want; nothing stands in the way",
            "Knows what they want; small barriers",
            "Goes back and forth, or barriers need help every week",
            "Comes because somebody requires it, or barriers block most weeks",
            "Cannot get to any treatment at present",
        ),
        (None, None, Level.INTENSIVE_OUTPATIENT, Level.INTENSIVE_OUTPATIENT, Level.INTENSIVE_OUTPATIENT),
    ),
)
BY_CODE: dict[str, Domain] = {domain.code: domain for domain in DOMAINS}
SAFETY = ("withdrawal", "body", "mind")
"""The domains in which a medical need decides before the others are rated (check A10)."""
