"""Work items and lists of the consent desk, the privacy page and the reviews."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from homeground.confidentiality.models import (
    Disclosure,
    NoticeAcknowledgement,
    OutsideRequest,
    Restriction,
    RightsRequest,
)
from homeground.confidentiality.models.disclosure import CourtOrder
from homeground.confidentiality.queries.book import book
from homeground.confidentiality.rules.clocks import Standing, standing, years_back
from homeground.confidentiality.rules.orders import Element, OrderFacts, OrderKind
from homeground.confidentiality.rules.vocabulary import Basis, Category, Purpose, RequestKind
from homeground.ground.sealed_text import unlocked

_CARE = [Purpose.TREATMENT.value, Purpose.PAYMENT.value, Purpose.OPERATIONS.value]


class RequestNotHere(Exception):
    """No such request in the organization in scope."""


@dataclass(frozen=True, slots=True)
class Right:
    """A rights request as a work item."""

    id: UUID
    person_id: UUID
    kind: RequestKind
    words: str = field(repr=False)
    received_at: datetime
    owner_id: UUID | None
    clock: str
    due_on: date
    extended_why: str = field(repr=False)
    extended_to: date | None
    standing: Standing
    answer: str
    answer_words: str = field(repr=False)
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Bound:
    """A restriction in force: what is not told to whom. Empty means any."""

    id: UUID
    kind: str
    recipient_kind: str
    recipient: str = field(repr=False)
    categories: tuple[str, ...]
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class Sent:
    """One line of the accounting of disclosures (42 CFR 2.25; 45 CFR 164.528; check F11)."""

    id: UUID
    person_id: UUID
    at: datetime
    recipient_kind: str
    recipient: str = field(repr=False)
    recipient_address: str = field(repr=False)
    purpose: str
    categories: tuple[str, ...]
    description: str = field(repr=False)
    basis: str
    rule: str
    channel: str
    digest: str
    consent_id: UUID | None
    part2: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A request from outside. `person_id` is None until somebody noted an identity check."""

    id: UUID
    received_at: datetime
    came_by: str
    asker_kind: str
    asker_name: str = field(repr=False)
    asker_organization: str = field(repr=False)
    asker_address: str = field(repr=False)
    subject: str = field(repr=False)
    purpose: str
    categories: tuple[str, ...]
    paper: str
    paper_reference: str
    paper_on: date | None
    words: str = field(repr=False)
    language: str
    owner_id: UUID | None
    person_id: UUID | None
    identity_checked_by: str = field(repr=False)
    identity_checked_at: datetime | None
    outcome: str
    reasons: tuple[str, ...]
    exception: str
    decided_at: datetime | None
    closed_at: datetime | None
    due_on: date
    standing: Standing


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """When a person was given the privacy notice."""

    version: str
    language: str
    at: datetime
    not_signed_because: str = field(repr=False)


def rights_requests(on: date, *, person_id: UUID | None = None, open_only: bool = True) -> tuple[Right, ...]:
    """Rights requests by due day; of one person if given. Two statements."""
    rows = RightsRequest.objects.order_by("due_on", "id")
    if person_id is not None:
        rows = rows.filter(person_id=person_id)
    if open_only:
        rows = rows.filter(answered_at=None)
    return tuple(_right(row, on) for row in unlocked(rows))


def rights_request(request_id: UUID, on: date) -> Right:
    """One rights request. Up to two statements. Raises RequestNotHere."""
    row = RightsRequest.objects.filter(pk=request_id).first()
    if row is None:
        raise RequestNotHere
    return _right(row, on)


def restrictions_of(person_id: UUID, at: datetime) -> tuple[Bound, ...]:
    """What the house is bound not to tell about a person now, the newest first. Up to two statements."""
    rows = Restriction.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=at), person_id=person_id, starts_at__lte=at
    )
    return tuple(
        Bound(row.pk, row.kind, row.recipient_kind, row.recipient, tuple(row.categories), row.starts_at)
        for row in rows.order_by("-starts_at", "-id")
    )


def sent(person_id: UUID) -> tuple[Sent, ...]:
    """Everything that ever left about a person, the newest first. Two statements."""
    return _sent(Disclosure.objects.filter(person_id=person_id))


def accounting_part2(person_id: UUID, at: datetime) -> tuple[Sent, ...]:
    """Disclosures made with consent in the years of `accounting.part2_years` (check F12). Two statements."""
    since = years_back(at, book().number("accounting.part2_years", at.date()))
    return _sent(
        Disclosure.objects.filter(
            person_id=person_id, part2=True, basis=Basis.CONSENT.value, at__gte=since, at__lte=at
        )
    )


def accounting_hipaa(person_id: UUID, at: datetime) -> tuple[Sent, ...]:
    """Disclosures without treatment, payment and operations in `accounting.hipaa_years`. Two statements."""
    since = years_back(at, book().number("accounting.hipaa_years", at.date()))
    rows = Disclosure.objects.filter(person_id=person_id, at__gte=since, at__lte=at)
    return _sent(rows.exclude(purpose__in=_CARE))


