"""How severe a substance use disorder is by the number of criteria met, 0 to 11 (check C02).

The counts of DSM-5-TR: two or three mild, four or five moderate, six and more severe. The criteria's text is
not ours to print; the clinician counts.
"""

from enum import StrEnum


class Severity(StrEnum):
    """The severity a count stands for."""

    NONE = "none"
    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"


class NotACount(ValueError):
    """There are eleven criteria."""


def severity(criteria: int) -> Severity:
    """The severity of a count. Raises NotACount outside 0 to 11."""
    if not 0 <= criteria <= 11:
        raise NotACount(criteria)
    if criteria < 2:
        return Severity.NONE
    if criteria < 4:
        return Severity.MILD
    return Severity.MODERATE if criteria < 6 else Severity.SEVERE
