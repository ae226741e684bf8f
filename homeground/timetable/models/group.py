"""The weekly template: groups, their slots and leaders, and the hours counselors keep."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from homeground.ground.models import OwnedReadable
from homeground.ground.privacy import Privacy
from homeground.program.rules.vocabulary import Population

WEEKDAY = Q(weekday__range=(0, 6))


class Group(OwnedReadable):
    """A running group: a track of weekly slots that the same people attend together.

    `core` groups carry the prescribed hours. Gates (`population`, `gender`, `dual`, `language`) are
    clinical and never offered as a change to make room. `video` groups meet by video only; in an
    in-person group with `video_seats` a person may join by video.
    """

    class Kind(models.TextChoices):
        CORE = "core", "Core group"
        SPECIAL = "special", "Topic group"
        FAMILY = "family", "Family group"

    class Track(models.TextChoices):
        MORNING = "morning", "Morning"
        AFTERNOON = "afternoon", "Afternoon"
        EVENING = "evening", "Evening"
        WEEKEND = "weekend", "Weekend"

    program = models.ForeignKey("program.Program", on_delete=models.PROTECT, related_name="groups")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.CORE)
    track = models.CharField(max_length=10, choices=Track)
    topic = models.CharField(max_length=120, blank=True)
    capacity = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=5, default="en")
    population = models.CharField(max_length=12, choices=Population.choices())
    gender = models.CharField(max_length=20, blank=True, help_text="Empty: everyone")
    dual = models.BooleanField(default=False, help_text="For co-occurring conditions")
    video = models.BooleanField(default=False)
    video_seats = models.BooleanField(default=False)
    attend = models.PositiveSmallIntegerField(default=0, help_text="Slots a member attends; 0: all")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    privacy = Privacy(
        operational="program name kind track topic capacity language population gender dual video video_seats"
        " attend starts_on ends_on"
    )

    class Meta(OwnedReadable.Meta):
        constraints: ClassVar = [
            *OwnedReadable.Meta.constraints,
            models.CheckConstraint(condition=Q(capacity__range=(1, 60)), name="timetable_group_capacity"),
            models.CheckConstraint(
                condition=Q(population__in=list(Population)),
                name="timetable_group_population",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                name="timetable_group_ends_later",
            ),
        ]


class Slot(OwnedReadable):
    """One weekly meeting time of a group, in the clinic's wall-clock week. The break does not count."""

    group = models.ForeignKey("timetable.Group", on_delete=models.CASCADE, related_name="slots")
    weekday = models.SmallIntegerField(help_text="0 = Monday")
    starts = models.TimeField()
    ends = models.TimeField()
    break_starts = models.TimeField(null=True, blank=True)
    break_ends = models.TimeField(null=True, blank=True)
    space = models.ForeignKey(
        "program.Space",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )

    privacy = Privacy(operational="group weekday starts ends break_starts break_ends space")

    class Meta(OwnedReadable.Meta):
        constraints: ClassVar = [
            *OwnedReadable.Meta.constraints,
            models.CheckConstraint(condition=WEEKDAY, name="timetable_slot_weekday"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="timetable_slot_ends_later"),
            models.CheckConstraint(
                condition=Q(break_starts=None, break_ends=None)
                | Q(
                    # Both said: a check that is NULL because one is missing would pass.
                    break_starts__isnull=False,
                    break_ends__isnull=False,
                    break_starts__gte=F("starts"),
                    break_ends__gt=F("break_starts"),
                    break_ends__lte=F("ends"),
                ),
                name="timetable_slot_break_inside",
            ),
        ]


class Leading(OwnedReadable):
    """Who leads a group, and from when until when."""

    group = models.ForeignKey("timetable.Group", on_delete=models.CASCADE, related_name="leaders")
    staff = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    privacy = Privacy(operational="group staff starts_on ends_on")


class CounselorHour(OwnedReadable):
    """A weekly hour a counselor keeps for one-to-one talks, until `ends_on` (exclusive) when that is set."""

    staff = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    weekday = models.SmallIntegerField(help_text="0 = Monday")
    starts = models.TimeField()
    ends = models.TimeField()
    by_video = models.BooleanField(default=True, help_text="May also be held by video")
    space = models.ForeignKey(
        "program.Space",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    ends_on = models.DateField(null=True, blank=True)

    privacy = Privacy(operational="staff weekday starts ends by_video space ends_on")

    class Meta(OwnedReadable.Meta):
        constraints: ClassVar = [
            *OwnedReadable.Meta.constraints,
            models.CheckConstraint(condition=WEEKDAY, name="timetable_counselor_hour_weekday"),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")),
                name="timetable_counselor_hour_ends_later",
            ),
            models.UniqueConstraint(
                fields=["organization_id", "staff", "weekday", "starts"],
                condition=Q(ends_on=None),
                name="timetable_counselor_hour_once",
            ),
        ]
