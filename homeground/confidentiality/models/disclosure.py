from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from homeground.confidentiality.models.consent import Consent
from homeground.confidentiality.models.kept import Kept, codes, within
from homeground.confidentiality.rules.orders import OrderKind
from homeground.confidentiality.rules.vocabulary import Asker, Basis, Channel, Outcome, Paper, Purpose
from homeground.ground.models import Owned, OwnedAddable
from homeground.ground.privacy import Privacy
from homeground.ground.sealed_text import SealedText


class Agreement(Owned):
    """A written agreement with a service organization, an auditor or a researcher, with its dates."""

    kind = models.CharField(max_length=20)
    party = models.CharField(max_length=200)
    reference = models.CharField(max_length=100)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by_id = models.UUIDField()

    privacy = Privacy(operational="kind party reference starts_on ends_on recorded_at recorded_by_id")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            within("kind", ["associate", "audit", "research", "service"], "confidentiality_agreement_kind"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                name="confidentiality_agreement_ends_later",
            ),
        ]


class OutsideRequest(OwnedAddable):
    """Somebody outside asks about a person. `person` stays empty until the identity check is noted.

    `subject` is the name as the asker gave it; whether anybody of that name is known here is not told.
    One that came by the public page was recorded by nobody; visitors may add a request and read none.
    """

    received_at = models.DateTimeField()
    recorded_by_id = models.UUIDField(null=True)
    came_by = models.CharField(max_length=20)
    asker_kind = models.CharField(max_length=30)
    asker_name = SealedText()
    asker_organization = SealedText(blank=True)
    asker_address = SealedText(blank=True)
    subject = SealedText()
    purpose = models.CharField(max_length=30)
    categories = codes()
    paper = models.CharField(max_length=20, default=Paper.NONE.value)
    paper_reference = SealedText(blank=True)
    paper_on = models.DateField(null=True, blank=True)
    words = SealedText(blank=True)
    language = models.CharField(max_length=5, default="en")
    once = models.UUIDField(null=True, help_text="Made with the public form: sending it twice makes one")
    owner = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="outside_requests", null=True, blank=True
    )
    identity_checked_by = SealedText(blank=True, help_text="How it was checked")
    identity_checked_at = models.DateTimeField(null=True, blank=True)
    identity_checked_by_id = models.UUIDField(null=True)
    outcome = models.CharField(max_length=10, blank=True)
    reasons = codes(60)
    exception = models.CharField(max_length=60, blank=True, help_text="Information-blocking exception")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_id = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by_id = models.UUIDField(null=True)

    privacy = Privacy(
        identifying="asker_name asker_organization asker_address subject identity_checked_by",
        clinical="categories words",
        operational="received_at recorded_by_id came_by asker_kind purpose paper paper_reference paper_on"
        " language once owner person identity_checked_at identity_checked_by_id outcome reasons exception"
        " decided_at decided_by_id closed_at closed_by_id",
    )

    class Meta(OwnedAddable.Meta):
        constraints: ClassVar = [
            *OwnedAddable.Meta.constraints,
            models.UniqueConstraint(fields=["organization_id", "once"], name="confidentiality_outside_once"),
            models.CheckConstraint(
                condition=Q(recorded_by_id__isnull=False) | Q(came_by="web"),
                name="confidentiality_outside_recorded",
            ),
            within("asker_kind", [a.value for a in Asker], "confidentiality_outside_asker"),
            within("purpose", [p.value for p in Purpose], "confidentiality_outside_purpose"),
            within("paper", [p.value for p in Paper], "confidentiality_outside_paper"),
            within("outcome", ["", *(o.value for o in Outcome)], "confidentiality_outside_outcome"),
            models.CheckConstraint(
                condition=Q(person=None) | Q(identity_checked_at__isnull=False),
                name="confidentiality_outside_identity",
            ),
            models.CheckConstraint(
                condition=Q(identity_checked_at=None, identity_checked_by_id=None, identity_checked_by=b"")
                | (
                    Q(
                        identity_checked_at__isnull=False,
                        identity_checked_at__gte=F("received_at"),
                        identity_checked_by_id__isnull=False,
                    )
                    & ~Q(identity_checked_by=b"")
                ),
                name="confidentiality_outside_checked",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by_id=None, outcome="")
                | (
                    Q(decided_at__isnull=False, decided_at__gte=F("received_at"), decided_by_id__isnull=False)
                    & ~Q(outcome="")
                ),
                name="confidentiality_outside_decided",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by_id=None)
                | Q(closed_at__isnull=False, closed_at__gte=F("received_at"), closed_by_id__isnull=False),
                name="confidentiality_outside_closed",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organization_id", "received_at"],
                condition=Q(closed_at=None),
                name="confidentiality_outside_open",
            )
        ]


