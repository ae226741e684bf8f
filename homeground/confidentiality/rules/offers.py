"""What each class of consent may be filled in with, so that a form can only offer what one text may hold.

Source: 42 CFR 2.31 and 2.35. The elements are still checked one by one when it is signed (`elements.faults`);
this is what a person is asked, in the order they are asked it.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from homeground.confidentiality.rules.vocabulary import (
    AUTHORS_ONLY,
    CARE_AND_PAY,
    CHART,
    Asker,
    Category,
    ConsentKind,
    EndsWith,
    Purpose,
)


class Until(StrEnum):
    """How long a consent shall hold, as a person is asked it."""

    THREE_MONTHS = "three_months"
    ONE_YEAR = "one_year"
    DATE = "date"
    EVENT = "event"
    END_OF_TREATMENT = "end_of_treatment"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Offer:
    """What one class of consent may be filled in with. One purpose or one kind of recipient is not asked."""

    categories: tuple[Category, ...]
    purposes: tuple[Purpose, ...]
    recipients: tuple[Asker, ...]
    untils: tuple[Until, ...]
    named: bool = True
    members: bool = False


_CHART = tuple(each for each in Category if each in CHART)
_LIMITED = (Until.THREE_MONTHS, Until.ONE_YEAR, Until.DATE, Until.EVENT)

OFFERS: dict[ConsentKind, Offer] = {
    ConsentKind.CARE_AND_PAY: Offer(
        categories=_CHART,
        purposes=tuple(sorted(CARE_AND_PAY)),
        recipients=(),
        untils=(Until.END_OF_TREATMENT, Until.ONE_YEAR, Until.DATE, Until.NEVER),
        named=False,
    ),
    ConsentKind.SPECIFIC: Offer(
        categories=_CHART,
        purposes=(
            *(Purpose.SUPPORT, Purpose.EMPLOYMENT, Purpose.EDUCATION),
            *(Purpose.TREATMENT, Purpose.PAYMENT, Purpose.OWN_REQUEST),
        ),
        recipients=(
            *(Asker.FAMILY, Asker.EMPLOYER, Asker.SCHOOL),
            *(Asker.PROVIDER, Asker.PAYER, Asker.LAWYER),
        ),
        untils=_LIMITED,
    ),
    ConsentKind.COUNSELING_NOTES: Offer(
        categories=tuple(each for each in Category if each in AUTHORS_ONLY),
        purposes=(Purpose.TREATMENT, Purpose.OWN_REQUEST),
        recipients=(Asker.PROVIDER, Asker.LAWYER, Asker.FAMILY),
        untils=_LIMITED,
    ),
    ConsentKind.PROCEEDING: Offer(
        categories=_CHART,
        purposes=(Purpose.PROCEEDING,),
        recipients=(Asker.LAWYER, Asker.COURT),
        untils=_LIMITED,
    ),
    ConsentKind.SUPERVISION: Offer(
        categories=(
            *(Category.PRESENCE, Category.ATTENDANCE, Category.STAY, Category.LEVEL_OF_CARE),
            *(Category.TEST_RESULTS, Category.PLAN),
        ),
        purposes=(Purpose.SUPERVISION,),
        recipients=(Asker.SUPERVISION,),
        untils=(Until.EVENT, Until.DATE, Until.ONE_YEAR),
    ),
    ConsentKind.INTERMEDIARY: Offer(
        categories=_CHART,
        purposes=(Purpose.TREATMENT, Purpose.OWN_REQUEST),
        recipients=(Asker.INTERMEDIARY,),
        untils=_LIMITED,
        members=True,
    ),
}
"""The classes a person can sign on a page. The consent to treat is signed when somebody is admitted."""

LINKABLE = frozenset({ConsentKind.SPECIFIC, ConsentKind.SUPERVISION})
"""Classes that name one recipient of ordinary parts, who may be given an address to see them by."""

FIELDS: dict[str, str] = {
    "element.recipients": "recipient",
    "class.supervision": "recipient",
    "element.intermediary": "members",
    "element.categories": "categories",
    "class.counseling_notes": "categories",
    "element.purposes": "purpose",
    "class.alone": "purpose",
    "element.fundraising": "purpose",
    "element.expiry": "until",
    "element.signature": "signature",
    "element.signed_on": "signature",
    "signer.minor": "signature",
    "signer.representative": "signature",
}
"""At which field of the form a fault of a card is told; any other belongs to the whole form."""


@dataclass(frozen=True, slots=True)
class Ending:
    """When a consent ends, as it is stored."""

    ends_with: EndsWith
    expires_at: datetime | None = None
    words: str = ""


def ending(until: Until, *, on: date | None, words: str, today: date, zone: str) -> Ending:
    """What was answered to "until when": a last day ends at the end of that day in the clinic's zone."""
    match until:
        case Until.END_OF_TREATMENT:
            return Ending(EndsWith.END_OF_TREATMENT)
        case Until.NEVER:
            return Ending(EndsWith.NEVER)
        case Until.EVENT:
            return Ending(EndsWith.EVENT, words=words.strip())
        case Until.THREE_MONTHS:
            last: date | None = _months_later(today, 3)
        case Until.ONE_YEAR:
            last = _months_later(today, 12)
        case Until.DATE:
            last = on
    end = datetime.combine(last, time(23, 59), ZoneInfo(zone)) if last else None
    return Ending(EndsWith.DATE, expires_at=end)


def _months_later(day: date, months: int) -> date:
    """The same day so many months on, or the last day of that month."""
    year, month = divmod(day.month - 1 + months, 12)
    year += day.year
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
