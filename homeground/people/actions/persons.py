from datetime import datetime
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.ground.actor import Actor
from homeground.people.models import Person, SafeContact


class NameMissing(Exception):
    """A person needs at least a name to be called by; an alias will do."""


def register_person(
    *,
    given_name: str,
    family_name: str = "",
    language: str = "en",
    phone: str = "",
    email: str = "",
    may_leave_message: bool,
    may_text: bool,
    may_name_us: bool,
    good_hours: str = "",
    by: Actor,
    at: datetime,
) -> UUID:
    """Make a person known to the organization, with the answers about safe contact.

    `given_name` may be an alias until admission. The three answers about safe contact have no default:
    whoever registers somebody must have asked (check B01). Raises NameMissing.
    """
    if not given_name.strip():
        raise NameMissing
    with transaction.atomic():
        person = Person.objects.create(
            organization_id=by.organization_id,
            given_name=given_name.strip(),
            family_name=family_name.strip(),
            language=language,
            registered_at=at,
        )
        SafeContact.objects.create(
            organization_id=by.organization_id,
            person=person,
            phone=phone,
            email=email,
            may_leave_message=may_leave_message,
            may_text=may_text,
            may_name_us=may_name_us,
            good_hours=good_hours,
        )
        audit.record(
            by=by, at=at, event="people.person.registered", subject_kind="person", subject_id=person.pk
        )
    return person.pk
