from typing import ClassVar

from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.db import models
from django.db.models import F, Q

from homeground.ground.models import Owned
from homeground.ground.privacy import Privacy
from homeground.treatment.rules.vocabulary import AWAY, CallResult, ShortReason, State

_AWAY = sorted(state.value for state in AWAY)
_STATES = [state.value for state in State]
_RESULTS = [result.value for result in CallResult]
_REASONS = [reason.value for reason in ShortReason]


class Session(Owned):
    """What was really held of an appointment. FHIR: Encounter.

    `breaks` are the pauses as they were, in order; their minutes count for nobody.
    """

    appointment = models.OneToOneField(
        "timetable.Appointment", on_delete=models.PROTECT, related_name="session"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    breaks = ArrayField(DateTimeRangeField(), default=list, blank=True)
    taken_at = models.DateTimeField()
    taken_by_id = models.UUIDField()

    privacy = Privacy(operational="appointment starts_at ends_at breaks taken_at taken_by_id")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="treatment_session_ends_later"
            ),
        ]


class Attendance(Owned):
    """One person's presence in one session: counted minutes, never a service for someone away.

    `version` counts the changes of the row; a save that was based on an older version is shown both
    marks instead of overwriting one.
    """

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendances")
    patient = models.ForeignKey("chart.Patient", on_delete=models.PROTECT, related_name="attendances")
    state = models.CharField(max_length=12, choices=State.choices())
    in_at = models.DateTimeField(null=True, blank=True)
    out_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)
    marked_at = models.DateTimeField()
    marked_by_id = models.UUIDField()

    privacy = Privacy(
        clinical="state in_at out_at minutes",
        operational="session patient version marked_at marked_by_id",
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["session", "patient"], name="treatment_attendance_once"),
            models.CheckConstraint(condition=Q(state__in=_STATES), name="treatment_attendance_state"),
            models.CheckConstraint(
                condition=Q(state__in=_AWAY, in_at=None, out_at=None, minutes=0)
                | (~Q(state__in=_AWAY) & Q(in_at__isnull=False, out_at__isnull=False, out_at__gt=F("in_at"))),
                name="treatment_attendance_away_counts_nothing",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organization_id", "patient"], name="treatment_attendance_by")
        ]


class Outreach(Owned):
    """A call to make because someone was away. Done when `made_at` is set, with what came of it.

    Due on the clinic's day of the session (check D09). A corrected mark withdraws a call not yet made.
    """

    patient = models.ForeignKey("chart.Patient", on_delete=models.PROTECT, related_name="outreach")
    attendance = models.OneToOneField(Attendance, on_delete=models.PROTECT, related_name="outreach")
    due_on = models.DateField()
    opened_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True, blank=True)
    made_by_id = models.UUIDField(null=True)
    result = models.CharField(max_length=20, blank=True, choices=CallResult.choices())
    withdrawn_at = models.DateTimeField(null=True, help_text="The mark was corrected: no call is owed")

    privacy = Privacy(
        clinical="result",
        operational="patient attendance due_on opened_at made_at made_by_id withdrawn_at",
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(made_at=None, made_by_id=None, result="")
                | Q(made_at__isnull=False, made_by_id__isnull=False, result__in=_RESULTS),
                name="treatment_outreach_made_by_someone",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organization_id", "due_on"],
                condition=Q(made_at=None, withdrawn_at=None),
                name="treatment_outreach_owed",
            )
        ]


class ShortWeek(Owned):
    """Why a week below the floor is explained (check A05). The minutes stay as they are."""

    patient = models.ForeignKey("chart.Patient", on_delete=models.PROTECT, related_name="short_weeks")
    week_starts_on = models.DateField()
    reason = models.CharField(max_length=20, choices=ShortReason.choices())
    recorded_at = models.DateTimeField()
    recorded_by_id = models.UUIDField()

    privacy = Privacy(
        clinical="reason",
        operational="patient week_starts_on recorded_at recorded_by_id",
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["patient", "week_starts_on"], name="treatment_short_week_once"),
            models.CheckConstraint(condition=Q(reason__in=_REASONS), name="treatment_short_week_reason"),
        ]
