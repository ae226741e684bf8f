from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.confidentiality.actions.rights import ReasonMissing
from homeground.confidentiality.models import Affected, Breach, BreakGlass
from homeground.confidentiality.queries import book
from homeground.confidentiality.rules.clocks import Duty
from homeground.confidentiality.rules.vocabulary import Review
from homeground.ground.actor import Actor, NotSignedIn, require_account
from homeground.ground.models import Outbox
from homeground.people import queries as people


class GlassNotHere(Exception):
    """No such access without a review in the organization in scope."""


class OwnReview(Exception):
    """Nobody reviews their own access."""


class BreachNotHere(Exception):
    """No such open breach in the organization in scope."""


def break_glass(*, person_id: UUID, reason: str, by: Actor, at: datetime) -> UUID:
    """Open one record outside one's work for the minutes of `base.break_glass` (check G06).

    The director hears of it through the outbox; the review is due after `review.break_glass_hours`.
    Raises PersonNotHere, ReasonMissing, NotSignedIn.
    """
    if not reason.strip():
        raise ReasonMissing
    if by.person_id is None:
        raise NotSignedIn
    rules = book()
    with transaction.atomic():
        people.require_person(person_id)
        row = BreakGlass.objects.create(
            organization_id=by.organization_id,
            person_id=person_id,
            account_id=require_account(by),
            opened_by_id=by.person_id,
            reason=reason,
            starts_at=at,
            ends_at=at + timedelta(minutes=rules.number("base.break_glass", at.date())),
            review_due_at=at + timedelta(hours=rules.number("review.break_glass_hours", at.date())),
        )
        Outbox.objects.create(
            organization_id=by.organization_id,
            event="confidentiality.glass.broken",
            subject_id=row.pk,
            created_at=at,
        )
        audit.record(
            by=by,
            at=at,
            event="confidentiality.glass.broken",
            subject_kind="break_glass",
            subject_id=row.pk,
            patient_id=person_id,
            why=reason[:500],
        )
    return row.pk


def review_glass(*, glass_id: UUID, review: Review, words: str, by: Actor, at: datetime) -> None:
    """Review an access, by somebody else. Raises GlassNotHere, OwnReview, NotSignedIn."""
    if by.person_id is None:
        raise NotSignedIn
    with transaction.atomic():
        row = BreakGlass.objects.select_for_update().filter(pk=glass_id, reviewed_at=None).first()
        if row is None:
            raise GlassNotHere
        if row.opened_by_id == by.person_id:
            raise OwnReview
        row.reviewed_at, row.reviewed_by_id = at, by.person_id
        row.review, row.review_words = review.value, words
        row.save(update_fields=["reviewed_at", "reviewed_by_id", "review", "review_words"])
        audit.record(
            by=by,
            at=at,
            event="confidentiality.glass.reviewed",
            subject_kind="break_glass",
            subject_id=row.pk,
            patient_id=row.person_id,
            facts={"review": review.value},
        )


def record_breach(
    *,
    discovered_on: date,
    happened_on: date | None,
    description: str,
    people_count: int,
    most_in_one_state: int,
    person_ids: Collection[UUID] = (),
    by: Actor,
    at: datetime,
) -> UUID:
    """Note that information got to where it must not be; its clocks run from the day of discovery (F27).

    `people_count` counts everybody concerned, also those not linked here. Raises PersonNotHere.
    """
    with transaction.atomic():
        row = Breach.objects.create(
            organization_id=by.organization_id,
            discovered_on=discovered_on,
            happened_on=happened_on,
            description=description,
            people_count=people_count,
            most_in_one_state=most_in_one_state,
            recorded_at=at,
            recorded_by_id=require_account(by),
        )
        for person_id in sorted(set(person_ids)):
            people.require_person(person_id)
            Affected.objects.create(organization_id=by.organization_id, breach=row, person_id=person_id)
        _told("recorded", row, by=by, at=at, facts={"people": people_count})
    return row.pk


def tell(*, breach_id: UUID, duty: Duty, told_on: date, by: Actor, at: datetime) -> None:
    """Note that persons, the authority or the media were told. Raises BreachNotHere."""
    with transaction.atomic():
        row = _open(breach_id)
        field = f"{duty.value}_told_on"
        Breach.objects.filter(pk=row.pk).update(**{field: told_on})
        if duty is Duty.PERSONS:
            Affected.objects.filter(breach=row, told_on=None).update(told_on=told_on)
        _told("told", row, by=by, at=at, facts={"duty": duty.value})


def find_low_risk(*, breach_id: UUID, why: str, by: Actor, at: datetime) -> None:
    """Write down why a breach carries little risk; nobody must be told. Raises BreachNotHere,
    ReasonMissing."""
    if not why.strip():
        raise ReasonMissing
    with transaction.atomic():
        row = _open(breach_id)
        row.low_risk_why = why
        row.save(update_fields=["low_risk_why"])
        _told("found_low_risk", row, by=by, at=at, facts={})


def close_breach(*, breach_id: UUID, by: Actor, at: datetime) -> None:
    """Everything about a breach is done. Raises BreachNotHere."""
    with transaction.atomic():
        row = _open(breach_id)
        row.closed_at, row.closed_by_id = at, require_account(by)
        row.save(update_fields=["closed_at", "closed_by_id"])
        _told("closed", row, by=by, at=at, facts={})


def _open(breach_id: UUID) -> Breach:
    row = Breach.objects.select_for_update().filter(pk=breach_id, closed_at=None).first()
    if row is None:
        raise BreachNotHere
    return row


def _told(
    what: str, row: Breach, *, by: Actor, at: datetime, facts: dict[str, str | int | bool | None]
) -> None:
    audit.record(
        by=by,
        at=at,
        event=f"confidentiality.breach.{what}",
        subject_kind="breach",
        subject_id=row.pk,
        facts=facts,
    )
