"""Who answers at once: the roster, and the word that reaches them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from homeground.ground import clock
from homeground.ground.neutral import telling
from homeground.people.models import SafeContact
from homeground.placement import actions
from homeground.placement.actions.messages import URGENT
from homeground.placement.models import Administration, CriticalAnswer, CriticalNotice, Disposition, OnCall
from homeground.placement.queries.critical import open_criticals
from homeground.placement.queries.on_call import on_call
from homeground.placement.rules.disposition import Disposed, Lack, Outcome, SafetyPlanNow, Watch
from homeground.placement.tests.instruments.conftest import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("inside")]
HOUR = timedelta(hours=1)
BASE = {"base": "https://clinic.example", "sender": "Denver Office"}


@pytest.fixture
def shift(director):
    """The director answers from now on for eight hours."""
    return actions.put_on_call(
        person_id=director.person.pk, starts_at=AT, ends_at=AT + 8 * HOUR, by=director.actor, at=AT
    )


def answered(send, visitor, item="q4", at=AT):
    send("c-ssrs", at=at)
    row = Administration.objects.get()
    actions.answer(administration_id=row.pk, item=item, value=1, was=None, by=visitor, at=at)
    return CriticalAnswer.objects.get()


def test_the_roster_says_who_answers_and_only_in_its_time(shift, director, clinic):
    assert on_call(AT) == on_call(AT + 8 * HOUR - timedelta(seconds=1)) == director.person.pk
    assert on_call(AT - timedelta(seconds=1)) is on_call(AT + 8 * HOUR) is None
    actions.take_off_call(shift_id=shift, by=director.actor, at=AT)
    assert on_call(AT) is None
    with pytest.raises(actions.ShiftNotHere):
        actions.take_off_call(shift_id=shift, by=director.actor, at=AT)


def test_h04_the_c_ssrs_is_offered_unattended_only_while_somebody_answers(shift, send):
    with pytest.raises(actions.NobodyAnswers):
        send("c-ssrs", at=AT + 9 * HOUR)
    send("c-ssrs", at=AT + 7 * HOUR)


def test_who_left_the_clinic_answers_nothing(shift, director):
    director.account.memberships.update(ends_at=AT)
    assert on_call(AT + HOUR) is None


def test_times_do_not_overlap_and_end(shift, director, counselor):
    def put(starts, ends, who=counselor):
        return actions.put_on_call(
            person_id=who.person.pk, starts_at=AT + starts, ends_at=AT + ends, by=director.actor, at=AT
        )

    with pytest.raises(actions.ShiftTaken):
        put(7 * HOUR, 9 * HOUR)
    for starts, ends in ((2 * HOUR, HOUR), (-3 * HOUR, -HOUR), (9 * HOUR, timedelta(days=15))):
        with pytest.raises(actions.NotAShift):
            put(starts, ends)
    put(8 * HOUR, 9 * HOUR)
    assert OnCall.objects.count() == 2


def test_a_critical_answer_sends_word_in_neutral_words_once(shift, send, visitor, director):
    reach = SafeContact.objects.get(person=director.person)
    reach.phone = "303-555-0199"
    reach.save()
    critical = answered(send, visitor)
    assert critical.responsible_id == director.person.pk
    for _twice in range(2):
        actions.notify_of_critical(critical_id=critical.pk, by=visitor, at=AT)
    (text,) = actions.hand_over(**BASE, by=visitor, at=AT)
    assert text.to == "303-555-0199"
    assert text.text == "Denver Office: something waits for you now. Please sign in."
    assert [telling(each, language=code) for code, each in URGENT.items()] == [(), ()]
    assert actions.hand_over(**BASE, by=visitor, at=AT) == ()
    assert CriticalNotice.objects.get().sent


def test_what_somebody_took_on_rings_nobody_any_more(shift, send, visitor, director):
    critical = answered(send, visitor)
    actions.notify_of_critical(critical_id=critical.pk, by=visitor, at=AT)
    actions.acknowledge(critical_id=critical.pk, by=director.actor, at=AT)
    assert actions.hand_over(**BASE, by=visitor, at=AT) == ()
    assert not CriticalNotice.objects.get().sent


def test_escalation_sends_word_to_the_next_person_too(shift, send, visitor, director, counselor):
    critical = answered(send, visitor)
    actions.notify_of_critical(critical_id=critical.pk, by=visitor, at=AT)
    actions.escalate_overdue(by=visitor, at=AT + HOUR)
    actions.notify_of_critical(critical_id=critical.pk, by=visitor, at=AT + HOUR)
    named = set(CriticalNotice.objects.values_list("person_id", flat=True))
    assert named == {director.person.pk, counselor.person.pk}


def test_h03_a_high_answer_is_closed_with_its_disposition_and_by_two(
    shift, send, visitor, director, counselor
):
    critical = answered(send, visitor)
    actions.acknowledge(critical_id=critical.pk, by=director.actor, at=AT)
    closing = {"critical_id": critical.pk, "done": "Called at once.", "at": AT + HOUR}
    with pytest.raises(actions.DispositionLacking) as refused:
        actions.dismiss(disposed=Disposed(outcome=Outcome.TALKED), by=director.actor, **closing)
    assert set(refused.value.lacks) == {Lack.NO_TIME, Lack.NO_WATCH, Lack.NO_SAFETY_PLAN}
    whole = Disposed(Outcome.CRISIS_TEAM, AT + HOUR / 2, Watch.WITH_SOMEBODY, SafetyPlanNow.READ_OVER)
    assert not actions.dismiss(disposed=whole, by=director.actor, **closing)
    (found,) = open_criticals()
    assert (found.means, found.disposition.outcome, found.disposition.watch) == (
        "high",
        "crisis_team",
        "with_somebody",
    )
    assert actions.dismiss(by=counselor.actor, **closing)
    assert Disposition.objects.get().by_id == director.person.pk


def test_the_page_keeps_what_was_typed_and_says_what_is_wrong(sign_in, director, counselor, clinic):
    desk, url = sign_in(director), reverse("placement:on_call")
    assert "Nobody answers now" in desk.get(url).content.decode()
    SafeContact.objects.filter(person=counselor.person).update(phone=b"")
    begins = clock.now() + timedelta(days=1)
    told = {
        "person": str(counselor.person.pk),
        "starts_on": f"{begins:%m/%d/%Y}",
        "starts_time": "8:00",
        "ends_on": f"{begins:%m/%d/%Y}",
        "ends_time": "7:00",
    }
    refused = desk.post(url, told)
    assert refused.status_code == 422
    assert b"It ends after it begins" in refused.content and b'value="7:00"' in refused.content
    assert desk.post(url, {**told, "ends_time": "17:00"}).status_code == 302
    page = desk.get(url).content.decode()
    assert "no number" in page and counselor.person.family_name in page
    shift = OnCall.objects.get()
    assert desk.post(reverse("placement:on_call_removal", args=[shift.pk])).status_code == 302
    assert desk.post(reverse("placement:on_call_removal", args=[shift.pk])).status_code == 404
