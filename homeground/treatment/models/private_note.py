from typing import ClassVar

from django.db import models
from django.db.models import Q

from homeground.ground.models import Owned
from homeground.ground.privacy import Privacy
from homeground.ground.rls import TenantPolicy
from homeground.treatment.rules.private_note import Kind


class PrivateNote(Owned):
    """A SUD counseling note or a psychotherapy note: its author's alone, kept apart from the chart.

    The database shows a row to the account that wrote it and to nobody else of the clinic, the director
    included; the text is sealed with the patient's data key. It belongs to no list of notes, no search,
    no export and no packet. Sources: 42 CFR 2.11 and 2.31(b); 45 CFR 164.501 (check F19).
    """

    patient = models.ForeignKey("chart.Patient", on_delete=models.PROTECT, related_name="+")
    author_id = models.UUIDField(help_text="The account that wrote it")
    kind = models.CharField(max_length=15, choices=[(kind.value, kind.value) for kind in Kind])
    about_on = models.DateField(help_text="The day of the conversation")
    sealed_text = models.BinaryField()
    written_at = models.DateTimeField()

    privacy = Privacy(clinical="kind about_on sealed_text", operational="patient author_id written_at")

    class Meta:
        constraints: ClassVar = [
            TenantPolicy(name="treatment_privatenote_author", author="author_id"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in Kind]), name="treatment_privatenote_kind"
            ),
            models.CheckConstraint(condition=~Q(sealed_text=b""), name="treatment_privatenote_text"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["author_id", "patient", "about_on"], name="treatment_privatenote_own")
        ]
