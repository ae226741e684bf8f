from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from homeground.confidentiality.models.kept import codes, within
from homeground.confidentiality.rules.vocabulary import Answer, RequestKind, RestrictionKind
from homeground.ground.models import Owned, OwnedReadable
from homeground.ground.privacy import Privacy
from homeground.ground.sealed_text import SealedText


class RightsRequest(Owned):
    """A right somebody makes use of: a work item with an owner and the day by which it is answered."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="rights_requests")
    kind = models.CharField(max_length=30)
    words = SealedText(of="person_id", blank=True)
    received_at = models.DateTimeField()
    recorded_by_id = models.UUIDField()
    owner = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    clock = models.CharField(max_length=60, help_text="The rule that sets the due day")
    due_on = models.DateField()
    extended_on = models.DateField(null=True, blank=True)
    extended_to = models.DateField(null=True, blank=True)
    extended_why = SealedText(of="person_id", blank=True)
    answer = models.CharField(max_length=20, blank=True)
    answer_words = SealedText(of="person_id", blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_id = models.UUIDField(null=True)

    privacy = Privacy(
        clinical="words extended_why answer_words",
        operational="person kind received_at recorded_by_id owner clock due_on extended_on extended_to answer"
        " answered_at answered_by_id",
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            within("kind", [k.value for k in RequestKind], "confidentiality_request_kind"),
            within("answer", ["", *(a.value for a in Answer)], "confidentiality_request_answer"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by_id=None, answer="")
                | (
                    Q(
                        answered_at__isnull=False,
                        answered_at__gte=F("received_at"),
                        answered_by_id__isnull=False,
                    )
                    & ~Q(answer="")
                ),
                name="confidentiality_request_answered",
            ),
            models.CheckConstraint(
                condition=Q(extended_to=None, extended_on=None, extended_why=b"")
                | (
                    Q(extended_to__isnull=False, extended_to__gt=F("due_on"), extended_on__isnull=False)
                    & ~Q(extended_why=b"")
                ),
                name="confidentiality_request_extended",
            ),
            models.CheckConstraint(
                condition=~Q(answer=Answer.DENIED.value) | ~Q(answer_words=b""),
                name="confidentiality_request_denied_says_why",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organization_id", "due_on"],
                condition=Q(answered_at=None),
                name="confidentiality_requests_open",
            )
        ]


class Restriction(Owned):
    """What must not be told to whom, from when on. Empty lists and an empty recipient mean: any."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="restrictions")
    kind = models.CharField(max_length=20)
    recipient_kind = models.CharField(max_length=30, blank=True)
    recipient = SealedText(of="person_id", blank=True)
    categories = codes()
    purposes = codes()
    request = models.ForeignKey(
        RightsRequest, on_delete=models.PROTECT, related_name="restrictions", null=True, blank=True
    )
    starts_at = models.DateTimeField()
    recorded_by_id = models.UUIDField()
    ends_at = models.DateTimeField(null=True, blank=True)
    ended_by_id = models.UUIDField(null=True)

    privacy = Privacy(
        identifying="recipient",
        clinical="categories purposes",
        operational="person kind recipient_kind request starts_at recorded_by_id ends_at ended_by_id",
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            within("kind", [k.value for k in RestrictionKind], "confidentiality_restriction_kind"),
            models.CheckConstraint(
                condition=Q(ends_at=None, ended_by_id=None)
                | Q(ends_at__isnull=False, ends_at__gt=F("starts_at"), ended_by_id__isnull=False),
                name="confidentiality_restriction_ends_later",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person"], name="confidentiality_restricted")]


class ConfidentialContact(Owned):
    """How a person asked to be reached, which everything that leaves obeys (45 CFR 164.522(b))."""

    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="confidential_contacts"
    )
    address = SealedText(of="person_id", blank=True)
    phone = SealedText(of="person_id", blank=True)
    email = SealedText(of="person_id", blank=True)
    hours = SealedText(of="person_id", blank=True)
    words = SealedText(of="person_id", blank=True, help_text="What may be said or must not be")
    request = models.ForeignKey(
        RightsRequest, on_delete=models.PROTECT, related_name="contacts", null=True, blank=True
    )
    starts_at = models.DateTimeField()
    recorded_by_id = models.UUIDField()
    ends_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        identifying="address phone email hours words",
        operational="person request starts_at recorded_by_id ends_at",
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="confidentiality_contact_ends_later",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(ends_at=None), name="confidentiality_contact_one_in_force"
            ),
        ]


class PrivacyContact(OwnedReadable):
    """Whom the privacy notice names: who answers questions and complaints. The newest holds.

    Visitors of the public site read it with the notice.
    """

    title = models.CharField(max_length=100, help_text="Who it is: a name or an office")
    phone = models.CharField(max_length=20)
    email = models.EmailField()
    starts_at = models.DateTimeField()
    recorded_by_id = models.UUIDField()

    privacy = Privacy(operational="title phone email starts_at recorded_by_id")

    class Meta(OwnedReadable.Meta):
        constraints: ClassVar = [
            *OwnedReadable.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(phone="") & ~Q(email=""),
                name="confidentiality_contact_complete",
            ),
        ]
