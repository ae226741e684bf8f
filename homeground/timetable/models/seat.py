"""Who sits where: chairs in groups and weekly hours with a counselor."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from homeground.ground.models import Owned
from homeground.ground.privacy import Privacy
from homeground.ground.ranges import DateRange


class Seat(Owned):
    """A patient's place in a group. `place` numbers the chairs: no chair is taken twice at a time."""

    group = models.ForeignKey("timetable.Group", on_delete=models.PROTECT, related_name="seats")
    episode = models.ForeignKey("chart.Episode", on_delete=models.PROTECT, related_name="seats")
    place = models.PositiveSmallIntegerField()
    by_video = models.BooleanField(default=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    seated_at = models.DateTimeField()
    seated_by_id = models.UUIDField()

    privacy = Privacy(
        clinical="group",
        operational="episode place by_video starts_on ends_on seated_at seated_by_id",
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(condition=Q(place__gt=0), name="timetable_seat_place"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                name="timetable_seat_ends_later",
            ),
            ExclusionConstraint(
                name="timetable_seat_chair_once",
                expressions=[
                    ("organization_id", RangeOperators.EQUAL),
                    ("group", RangeOperators.EQUAL),
                    ("place", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="timetable_seat_person_once",
                expressions=[
                    ("organization_id", RangeOperators.EQUAL),
                    ("group", RangeOperators.EQUAL),
                    ("episode", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class SeatSlot(Owned):
    """One of the slots a seat comes to. A seat without any comes to every slot of its group."""

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="comes_to")
    slot = models.ForeignKey("timetable.Slot", on_delete=models.PROTECT, related_name="+")

    privacy = Privacy(operational="seat slot")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization_id", "seat", "slot"], name="timetable_seat_slot_once"
            ),
        ]


class CounselorSeat(Owned):
    """A patient's weekly hour with a counselor."""

    hour = models.ForeignKey("timetable.CounselorHour", on_delete=models.PROTECT, related_name="seats")
    episode = models.ForeignKey("chart.Episode", on_delete=models.PROTECT, related_name="counselor_seats")
    by_video = models.BooleanField(default=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    seated_at = models.DateTimeField()
    seated_by_id = models.UUIDField()

    privacy = Privacy(
        clinical="hour",
        operational="episode by_video starts_on ends_on seated_at seated_by_id",
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                name="timetable_counselor_seat_ends_later",
            ),
            ExclusionConstraint(
                name="timetable_counselor_hour_one_person",
                expressions=[
                    ("organization_id", RangeOperators.EQUAL),
                    ("hour", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
