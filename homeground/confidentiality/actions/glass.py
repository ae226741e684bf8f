from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.confidentiality.actions.rights import ReasonMissing
from homeground.confidentiality.models import BreakGlass
from homeground.confidentiality.queries import book
from homeground.confidentiality.rules.glass import Cause, may_break
from homeground.confidentiality.rules.vocabulary import Review
from homeground.ground import outbox
from homeground.ground.actor import Actor, NotSignedIn, require_account
from homeground.people import actions as notices
from homeground.people import queries as people


class GlassNotHere(Exception):
    """No such access without a review in the organization in scope."""


class OwnReview(Exception):
    """Nobody reviews their own access."""


class NotYoursToBreak(Exception):
    """Emergency access is for those who care for people themselves."""


def break_glass(*, person_id: UUID, reason: str, cause: Cause = Cause.OTHER, by: Actor, at: datetime) -> UUID:
    """Open one record outside one's work for the minutes of `base.break_glass` (check G06).

    The director hears of it through the outbox; the review is due after `review.break_glass_hours`.
    Raises PersonNotHere, ReasonMissing, NotSignedIn, NotYoursToBreak.
    """
    if not reason.strip():
        raise ReasonMissing
    if by.person_id is None:
        raise NotSignedIn
    if not may_break(by.roles):
        raise NotYoursToBreak
    rules = book()
    with transaction.atomic():
        people.require_person(person_id)
        row = BreakGlass.objects.create(
            organization_id=by.organization_id,
            person_id=person_id,
            account_id=require_account(by),
            opened_by_id=by.person_id,
            cause=cause.value,
            reason=reason,
            starts_at=at,
            ends_at=at + timedelta(minutes=rules.number("base.break_glass", at.date())),
            review_due_at=at + timedelta(hours=rules.number("review.break_glass_hours", at.date())),
        )
        outbox.tell(event="confidentiality.glass.broken", subject_id=row.pk, by=by, at=at)
        _record(row, "broken", by=by, at=at, why=reason[:500], facts={"cause": cause.value})
    return row.pk


def end_glass(*, glass_id: UUID, by: Actor, at: datetime) -> None:
    """Give one's own emergency access back before its time. Raises GlassNotHere, also when it is over;
    NotSignedIn.
    """
    with transaction.atomic():
        mine = BreakGlass.objects.filter(account_id=require_account(by))
        row = mine.select_for_update().filter(pk=glass_id).first()
        if row is None or not row.starts_at < at < row.ends_at:
            raise GlassNotHere
        row.ends_at = at
        row.save(update_fields=["ends_at"])
        _record(row, "ended", by=by, at=at)


def alert_of_glass(*, glass_id: UUID, by: Actor, at: datetime) -> bool:
    """Put an emergency access on the list of those who review it; False when it stands there already."""
    with transaction.atomic():
        row = BreakGlass.objects.select_for_update().filter(pk=glass_id, alerted_at=None).first()
        if row is None:
            return False
        row.alerted_at = at
        row.save(update_fields=["alerted_at"])
        _record(row, "alerted", by=by, at=at)
    return True


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
        _record(row, "reviewed", by=by, at=at, facts={"review": review.value})
        notices.see_notices(kind=notices.Kind.PRIVACY, by=by, at=at)


def _record(
    row: BreakGlass,
    what: str,
    *,
    by: Actor,
    at: datetime,
    why: str = "",
    facts: Mapping[str, audit.Fact] | None = None,
) -> None:
    audit.record(
        by=by,
        at=at,
        event=f"confidentiality.glass.{what}",
        subject_kind="break_glass",
        subject_id=row.pk,
        patient_id=row.person_id,
        why=why,
        facts=facts or {},
    )
