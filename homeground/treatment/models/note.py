"""Notes: what is written about one person, what a session's notes share, who signed, and what was added."""

from typing import Any, ClassVar, NoReturn

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from homeground.ground.models import Owned
from homeground.ground.privacy import Privacy
from homeground.ground.sealed_text import SealedText
from homeground.treatment.rules.participation import (
    Engagement,
    NextStep,
    Progress,
    Response,
    Risk,
    Skill,
    SkillLevel,
)
from homeground.treatment.rules.signing import OF_SESSIONS, NoteKind


def _choices(words: Any) -> list[tuple[str, str]]:
    return [(word.value, word.value.replace("_", " ")) for word in words]


def _many(words: Any) -> Any:
    return ArrayField(models.CharField(max_length=20, choices=_choices(words)), default=list, blank=True)


class Unsigned(models.QuerySet["Note"]):
    """Notes may be changed until they are signed and are never deleted. The database refuses it too."""

    def update(self, **kwargs: Any) -> int:
        """Changes drafts only; signed rows stay as they are."""
        return super(Unsigned, self.filter(signed_at=None)).update(**kwargs)

    def delete(self) -> NoReturn:
        raise TypeError("notes are never deleted")


class Kept(models.QuerySet[Any]):
    """Rows that are written once."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("what was signed is never changed")

    def delete(self) -> NoReturn:
        raise TypeError("what was signed is never deleted")


class SharedPart(Owned):
    """What all notes of a session share: topic, method, what the facilitators did. No patient is named.

    Copied into each note when it is signed, so that later work on it changes no signed note. Sealed with the
    clinic's own key; `lesson` is the number of the course's lesson the topic names, None for another topic.
    """

    session = models.OneToOneField("treatment.Session", on_delete=models.PROTECT, related_name="shared_part")
    topic = SealedText(of="organization_id", blank=True)
    method = SealedText(of="organization_id", blank=True)
    text = SealedText(of="organization_id", blank=True)
    lesson = models.PositiveSmallIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by_id = models.UUIDField()

    privacy = Privacy(
        clinical="topic method text", operational="session lesson version changed_at changed_by_id"
    )


class Note(Owned):
    """One note about one person. FHIR: Composition.

    Marks and typed text may change until the note is signed; from then on the row stands still, and only an
    Addendum speaks. `hand_at` is set once the text was edited by hand: from then on the drafter keeps away.
    Times are copied from attendance when it is signed, typed for a note of no session. `likeness` in percent
    and `like_id` say what the note resembled when it was signed, `waived` why it was signed all the same.
    """

    kind = models.CharField(max_length=12, choices=_choices(NoteKind))
    patient = models.ForeignKey("chart.Patient", on_delete=models.PROTECT, related_name="notes")
    session = models.ForeignKey(
        "treatment.Session", on_delete=models.PROTECT, related_name="notes", null=True, blank=True
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(null=True)
    engagement = models.CharField(max_length=20, blank=True, choices=_choices(Engagement))
    responses = _many(Response)
    skills = _many(Skill)
    skill_level = models.CharField(max_length=20, blank=True, choices=_choices(SkillLevel))
    quote = SealedText(of="patient_id", blank=True)
    added = SealedText(of="patient_id", blank=True)
    objectives = ArrayField(models.UUIDField(), default=list, blank=True)
    progress = models.CharField(max_length=20, blank=True, choices=_choices(Progress))
    risk = models.CharField(max_length=20, blank=True, choices=_choices(Risk))
    risk_note = SealedText(of="patient_id", blank=True)
    next_steps = _many(NextStep)
    next_note = SealedText(of="patient_id", blank=True)
    text = SealedText(of="patient_id", blank=True)
    hand_at = models.DateTimeField(null=True, blank=True)
    shared = SealedText(of="patient_id", blank=True)
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    author = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    changed_by_id = models.UUIDField()
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by_id = models.UUIDField(null=True, blank=True)
    late = models.BooleanField(default=False)
    cosign_owed = models.BooleanField(default=False)
    likeness = models.PositiveSmallIntegerField(null=True)
    like_id = models.UUIDField(null=True)
    waived = SealedText(of="patient_id", blank=True)

    objects = Unsigned.as_manager()

    privacy = Privacy(
        clinical="kind engagement responses skills skill_level quote added objectives progress risk risk_note"
        " next_steps next_note text shared waived",
        operational="patient session starts_at ends_at minutes hand_at version opened_at author changed_at"
        " changed_by_id signed_at signed_by_id late cosign_owed likeness like_id",
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_by_id=None)
                | Q(signed_at__isnull=False, signed_by_id__isnull=False),
                name="treatment_note_signed_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None) | ~Q(text=b""), name="treatment_note_signed_says_something"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in NoteKind]), name="treatment_note_kind"
            ),
            models.CheckConstraint(
                condition=Q(session__isnull=False, kind__in=sorted(kind.value for kind in OF_SESSIONS))
                | Q(session=None) & ~Q(kind=NoteKind.GROUP.value),
                name="treatment_note_of_a_session",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("starts_at")), name="treatment_note_ends_later"
            ),
            models.UniqueConstraint(fields=["session", "patient"], name="treatment_note_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organization_id", "patient", "-starts_at"], name="treatment_note_by_patient"
            ),
            models.Index(
                fields=["organization_id", "ends_at"],
                condition=Q(signed_at=None),
                name="treatment_note_unsigned",
            ),
        ]


class WrittenOnce(Owned):
    """Who put their name to a note, with which letters, when, and the hash over all of it."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    account_id = models.UUIDField()
    name = models.CharField(max_length=200)
    credential = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)

    objects = Kept.as_manager()

    class Meta(Owned.Meta):
        abstract = True


