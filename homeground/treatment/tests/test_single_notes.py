"""Notes of no group session: begun, kept, guarded, signed with the facts, given up."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection, transaction

from homeground.audit.models import Entry
from homeground.people.models import Person
from homeground.people.roles import Role
from homeground.treatment.actions import single as actions
from homeground.treatment.actions import supervising
from homeground.treatment.actions.drafts import Change
from homeground.treatment.actions.signing import MayNotSign, NothingSaid, add_to, cosign
from homeground.treatment.actions.single import NoDraft, NotATime, NotTheAuthor, Times
from homeground.treatment.models import Note, Passage, SentBack
from homeground.treatment.queries.notes import NoteNotHere, note_now
from homeground.treatment.queries.single import PatientNotHere, single
from homeground.treatment.rules.guards import Lack
from homeground.treatment.rules.marks import NotAChange
from homeground.treatment.rules.outlines import OUTLINES, Part, missing
from homeground.treatment.rules.signing import NotAllowed, NoteKind
from homeground.treatment.tests.test_note_actions import take

pytestmark = pytest.mark.django_db

DENVER = ZoneInfo("America/Denver")
AT = datetime(2026, 11, 18, 10, 0, tzinfo=DENVER)
TODAY = Times(date(2026, 11, 18), time(9, 0), time(9, 40))
CONTACT = {
    "part_how": "Telephone, 12 minutes, with the person.",
    "part_about": "A shift was moved to Thursday evening, and the ride home falls away.",
    "part_agreed": "We look for a make-up on Saturday.",
}


@pytest.fixture
def who(cast):
    return cast.patient_episode.patient_id


@pytest.fixture
def by(clinic, inside):
    for role, text in ((Role.COUNSELOR, "LPC"), (Role.DIRECTOR, "LCSW"), (Role.FACILITATOR, "CAT")):
        Person.objects.filter(pk=clinic.staff[role].person.pk).update(credentials=text)
    return lambda role: clinic.staff[role].actor


def begin(who, by, kind=NoteKind.CONTACT, role=Role.COUNSELOR, times=TODAY, at=AT):
    return actions.begin_note(patient_id=who, kind=kind, times=times, by=by(role), at=at)


def keep(note_id, by, fields, role=Role.COUNSELOR, was="", at=AT, **more):
    changes = [Change(note_id, name, value, was) for name, value in fields.items()]
    return actions.keep_note(note_id=note_id, changes=changes, by=by(role), at=at, **more)


def sign(note_id, by, role=Role.COUNSELOR, at=AT, **more):
    given = {"seen": "", "waived": "", "changes": (), **more}
    return actions.sign_note(note_id=note_id, by=by(role), at=at, **given)


@pytest.mark.parametrize("kind", sorted(OUTLINES))
def test_every_kind_has_headings_that_make_its_text(kind, who, by):
    note_id = begin(who, by, kind)
    parts = {f"part_{asked.part}": f"Words under {asked.part}." for asked in OUTLINES[kind]}
    kept = keep(note_id, by, parts)
    for asked in OUTLINES[kind]:
        assert f"Words under {asked.part}." in kept.text
    assert Passage.objects.filter(note=note_id).count() == len(OUTLINES[kind])
    assert single(note_id, by=by(Role.COUNSELOR), at=AT).parts[OUTLINES[kind][0].part]


def test_a_contact_is_written_signed_and_then_stands_still(who, by):
    note_id = begin(who, by)
    assert begin(who, by) == note_id, "begun twice on one day is one draft"
    keep(note_id, by, CONTACT)
    assert sign(note_id, by).signed
    note = note_now(note_id)
    assert "Contact: Telephone, 12 minutes, with the person." in note.row.text
    assert note.row.shared.startswith("Stay: Adult program, level 2.1, since Mon 5 Oct 2026")
    assert [(each.credential, each.at) for each in note.signatures] == [("LPC", AT)]
    assert not note.row.late
    with pytest.raises(NoDraft):
        keep(note_id, by, {"part_how": "Other words."})
    for sql in ("update treatment_passage set text = 'x'", "delete from treatment_passage"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    add_to(note_id=note_id, text=note.row.text + " Called back.", why="A call", by=by(Role.COUNSELOR), at=AT)
    assert note_now(note_id).reads.endswith("Called back.")
    events = Entry.objects.filter(subject_id=note_id).order_by("id").values_list("event", flat=True)
    assert {"treatment.note.begun", "treatment.note.drafted", "treatment.note.signed"} <= set(events)


def test_saving_the_same_again_writes_nothing(who, by):
    note_id = begin(who, by)
    first = keep(note_id, by, CONTACT)
    entries = Entry.objects.count()
    assert keep(note_id, by, CONTACT).version == first.version
    assert Entry.objects.count() == entries


def test_two_windows_of_one_note_keep_both_their_words(who, by):
    note_id = begin(who, by)
    keep(note_id, by, {"part_about": "First window."})
    kept = keep(note_id, by, {"part_about": "Second window."})
    assert Passage.objects.get(note=note_id).text == "First window. Second window."
    assert [(each.name, each.both) for each in kept.collisions] == [("part_about", True)]


def test_headings_and_risk_are_asked_before_a_crisis_is_signed(who, by):
    note_id = begin(who, by, NoteKind.CRISIS)
    found = sign(note_id, by)
    lacks = [each.lack for each in found.held_back]
    assert not found.signed
    assert lacks.count(Lack.PART_MISSING) == len(missing(NoteKind.CRISIS, {})) == 5
    assert {Lack.EMPTY, Lack.RISK_UNASKED} <= set(lacks)
    assert Lack.NO_OBJECTIVE not in lacks
    assert Lack.NO_PLAN not in lacks
    parts = {f"part_{each.part}": f"Words of {each.part} told in full." for each in OUTLINES[NoteKind.CRISIS]}
    keep(note_id, by, {**parts, "risk": "concern"})
    assert [each.lack for each in sign(note_id, by).held_back] == [Lack.RISK_UNTOLD]
    keep(note_id, by, {"risk_note": "Said the thought comes at night; the supervisor was called at 9:20."})
    assert sign(note_id, by).signed
    assert "Safety plan: none is finished" in note_now(note_id).row.shared


def test_another_patients_name_is_asked_about(who, by, meeting):
    take(meeting, by)
    Person.objects.filter(pk=meeting.patients[0].person_id).update(family_name="Quillfeather")
    note_id = begin(who, by)
    keep(note_id, by, CONTACT | {"part_about": "Spoke of a ride home with Quilfeather at length."})
    later = meeting.appointment.ends_at + timedelta(hours=1)
    assert [each.lack for each in sign(note_id, by, at=later).held_back] == [Lack.NAMED]
    assert sign(note_id, by, at=later, waived="A cousin of the same name").signed
    assert Note.objects.get(pk=note_id).waived == "A cousin of the same name"


def test_the_same_words_as_last_week_are_found(who, by):
    first = begin(who, by)
    keep(first, by, CONTACT)
    sign(first, by)
    next_week = AT + timedelta(days=7)
    again = begin(who, by, times=Times(date(2026, 11, 25), time(9), time(9, 30)), at=next_week)
    keep(again, by, CONTACT, at=next_week)
    found = sign(again, by, at=next_week)
    assert [(each.lack, each.listed) for each in found.held_back] == [(Lack.LIKE_BEFORE, True)]


def test_what_changed_after_the_signer_looked_is_not_signed(who, by):
    note_id = begin(who, by)
    keep(note_id, by, CONTACT)
    seen = single(note_id, by=by(Role.COUNSELOR), at=AT).token
    keep(note_id, by, {"part_agreed": "And one more thing."}, was=CONTACT["part_agreed"])
    assert sign(note_id, by, seen=seen).changed
    assert Note.objects.get(pk=note_id).signed_at is None


def test_times_are_the_clinics_and_never_ahead(who, by):
    note_id = begin(who, by, times=Times(date(2026, 11, 17), time(23, 30), time(0, 15)))
    row = Note.objects.get(pk=note_id)
    assert (row.starts_at, row.ends_at) == (
        datetime(2026, 11, 17, 23, 30, tzinfo=DENVER),
        datetime(2026, 11, 18, 0, 15, tzinfo=DENVER),
    )
    for wrong in (
        Times(date(2026, 11, 19), time(9), time(10)),
        Times(date(2026, 11, 17), time(6), time(5, 30)),
    ):
        with pytest.raises(NotATime):
            keep(note_id, by, {}, times=wrong)


def test_in_the_night_of_the_clock_change_an_hour_is_an_hour(who, by):
    at = datetime(2026, 11, 2, 9, tzinfo=DENVER)
    note_id = begin(who, by, times=Times(date(2026, 11, 1), time(0, 30), time(2, 30)), at=at)
    row = Note.objects.get(pk=note_id)
    assert row.ends_at - row.starts_at == timedelta(hours=3), "the clock showed one hour twice"


def test_a_late_note_is_a_late_entry_with_both_times(who, by):
    note_id = begin(who, by)
    later = AT + timedelta(days=3)
    keep(note_id, by, CONTACT, at=later)
    assert sign(note_id, by, at=later).signed
    row = Note.objects.get(pk=note_id)
    assert (row.late, row.ends_at.astimezone(DENVER).hour, row.signed_at) == (True, 9, later)


def test_only_the_author_writes_and_strangers_do_not_see_it(who, by):
    note_id = begin(who, by)
    with pytest.raises(NotTheAuthor):
        keep(note_id, by, CONTACT, role=Role.DIRECTOR)
    assert not single(note_id, by=by(Role.DIRECTOR), at=AT).writes
    with pytest.raises(NoteNotHere):
        single(note_id, by=by(Role.FACILITATOR), at=AT)
    with pytest.raises(PatientNotHere):
        begin(who, by, role=Role.FACILITATOR)
    with pytest.raises(NotAChange):
        keep(note_id, by, {"part_happened": "No heading of a contact."})


def test_a_draft_begun_by_mistake_is_owed_by_nobody(who, by):
    note_id = begin(who, by)
    with pytest.raises(NothingSaid):
        actions.discard_note(note_id=note_id, why=" ", by=by(Role.COUNSELOR), at=AT)
    actions.discard_note(note_id=note_id, why="Wrong person", by=by(Role.COUNSELOR), at=AT)
    with pytest.raises(NoDraft):
        keep(note_id, by, CONTACT)
    assert begin(who, by) != note_id


def medication(by, who, letters):
    Person.objects.filter(pk=by(Role.COUNSELOR).person_id).update(credentials=letters)
    note_id = begin(who, by, NoteKind.MEDICATION)
    outline = OUTLINES[NoteKind.MEDICATION]
    parts = {f"part_{each.part}": f"Words of {each.part} told in full." for each in outline}
    keep(note_id, by, {**parts, "risk": "asked_none"})
    return sign(note_id, by)


def test_a_medication_visit_is_signed_by_a_prescriber_alone(who, by):
    with pytest.raises(MayNotSign) as refused:
        medication(by, who, "LPC")
    assert refused.value.decision.reasons == (NotAllowed.NOT_THIS_KIND,)
    assert medication(by, who, "PMHNP").signed


class TestSupervision:
    """A trainee's note waits, comes back with words, is answered and co-signed (check D17)."""

    @pytest.fixture
    def waiting(self, who, by, clinic):
        Person.objects.filter(pk=by(Role.COUNSELOR).person_id).update(credentials="LPC-A")
        note_id = begin(who, by)
        keep(note_id, by, CONTACT)
        sign(note_id, by)
        return note_id

    def back(self, note_id, by, words="Which Saturday?", at=AT):
        supervising.send_back(note_id=note_id, words=words, by=by(Role.DIRECTOR), at=at)

    def test_sent_back_answered_and_co_signed(self, waiting, by):
        assert note_now(waiting).waits
        with pytest.raises(NothingSaid):
            self.back(waiting, by, " ")
        self.back(waiting, by)
        assert note_now(waiting).sent_back.remark == "Which Saturday?"
        with pytest.raises(supervising.NotOwed):
            cosign(note_id=waiting, remark="", by=by(Role.DIRECTOR), at=AT)
        with pytest.raises(supervising.NotOwed):
            self.back(waiting, by)
        answered = AT + timedelta(hours=1)
        text = note_now(waiting).reads + " Saturday 21 November."
        add_to(note_id=waiting, text=text, why="Asked", by=by(Role.COUNSELOR), at=answered)
        assert note_now(waiting).sent_back is None
        cosign(note_id=waiting, remark="Good", by=by(Role.DIRECTOR), at=answered + timedelta(minutes=1))
        assert not note_now(waiting).waits
        with pytest.raises(DatabaseError), transaction.atomic():
            SentBack.objects.all()._raw_delete("default")

    def test_a_trainee_co_signs_nobodys_note(self, waiting, by):
        with pytest.raises(MayNotSign) as refused:
            supervising.send_back(note_id=waiting, words="x", by=by(Role.FACILITATOR), at=AT)
        assert refused.value.decision.reasons == (NotAllowed.NO_SUPERVISOR,)

    def test_once_supervision_ended_a_trainee_signs_nothing(self, who, by):
        trainee, supervisor = by(Role.COUNSELOR).person_id, by(Role.DIRECTOR).person_id
        Person.objects.filter(pk=trainee).update(credentials="LPC-A")
        told = {"person_id": trainee, "supervisor_id": supervisor, "by": by(Role.DIRECTOR), "at": AT}
        supervising.record_supervision(**told, starts_on=date(2026, 10, 1), ends_on=date(2026, 11, 18))
        note_id = begin(who, by)
        keep(note_id, by, CONTACT)
        with pytest.raises(MayNotSign) as refused:
            sign(note_id, by)
        assert refused.value.decision.reasons == (NotAllowed.UNSUPERVISED,)
        supervising.record_supervision(**told, starts_on=date(2026, 11, 18))
        assert sign(note_id, by).signed

    def test_letters_that_ran_out_yesterday_sign_nothing(self, who, by):
        told = {"person_id": by(Role.COUNSELOR).person_id, "by": by(Role.DIRECTOR), "at": AT}
        with pytest.raises(supervising.NotTheirLetters):
            supervising.record_licence(**told, letters="LCSW", state="CO", ends_on=date(2026, 11, 18))
        supervising.record_licence(**told, letters="LPC", state="CO", ends_on=date(2026, 11, 18))
        note_id = begin(who, by)
        keep(note_id, by, CONTACT)
        with pytest.raises(MayNotSign) as refused:
            sign(note_id, by)
        assert refused.value.decision.reasons == (NotAllowed.LAPSED,)
        supervising.record_licence(**told, letters="LPC", state="CO", ends_on=date(2028, 11, 18))
        assert sign(note_id, by).signed

    def test_nobody_answers_for_themselves(self, by):
        own = by(Role.COUNSELOR).person_id
        told = {"supervisor_id": own, "starts_on": AT.date(), "by": by(Role.DIRECTOR), "at": AT}
        with pytest.raises(supervising.OwnSupervisor):
            supervising.record_supervision(person_id=own, **told)


def test_parts_of_another_kind_do_not_slip_in():
    assert Part.STAY in missing(NoteKind.PLAN_REVIEW, {Part.STATE: "x"})
