"""What falls due in a stay, and what the night makes of it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from procrastinate.contrib.django import app

from homeground.people.models import SafeContact
from homeground.placement import actions, tasks
from homeground.placement.models import Administration, MeasureLink, MeasureMessage, Packet
from homeground.placement.queries.trends import schedule
from homeground.placement.rules.instruments.schedule import due
from homeground.placement.tests.instruments.conftest import AT

MONDAY = date(2026, 10, 5)  # the first day of the patient's stay
DENVER = ZoneInfo("America/Denver")


def told(day, latest=None, ends_on=None):
    found = due(
        schedule(),
        starts_on=MONDAY,
        ends_on=ends_on,
        on=MONDAY + timedelta(days=day),
        latest=latest or {},
    )
    return {(each.occasion, (each.due_on - MONDAY).days): each.instruments for each in found}


def test_a_stay_begins_with_the_intake_round():
    assert list(told(0)) == [("intake", 0)]
    assert list(told(2)) == [("intake", 0)]
    assert told(3) == {}


def test_every_week_the_bam_iop_and_every_fourth_the_monthly_round():
    assert told(7) == {("weekly", 7): ("bam-iop",)}
    assert list(told(21)) == [("weekly", 21)]
    assert list(told(28)) == [("monthly", 28)]
    assert told(12) == {}


def test_a_high_score_asks_more_often():
    assert told(7, {("phq-9", "total"): 10})["weekly", 7] == ("bam-iop", "phq-9")
    assert told(7, {("phq-9", "total"): 9})["weekly", 7] == ("bam-iop",)


def test_the_last_day_asks_for_the_end_instead_of_the_week():
    assert list(told(14, ends_on=MONDAY + timedelta(days=15))) == [("discharge", 14)]


def at(day, hour=2):
    on = MONDAY + timedelta(days=day)
    return on, datetime(on.year, on.month, on.day, hour, tzinfo=DENVER)


@pytest.fixture
def night(visitor, inside):
    def asked(day):
        on, moment = at(day)
        return actions.ask_due(on=on, by=visitor, at=moment)

    return asked


@pytest.mark.django_db
def test_a_night_makes_the_packet_and_lays_a_message_ready(night):
    done = night(7)
    assert (done.packets, done.invited) == (1, 1)
    assert Packet.objects.get().occasion == "weekly"
    assert Administration.objects.get().instrument == "bam-iop"
    message = MeasureMessage.objects.get()
    assert (message.handed_at, message.reminds) == (None, False)
    assert bytes(message.sealed_secret)


@pytest.mark.django_db
def test_a_second_run_asks_nobody_twice(night):
    night(7)
    assert night(7).packets == 0
    assert night(8).packets == 0
    assert Packet.objects.count() == 1


@pytest.mark.django_db
def test_who_may_not_be_texted_gets_no_message_but_finds_it_here(night, patient):
    SafeContact.objects.filter(person=patient.person).update(may_text=False)
    done = night(7)
    assert (done.packets, done.invited) == (1, 0)
    assert not MeasureMessage.objects.exists()


@pytest.mark.django_db
def test_one_reminder_with_a_new_link_and_the_old_one_ends(night):
    night(7)
    assert night(8).reminded == 1
    assert night(9).reminded == 0
    assert MeasureLink.objects.filter(ended_at=None).count() == 1


@pytest.mark.django_db
def test_who_answered_is_not_reminded(night, visitor):
    night(7)
    row = Administration.objects.get()
    Administration.objects.filter(pk=row.pk).update(begun_at=AT, completed_at=AT)
    assert night(8).reminded == 0


@pytest.mark.django_db
def test_what_was_not_begun_in_three_days_is_closed(night):
    night(7)
    assert night(10).abandoned == 1


@pytest.mark.django_db
def test_each_clinic_is_asked_in_its_own_scope_and_zone(cast):
    _on, moment = at(7)
    tasks.ask_due_measures(int(moment.timestamp()))
    assert Packet.objects.count() == 1
    tasks.escalate_critical_answers(int(moment.timestamp()))


def test_the_worker_knows_the_tasks():
    names = {"ask_due_measures", "escalate_critical_answers"}
    assert {f"homeground.placement.tasks.{name}" for name in names} <= set(app.tasks)


@pytest.mark.django_db
def test_a_message_handed_over_names_nobody_and_opens_the_packet(night, visitor):
    night(7)
    _on, moment = at(7, hour=10)
    handing = {"base": "https://clinic.example", "sender": "Juniper office", "by": visitor, "at": moment}
    (message,) = actions.hand_over(**handing)
    assert message.to == "+13035550142"
    assert message.text.startswith("Juniper office: your short questions are ready.")
    secret = message.text.rstrip("/").rsplit("/", 1)[1]
    assert actions.open_link(secret=secret, by=visitor, at=moment)
    assert actions.hand_over(**handing) == ()
    assert not bytes(MeasureMessage.objects.get().sealed_secret), "nothing to use stays behind"


@pytest.mark.django_db
def test_who_said_no_meanwhile_is_not_texted(night, visitor, patient):
    night(7)
    SafeContact.objects.filter(person=patient.person).update(may_text=False)
    _on, moment = at(7, hour=10)
    assert actions.hand_over(base="", sender="", by=visitor, at=moment) == ()
    assert MeasureMessage.objects.get().handed_at == moment
