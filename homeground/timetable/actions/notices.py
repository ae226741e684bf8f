"""Word to those whose times have changed: that they have, never what kind of times these are."""

from datetime import datetime

from django.db.models import QuerySet

from homeground.ground.actor import Actor
from homeground.people import actions as people
from homeground.timetable.models import Booking


def tell_booked(*, rows: QuerySet[Booking], by: Actor, at: datetime) -> None:
    """Leave word for patients and staff of these bookings that still stand. Call it before they go.

    Two statements.
    """
    found = rows.filter(released_at=None, starts_at__gt=at).exclude(staff=None, patient=None)
    ids = {staff or patient for staff, patient in found.values_list("staff_id", "patient__person_id")}
    people.leave_notices(person_ids=ids, kind=people.Kind.WEEK, by=by, at=at)
