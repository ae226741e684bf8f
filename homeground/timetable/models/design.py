"""What the director tries out before the week changes: scenarios, and what the engine made of them."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from homeground.ground.models import Owned
from homeground.ground.privacy import Privacy
from homeground.timetable.models.group import Group


class Scenario(Owned):
    """One idea of how a program's week could look from a Monday on. Nothing of it is in the calendar.

    `changed_at` is when its groups or what it takes for granted were last changed: older plans are stale.
    `more_rooms` (fewer, when negative) and `more_leaders` are counted with as if they were there.
    """

    program = models.ForeignKey("program.Program", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    starts_on = models.DateField()
    made_at = models.DateTimeField()
    made_by_id = models.UUIDField()
    changed_at = models.DateTimeField(null=True)
    discarded_at = models.DateTimeField(null=True)
    more_rooms = models.SmallIntegerField(default=0)
    more_leaders = models.PositiveSmallIntegerField(default=0)

    privacy = Privacy(
        operational="program name starts_on made_at made_by_id changed_at discarded_at more_rooms"
        " more_leaders"
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(more_rooms__range=(-9, 9), more_leaders__lte=9),
                name="timetable_scenario_within_reason",
            ),
        ]


class Dropped(Owned):
    """A running group that a scenario does without."""

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="dropped")
    group = models.ForeignKey("timetable.Group", on_delete=models.PROTECT, related_name="+")

    privacy = Privacy(operational="scenario group")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization_id", "scenario", "group"], name="timetable_dropped_once"
            ),
        ]


class Pinned(Owned):
    """A running group that a scenario runs in any case."""

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="pinned")
    group = models.ForeignKey("timetable.Group", on_delete=models.PROTECT, related_name="+")

    privacy = Privacy(operational="scenario group")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization_id", "scenario", "group"], name="timetable_pinned_once"
            ),
        ]


class Spared(Owned):
    """A member of staff whom a scenario does without."""

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="spared")
    staff = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    privacy = Privacy(operational="scenario staff")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization_id", "scenario", "staff"], name="timetable_spared_once"
            ),
        ]


class Candidate(Owned):
    """A group a scenario may begin: the same hours on some weekdays (0 = Monday). `must` pins it."""

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="candidates")
    name = models.CharField(max_length=120)
    track = models.CharField(max_length=10, choices=Group.Track)
    days = ArrayField(models.SmallIntegerField())
    starts = models.TimeField()
    ends = models.TimeField()
    break_minutes = models.PositiveSmallIntegerField(default=0)
    capacity = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=5, default="en")
    video = models.BooleanField(default=False)
    must = models.BooleanField(default=False)

    privacy = Privacy(
        operational="scenario name track days starts ends break_minutes capacity language video must"
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="timetable_candidate_ends_later"),
            models.CheckConstraint(condition=Q(capacity__range=(1, 60)), name="timetable_candidate_capacity"),
            models.CheckConstraint(condition=Q(days__len__gte=1), name="timetable_candidate_some_day"),
            models.CheckConstraint(
                condition=Q(days__contained_by=[0, 1, 2, 3, 4, 5, 6]), name="timetable_candidate_days"
            ),
        ]


class Solving(Owned):
    """One run of the engine on a scenario. `failed` is a code; figures are there once it has ended.

    `unmet` and `bound` are minutes a week: what the plan leaves unserved, and what every plan must.
    """

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="solvings")
    asked_at = models.DateTimeField()
    asked_by_id = models.UUIDField()
    started_at = models.DateTimeField(null=True)
    stop_asked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    failed = models.CharField(max_length=20, blank=True)
    unmet = models.FloatField(null=True)
    bound = models.FloatField(null=True)
    people = models.PositiveIntegerField(null=True)
    in_core = models.PositiveIntegerField(null=True)
    minutes = models.PositiveIntegerField(null=True)
    evenings = models.PositiveIntegerField(null=True)
    staff_minutes = models.PositiveIntegerField(null=True)
    published_at = models.DateTimeField(null=True)
    published_by_id = models.UUIDField(null=True)

    privacy = Privacy(
        operational="scenario asked_at asked_by_id started_at stop_asked_at ended_at failed unmet bound"
        " people in_core minutes evenings staff_minutes published_at published_by_id"
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization_id", "scenario"],
                condition=Q(ended_at=None),
                name="timetable_solving_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None, published_by_id=None)
                | Q(published_at__isnull=False, published_by_id__isnull=False, ended_at__isnull=False),
                name="timetable_solving_published_by_someone",
            ),
        ]


class SolvingPoint(Owned):
    """Where a run stood after some seconds."""

    solving = models.ForeignKey(Solving, on_delete=models.CASCADE, related_name="points")
    seconds = models.FloatField()
    unmet = models.FloatField(null=True)
    bound = models.FloatField()

    privacy = Privacy(operational="solving seconds unmet bound")


class Chosen(Owned):
    """A group that runs in the plan a run found: one that runs already, or a candidate."""

    solving = models.ForeignKey(Solving, on_delete=models.CASCADE, related_name="chosen")
    group = models.ForeignKey("timetable.Group", on_delete=models.PROTECT, related_name="+", null=True)
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="+", null=True)
    leader = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", null=True)

    privacy = Privacy(operational="solving group candidate leader")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(group__isnull=False, candidate=None) | Q(group=None, candidate__isnull=False),
                name="timetable_chosen_of_one",
            ),
        ]


class Placing(Owned):
    """Where a run puts one stay; left out (`why` is a code) when neither group nor candidate is named."""

    solving = models.ForeignKey(Solving, on_delete=models.CASCADE, related_name="placings")
    episode = models.ForeignKey("chart.Episode", on_delete=models.PROTECT, related_name="+")
    was = models.ForeignKey("timetable.Group", on_delete=models.PROTECT, related_name="+", null=True)
    group = models.ForeignKey("timetable.Group", on_delete=models.PROTECT, related_name="+", null=True)
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="+", null=True)
    why = models.CharField(max_length=20, blank=True)

    privacy = Privacy(clinical="was group candidate", operational="solving episode why")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(group=None) | Q(candidate=None), name="timetable_placing_in_one"
            ),
            models.UniqueConstraint(
                fields=["organization_id", "solving", "episode"], name="timetable_placing_once"
            ),
        ]
