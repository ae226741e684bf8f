"""Asking and answering: nothing lost, nothing double, nothing silently overwritten."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from homeground.audit.models import Entry
from homeground.people.models import SafeContact
from homeground.placement import actions
from homeground.placement.models import (
    Administration,
    CriticalAnswer,
    MeasureAnswer,
    MeasureLink,
    MeasureScore,
    Packet,
)
from homeground.placement.queries import measures
from homeground.placement.rules.instruments.score import BadAnswers
from homeground.placement.tests.instruments.conftest import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("inside")]
LATER = timedelta(minutes=5)


@pytest.fixture
def give(visitor):
    """Answer one question of the only questionnaire, as somebody without an account."""

    def given(item, value, was=None, at=AT, administration=None):
        administration = administration or Administration.objects.get()
        return actions.answer(
            administration_id=administration.pk, item=item, value=value, was=was, by=visitor, at=at
        )

    return given


def test_each_answer_is_there_at_once_and_the_last_completes(send, give):
    send("phq-2")
    first = give("1", 2)
    assert (first.finished, MeasureAnswer.objects.get().value) == (False, 2)
    assert Administration.objects.get().begun_at == AT
    last = give("2", 3, at=AT + LATER)
    assert last.finished
    assert Administration.objects.get().completed_at == AT + LATER
    assert MeasureScore.objects.get().value == 5


def test_the_version_is_pinned_and_a_retired_one_can_be_finished(send, give, director):
    send("phq-2")
    give("1", 1)
    actions.retire_instrument(code="phq-2", version="1", by=director.actor, at=AT + LATER)
    assert give("2", 1, at=AT + 2 * LATER).finished
    assert Administration.objects.get().version == "1"
    with pytest.raises(actions.NotInUse):
        send("phq-2")


def test_the_same_tap_twice_changes_nothing(send, give):
    send("phq-2")
    give("1", 2)
    entries = Entry.objects.count()
    give("1", 2, at=AT + LATER)
    assert MeasureAnswer.objects.get().answered_at == AT
    assert Entry.objects.count() == entries


def test_two_windows_do_not_overwrite_each_other_in_silence(send, give):
    send("phq-2")
    give("1", 2)
    with pytest.raises(actions.AnsweredMeanwhile) as told:
        give("1", 0, was=None, at=AT + LATER)
    assert told.value.value == 2
    give("1", 0, was=2, at=AT + LATER)
    assert MeasureAnswer.objects.get(replaced_at=None).value == 0
    assert MeasureAnswer.objects.get(replaced_at=AT + LATER).value == 2, "the former answer is kept"


def test_an_answer_outside_its_range_is_refused_and_nothing_written(send, give):
    send("phq-2")
    for item, value in (("1", 4), ("1", -1), ("3", 1)):
        with pytest.raises(BadAnswers):
            give(item, value)
    assert not MeasureAnswer.objects.exists()


def test_not_answering_is_kept_and_leaves_the_sum_open(send, give):
    send("phq-2")
    give("1", None)
    assert give("2", 3).finished
    assert MeasureScore.objects.get().value is None


def test_changing_a_gate_sets_aside_what_was_behind_it(send, give):
    send("bam-iop")
    give("4", 3)
    give("5", 2)
    give("4", 0, was=3, at=AT + LATER)
    in_force = dict(MeasureAnswer.objects.filter(replaced_at=None).values_list("item", "value"))
    assert in_force == {"4": 0}
    assert MeasureAnswer.objects.filter(item="5", replaced_at=AT + LATER).exists()


def test_what_is_finished_cannot_be_answered_again(send, give):
    send("phq-2")
    give("1", 1)
    give("2", 1)
    with pytest.raises(actions.AlreadyFinished):
        give("1", 3, was=1)


def test_what_was_left_off_is_abandoned_after_its_time_and_its_answers_stay(send, give, visitor):
    send("phq-9")
    give("9", 2)
    late = AT + timedelta(days=3, minutes=1)
    with pytest.raises(actions.AlreadyFinished):
        give("1", 1, at=late)
    assert actions.abandon_overdue(by=visitor, at=late) == 1
    assert actions.abandon_overdue(by=visitor, at=late) == 0
    assert Administration.objects.get().abandoned_at == late
    assert (MeasureAnswer.objects.count(), CriticalAnswer.objects.count()) == (1, 1)


def test_withdrawing_ends_the_link_and_keeps_the_answers(send, give, counselor, visitor):
    sent = send("phq-9")
    give("1", 1)
    actions.withdraw(packet_id=sent.packet_id, by=counselor.actor, at=AT + LATER)
    with pytest.raises(actions.LinkSpent):
        actions.open_link(secret=sent.secret, by=visitor, at=AT + LATER)
    assert MeasureAnswer.objects.count() == 1
    with pytest.raises(measures.PacketNotHere):
        actions.withdraw(packet_id=sent.packet_id, by=counselor.actor, at=AT + LATER)


def test_a_link_opens_once(send, visitor):
    sent = send("phq-2")
    actions.open_link(secret=sent.secret, by=visitor, at=AT + LATER)
    with pytest.raises(actions.LinkSpent):
        actions.open_link(secret=sent.secret, by=visitor, at=AT + LATER)


def test_a_link_is_too_old_after_a_day(send, visitor):
    sent = send("phq-2")
    with pytest.raises(actions.LinkSpent):
        actions.open_link(secret=sent.secret, by=visitor, at=AT + timedelta(hours=24))


def test_the_screen_handed_over_waits_half_an_hour(send, visitor):
    sent = send("phq-2", mode="kiosk")
    with pytest.raises(actions.LinkSpent):
        actions.open_link(secret=sent.secret, by=visitor, at=AT + timedelta(minutes=31))


def test_the_browser_that_opened_it_goes_on_and_no_other(send, visitor, clinic):
    sent = send("phq-2")
    visit = actions.open_link(secret=sent.secret, by=visitor, at=AT)
    assert measures.visiting(visit, clinic.id, AT + timedelta(hours=30)).packet_id == sent.packet_id
    assert measures.link(sent.secret, visit, clinic.id, AT + LATER).fresh is False
    with pytest.raises(measures.PacketNotHere):
        measures.link(sent.secret, "", clinic.id, AT + LATER)
    with pytest.raises(measures.PacketNotHere):
        measures.visiting("invented", clinic.id, AT)


def test_only_digests_of_the_secrets_are_kept(send, visitor):
    sent = send("phq-2")
    visit = actions.open_link(secret=sent.secret, by=visitor, at=AT)
    row = MeasureLink.objects.get()
    assert {row.digest, row.visit_digest}.isdisjoint({sent.secret, visit})


def test_a_text_needs_the_persons_word(send, patient):
    SafeContact.objects.filter(person=patient.person).update(may_text=False)
    with pytest.raises(actions.TextNotAllowed):
        send("phq-2", by_text=True)
    assert not Packet.objects.exists()
    assert send("phq-2").secret


def test_what_needs_somebody_at_once_is_not_offered_when_nobody_is_on_call(
    send, clinic, director, counselor, visitor
):
    """Check H04."""
    for mode in ("link", "kiosk", "portal"):
        with pytest.raises(actions.NobodyAnswers):
            send("c-ssrs", mode=mode)
    send("c-ssrs", mode="staff")
    named = {"shows_severity": False, "lead_id": None, "by": director.actor, "at": AT}
    actions.set_measures(on_call_id=counselor.person.pk, **named)
    sent = send("c-ssrs")
    visit = actions.open_link(secret=sent.secret, by=visitor, at=AT)
    assert measures.visiting(visit, clinic.id, AT)
    actions.set_measures(on_call_id=None, **named)
    with pytest.raises(measures.PacketNotHere):
        measures.visiting(visit, clinic.id, AT)


def test_without_text_nothing_is_sent(send):
    for codes in (["audit"], ["phq-10"], [], ["phq-2", "phq-10"]):
        with pytest.raises(actions.NotInUse):
            send(*codes)


def test_another_clinics_patient_is_not_here(cast, counselor):
    stranger = cast.other_clinic.staff["counselor"].person.pk
    with pytest.raises(actions.PatientNotHere):
        actions.send(patient_id=stranger, instruments=["phq-2"], mode="link", by=counselor.actor, at=AT)


def test_the_database_keeps_one_answer_in_force(send, give):
    send("phq-2")
    give("1", 1)
    row = MeasureAnswer.objects.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        MeasureAnswer.objects.create(
            organization_id=row.organization_id,
            administration=row.administration,
            item="1",
            value=2,
            answered_at=AT,
        )


def test_done_and_abandoned_exclude_each_other(send, give):
    send("phq-2")
    give("1", 1)
    give("2", 1)
    with pytest.raises(DatabaseError), transaction.atomic():
        Administration.objects.update(abandoned_at=AT)


def test_the_audit_trail_says_which_item_and_never_the_answer(send, give):
    send("phq-2")
    give("1", 3)
    entry = Entry.objects.get(event="placement.measure.answered")
    assert entry.facts == {"item": "1"}


def test_an_answer_costs_the_same_at_the_end_as_at_the_beginning(send, give):
    send("phq-9", "gad-7")
    row = Administration.objects.get(instrument="phq-9")
    with CaptureQueriesContext(connection) as first:
        give("1", 1, administration=row)
    for item in range(2, 7):
        give(str(item), 1, administration=row)
    with CaptureQueriesContext(connection) as seventh:
        give("7", 1, administration=row)
    # The first one also writes when it was begun.
    assert len(seventh) == len(first) - 1 <= 12
