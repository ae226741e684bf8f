from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.confidentiality.actions.breaches import record_breach
from homeground.confidentiality.actions.glass import OwnReview
from homeground.confidentiality.actions.rights import ReasonMissing
from homeground.confidentiality.models import LookReview
from homeground.confidentiality.rules.looks import Finding
from homeground.ground.actor import Actor, NotSignedIn
from homeground.people import queries as people


class LookReviewedBefore(Exception):
    """Somebody wrote down before what came of this question."""


def review_look(
    *,
    week_of: date,
    reader_id: UUID,
    person_id: UUID,
    finding: Finding,
    words: str,
    discovered_on: date,
    by: Actor,
    at: datetime,
) -> UUID | None:
    """Write down why somebody opened one record in one week (check G11); the id of the breach it is, if one.

    A breach is recorded with it, concerns this person, and its clocks run from `discovered_on`, the clinic's
    day. Raises ReasonMissing, OwnReview, LookReviewedBefore, PersonNotHere, NotSignedIn.
    """
    if not words.strip():
        raise ReasonMissing
    if by.person_id is None:
        raise NotSignedIn
    if by.person_id == reader_id:
        raise OwnReview
    with transaction.atomic():
        people.require_person(reader_id)
        people.require_person(person_id)
        if LookReview.objects.filter(week_of=week_of, reader_id=reader_id, person_id=person_id).exists():
            raise LookReviewedBefore
        breach_id = None
        if finding is Finding.BREACH:
            breach_id = record_breach(
                discovered_on=discovered_on,
                happened_on=None,
                description=words,
                people_count=1,
                most_in_one_state=1,
                person_ids=[person_id],
                by=by,
                at=at,
            )
        row = LookReview.objects.create(
            organization_id=by.organization_id,
            week_of=week_of,
            reader_id=reader_id,
            person_id=person_id,
            finding=finding.value,
            words=words,
            breach_id=breach_id,
            reviewed_at=at,
            reviewed_by_id=by.person_id,
        )
        audit.record(
            by=by,
            at=at,
            event="confidentiality.look.reviewed",
            subject_kind="look_review",
            subject_id=row.pk,
            patient_id=person_id,
            facts={"finding": finding.value, "reader": str(reader_id)},
        )
    return breach_id
