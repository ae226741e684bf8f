"""Dated occurrences of the template, what happened to them, and what they take."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from homeground.ground.models import Owned
from homeground.ground.privacy import Privacy
from homeground.ground.ranges import TimeRange


class Appointment(Owned):
    """One dated occurrence of a group slot or a counselor hour. FHIR: Appointment.

    `slot_on` and the slot name the occurrence in the weekly template, so making the calendar again
    changes nothing. Times are what stands now; a Move row keeps where it stood before.
    """

    slot = models.ForeignKey(
        "timetable.Slot", on_delete=models.PROTECT, related_name="appointments", null=True
    )
    counselor_seat = models.ForeignKey(
        "timetable.CounselorSeat", on_delete=models.PROTECT, related_name="appointments", null=True
    )
    slot_on = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    break_starts_at = models.DateTimeField(null=True, blank=True)
    break_ends_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()

    privacy = Privacy(
        operational="slot counselor_seat slot_on starts_at ends_at break_starts_at break_ends_at made_at"
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="timetable_appointment_ends_later",
            ),
            models.CheckConstraint(
                condition=Q(slot=None, counselor_seat__isnull=False)
                | Q(slot__isnull=False, counselor_seat=None),
                name="timetable_appointment_of_one",
            ),
            models.UniqueConstraint(
                fields=["slot", "slot_on"],
                condition=Q(slot__isnull=False),
                name="timetable_appointment_slot_once",
            ),
            models.UniqueConstraint(
                fields=["counselor_seat", "slot_on"],
                condition=Q(counselor_seat__isnull=False),
                name="timetable_appointment_hour_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organization_id", "starts_at"],
                name="timetable_appointment_when",
            )
        ]


class Cancellation(Owned):
    """An appointment that will not be held: a holiday, an ill counselor. Counts as excused (check D21)."""

    appointment = models.OneToOneField(
        "timetable.Appointment", on_delete=models.PROTECT, related_name="cancellation"
    )
    reason = models.CharField(max_length=20, help_text="holiday, staff, weather, room or other")
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)

    privacy = Privacy(operational="appointment reason at by_id")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(reason__in=["holiday", "staff", "weather", "room", "other"]),
                name="timetable_cancellation_reason",
            ),
        ]


class Move(Owned):
    """Where an appointment stood before it was moved."""

    appointment = models.ForeignKey("timetable.Appointment", on_delete=models.PROTECT, related_name="moves")
    from_starts_at = models.DateTimeField()
    from_ends_at = models.DateTimeField()
    at = models.DateTimeField()
    by_id = models.UUIDField()

    privacy = Privacy(operational="appointment from_starts_at from_ends_at at by_id")


class Booking(Owned):
    """One space, staff member or patient taken by an appointment. None is ever taken twice at a time.

    The times repeat the appointment's so that an exclusion constraint can see them; `released_at` ends
    a booking without losing that it was there.
    """

    appointment = models.ForeignKey(
        "timetable.Appointment", on_delete=models.PROTECT, related_name="bookings"
    )
    space = models.ForeignKey("program.Space", on_delete=models.PROTECT, related_name="bookings", null=True)
    staff = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="bookings", null=True)
    patient = models.ForeignKey("chart.Patient", on_delete=models.PROTECT, related_name="bookings", null=True)
    by_video = models.BooleanField(default=False)
    make_up = models.BooleanField(default=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)

    privacy = Privacy(
        clinical="patient",
        operational="appointment space staff by_video make_up starts_at ends_at released_at",
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="timetable_booking_ends_later",
            ),
            models.CheckConstraint(
                condition=Q(space__isnull=False, staff=None, patient=None)
                | Q(space=None, staff__isnull=False, patient=None)
                | Q(space=None, staff=None, patient__isnull=False),
                name="timetable_booking_of_one",
            ),
            *(
                ExclusionConstraint(
                    name=f"timetable_{resource}_booked_once",
                    expressions=[
                        ("organization_id", RangeOperators.EQUAL),
                        (resource, RangeOperators.EQUAL),
                        (TimeRange("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                    ],
                    condition=Q(released_at=None) & Q(**{f"{resource}__isnull": False}),
                )
                for resource in ("space", "staff", "patient")
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organization_id", "patient", "starts_at"],
                name="timetable_booking_patient",
            ),
            models.Index(
                fields=["organization_id", "staff", "starts_at"],
                name="timetable_booking_staff",
            ),
            models.Index(fields=["appointment"], name="timetable_booking_of"),
        ]