def through_intermediaries(person_id: UUID, at: datetime) -> tuple[Sent, ...]:
    """What went to intermediaries in the last three years (42 CFR 2.24; check F13). Two statements."""
    since = years_back(at, book().number("accounting.part2_years", at.date()))
    return _sent(
        Disclosure.objects.filter(
            person_id=person_id, recipient_kind="intermediary", at__gte=since, at__lte=at
        )
    )


def outside_requests(on: date, *, open_only: bool = True) -> tuple[Asked, ...]:
    """Requests from outside, the oldest first. Two statements."""
    rows = OutsideRequest.objects.order_by("received_at", "id")
    return tuple(_asked(row, on) for row in unlocked(rows.filter(closed_at=None) if open_only else rows))


def outside_request(request_id: UUID, on: date) -> Asked:
    """One request from outside. Two statements. Raises RequestNotHere."""
    row = OutsideRequest.objects.filter(pk=request_id).first()
    if row is None:
        raise RequestNotHere
    return _asked(row, on)


def court_order(request_id: UUID) -> OrderFacts | None:
    """What was read in the court order of a request, None while nobody has read one. One statement."""
    row = CourtOrder.objects.filter(request_id=request_id).first()
    if row is None:
        return None
    return OrderFacts(
        OrderKind(row.kind),
        frozenset(Element(code) for code in row.says),
        frozenset(Category(code) for code in row.lists),
    )


def sent_on(request_id: UUID) -> tuple[Sent, ...]:
    """What left on a request from outside, the newest first. Two statements."""
    return _sent(Disclosure.objects.filter(outside_request_id=request_id))


def acknowledgements(person_id: UUID) -> tuple[Acknowledged, ...]:
    """When a person was given the privacy notice, the newest first. Up to two statements."""
    rows = NoticeAcknowledgement.objects.filter(person_id=person_id).order_by("-at", "-id")
    return tuple(Acknowledged(r.text_version, r.language, r.at, r.not_signed_because) for r in rows)


def acknowledged(person_ids: Iterable[UUID], at: datetime) -> frozenset[UUID]:
    """Which of these persons were given the notice by `at` (check B17). One statement."""
    rows = NoticeAcknowledgement.objects.filter(Q(at__lte=at), person_id__in=list(person_ids))
    return frozenset(rows.values_list("person_id", flat=True))


def _right(row: RightsRequest, on: date) -> Right:
    due_on = row.extended_to or row.due_on
    return Right(
        id=row.pk,
        person_id=row.person_id,
        kind=RequestKind(row.kind),
        words=row.words,
        received_at=row.received_at,
        owner_id=row.owner_id,
        clock=row.clock,
        due_on=due_on,
        extended_why=row.extended_why,
        extended_to=row.extended_to,
        standing=standing(due_on, on, answered=row.answered_at is not None),
        answer=row.answer,
        answer_words=row.answer_words,
        answered_at=row.answered_at,
    )


def _sent(rows: Iterable[Disclosure]) -> tuple[Sent, ...]:
    return tuple(
        Sent(
            id=row.pk,
            person_id=row.person_id,
            at=row.at,
            recipient_kind=row.recipient_kind,
            recipient=row.recipient,
            recipient_address=row.recipient_address,
            purpose=row.purpose,
            categories=tuple(row.categories),
            description=row.description,
            basis=row.basis,
            rule=row.rule,
            channel=row.channel,
            digest=row.digest,
            consent_id=row.consent_id,
            part2=row.part2,
        )
        for row in sorted(unlocked(rows), key=lambda row: (row.at, row.pk), reverse=True)
    )


def _asked(row: OutsideRequest, on: date) -> Asked:
    due_on = row.received_at.date() + timedelta(days=book().number("clock.outside_request", on))
    return Asked(
        id=row.pk,
        received_at=row.received_at,
        came_by=row.came_by,
        asker_kind=row.asker_kind,
        asker_name=row.asker_name,
        asker_organization=row.asker_organization,
        asker_address=row.asker_address,
        subject=row.subject,
        purpose=row.purpose,
        categories=tuple(row.categories),
        paper=row.paper,
        paper_reference=row.paper_reference,
        paper_on=row.paper_on,
        words=row.words,
        language=row.language,
        owner_id=row.owner_id,
        person_id=row.person_id,
        identity_checked_by=row.identity_checked_by,
        identity_checked_at=row.identity_checked_at,
        outcome=row.outcome,
        reasons=tuple(row.reasons),
        exception=row.exception,
        decided_at=row.decided_at,
        closed_at=row.closed_at,
        due_on=due_on,
        standing=standing(due_on, on, answered=row.closed_at is not None),
    )
