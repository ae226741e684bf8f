"""The weekly template (groups, slots, seats) and the dated appointments made from it."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from homeground.ground.models import Owned, OwnedReadable
from homeground.ground.privacy import Privacy
from homeground.ground.ranges import DateRange, TimeRange
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

    program = models.ForeignKey(
        "program.Program", on_delete=models.PROTECT, related_name="groups"
    )
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
    attend = models.PositiveSmallIntegerField(
        default=0, help_text="Slots a member attends; 0: all"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    privacy = Privacy(
        operational="program name kind track topic capacity language population gender dual video video_seats"
        " attend starts_on ends_on"
    )

    class Meta(OwnedReadable.Meta):
        constraints: ClassVar = [
            *OwnedReadable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(capacity__range=(1, 60)), name="timetable_group_capacity"
            ),
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

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="slots")
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

    privacy = Privacy(
        operational="group weekday starts ends break_starts break_ends space"
    )

    class Meta(OwnedReadable.Meta):
        constraints: ClassVar = [
            *OwnedReadable.Meta.constraints,
            models.CheckConstraint(condition=WEEKDAY, name="timetable_slot_weekday"),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")), name="timetable_slot_ends_later"
            ),
            models.CheckConstraint(
                condition=Q(break_starts=None, break_ends=None)
                | Q(
                    break_starts__gte=F("starts"),
                    break_ends__gt=F("break_starts"),
                    break_ends__lte=F("ends"),
                ),
                name="timetable_slot_break_inside",
            ),
        ]


class Leading(OwnedReadable):
    """Who leads a group, and from when until when."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="leaders")
    staff = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    privacy = Privacy(operational="group staff starts_on ends_on")


class CounselorHour(OwnedReadable):
    """A weekly hour a counselor keeps for one-to-one talks."""

    staff = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+"
    )
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

    privacy = Privacy(operational="staff weekday starts ends by_video space")

    class Meta(OwnedReadable.Meta):
        constraints: ClassVar = [
            *OwnedReadable.Meta.constraints,
            models.CheckConstraint(
                condition=WEEKDAY, name="timetable_counselor_hour_weekday"
            ),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")),
                name="timetable_counselor_hour_ends_later",
            ),
            models.UniqueConstraint(
                fields=["organization_id", "staff", "weekday", "starts"],
                name="timetable_counselor_hour_once",
            ),
        ]


class Obligation(Owned):
    """Time a person cannot give, or gives unwillingly. Weekly or dated; never what it is for.

    Weekly: `weekday`, `starts`, `ends` on the wall clock, between `from_on` and `until_on` where set.
    Dated: `starts_at`, `ends_at`.
    """

    person = models.ForeignKey(
        "people.Person", on_delete=models.CASCADE, related_name="obligations"
    )
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
                    weekday__range=(0, 6),
                    starts__isnull=False,
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
                    ends_at__gt=F("starts_at"),
                ),
                name="timetable_obligation_weekly_or_dated",
            ),
        ]


class Circumstances(Owned):
    """How far a person travels, whether video is possible, and the part of the day that suits."""

    person = models.OneToOneField(
        "people.Person", on_delete=models.CASCADE, related_name="circumstances"
    )
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
    other = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()
    recorded_by_id = models.UUIDField()

    privacy = Privacy(clinical="one other", operational="recorded_at recorded_by_id")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(one__lt=F("other")), name="timetable_no_contact_ordered"
            ),
            models.UniqueConstraint(
                fields=["one", "other"], name="timetable_no_contact_once"
            ),
        ]


class Seat(Owned):
    """A patient's place in a group. `place` numbers the chairs: no chair is taken twice at a time."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="seats")
    episode = models.ForeignKey(
        "chart.Episode", on_delete=models.PROTECT, related_name="seats"
    )
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
            models.CheckConstraint(
                condition=Q(place__gt=0), name="timetable_seat_place"
            ),
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


class CounselorSeat(Owned):
    """A patient's weekly hour with a counselor."""

    hour = models.ForeignKey(
        CounselorHour, on_delete=models.PROTECT, related_name="seats"
    )
    episode = models.ForeignKey(
        "chart.Episode", on_delete=models.PROTECT, related_name="counselor_seats"
    )
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


class Appointment(Owned):
    """One dated occurrence of a group slot or a counselor hour. FHIR: Appointment.

    `slot_on` and the slot name the occurrence in the weekly template, so making the calendar again
    changes nothing. Times are what stands now; a Move row keeps where it stood before.
    """

    slot = models.ForeignKey(
        Slot, on_delete=models.PROTECT, related_name="appointments", null=True
    )
    counselor_seat = models.ForeignKey(
        CounselorSeat, on_delete=models.PROTECT, related_name="appointments", null=True
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
        Appointment, on_delete=models.PROTECT, related_name="cancellation"
    )
    reason = models.CharField(
        max_length=20, help_text="holiday, staff, weather, room or other"
    )
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)

    privacy = Privacy(operational="appointment reason at by_id")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(
                    reason__in=["holiday", "staff", "weather", "room", "other"]
                ),
                name="timetable_cancellation_reason",
            ),
        ]


class Move(Owned):
    """Where an appointment stood before it was moved."""

    appointment = models.ForeignKey(
        Appointment, on_delete=models.PROTECT, related_name="moves"
    )
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
        Appointment, on_delete=models.PROTECT, related_name="bookings"
    )
    space = models.ForeignKey(
        "program.Space", on_delete=models.PROTECT, related_name="bookings", null=True
    )
    staff = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="bookings", null=True
    )
    patient = models.ForeignKey(
        "chart.Patient", on_delete=models.PROTECT, related_name="bookings", null=True
    )
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
