from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.ground.actor import Actor, require_account
from homeground.people.models import FormerSafeContact, Person, SafeContact
from homeground.people.queries import PersonNotHere, require_person


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
    born_on: date | None = None,
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
            born_on=born_on,
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
            answered_at=at,
            answered_by_id=by.account_id,
        )
        audit.record(
            by=by, at=at, event="people.person.registered", subject_kind="person", subject_id=person.pk
        )
    return person.pk


def complete_person(
    *,
    person_id: UUID,
    given_name: str,
    family_name: str,
    called: str = "",
    born_on: date,
    by: Actor,
    at: datetime,
) -> None:
    """Put the legal name and the date of birth in the place of an alias. Raises PersonNotHere, NameMissing.

    A changed name leaves its codes in the audit trail, never the names themselves.
    """
    if not given_name.strip() or not family_name.strip():
        raise NameMissing
    told = {
        "given_name": given_name.strip(),
        "family_name": family_name.strip(),
        "called": called.strip(),
        "born_on": born_on,
    }
    with transaction.atomic():
        person = Person.objects.select_for_update().filter(pk=person_id).first()
        if person is None:
            raise PersonNotHere
        changed = [name for name, value in told.items() if getattr(person, name) != value]
        if not changed:
            return
        Person.objects.filter(pk=person_id).update(**told)
        audit.record(
            by=by,
            at=at,
            event="people.person.completed",
            subject_kind="person",
            subject_id=person_id,
            patient_id=person_id,
            facts={"changed": " ".join(changed)},
        )


def answer_safe_contact(
    *,
    person_id: UUID,
    phone: str,
    email: str,
    may_leave_message: bool,
    may_text: bool,
    may_name_us: bool,
    good_hours: str,
    by: Actor,
    at: datetime,
) -> None:
    """Replace a person's answers about safe contact by what they say now; the former ones are kept.

    The same answers again change nothing. Raises PersonNotHere.
    """
    said = {
        "phone": phone,
        "email": email,
        "may_leave_message": may_leave_message,
        "may_text": may_text,
        "may_name_us": may_name_us,
        "good_hours": good_hours,
    }
    with transaction.atomic():
        require_person(person_id)
        known = SafeContact.objects.select_for_update().filter(person_id=person_id).first()
        if known is not None:
            before = {name: getattr(known, name) for name in said}
            if before == said:
                return
            FormerSafeContact.objects.create(
                **before,
                organization_id=by.organization_id,
                person_id=person_id,
                answered_at=known.answered_at,
                answered_by_id=known.answered_by_id,
                replaced_at=at,
                replaced_by_id=require_account(by),
            )
        now = {**said, "answered_at": at, "answered_by_id": by.account_id}
        SafeContact.objects.update_or_create(
            person_id=person_id, defaults={**now, "organization_id": by.organization_id}
        )
        audit.record(
            by=by,
            at=at,
            event="people.safe_contact.answered",
            subject_kind="person",
            subject_id=person_id,
            patient_id=person_id,
            facts={"message": may_leave_message, "text": may_text, "name_us": may_name_us},
        )
