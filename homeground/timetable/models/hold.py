"""Chairs kept for a while, and who waits for one."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from homeground.ground.models import Owned
from homeground.ground.privacy import Privacy


class Hold(Owned):
    """A seat is only kept: nothing is booked, and after `until` the chair is free again.

    The seat itself takes the chair, so the rule that no chair is taken twice covers kept chairs too.
    """

    seat = models.OneToOneField("timetable.Seat", on_delete=models.CASCADE, related_name="hold")
    until = models.DateTimeField()
    held_at = models.DateTimeField()
    held_by_id = models.UUIDField()

    privacy = Privacy(operational="seat until held_at held_by_id")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(condition=Q(until__gt=F("held_at")), name="timetable_hold_until_later"),
        ]


class Waiting(Owned):
    """Somebody admitted waits for a week that fits. Left when seated, or when they wait no longer.

    `urgency` is a clinician's judgement, 1 first; among equals who waits longer comes first.
    """

    class Left(models.TextChoices):
        SEATED = "seated", "Has a seat"
        ELSEWHERE = "elsewhere", "Goes elsewhere"
        NO_LONGER = "no_longer", "Wants no seat now"

    episode = models.ForeignKey("chart.Episode", on_delete=models.PROTECT, related_name="waits")
    urgency = models.PositiveSmallIntegerField()
    since = models.DateTimeField()
    put_by_id = models.UUIDField()
    left_at = models.DateTimeField(null=True)
    left_by_id = models.UUIDField(null=True)
    left_why = models.CharField(max_length=10, choices=Left, blank=True)

    privacy = Privacy(clinical="urgency", operational="episode since put_by_id left_at left_by_id left_why")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(condition=Q(urgency__range=(1, 3)), name="timetable_waiting_urgency"),
            models.CheckConstraint(
                condition=Q(left_at=None, left_by_id=None, left_why="")
                | Q(left_at__isnull=False, left_by_id__isnull=False)
                & Q(left_why__in=["seated", "elsewhere", "no_longer"]),
                name="timetable_waiting_left_by_someone",
            ),
            models.UniqueConstraint(
                fields=["organization_id", "episode"],
                condition=Q(left_at=None),
                name="timetable_waiting_once",
            ),
        ]
