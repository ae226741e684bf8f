from datetime import datetime, time

from django.db import transaction

from homeground.audit import actions as audit
from homeground.ground.actor import Actor
from homeground.program.models import Center, OpeningHours, Organization, Program, Space
from homeground.program.rules.vocabulary import Population


class HostTaken(Exception):
    """Another clinic's public site answers at this host, or everywhere when none is named."""


_WEEKDAYS = range(5)
_OPENS, _CLOSES = time(9), time(20)
_SEATS = 12


def found_clinic(
    *,
    name: str,
    neutral_name: str,
    zone: str,
    phone: str,
    email: str,
    street: str,
    city: str,
    state: str,
    zip_code: str,
    host: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """Found an organization with what an empty clinic needs to begin.

    One center open Monday to Friday from 9 to 20, one group room, and an adult program at level 2.1 with
    nine hours of groups a week. `by.organization_id` is the id the organization gets; it must be in scope.
    Raises HostTaken.
    """
    with transaction.atomic():
        if Organization.objects.filter(host=host).exists():
            raise HostTaken
        organization = Organization.objects.create(
            id=by.organization_id,
            name=name,
            neutral_name=neutral_name,
            phone=phone,
            email=email,
            zone=zone,
            host=host,
            founded_at=at,
        )
        owns = {"organization_id": organization.pk}
        center = Center.objects.create(
            **owns, name=name, street=street, city=city, state=state, zip=zip_code, phone=phone
        )
        OpeningHours.objects.bulk_create(
            OpeningHours(**owns, center=center, weekday=weekday, opens=_OPENS, closes=_CLOSES)
            for weekday in _WEEKDAYS
        )
        Space.objects.create(**owns, center=center, name="Group room", kind=Space.Kind.GROUP, seats=_SEATS)
        Program.objects.create(
            **owns, center=center, name="Adult program", population=Population.ADULT, core_minutes=540
        )
        audit.record(
            by=by,
            at=at,
            event="program.organization.founded",
            subject_kind="organization",
            subject_id=organization.pk,
        )
