"""Writing and signing the notes of a session."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from homeground.audit.models import Entry
from homeground.ground import scope
from homeground.people.models import Person
from homeground.people.roles import Role
from homeground.treatment import actions as attendance
from homeground.treatment.actions import drafts, signing
from homeground.treatment.actions.drafts import Change, NotAChange, NotTheWriter, SheetNotTaken
from homeground.treatment.actions.signing import MayNotSign, NothingSaid, NotOwed
from homeground.treatment.models import Addendum, Note, SharedPart, Signature
from homeground.treatment.queries.notes import NoteNotHere, note_now, sessions_to_sign, to_cosign
from homeground.treatment.queries.workspace import WorkspaceNotHere, workspace
from homeground.treatment.rules.guards import Lack
from homeground.treatment.rules.sheet import Mark
from homeground.treatment.rules.signing import NotAllowed
from homeground.treatment.rules.vocabulary import State
from homeground.treatment.tests import factories

pytestmark = pytest.mark.django_db

OWN = (
    "brought a drawing of the week and spoke of the walk home past the corner store.",
    "told how a sister answered the phone at night and what was said before sleep came.",
    "listed four errands for Saturday morning so that no hour stays empty after breakfast.",
)


def letters(clinic, role, text):
    Person.objects.filter(pk=clinic.staff[role].person.pk).update(credentials=text)


@pytest.fixture
def by(clinic):
    letters(clinic, Role.FACILITATOR, "CAS")
    letters(clinic, Role.COUNSELOR, "LPC")
    letters(clinic, Role.DIRECTOR, "LPC")
    return lambda role: clinic.staff[role].actor


@pytest.fixture
def held(meeting, by, inside):
    """Attendance was taken: two are there, the third is absent."""
    take(meeting, by, {meeting.patients[2].pk: State.ABSENT})
    return meeting


def take(meeting, by, states=None, based_on=0):
    facts = meeting.appointment
    attendance.take_attendance(
        appointment_id=meeting.id,
        marks=[
            Mark(p.pk, (states or {}).get(p.pk, State.PRESENT), based_on=based_on) for p in meeting.patients
        ],
        starts_at=facts.starts_at,
        ends_at=facts.ends_at,
        breaks=[],
        by=by(Role.FACILITATOR),
        at=facts.ends_at,
    )


@pytest.fixture
def save(held, by):
    def save(*changes, role=Role.FACILITATOR, after=1):
        return drafts.save_drafts(
            appointment_id=held.id,
            changes=changes,
            by=by(role),
            at=held.appointment.ends_at + timedelta(minutes=after),
        )

    return save


@pytest.fixture
def sign(held, by):
    def sign(chosen=None, *, role=Role.FACILITATOR, after=5, seen=None, waived=None, changes=()):
        return signing.sign_notes(
            appointment_id=held.id,
            chosen=chosen,
            seen=seen or {},
            waived=waived or {},
            changes=changes,
            by=by(role),
            at=held.appointment.ends_at + timedelta(minutes=after),
        )

    return sign


@pytest.fixture
def both_written(held, save):
    for patient, text in zip(held.patients, OWN, strict=False):
        if patient != held.patients[2]:
            save(Change(patient.pk, "added", text))
    return held


def note(patient):
    return Note.objects.get(patient=patient)


def test_marks_become_a_draft_until_the_text_is_edited_by_hand(held, save):
    who = held.patients[0]
    saved = save(Change(who.pk, "engagement", "active"), Change(None, "topic", "Cravings"))
    assert (
        saved.drafted[who.pk]
        == f"{who.person.given_name} took part in the discussion of cravings without being asked."
    )
    save(Change(who.pk, "text", "My words.", saved.drafted[who.pk]))
    assert save(Change(who.pk, "engagement", "listened", "active")).drafted == {}
    assert note(who).text == "My words."
    save(Change(who.pk, "text", "", drafter=True))
    assert note(who).text.startswith(
        f"{who.person.given_name} followed the discussion of cravings attentively"
    )


def test_saving_the_same_again_writes_nothing(held, save):
    change = Change(held.patients[0].pk, "quote", "I am here", "")
    save(change)
    entries = Entry.objects.count()
    assert save(change).notes == ()
    assert (note(held.patients[0]).version, Entry.objects.count()) == (1, entries)


def test_two_writers_keep_both_their_texts(held, save):
    who = held.patients[0].pk
    save(Change(None, "text", "First.", ""), Change(who, "skills", ("urges",), ()))
    found = save(
        Change(None, "text", "Second.", ""), Change(who, "skills", ("support",), ()), role=Role.FACILITATOR
    )
    assert SharedPart.objects.get().text == "First. Second."
    assert note(held.patients[0]).skills == ["urges", "support"]
    assert {(each.name, each.both) for each in found.collisions} == {("text", True), ("skills", False)}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("engagement", "asleep"),
        ("mood", "good"),
        ("objectives", ("x",)),
        ("text", "a" * 20_001),
        ("quote", ("a",)),
    ],
)
def test_a_forged_field_is_refused(held, save, name, value):
    with pytest.raises(NotAChange):
        save(Change(held.patients[0].pk, name, value))


def test_nobody_writes_about_who_was_away_or_elsewhere(held, save):
    with pytest.raises(NotAChange):
        save(Change(held.patients[2].pk, "quote", "I was not there"))


def test_only_who_led_writes_and_a_takeover_makes_another_the_writer(held, save, by):
    change = Change(held.patients[0].pk, "quote", "Yes")
    with pytest.raises(NotTheWriter):
        save(change, role=Role.COUNSELOR)
    with pytest.raises(WorkspaceNotHere):
        save(change, role=Role.FRONT_DESK)
    at = held.appointment.ends_at
    for _ in range(2):
        signing.take_over(appointment_id=held.id, why="The leader fell ill", by=by(Role.COUNSELOR), at=at)
    save(change, role=Role.COUNSELOR)
    assert note(held.patients[0]).quote == "Yes"
    with pytest.raises(NothingSaid):
        signing.take_over(appointment_id=held.id, why=" ", by=by(Role.COUNSELOR), at=at)
    with pytest.raises(WorkspaceNotHere):
        signing.take_over(appointment_id=held.id, why="I want to", by=by(Role.FACILITATOR), at=at)


def test_before_attendance_there_is_nothing_to_write(meeting, by, inside):
    with pytest.raises(SheetNotTaken):
        drafts.save_drafts(
            appointment_id=meeting.id, changes=(), by=by(Role.FACILITATOR), at=meeting.appointment.ends_at
        )


def test_an_absence_makes_no_note_but_a_call(both_written, sign):
    assert set(sign().signed) == {each.pk for each in both_written.patients[:2]}
    assert not Note.objects.filter(patient=both_written.patients[2]).exists()
    assert both_written.patients[2].outreach.count() == 1


def test_a_signature_seals_text_times_name_credential_and_moment(both_written, sign, clinic):
    sign([both_written.patients[0].pk])
    row, name = note(both_written.patients[0]), clinic.staff[Role.FACILITATOR].person
    signature = Signature.objects.get()
    assert (row.starts_at, row.ends_at, row.minutes) == (
        both_written.appointment.starts_at, both_written.appointment.ends_at, 180
    )  # fmt: skip
    assert (signature.name, signature.credential, len(signature.digest)) == (
        f"{name.given_name} {name.family_name}", "CAS", 64
    )  # fmt: skip
    assert signature.signed_at == row.signed_at
    assert Entry.objects.filter(event="treatment.note.signed", patient_id=row.patient_id).count() == 1


def test_a_blank_note_holds_back_itself_alone(held, save, sign):
    save(Change(held.patients[0].pk, "added", OWN[0]))
    found = sign([each.pk for each in held.patients[:2]])
    assert found.signed == (held.patients[0].pk,)
    assert [each.lack for each in found.held_back[held.patients[1].pk]] == [Lack.EMPTY]


def test_a_copy_is_not_signed_and_a_likeness_wants_a_reason(held, save, sign):
    one, other = held.patients[:2]
    save(Change(one.pk, "added", OWN[0]), Change(other.pk, "added", OWN[0]))
    assert sign().signed == ()
    save(Change(other.pk, "added", OWN[0].replace("store", "shop"), OWN[0]))
    assert sign().signed == ()
    assert sign([other.pk]).signed == ()
    assert sign([other.pk], waived={other.pk: "They walked together"}).signed == (other.pk,)
    kept = note(other)
    assert (kept.likeness, kept.like_id, kept.waived) == (94, note(one).pk, "They walked together")


def test_another_patients_name_wants_a_reason(held, save, sign):
    one, other = held.patients[:2]
    save(Change(one.pk, "added", f"sat beside {other.person.given_name} and {OWN[0]}"))
    found = sign([one.pk])
    assert [each.lack for each in found.held_back[one.pk]] == [Lack.NO_PLAN, Lack.NAMED]


def test_what_changed_since_the_signer_looked_is_not_signed(both_written, sign, save, by):
    who = both_written.patients[0].pk
    at = both_written.appointment.ends_at
    page = workspace(both_written.id, at=at, by=by(Role.FACILITATOR))
    seen = {card.person.patient_id: card.token(page.sheet.shared) for card in page.cards}
    save(Change(who, "quote", "Wait"))
    assert sign(None, seen=seen).changed == {who}
    assert Note.objects.filter(signed_at__isnull=False).count() == 1
    take(both_written, by, {both_written.patients[2].pk: State.ABSENT, who: State.VIDEO}, based_on=1)
    assert sign([who], seen={who: "2.0.1"}).changed == {who}
    assert sign([who], seen={who: "2.0.2"}).signed == (who,)


def test_what_was_typed_last_is_kept_and_signed_together(both_written, sign):
    who = both_written.patients[0].pk
    sign([who], changes=[Change(who, "quote", "One more thing", "")])
    assert "One more thing" in note(both_written.patients[0]).text


def test_a_signed_note_takes_no_more_changes(both_written, sign, save):
    who = both_written.patients[0]
    sign([who.pk])
    before = note(who).text
    assert save(Change(who.pk, "text", "Better words")).too_late == {who.pk}
    assert note(who).text == before


def test_the_facilitator_needs_a_known_credential(both_written, sign, clinic):
    letters(clinic, Role.FACILITATOR, "")
    with pytest.raises(MayNotSign) as refused:
        sign()
    assert refused.value.decision.reasons == (NotAllowed.NO_CREDENTIAL,)


def test_a_trainees_note_waits_for_a_supervisor(both_written, sign, clinic, by):
    letters(clinic, Role.FACILITATOR, "CAT")
    sign([both_written.patients[0].pk])
    (waiting,) = to_cosign()
    at = both_written.appointment.ends_at + timedelta(hours=2)
    with pytest.raises(MayNotSign) as refused:
        signing.cosign(note_id=waiting.note_id, remark="", by=by(Role.FACILITATOR), at=at)
    assert refused.value.decision.reasons == (NotAllowed.OWN_NOTE, NotAllowed.NO_SUPERVISOR)
    signing.cosign(note_id=waiting.note_id, remark="Read together.", by=by(Role.COUNSELOR), at=at)
    assert to_cosign() == ()
    assert note_now(waiting.note_id).cosignature.remark == "Read together."
    with pytest.raises(NotOwed):
        signing.cosign(note_id=waiting.note_id, remark="", by=by(Role.COUNSELOR), at=at)


def test_an_addendum_says_how_the_note_reads_now_and_leaves_it_as_it_was(both_written, sign, by):
    who = both_written.patients[0]
    sign([who.pk])
    row, at = note(who), both_written.appointment.ends_at + timedelta(days=1)
    given = {"note_id": row.pk, "by": by(Role.FACILITATOR), "at": at}
    signing.add_to(text=f"{row.text} And left early.", why="Time was wrong", **given)
    now = note_now(row.pk)
    assert (now.row.text, now.reads) == (row.text, f"{row.text} And left early.")
    for text, why in (("", "Why"), ("Other", " "), (now.reads, "Why")):
        with pytest.raises(NothingSaid):
            signing.add_to(text=text, why=why, **given)
    assert Addendum.objects.count() == 1


def test_a_late_signature_is_labelled(both_written, sign):
    first, second = both_written.patients[:2]
    sign([first.pk], after=24 * 60)
    sign([second.pk], after=24 * 60 + 1)
    assert (note(first).late, note(second).late) == (False, True)


def test_both_leaders_put_their_name_under_a_note(both_written, sign, by, clinic):
    sign()
    signing.take_over(
        appointment_id=both_written.id,
        why="Led together",
        by=by(Role.COUNSELOR),
        at=both_written.appointment.ends_at,
    )
    assert len(sign(role=Role.COUNSELOR).signed) == 2
    assert len(sign(role=Role.COUNSELOR).signed) == 0
    assert [len(note_now(row.pk).signatures) for row in Note.objects.all()] == [2, 2]


def test_unsigned_work_ages_until_it_escalates(both_written, sign, by):
    ends_at = both_written.appointment.ends_at
    leader = by(Role.FACILITATOR).person_id
    (owed,) = sessions_to_sign(ends_at + timedelta(hours=25), leader)
    assert (owed.people, owed.missing, owed.escalated, owed.blocks) == (2, 2, True, False)
    sign([both_written.patients[0].pk])
    assert sessions_to_sign(ends_at + timedelta(hours=73))[0].missing == 1
    assert sessions_to_sign(ends_at + timedelta(hours=73))[0].blocks
    assert sessions_to_sign(ends_at + timedelta(hours=1), by(Role.COUNSELOR).person_id) == ()


def test_another_clinic_has_no_such_note(both_written, cast, by):
    other = cast.other_clinic.staff[Role.DIRECTOR].actor
    with pytest.raises(NoteNotHere):
        signing.cosign(
            note_id=other.account_id, remark="", by=by(Role.DIRECTOR), at=both_written.appointment.ends_at
        )


def counted(clinic, do):
    """Statements in a scope of its own, as each request has one, without those that frame it."""
    frame = ("SAVEPOINT", "RELEASE", "select set_config(", "select coalesce(current_setting(")
    with CaptureQueriesContext(connection) as captured, scope.entered(organization_id=clinic.id):
        do()
    return sum(not q["sql"].startswith(frame) for q in captured.captured_queries)


@pytest.mark.parametrize("size", [2, 12])
def test_statements_do_not_grow_with_the_group(clinic, by, inside, yesterday, size):
    meeting = factories.make_meeting(clinic, factories.make_patients(clinic, size), yesterday)
    take(meeting, by)
    actor, at = by(Role.FACILITATOR), meeting.appointment.ends_at
    changes = [
        Change(p.pk, "added", f"{OWN[n % 3]} {' '.join(f'word{n}x{k}' for k in range(30))}")
        for n, p in enumerate(meeting.patients)
    ]
    shared = Change(None, "topic", "Cravings")
    again = Change(None, "topic", "Cravings and urges", was="Cravings")

    def save(*what):
        drafts.save_drafts(appointment_id=meeting.id, changes=what, by=actor, at=at)

    first = counted(clinic, lambda: save(*changes, shared))
    saved = counted(clinic, lambda: save(again))
    opened = counted(clinic, lambda: workspace(meeting.id, at=at, by=actor))
    signed = counted(
        clinic,
        lambda: signing.sign_notes(
            appointment_id=meeting.id, chosen=None, seen={}, waived={}, by=actor, at=at
        ),
    )
    assert Note.objects.filter(signed_at__isnull=False).count() == size
    # The first text about anybody makes their data keys: five statements more for all of them together.
    assert (opened, first, saved, signed) == (8, 12, 7, 12)
