"""What happened in one room is heard of in another: by the worker, once, and each thing by itself."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from furniture import make_group
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from homeground.chart import actions as chart
from homeground.chart.rules import DischargeReason
from homeground.confidentiality import queries as confidential
from homeground.confidentiality.rules.vocabulary import ConsentKind, EndsWith, Purpose
from homeground.confidentiality.tests.factories import draft, sign
from homeground.config import news, reactions, tasks
from homeground.front_door import actions as front_door
from homeground.front_door import queries as door
from homeground.front_door.models import Alert, HelpRequest
from homeground.ground import clock, outbox, scope
from homeground.ground.actor import Actor
from homeground.ground.models import Outbox
from homeground.people.roles import Role
from homeground.placement import actions as placement
from homeground.placement.models import Administration, CriticalNotice
from homeground.timetable.models import Seat

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 18, 17, tzinfo=UTC)
ASKING = {
    "alias": "Someone",
    "contact_kind": "phone",
    "contact": "+13035550142",
    "for_someone_else": False,
    "may_leave_message": False,
    "may_text": False,
    "may_name_us": False,
    "language": "en",
}


@pytest.fixture(autouse=True)
def nothing_remembered():
    news._REMEMBERED.clear()


def ask(clinic, by=None):
    by = by or clinic.staff[Role.FRONT_DESK].actor
    asking = front_door.Asking(**ASKING, once=uuid4())
    front_door.receive_request(asking=asking, zone=ZoneInfo("America/Denver"), by=by, at=AT)
    return HelpRequest.objects.get(once=asking.once).pk


def react(clinic):
    for told in outbox.untold():
        reactions.hand_on(clinic.id, told, AT)


def test_every_word_left_in_the_outbox_has_somebody_who_hears_it(clinic, inside):
    assert set(reactions.REACTIONS) == {
        "front_door.request.received",
        "front_door.worry.received",
        "confidentiality.consent.ending",
        "chart.episode.discharged",
        "confidentiality.glass.broken",
        "placement.critical.raised",
        "placement.critical.escalated",
    }
    ask(clinic)
    assert Outbox.objects.get().event in reactions.REACTIONS


def test_a_new_request_alerts_the_door_until_somebody_opens_it(clinic, inside):
    first, _second = ask(clinic), ask(clinic)
    assert door.new_requests() == 0
    react(clinic)
    assert (door.new_requests(), door.waiting(AT).new) == (2, 2)
    react(clinic)
    by = clinic.staff[Role.COUNSELOR].actor
    front_door.read_request(request_id=first, by=by, at=AT + timedelta(minutes=2))
    assert door.new_requests() == 1
    alert = Alert.objects.get(request=first)
    assert (alert.seen_at, alert.seen_by_id) == (AT + timedelta(minutes=2), by.account_id)


def test_a_request_opened_before_the_worker_looked_is_not_new(clinic, inside):
    request_id = ask(clinic)
    front_door.read_request(request_id=request_id, by=clinic.staff[Role.FRONT_DESK].actor, at=AT)
    react(clinic)
    assert door.new_requests() == 0


def test_the_doors_pages_say_how_many_are_new_and_nothing_about_whom(clinic, sign_in):
    with scope.entered(organization_id=clinic.id):
        ask(clinic)
        react(clinic)
    desk = sign_in(clinic.staff[Role.FRONT_DESK])
    page = desk.get(reverse("desk:people")).text
    assert "1 new" in page
    assert "Someone" not in page
    assert "1 new" not in sign_in(clinic.staff[Role.SCHEDULER]).get(reverse("desk:people")).text


def test_a_stay_that_ends_frees_its_chair(cast, clinic):
    with scope.entered(organization_id=clinic.id):
        make_group(cast)
        ends_on = clock.now().date() + timedelta(days=7)
        chart.discharge(
            episode_id=cast.patient_episode.pk,
            ends_on=ends_on,
            reason=DischargeReason.COMPLETED,
            by=clinic.staff[Role.COUNSELOR].actor,
            at=clock.now(),
        )
        assert Seat.objects.get().ends_on is None
        for _twice in range(2):
            for told in outbox.untold():
                reactions.hand_on(clinic.id, told, clock.now())
        assert Seat.objects.get().ends_on == ends_on


def test_one_that_fails_holds_up_no_other(clinic):
    """Each word is a job of its own, made once."""
    with scope.entered(organization_id=clinic.id):
        ask(clinic)
        ask(clinic)
    tasks.look_into_the_outbox(0)
    tasks.look_into_the_outbox(0)
    jobs = ProcrastinateJob.objects.filter(task_name="homeground.config.tasks.hand_on")
    assert jobs.count() == 2
    for job in jobs:
        tasks.hand_on(**job.args)
    with scope.entered(organization_id=clinic.id):
        assert door.new_requests() == 2
        assert not outbox.untold()


def test_a_critical_answer_reaches_who_has_it_and_then_the_next_person(cast, clinic, inside):
    visitor, counselor = Actor(organization_id=clinic.id), clinic.staff[Role.COUNSELOR]
    sent = placement.send(
        patient_id=cast.patient_episode.patient_id,
        instruments=["phq-9"],
        mode="link",
        by=counselor.actor,
        at=AT,
    )
    row = Administration.objects.get(packet=sent.packet_id)
    placement.answer(administration_id=row.pk, item="9", value=1, was=None, by=visitor, at=AT)
    react(clinic)
    assert [each.person_id for each in CriticalNotice.objects.all()] == [counselor.person.pk]
    placement.escalate_overdue(by=visitor, at=AT + timedelta(hours=3))
    react(clinic)
    director = clinic.staff[Role.DIRECTOR].person.pk
    assert {each.person_id for each in CriticalNotice.objects.all()} == {counselor.person.pk, director}


def test_another_clinics_word_is_not_heard_here(cast):
    with scope.entered(organization_id=cast.other_clinic.id):
        ask(cast.other_clinic)
        (told,) = outbox.untold()
    reactions.hand_on(cast.clinic.id, told, AT)
    with scope.entered(organization_id=cast.other_clinic.id):
        assert outbox.untold() == (told,)


def test_the_worker_knows_both_tasks():
    assert {"homeground.config.tasks.look_into_the_outbox", "homeground.config.tasks.hand_on"} <= set(
        app.tasks
    )


def test_a_consent_for_the_time_of_treatment_ends_with_the_stay(cast, clinic, inside):
    person_id, by = cast.patient.person.pk, clinic.staff[Role.COUNSELOR].actor
    lasting = draft(
        kind=ConsentKind.CARE_AND_PAY,
        recipients=("my treating providers",),
        purposes=frozenset({Purpose.TREATMENT}),
        ends_with=EndsWith.END_OF_TREATMENT,
        expires_at=None,
        signed_at=AT,
    )
    consent_id = sign(cast, by, draft=lasting, recipient_kind="", at=AT)
    ends_on = AT.date() + timedelta(days=1)
    chart.discharge(
        episode_id=cast.patient_episode.pk,
        ends_on=ends_on,
        reason=DischargeReason.COMPLETED,
        by=by,
        at=AT,
    )
    react(clinic)
    react(clinic)
    assert confidential.consent(consent_id, AT).in_force
    assert not confidential.consent(consent_id, AT + timedelta(days=1)).in_force
    assert [each.kind for each in confidential.consents_in_force(person_id, AT)] == ["care_and_pay"]
