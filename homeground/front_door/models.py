from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from homeground.ground.ids import uuid7
from homeground.ground.models import Owned, OwnedAddable
from homeground.ground.privacy import Privacy
from homeground.ground.sealed_text import SealedText


class HelpRequest(OwnedAddable):
    """Someone asked for help. Protected like a patient record from the moment it is sent (check B06).

    What the guest wrote lies sealed under a key of this request's own; an alias is enough for a name.
    The safe-contact answers have no default: nobody may be called without them.
    """

    alias = SealedText()
    contact_kind = models.CharField(max_length=10, help_text="phone, text or email")
    sealed_contact = models.BinaryField()
    sealed_message = models.BinaryField(blank=True, default=b"")
    for_someone_else = models.BooleanField(default=False)
    may_leave_message = models.BooleanField()
    may_text = models.BooleanField()
    may_name_us = models.BooleanField()
    good_hours = SealedText(blank=True)
    language = models.CharField(max_length=5)
    received_at = models.DateTimeField()
    promised_at = models.DateTimeField()
    wanted_group = models.ForeignKey(
        "timetable.Group", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    once = models.UUIDField(help_text="Made with the form: sending it twice makes one request")

    privacy = Privacy(
        identifying="alias contact_kind sealed_contact good_hours",
        clinical="sealed_message for_someone_else",
        operational="may_leave_message may_text may_name_us language received_at promised_at"
        " wanted_group once",
    )

    class Meta(OwnedAddable.Meta):
        constraints: ClassVar = [
            *OwnedAddable.Meta.constraints,
            models.CheckConstraint(condition=~Q(alias=b""), name="front_door_request_alias"),
            models.CheckConstraint(
                condition=Q(contact_kind__in=["phone", "text", "email"]),
                name="front_door_request_contact_kind",
            ),
            models.CheckConstraint(
                condition=~Q(contact_kind="text") | Q(may_text=True),
                name="front_door_request_text_allowed",
            ),
            models.CheckConstraint(
                condition=Q(promised_at__gt=F("received_at")),
                name="front_door_request_promise",
            ),
            models.UniqueConstraint(fields=["organization_id", "once"], name="front_door_request_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organization_id", "promised_at"],
                name="front_door_request_promised",
            )
        ]


class Call(Owned):
    """One attempt to reach someone who asked for help."""

    request = models.ForeignKey(HelpRequest, on_delete=models.PROTECT, related_name="calls")
    at = models.DateTimeField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    result = models.CharField(max_length=20, help_text="reached, message, no_answer or unsafe")
    sealed_note = models.BinaryField(blank=True, default=b"")
    once = models.UUIDField(help_text="Made with the form: sending it twice makes one call")

    privacy = Privacy(clinical="result sealed_note", operational="request at by once")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(result__in=["reached", "message", "no_answer", "unsafe"]),
                name="front_door_call_result",
            ),
            models.UniqueConstraint(fields=["request", "once"], name="front_door_call_once"),
        ]


class Alert(Owned):
    """A request nobody at the door has opened yet; once somebody did, who and when."""

    request = models.OneToOneField(HelpRequest, on_delete=models.PROTECT, related_name="alert")
    raised_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    seen_by_id = models.UUIDField(null=True)

    privacy = Privacy(operational="request raised_at seen_at seen_by_id")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(seen_at=None, seen_by_id=None)
                | Q(seen_at__isnull=False, seen_by_id__isnull=False),
                name="front_door_alert_seen_by",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organization_id"], condition=Q(seen_at=None), name="front_door_alert_new"),
        ]


class Worry(OwnedAddable):
    """Somebody told us whom they worry about. One way: whoever sends it learns nothing about anybody.

    `sealed_words` is encrypted with a key of this row's own. `owner` is who looks into it, set by the worker;
    whether the person is known here is nowhere written down by this.
    """

    sealed_words = models.BinaryField()
    language = models.CharField(max_length=5)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    owner = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by_id = models.UUIDField(null=True, blank=True)
    once = models.UUIDField(help_text="Made with the form: sending it twice makes one")

    privacy = Privacy(
        clinical="sealed_words", operational="language received_at due_at owner closed_at closed_by_id once"
    )

    class Meta(OwnedAddable.Meta):
        constraints: ClassVar = [
            *OwnedAddable.Meta.constraints,
            models.UniqueConstraint(fields=["organization_id", "once"], name="front_door_worry_once"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by_id=None)
                | Q(closed_at__isnull=False, closed_by_id__isnull=False),
                name="front_door_worry_closed_by",
            ),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("received_at")), name="front_door_worry_due_later"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organization_id", "due_at"],
                condition=Q(closed_at=None),
                name="front_door_worry_open",
            )
        ]


class Conversion(Owned):
    """The request became a person with a screening."""

    request = models.OneToOneField(HelpRequest, on_delete=models.PROTECT, related_name="conversion")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    screening = models.OneToOneField("placement.Screening", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by_id = models.UUIDField()

    privacy = Privacy(operational="request person screening at by_id")


class Closing(Owned):
    """The request needs nothing more from us, and why."""

    request = models.OneToOneField(HelpRequest, on_delete=models.PROTECT, related_name="closing")
    reason = models.CharField(max_length=20, help_text="elsewhere, declined, unreachable, duplicate or other")
    at = models.DateTimeField()
    by_id = models.UUIDField()

    privacy = Privacy(clinical="reason", operational="request at by_id")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(
                    reason__in=[
                        "elsewhere",
                        "declined",
                        "unreachable",
                        "duplicate",
                        "other",
                    ]
                ),
                name="front_door_closing_reason",
            ),
        ]


class Listing(models.Model):
    """A treatment center in the public directory. Public facts, owned by nobody, never for sale.

    There is no field for payment, sponsorship or referral fees (18 USC 220; checks B08 and B09).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=64, unique=True, help_text="Digest of name and address in the source")
    name = models.CharField(max_length=300)
    street = models.CharField(max_length=300, blank=True)
    city = models.CharField(max_length=100)
    state = models.CharField(max_length=2)
    zip = models.CharField(max_length=5)
    county = models.CharField(max_length=100, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    services = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    source = models.CharField(max_length=200)
    last_seen_on = models.DateField()

    privacy: ClassVar[Privacy] = Privacy(
        operational="key name street city state zip county phone services latitude longitude source"
        " last_seen_on"
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["state", "city", "name"], name="front_door_listing_state"),
            models.Index(fields=["latitude", "longitude"], name="front_door_listing_place"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="front_door_listing_on_earth",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ZipCode(models.Model):
    """The middle of a ZIP code area, for distances."""

    zip = models.CharField(max_length=5, primary_key=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    place = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=2, blank=True)

    privacy: ClassVar[Privacy] = Privacy(operational="latitude longitude place state")

    def __str__(self) -> str:
        return self.zip
