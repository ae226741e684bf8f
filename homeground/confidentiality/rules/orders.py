"""What a court order must say before it opens anything: 42 CFR part 2, subpart E (check F15).

A subpoena, a warrant or an order alone gives nothing. An order counts when somebody has read it and found
each element its kind needs; then it opens what it lists and nothing else. Every element is recalled from the
regulation and has a card of its own (docs/verify_before_release.md, row 19).
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from homeground.confidentiality.rules.vocabulary import CHART, Category, Paper


class OrderKind(StrEnum):
    """What the order is for: a noncriminal purpose (2.64), a case against the person (2.65), or an
    investigation of this program (2.66)."""

    CIVIL = "civil"
    CRIMINAL = "criminal"
    PROGRAM = "program"


class Element(StrEnum):
    """One thing the order, or the papers that came with it, must say."""

    SUBPOENA = "subpoena"
    FICTITIOUS_NAME = "fictitious_name"
    NOTICE = "notice"
    HEARING = "hearing"
    SERIOUS_CRIME = "serious_crime"
    SUBSTANTIAL_VALUE = "substantial_value"
    OTHER_WAYS = "other_ways"
    GOOD_CAUSE = "good_cause"
    PARTS = "parts"
    WHO = "who"
    PROTECTED = "protected"
    COMMUNICATIONS = "communications"


WANTED: dict[OrderKind, tuple[Element, ...]] = {
    OrderKind.CIVIL: (
        Element.SUBPOENA,
        Element.FICTITIOUS_NAME,
        Element.NOTICE,
        Element.HEARING,
        Element.OTHER_WAYS,
        Element.GOOD_CAUSE,
        Element.PARTS,
        Element.WHO,
        Element.PROTECTED,
    ),
    OrderKind.CRIMINAL: (
        Element.SUBPOENA,
        Element.FICTITIOUS_NAME,
        Element.NOTICE,
        Element.HEARING,
        Element.SERIOUS_CRIME,
        Element.SUBSTANTIAL_VALUE,
        Element.OTHER_WAYS,
        Element.GOOD_CAUSE,
        Element.PARTS,
        Element.WHO,
        Element.PROTECTED,
    ),
    OrderKind.PROGRAM: (
        Element.SUBPOENA,
        Element.FICTITIOUS_NAME,
        Element.OTHER_WAYS,
        Element.GOOD_CAUSE,
        Element.PARTS,
        Element.WHO,
        Element.PROTECTED,
    ),
}
"""The elements of each kind, in the order they are asked."""

COMMUNICATIONS = frozenset({Category.SCREENING, Category.SAFETY, Category.PROGRESS_NOTES})
"""Parts that hold what the person told us in care: a finding of section 2.63 is wanted for them."""

_PAPERS = frozenset({Paper.COURT_ORDER, Paper.ORDER_AND_SUBPOENA})


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """What somebody read in an order: its kind, the elements found, the parts of the record it lists."""

    kind: OrderKind
    says: frozenset[Element]
    lists: frozenset[Category]


def card_of(element: Element) -> str:
    """The card of the rule book that an element stands on."""
    return f"order.{element.value}"


def wanted(kind: OrderKind, lists: Collection[Category]) -> tuple[Element, ...]:
    """The elements an order of this kind needs for what it lists."""
    more = (Element.COMMUNICATIONS,) if COMMUNICATIONS & set(lists) else ()
    return (*WANTED[kind], *more)


def missing(order: OrderFacts) -> tuple[Element, ...]:
    """The elements nobody found, in the order they are asked. Empty when the order is complete."""
    return tuple(each for each in wanted(order.kind, order.lists) if each not in order.says)


def opens(order: OrderFacts) -> frozenset[Category]:
    """What the order opens: nothing while an element is missing, else what it lists of the chart."""
    return order.lists & CHART if not missing(order) else frozenset()


def counts_as(paper: Paper, order: OrderFacts | None) -> Paper:
    """What the paper is worth for the decision: an order counts with its subpoena once it is complete."""
    if paper not in _PAPERS:
        return paper
    return Paper.ORDER_AND_SUBPOENA if order is not None and opens(order) else Paper.COURT_ORDER
