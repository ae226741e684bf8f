from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from homeground.audit.models import Entry
from homeground.ground.actor import Actor

type Fact = str | int | bool | None


def record(
    *,
    by: Actor,
    at: datetime,
    event: str,
    subject_kind: str,
    subject_id: UUID | None = None,
    patient_id: UUID | None = None,
    why: str = "",
    facts: Mapping[str, Fact] | None = None,
) -> None:
    """Append one entry inside the caller's transaction: it stands or falls with the write it tells of.

    `event` begins with the room's name (`treatment.attendance.taken`). `facts` are codes, counts and
    ids; names and chart text do not belong here. `patient_id` is set whenever a patient's record was
    touched or read, so that a patient can be shown who looked.
    """
    Entry(
        organization_id=by.organization_id,
        at=at,
        account_id=by.account_id,
        person_id=by.person_id,
        roles=" ".join(sorted(by.roles)),
        event=event,
        subject_kind=subject_kind,
        subject_id=subject_id,
        patient_id=patient_id,
        address=by.address,
        why=why,
        facts=dict(facts or {}),
    ).save(force_insert=True)
