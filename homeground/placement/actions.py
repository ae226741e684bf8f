from datetime import datetime
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.ground.actor import Actor, require_account
from homeground.people import queries as people
from homeground.placement.models import Screening


def open_screening(*, person_id: UUID, by: Actor, at: datetime) -> UUID:
    """Begin a screening of one person. Raises people.queries.PersonNotHere.

    Somebody who is screened again later gets a new one: an earlier decision is never overwritten.
    """
    with transaction.atomic():
        people.require_person(person_id)
        screening = Screening.objects.create(
            organization_id=by.organization_id,
            person_id=person_id,
            opened_at=at,
            opened_by_id=require_account(by),
        )
        audit.record(
            by=by,
            at=at,
            event="placement.screening.opened",
            subject_kind="screening",
            subject_id=screening.pk,
            patient_id=person_id,
        )
    return screening.pk
