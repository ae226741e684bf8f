from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from homeground.ground.ids import uuid7
from homeground.ground.models import OwnedReadable
from homeground.ground.privacy import Privacy
from homeground.ground.rls import Public, TenantPolicy
from homeground.program.rules.vocabulary import Population, WeekDefinition


class Organization(models.Model):
    """A clinic's legal body: the tenant. `neutral_name` is what leaves the house (feeds, messages)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=200)
    neutral_name = models.CharField(max_length=60)
    phone = models.CharField(max_length=20)
    email = models.EmailField()
    zone = models.CharField(max_length=60)
    host = models.CharField(max_length=200, blank=True, help_text="Host name of its public site; empty: any")
    founded_at = models.DateTimeField()

    privacy: ClassVar[Privacy] = Privacy(operational="name neutral_name phone email zone host founded_at")

    class Meta:
        constraints: ClassVar = [
            TenantPolicy(name="program_organization_tenant", column="id", public=Public.READ_ANY),
            models.UniqueConstraint(fields=["host"], name="program_organization_host"),
        ]

    def __str__(self) -> str:
        return f"organization {self.pk}"


class Center(OwnedReadable):
    """A place where the organization works."""

    name = models.CharField(max_length=200)
    street = models.CharField(max_length=200)
    city = models.CharField(max_length=100)
    state = models.CharField(max_length=2)
    zip = models.CharField(max_length=5)
    phone = models.CharField(max_length=20)

    privacy = Privacy(operational="name street city state zip phone")


class OpeningHours(OwnedReadable):
    """When someone answers: the clock of a promised call-back runs only in these hours."""

    center = models.ForeignKey(Center, on_delete=models.CASCADE, related_name="opening_hours")
    weekday = models.SmallIntegerField(help_text="0 = Monday")
    opens = models.TimeField()
    closes = models.TimeField()

    privacy = Privacy(operational="center weekday opens closes")

    class Meta(OwnedReadable.Meta):
        constraints: ClassVar = [
            *OwnedReadable.Meta.constraints,
            models.CheckConstraint(condition=Q(weekday__range=(0, 6)), name="program_opening_weekday"),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="program_opening_closes_later"),
        ]


class Closure(OwnedReadable):
    """A day on which a center is closed: a holiday, a storm."""

    center = models.ForeignKey(Center, on_delete=models.CASCADE, related_name="closures")
    on = models.DateField()
    name = models.CharField(max_length=100)

    privacy = Privacy(operational="center on name")

    class Meta(OwnedReadable.Meta):
        constraints: ClassVar = [
            *OwnedReadable.Meta.constraints,
            models.UniqueConstraint(fields=["center", "on"], name="program_closure_once"),
        ]


class Program(OwnedReadable):
    """What a center offers at one level of care, and the rule pack it stands under."""

    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="programs")
    name = models.CharField(max_length=200)
    level = models.CharField(max_length=10, default="2.1")
    population = models.CharField(max_length=12, choices=Population.choices())
    part2 = models.BooleanField(default=True, help_text="42 CFR Part 2 applies to its records")
    week = models.CharField(max_length=10, choices=WeekDefinition.choices(), default=WeekDefinition.SUN_SAT)
    rule_pack = models.CharField(max_length=40, default="us-default")
    core_minutes = models.PositiveSmallIntegerField(help_text="Prescribed group minutes a week")
    min_days = models.PositiveSmallIntegerField(default=3)
    max_days = models.PositiveSmallIntegerField(default=5)
    min_day_minutes = models.PositiveSmallIntegerField(default=120)

    privacy = Privacy(
        operational="center name level population part2 week rule_pack core_minutes min_days max_days"
        " min_day_minutes"
    )

    class Meta(OwnedReadable.Meta):
        constraints: ClassVar = [
            *OwnedReadable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(population__in=list(Population)),
                name="program_population_known",
            ),
            models.CheckConstraint(condition=Q(week__in=list(WeekDefinition)), name="program_week_known"),
            models.CheckConstraint(condition=Q(max_days__gte=F("min_days")), name="program_days_in_order"),
        ]


class Space(OwnedReadable):
    """A physical room for groups or for one-to-one talks."""

    class Kind(models.TextChoices):
        GROUP = "group", "Group room"
        OFFICE = "office", "Office"

    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="spaces")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=Kind)
    seats = models.PositiveSmallIntegerField()

    privacy = Privacy(operational="center name kind seats")

    class Meta(OwnedReadable.Meta):
        constraints: ClassVar = [
            *OwnedReadable.Meta.constraints,
            models.CheckConstraint(condition=Q(seats__gt=0), name="program_space_seats"),
        ]