class Signature(WrittenOnce):
    """A signature under a note: its author's, and that of each co-facilitator (check D13)."""

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="signatures")
    signed_at = models.DateTimeField()

    privacy = Privacy(identifying="name", operational="person account_id credential digest note signed_at")

    class Meta(WrittenOnce.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["note", "person"], name="treatment_signature_once"),
            models.CheckConstraint(condition=~Q(credential=""), name="treatment_signature_credential"),
        ]


class CoSignature(WrittenOnce):
    """A supervisor's signature under a note that waited for it (check D17)."""

    note = models.OneToOneField(Note, on_delete=models.PROTECT, related_name="cosignature")
    signed_at = models.DateTimeField()
    remark = SealedText(of="note.patient_id", blank=True)

    privacy = Privacy(
        identifying="name",
        clinical="remark",
        operational="person account_id credential digest note signed_at",
    )

    class Meta(WrittenOnce.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(condition=~Q(credential=""), name="treatment_cosignature_credential"),
        ]


class Addendum(WrittenOnce):
    """How a signed note reads from then on, and why; the note itself stays as it was (check D16).

    `text` is the whole wording, so that the difference to the one before can always be shown.
    """

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="addenda")
    number = models.PositiveSmallIntegerField()
    text = SealedText(of="note.patient_id")
    why = SealedText(of="note.patient_id")
    written_at = models.DateTimeField()

    privacy = Privacy(
        identifying="name",
        clinical="text why",
        operational="person account_id credential digest note number written_at",
    )

    class Meta(WrittenOnce.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["note", "number"], name="treatment_addendum_numbered"),
            models.CheckConstraint(condition=~Q(text=b"") & ~Q(why=b""), name="treatment_addendum_says_why"),
        ]


class Takeover(Owned):
    """Somebody who did not lead a session writes and signs its notes: why, and since when.

    The reason speaks of no patient; it is sealed with the clinic's own key.
    """

    appointment = models.ForeignKey(
        "timetable.Appointment", on_delete=models.PROTECT, related_name="takeovers"
    )
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    why = SealedText(of="organization_id")
    at = models.DateTimeField()
    by_id = models.UUIDField()

    objects = Kept.as_manager()

    privacy = Privacy(clinical="why", operational="appointment person at by_id")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["appointment", "person"], name="treatment_takeover_once"),
            models.CheckConstraint(condition=~Q(why=b""), name="treatment_takeover_says_why"),
        ]
