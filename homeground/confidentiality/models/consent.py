from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from homeground.confidentiality.models.kept import Kept, codes, within
from homeground.confidentiality.rules.vocabulary import (
    AUTHORS_ONLY,
    ConsentKind,
    EndCause,
    EndsWith,
    Method,
    Signer,
)
from homeground.ground.models import Owned
from homeground.ground.privacy import Privacy
from homeground.ground.sealed_text import SealedText

_OPEN_END = [EndsWith.NEVER.value, EndsWith.END_OF_TREATMENT.value]
_MAY_BE_OPEN = [ConsentKind.TREATMENT.value, ConsentKind.CARE_AND_PAY.value]


class Representative(Owned):
    """Somebody who may sign for a person, from when until when, and by what this was shown."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="represented_by")
    holder = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="represents", null=True, blank=True
    )
    name = SealedText(of="person_id")
    capacity = models.CharField(max_length=30)
    shown_by = SealedText(of="person_id", help_text="The paper that shows the right to sign")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    checked_at = models.DateTimeField()
    checked_by_id = models.UUIDField()

    privacy = Privacy(
        identifying="name shown_by",
        operational="person holder capacity starts_on ends_on checked_at checked_by_id",
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            within(
                "capacity",
                [s.value for s in Signer if s is not Signer.PATIENT],
                "confidentiality_representative_capacity",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                name="confidentiality_representative_ends_later",
            ),
            models.CheckConstraint(
                condition=Q(holder=None) | ~Q(holder=F("person")),
                name="confidentiality_representative_is_another",
            ),
        ]


class Consent(Kept):
    """A consent as it was signed, with every element the law asks for. `text_digest` fixes what was read.

    `categories`, `recipients` and `purposes` are empty for a consent to treat, which discloses nothing.
    `recipient_person` is set when the recipient signs in here (family); outside recipients have a name.
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="consents")
    kind = models.CharField(max_length=30)
    text_version = models.CharField(max_length=40)
    text_digest = models.CharField(max_length=64)
    language = models.CharField(max_length=5, default="en")
    method = models.CharField(max_length=20, help_text="paper, screen or phone")
    discloser = models.CharField(max_length=200, blank=True)
    categories = codes()
    recipient_kind = models.CharField(max_length=30, blank=True)
    recipients = codes(200)
    recipient_address = SealedText(of="person_id", blank=True)
    recipient_person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="consents_received", null=True, blank=True
    )
    purposes = codes()
    ends_with = models.CharField(max_length=20, default=EndsWith.NEVER.value)
    expires_at = models.DateTimeField(null=True, blank=True)
    ending_words = SealedText(of="person_id", blank=True)
    signer = models.CharField(max_length=30, default=Signer.PATIENT.value)
    signed_name = SealedText(of="person_id", blank=True)
    representative = models.ForeignKey(
        Representative, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    cosigner = models.ForeignKey(
        Representative, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    cosigned_name = SealedText(of="person_id", blank=True)
    signed_text = SealedText(
        of="person_id", blank=True, help_text="The text as it was read; empty on older rows"
    )
    members = codes(200, help_text="To whom an intermediary may pass it on")
    confirmed = codes(60, help_text="Rules that warned and that staff confirmed")
    confirmed_why = SealedText(of="person_id", blank=True)
    signed_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by_id = models.UUIDField()

    privacy = Privacy(
        identifying="recipients recipient_address signed_name cosigned_name members",
        clinical="kind categories purposes ending_words signed_text confirmed_why",
        operational="person text_version text_digest language method discloser recipient_kind"
        " recipient_person ends_with expires_at signer representative cosigner confirmed signed_at"
        " recorded_at recorded_by_id",
    )

    class Meta(Kept.Meta):
        constraints: ClassVar = [
            *Kept.Meta.constraints,
            within("kind", [k.value for k in ConsentKind], "confidentiality_consent_kind"),
            within("method", [m.value for m in Method], "confidentiality_consent_method"),
            within("ends_with", [e.value for e in EndsWith], "confidentiality_consent_ends_with"),
            within("signer", [s.value for s in Signer], "confidentiality_consent_signer"),
            models.CheckConstraint(
                condition=Q(recorded_at__gte=F("signed_at")),
                name="confidentiality_consent_signed_before",
            ),
            models.CheckConstraint(
                condition=Q(expires_at=None) | Q(expires_at__gt=F("signed_at")),
                name="confidentiality_consent_expires_later",
            ),
            models.CheckConstraint(
                condition=(Q(ends_with=EndsWith.DATE.value) & ~Q(expires_at=None))
                | (~Q(ends_with=EndsWith.DATE.value) & Q(expires_at=None)),
                name="confidentiality_consent_date",
            ),
            models.CheckConstraint(
                condition=~Q(ends_with=EndsWith.EVENT.value) | ~Q(ending_words=b""),
                name="confidentiality_consent_event",
            ),
            models.CheckConstraint(
                condition=~Q(ends_with__in=_OPEN_END) | Q(kind__in=_MAY_BE_OPEN),
                name="confidentiality_consent_ends",
            ),
            models.CheckConstraint(
                condition=Q(kind=ConsentKind.TREATMENT.value)
                | (~Q(categories=[]) & ~Q(recipients=[]) & ~Q(purposes=[]) & ~Q(discloser="")),
                name="confidentiality_consent_elements",
            ),
            models.CheckConstraint(
                condition=Q(kind=ConsentKind.COUNSELING_NOTES.value)
                | ~Q(categories__overlap=sorted(c.value for c in AUTHORS_ONLY)),
                name="confidentiality_consent_notes_alone",
            ),
            models.CheckConstraint(
                condition=(Q(signer=Signer.PATIENT.value) & Q(representative=None))
                | (~Q(signer=Signer.PATIENT.value) & ~Q(representative=None)),
                name="confidentiality_consent_representative",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "kind", "signed_at"], name="confidentiality_by_person"),
            models.Index(
                fields=["recipient_person"],
                condition=~Q(recipient_person=None),
                name="confidentiality_by_recipient",
            ),
        ]


class Revocation(Kept):
    """The end of a consent, or of one category of it, from the moment it was received.

    An empty `category` ends the whole consent. A trigger refuses one that lies before the signature.
    """

    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="revocations")
    category = models.CharField(max_length=40, blank=True)
    cause = models.CharField(max_length=20, default=EndCause.REVOKED.value)
    at = models.DateTimeField()
    recorded_by_id = models.UUIDField()

    privacy = Privacy(clinical="category", operational="consent cause at recorded_by_id")

    class Meta(Kept.Meta):
        constraints: ClassVar = [
            *Kept.Meta.constraints,
            within("cause", [c.value for c in EndCause], "confidentiality_revocation_cause"),
            models.UniqueConstraint(fields=["consent", "category"], name="confidentiality_revocation_once"),
        ]


class NoticeAcknowledgement(Kept):
    """That a person was given the privacy notice: which version, when, and whether they signed for it."""

    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="notice_acknowledgements"
    )
    text_version = models.CharField(max_length=40)
    text_digest = models.CharField(max_length=64)
    language = models.CharField(max_length=5)
    method = models.CharField(max_length=20)
    not_signed_because = SealedText(of="person_id", blank=True)
    at = models.DateTimeField()
    recorded_by_id = models.UUIDField()

    privacy = Privacy(
        clinical="not_signed_because",
        operational="person text_version text_digest language method at recorded_by_id",
    )

    class Meta(Kept.Meta):
        constraints: ClassVar = [
            *Kept.Meta.constraints,
            within("method", [m.value for m in Method], "confidentiality_notice_method"),
        ]
