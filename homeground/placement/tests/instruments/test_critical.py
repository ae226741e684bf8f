"""A critical answer reaches a named person, escalates, and is closed by two."""

from datetime import timedelta

import pytest
from cast import make_member

from homeground.ground.actor import Actor
from homeground.ground.models import Outbox
from homeground.people.roles import Role
from homeground.placement import actions
from homeground.placement.models import Administration, CriticalAnswer
from homeground.placement.queries.critical import open_criticals
from homeground.placement.rules.disposition import Disposed, Outcome
from homeground.placement.tests.instruments.conftest import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("inside")]
SOON = AT + timedelta(minutes=10)
LATE = AT + timedelta(hours=3)
TALKED = Disposed(outcome=Outcome.TALKED, reached_at=AT + timedelta(minutes=5))


@pytest.fixture
def raised(send, visitor):
    """The ninth question of the PHQ-9 answered with "several days", nothing else."""
    send("phq-9")
    kept = actions.answer(
        administration_id=Administration.objects.get().pk, item="9", value=1, was=None, by=visitor, at=AT
    )
    assert [rule.kind for rule in kept.critical] == ["suicide"]
    return CriticalAnswer.objects.get()


def test_it_is_the_counselors_with_a_deadline_at_the_moment_of_answering(raised, counselor):
    assert raised.responsible_id == counselor.person.pk
    assert raised.due_at == AT + timedelta(minutes=120)
    assert raised.administration.completed_at is None
    assert Outbox.objects.get().event == "placement.critical.raised"


def test_not_at_all_raises_nothing(send, visitor):
    send("phq-9")
    row = Administration.objects.get()
    kept = actions.answer(administration_id=row.pk, item="9", value=0, was=None, by=visitor, at=AT)
    assert (kept.critical, CriticalAnswer.objects.count()) == ((), 0)


def test_taking_the_answer_back_does_not_take_the_work_back(raised, visitor):
    row = raised.administration
    actions.answer(administration_id=row.pk, item="9", value=0, was=1, by=visitor, at=SOON)
    assert CriticalAnswer.objects.filter(closed_at=None).count() == 1
    kept = actions.answer(administration_id=row.pk, item="9", value=3, was=0, by=visitor, at=SOON)
    assert kept.critical == ()
    assert CriticalAnswer.objects.count() == 1


def test_without_a_counselor_somebody_is_named_all_the_same(cast, send, visitor, director):
    cast.patient_episode.counselor = None
    cast.patient_episode.save()
    send("phq-9")
    row = Administration.objects.get()
    actions.answer(administration_id=row.pk, item="9", value=1, was=None, by=visitor, at=AT)
    assert CriticalAnswer.objects.get().responsible_id == director.person.pk


def test_who_is_on_call_hears_of_what_was_answered_unattended(send, visitor, director):
    actions.set_measures(
        shows_severity=False, on_call_id=director.person.pk, lead_id=None, by=director.actor, at=AT
    )
    send("c-ssrs")
    row = Administration.objects.get()
    actions.answer(administration_id=row.pk, item="q4", value=1, was=None, by=visitor, at=AT)
    found = CriticalAnswer.objects.get()
    assert (found.responsible_id, found.due_at) == (director.person.pk, AT + timedelta(minutes=15))


def test_nobody_in_time_brings_it_before_the_next_person_once(raised, visitor, director):
    assert actions.escalate_overdue(by=visitor, at=SOON) == 0
    assert actions.escalate_overdue(by=visitor, at=LATE) == 1
    assert actions.escalate_overdue(by=visitor, at=LATE) == 0
    found = CriticalAnswer.objects.get()
    assert (found.escalated_to_id, found.escalated_at) == (director.person.pk, LATE)


def test_what_was_acknowledged_does_not_escalate(raised, visitor, counselor):
    actions.acknowledge(critical_id=raised.pk, by=counselor.actor, at=SOON)
    assert actions.escalate_overdue(by=visitor, at=LATE) == 0


def test_it_is_seen_before_it_is_closed(raised, counselor):
    """Check H03."""
    with pytest.raises(actions.NotSeenYet):
        actions.dismiss(critical_id=raised.pk, done="Talked.", by=counselor.actor, at=SOON)


def test_two_different_people_close_it(raised, counselor, director):
    actions.acknowledge(critical_id=raised.pk, by=counselor.actor, at=SOON)
    closing = {"critical_id": raised.pk, "at": SOON}
    done = "Talked for an hour; safe plan made."
    assert not actions.dismiss(done=done, disposed=TALKED, by=counselor.actor, **closing)
    with pytest.raises(actions.SecondPersonNeeded):
        actions.dismiss(done="Still so.", by=counselor.actor, **closing)
    assert CriticalAnswer.objects.get().closed_at is None
    assert actions.dismiss(done="Read the note, agree.", by=director.actor, **closing)
    assert CriticalAnswer.objects.get().closed_at == SOON
    assert open_criticals() == ()
    with pytest.raises(actions.CriticalNotHere):
        actions.acknowledge(critical_id=raised.pk, by=counselor.actor, at=SOON)


def test_words_are_needed(raised, counselor):
    actions.acknowledge(critical_id=raised.pk, by=counselor.actor, at=SOON)
    with pytest.raises(actions.SayWhatWasDone):
        actions.dismiss(critical_id=raised.pk, done="  ", by=counselor.actor, at=SOON)


def test_only_clinicians_see_to_it(raised, clinic):
    desk = clinic.staff[Role.FRONT_DESK].actor
    with pytest.raises(actions.NotForYou):
        actions.acknowledge(critical_id=raised.pk, by=desk, at=SOON)
    with pytest.raises(actions.NotForYou):
        actions.dismiss(critical_id=raised.pk, done="x", by=Actor(organization_id=clinic.id), at=SOON)


def test_the_list_says_item_answer_rule_and_whose_it_is(raised, counselor, django_assert_num_queries):
    with django_assert_num_queries(2):
        (found,) = open_criticals()
    assert "better off dead" in found.question
    assert found.said == "Several days"
    assert found.responsible_id == counselor.person.pk
    assert found.source
    assert not found.overdue(SOON)
    assert found.overdue(LATE)


def test_who_is_on_call_is_a_clinician(clinic, director):
    desk = clinic.staff[Role.FRONT_DESK].person.pk
    with pytest.raises(actions.NotAClinicianOnCall):
        actions.set_measures(shows_severity=False, on_call_id=desk, lead_id=None, by=director.actor, at=AT)


def test_the_lead_the_clinic_named_hears_next(raised, clinic, visitor, director):
    lead = make_member(clinic, Role.COUNSELOR, "lead", "Second").person
    actions.set_measures(shows_severity=False, on_call_id=None, lead_id=lead.pk, by=director.actor, at=AT)
    actions.escalate_overdue(by=visitor, at=LATE)
    assert CriticalAnswer.objects.get().escalated_to_id == lead.pk
