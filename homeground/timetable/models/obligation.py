"""What shapes a person's week: busy times, travel, and whom they must not meet."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from homeground.ground.models import Owned
from homeground.ground.privacy import Privacy


class Obligation(Owned):
    """Time a person cannot give, or gives unwillingly. Weekly or dated; never what it is for.

    Weekly: `weekday`, `starts`, `ends` on the wall clock, between `from_on` and `until_on` where set.
    Dated: `starts_at`, `ends_at`.
    """

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="obligations")
    weekday = models.SmallIntegerField(null=True, blank=True, help_text="0 = Monday")
    starts = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    hard = models.BooleanField(default=True)
    imported = models.BooleanField(default=False)

    privacy = Privacy(
        identifying="weekday starts ends from_on until_on starts_at ends_at",
        operational="person hard imported",
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(
                    # Each part is said to be there: a check that is NULL because one is not would pass.
                    weekday__isnull=False,
                    weekday__range=(0, 6),
                    starts__isnull=False,
                    ends__isnull=False,
                    ends__gt=F("starts"),
                    starts_at=None,
                    ends_at=None,
                )
                | Q(
                    weekday=None,
                    starts=None,
                    ends=None,
                    from_on=None,
                    until_on=None,
                    starts_at__isnull=False,
                    ends_at__isnull=False,
                    ends_at__gt=F("starts_at"),
                ),
                name="timetable_obligation_weekly_or_dated",
            ),
        ]


class Circumstances(Owned):
    """How far a person travels, whether video is possible, and the part of the day that suits."""

    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="circumstances")
    travel_minutes = models.PositiveSmallIntegerField(default=0)
    video_possible = models.BooleanField(default=False)
    daypart = models.CharField(max_length=3, default="eve", help_text="am, pm or eve")
    dual = models.BooleanField(default=False)

    privacy = Privacy(
        identifying="travel_minutes daypart",
        clinical="dual",
        operational="person video_possible",
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(travel_minutes__lte=240),
                name="timetable_travel_within_reason",
            ),
            models.CheckConstraint(
                condition=Q(daypart__in=["am", "pm", "eve"]),
                name="timetable_daypart_known",
            ),
        ]


class NoContact(Owned):
    """Two persons who must not meet here. Neither is ever told, nor which group the other is in."""

    one = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by_id = models.UUIDField()

    privacy = Privacy(clinical="one other", operational="recorded_at recorded_by_id")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="timetable_no_contact_ordered"),
            models.UniqueConstraint(fields=["one", "other"], name="timetable_no_contact_once"),
        ]
