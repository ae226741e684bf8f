"""What a packet of the record takes from screening: what was asked, found and rated when somebody began."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from homeground.placement.models import Screening
from homeground.placement.rules.domains import BY_CODE as DOMAINS
from homeground.placement.rules.domains import RATING_NAMES
from homeground.placement.rules.questions import QUESTIONS
from homeground.placement.rules.red_flags import BY_CODE as FLAGS

_ASKED = {question.code: question.words for question in QUESTIONS}


@dataclass(frozen=True, slots=True)
class Found:
    """One answer, red flag or rating of a screening, in words."""

    at: datetime
    what: str
    said: str = field(repr=False)


def screened(person_id: UUID) -> tuple[Found, ...]:
    """Every screening of a person: facts, red flags, ratings with their reasons. Five statements."""
    rows = (
        Screening.objects.filter(person_id=person_id)
        .prefetch_related("facts", "red_flags", "ratings")
        .order_by("opened_at", "id")
    )
    return tuple(each for row in rows for each in _of(row))


def _of(row: Screening) -> list[Found]:
    found = [
        Found(row.opened_at, _ASKED.get(fact.question, fact.question), fact.answer)
        for fact in row.facts.all()
    ]
    found += [
        Found(row.opened_at, FLAGS[each.flag].words, "yes")
        for each in row.red_flags.all()
        if each.flag in FLAGS
    ]
    for each in row.ratings.all():
        said = f"{each.rating} ({RATING_NAMES[each.rating]}). {each.reason}".strip()
        found.append(Found(row.opened_at, DOMAINS[each.domain].name, said))
    return found