class CourtOrder(Owned):
    """What somebody read in the court order of a request, element by element (42 CFR part 2, subpart E)."""

    request = models.OneToOneField(OutsideRequest, on_delete=models.PROTECT, related_name="court_order")
    kind = models.CharField(max_length=20)
    says = codes()
    lists = codes()
    read_at = models.DateTimeField()
    read_by_id = models.UUIDField()

    privacy = Privacy(clinical="lists", operational="request kind says read_at read_by_id")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            within("kind", [k.value for k in OrderKind], "confidentiality_order_kind"),
        ]


class Disclosure(Kept):
    """One line of the accounting: what left, to whom, why, on what ground, and the digest of what was sent.

    `permit_id` is spent once. A trigger refuses a line whose consent had not begun or had ended by `at`.
    """

    permit_id = models.UUIDField(unique=True)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="disclosures")
    at = models.DateTimeField()
    recipient_kind = models.CharField(max_length=30)
    recipient = SealedText(of="person_id")
    recipient_address = SealedText(of="person_id", blank=True)
    purpose = models.CharField(max_length=30)
    categories = codes()
    description = SealedText(of="person_id")
    basis = models.CharField(max_length=30)
    rule = models.CharField(max_length=60)
    part2 = models.BooleanField()
    channel = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    consent = models.ForeignKey(
        Consent, on_delete=models.PROTECT, related_name="disclosures", null=True, blank=True
    )
    outside_request = models.ForeignKey(
        OutsideRequest, on_delete=models.PROTECT, related_name="disclosures", null=True, blank=True
    )
    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="disclosures", null=True, blank=True
    )
    emergency = SealedText(of="person_id", blank=True, help_text="The nature of the emergency")
    facility = SealedText(of="person_id", blank=True)
    made_by_id = models.UUIDField()

    privacy = Privacy(
        identifying="recipient recipient_address facility",
        clinical="categories description emergency",
        operational="permit_id person at recipient_kind purpose basis rule part2 channel digest consent"
        " outside_request agreement made_by_id",
    )

    class Meta(Kept.Meta):
        constraints: ClassVar = [
            *Kept.Meta.constraints,
            within("recipient_kind", [a.value for a in Asker], "confidentiality_disclosure_recipient"),
            within("purpose", [p.value for p in Purpose], "confidentiality_disclosure_purpose"),
            within("basis", [b.value for b in Basis], "confidentiality_disclosure_basis"),
            within("channel", [c.value for c in Channel], "confidentiality_disclosure_channel"),
            models.CheckConstraint(
                condition=~Q(recipient=b"") & ~Q(description=b"") & ~Q(categories=[]),
                name="confidentiality_disclosure_said",
            ),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="confidentiality_disclosure_digest"
            ),
            models.CheckConstraint(
                condition=~Q(basis=Basis.CONSENT.value) | ~Q(consent=None),
                name="confidentiality_disclosure_consent",
            ),
            models.CheckConstraint(
                condition=~Q(basis=Basis.EMERGENCY.value) | (~Q(emergency=b"") & ~Q(facility=b"")),
                name="confidentiality_disclosure_emergency",
            ),
            models.CheckConstraint(
                condition=~Q(
                    basis__in=[
                        Basis.AUDIT.value,
                        Basis.RESEARCH.value,
                        Basis.SERVICE_ORGANIZATION.value,
                    ]
                )
                | ~Q(agreement=None),
                name="confidentiality_disclosure_agreement",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "at"], name="confidentiality_accounting"),
        ]
