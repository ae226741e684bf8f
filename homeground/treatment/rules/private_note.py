"""What a private note is, and what must stand in the chart instead of in it."""

import re
from enum import StrEnum


class Kind(StrEnum):
    """What the law keeps apart: SUD counseling notes (42 CFR 2.11), psychotherapy notes (45 CFR 164.501)."""

    COUNSELING = "counseling"
    PSYCHOTHERAPY = "psychotherapy"


class BelongsInChart(StrEnum):
    """Facts the definition excludes: written here they are not protected, and missing from the chart."""

    MEDICATION = "medication"
    TIMES = "times"
    TEST_RESULT = "test_result"
    DIAGNOSIS = "diagnosis"
    VITAL_SIGN = "vital_sign"


_SIGNS = {
    BelongsInChart.MEDICATION: r"\b\d+(?:\.\d+)?\s?mg\b|\b(?:buprenorphine|suboxone|methadone|naltrexone)\b",
    BelongsInChart.TIMES: r"\b(?:start(?:ed)?|began|end(?:ed)?|stop(?:ped)?)\s(?:at\s)?\d\d?(?::\d|\s?[ap]m)",
    BelongsInChart.TEST_RESULT: r"\b(?:UDS|urine|breathalyzer|drug (?:test|screen)|lab)\b",
    BelongsInChart.DIAGNOSIS: r"\bF\d\d\.\d{1,3}\b|\bdiagnos(?:is|ed|es)\b",
    BelongsInChart.VITAL_SIGN: r"\bBP\b|\bblood pressure\b|\b\d{2,3}/\d{2,3}\b",
}


def belongs_in_chart(text: str) -> tuple[BelongsInChart, ...]:
    """What in the text looks like a fact of the chart: a hint for the author, never a refusal.

    Source: 42 CFR 2.11, 45 CFR 164.501: medication, session times, modalities, test results and summaries
    of diagnosis, status, plan, symptoms, prognosis and progress are excluded (check F20, informative).
    """
    return tuple(sign for sign, pattern in _SIGNS.items() if re.search(pattern, text, re.IGNORECASE))
