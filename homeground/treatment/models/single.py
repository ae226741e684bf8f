"""Notes of no group session: their parts, what a supervisor sent back, drafts nobody owes any more."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from homeground.ground.models import Owned
from homeground.ground.privacy import Privacy
from homeground.ground.sealed_text import SealedText
from homeground.treatment.models.note import Kept, Note, WrittenOnce
from homeground.treatment.rules.outlines import Part


class Passage(Owned):
    """The words under one heading of a note of no group session. They make the note's text.

    Changes until the note is signed; then the database keeps it as it is.
    """

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="passages")
    part = models.CharField(max_length=20, choices=[(part.value, part.value) for part in Part])
    text = SealedText(of="note.patient_id", blank=True)
    changed_at = models.DateTimeField()
    changed_by_id = models.UUIDField()

    privacy = Privacy(clinical="text", operational="note part changed_at changed_by_id")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["note", "part"], name="treatment_passage_once"),
            models.CheckConstraint(
                condition=Q(part__in=[part.value for part in Part]), name="treatment_passage_part"
            ),
        ]


class SentBack(WrittenOnce):
    """A supervisor asks for something before co-signing: in which words, when (check D17).

    The signed note stands; its author answers with an addendum, and the note waits again.
    """

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="sent_back")
    sent_at = models.DateTimeField()
    words = SealedText(of="note.patient_id")

    privacy = Privacy(
        identifying="name", clinical="words", operational="person account_id credential digest note sent_at"
    )

    class Meta(WrittenOnce.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(condition=~Q(words=b""), name="treatment_sentback_says_why"),
        ]


class Discarded(Owned):
    """A draft that was begun by mistake: kept, owed by nobody, never signed. Why, and since when."""

    note = models.OneToOneField(Note, on_delete=models.PROTECT, related_name="discarded")
    why = SealedText(of="note.patient_id")
    at = models.DateTimeField()
    by_id = models.UUIDField()

    objects = Kept.as_manager()

    privacy = Privacy(clinical="why", operational="note at by_id")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(condition=~Q(why=b""), name="treatment_discarded_says_why"),
        ]
