"""Who must not meet whom. Only these functions read it; what they return never names a reason."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Q

from homeground.timetable.models import Booking, NoContact, Seat


def apart_from(person_id: UUID) -> frozenset[UUID]:
    """The persons this one must not meet here. One statement. Not for display."""
    rows = NoContact.objects.filter(Q(one_id=person_id) | Q(other_id=person_id)).values_list(
        "one_id", "other_id"
    )
    return frozenset(one if other == person_id else other for one, other in rows)


def closed_groups(person_id: UUID, on: date) -> frozenset[UUID]:
    """Groups that are not available to this person from a day on. Two statements."""
    apart = apart_from(person_id)
    rows = Seat.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), episode__patient__person__in=apart)
    return frozenset(rows.values_list("group_id", flat=True).distinct())


def closed_groups_of_all(person_ids: Collection[UUID], on: date) -> dict[UUID, frozenset[UUID]]:
    """For each of these people the groups that are not available from a day on. Two statements for all."""
    pairs = NoContact.objects.filter(Q(one__in=person_ids) | Q(other__in=person_ids))
    apart: dict[UUID, set[UUID]] = {person: set() for person in person_ids}
    for one, other in pairs.values_list("one_id", "other_id"):
        apart.setdefault(one, set()).add(other)
        apart.setdefault(other, set()).add(one)
    others = {other for person in person_ids for other in apart[person]}
    rows = Seat.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), episode__patient__person__in=others)
    sits: dict[UUID, set[UUID]] = {}
    for person, group in rows.values_list("episode__patient__person_id", "group_id"):
        sits.setdefault(person, set()).add(group)
    return {
        person: frozenset(group for other in apart[person] for group in sits.get(other, ()))
        for person in person_ids
    }


def closed_appointments(person_id: UUID, appointment_ids: frozenset[UUID]) -> frozenset[UUID]:
    """Appointments among these that are not available to this person. Two statements."""
    rows = Booking.objects.filter(
        appointment__in=appointment_ids,
        released_at=None,
        patient__person__in=apart_from(person_id),
    )
    return frozenset(rows.values_list("appointment_id", flat=True))
