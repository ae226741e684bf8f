"""What a record tells: a label for each part of it, and the highest of them for a set.

A part of a chart from a part 2 program is a part 2 record as a whole (42 CFR 2.11, 2.12); somebody in two
programs carries both marks (check F33). What has no label is taken for the most sensitive there is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from homeground.confidentiality.rules.vocabulary import AUTHORS_ONLY, Category, Sensitivity


class Confidentiality(StrEnum):
    """HL7 v3 confidentiality codes, from low to high."""

    NORMAL = "N"
    RESTRICTED = "R"
    VERY_RESTRICTED = "V"


@dataclass(frozen=True, slots=True)
class Label:
    """What one part of a record tells. `author_id` is the person who wrote a note that is kept apart.

    `under_notice`: another program sent it with the notice of 42 CFR 2.32, so it stays theirs to protect here
    too, whatever this program is (check B18).
    """

    category: Category
    part2: bool
    sensitivity: frozenset[Sensitivity] = frozenset()
    author_id: UUID | None = None
    under_notice: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """The highest label of a set: what a packet as a whole carries."""

    part2: bool
    sensitivity: frozenset[Sensitivity]
    confidentiality: Confidentiality

    @property
    def codes(self) -> tuple[str, ...]:
        """The security codes that travel with it: HL7 v3-ActCode and v3-Confidentiality."""
        policy = ("42CFRPart2", "NORDSCLCD") if self.part2 else ()
        return (self.confidentiality.value, *sorted(s.value for s in self.sensitivity), *policy)


def label(
    category: Category,
    *,
    part2: bool,
    hiv: bool = False,
    author_id: UUID | None = None,
    under_notice: bool = False,
) -> Label:
    """The label a part of a record gets when it is written, from the program it was written in.

    What came under the notice of 42 CFR 2.32 is a part 2 record in a program that is under no part 2 too.
    """
    part2 = part2 or under_notice
    tells = {Sensitivity.SUBSTANCE_USE if part2 else Sensitivity.MENTAL_HEALTH}
    if category in AUTHORS_ONLY:
        tells.add(Sensitivity.PSYCHOTHERAPY)
    if hiv:
        tells.add(Sensitivity.HIV)
    return Label(
        category=category,
        part2=part2,
        sensitivity=frozenset(tells),
        author_id=author_id,
        under_notice=under_notice,
    )


def high_water(labels: Iterable[Label]) -> Mark:
    """The mark of a set: part 2 when any part is, every sensitivity of any part, the highest code."""
    found = tuple(labels)
    part2 = any(each.part2 for each in found)
    tells = frozenset(code for each in found for code in each.sensitivity)
    if Sensitivity.PSYCHOTHERAPY in tells:
        code = Confidentiality.VERY_RESTRICTED
    else:
        code = Confidentiality.RESTRICTED if part2 or tells else Confidentiality.NORMAL
    return Mark(part2=part2, sensitivity=tells, confidentiality=code)
