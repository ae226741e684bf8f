"""What the privacy side of the house owes, for the list of what is due: one row a duty, with its card."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from homeground.confidentiality.queries.book import book
from homeground.confidentiality.queries.consents import to_renew
from homeground.confidentiality.queries.desk import acknowledged, rights_requests
from homeground.confidentiality.queries.incidents import breaches, glasses
from homeground.confidentiality.rules.book import Card
from homeground.confidentiality.rules.clocks import Standing


@dataclass(frozen=True, slots=True)
class Owed:
    """One duty: "right.access", "review", "breach.persons", "consent.ending" or "notice"; until when.

    `subject_id` is the request, the emergency access, the breach, the consent, or the person who lacks the
    notice. `card` is the rule it comes from.
    """

    kind: str
    subject_id: UUID
    person_id: UUID | None
    owner_id: UUID | None
    since: date
    due_on: date
    card: Card
    late: bool

    @property
    def standing(self) -> str:
        """Overdue, or in time."""
        return Standing.OVERDUE.value if self.late else Standing.OPEN.value


def owed(
    at: datetime,
    zone: str,
    admitted: Collection[tuple[UUID, date]] = (),
    carers: Mapping[UUID, UUID] | None = None,
) -> tuple[Owed, ...]:
    """Everything that is owed, the most urgent first: rights, reviews, duties of breaches, missing notices.

    `admitted` are persons with an open stay and its first day: whoever of them was not given the privacy
    notice is on the list too (check B17). `carers` say who works with a person: theirs is the consent to
    renew (check F08). At most ten statements.
    """
    here = ZoneInfo(zone)
    on, cards = at.astimezone(here).date(), book()
    found = [
        Owed(
            f"right.{each.kind.value}",
            each.id,
            each.person_id,
            each.owner_id,
            each.received_at.astimezone(here).date(),
            each.due_on,
            cards.card(each.clock, on),
            each.standing is Standing.OVERDUE,
        )
        for each in rights_requests(on)
    ]
    review = cards.card("review.break_glass_hours", on)
    for glass in glasses(at):
        since, due = glass.starts_at.astimezone(here).date(), glass.review_due_at.astimezone(here).date()
        found.append(Owed("review", glass.id, glass.person_id, None, since, due, review, glass.late))
    for breach in breaches():
        for duty in breach.open_duties:
            card, late = cards.card(duty.card, on), on > duty.due_on
            kind = f"breach.{duty.duty.value}"
            found.append(Owed(kind, breach.id, None, None, breach.discovered_on, duty.due_on, card, late))
    if admitted:
        given = acknowledged([person_id for person_id, _first in admitted], at)
        card = cards.card("notice.acknowledged", on)
        found += [
            Owed("notice", who, who, (carers or {}).get(who), first, first, card, on > first)
            for who, first in admitted
            if who not in given and first <= on
        ]
    found += _endings(at, here, carers or {})
    return tuple(sorted(found, key=lambda each: (each.due_on, each.kind, each.subject_id)))


def _endings(at: datetime, here: ZoneInfo, carers: Mapping[UUID, UUID]) -> list[Owed]:
    """Consents to renew: from 30 days before the end on, and more pressing from 7 days on (check F08)."""
    on = at.astimezone(here).date()
    card = book().card("reminder.expiry_days", on)
    found = []
    for each in to_renew(at):
        assert each.facts.expires_at is not None  # it ends on a date
        last = each.facts.expires_at.astimezone(here).date()
        left = (last - on).days
        step = min((days for days in card.value if left <= days), default=max(card.value))
        kind = "consent.last_days" if step == min(card.value) else "consent.ending"
        owner = carers.get(each.person_id)
        since = last - timedelta(days=step)
        found.append(Owed(kind, each.facts.id, each.person_id, owner, since, last, card, late=False))
    return found
