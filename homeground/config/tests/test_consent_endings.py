"""What waits in a queue asks again before it is told: reminders, messages, calendars, packets (F07, F08)."""

from datetime import timedelta

import pytest

from homeground.confidentiality import actions as confidentiality
from homeground.confidentiality.actions import reminders
from homeground.confidentiality.models import EndingReminder
from homeground.confidentiality.tests.factories import AT, draft, sign
from homeground.config import reactions
from homeground.ground import outbox
from homeground.ground.actor import Actor
from homeground.people.actions import notices
from homeground.people.models import Notice
from homeground.people.roles import Role

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def by(cast):
    return cast.clinic.staff[Role.COUNSELOR].actor


@pytest.fixture
def worker(cast):
    return Actor(organization_id=cast.clinic.id)


@pytest.fixture
def signed(cast, by, inside):
    """A consent that ends in ninety days."""
    return sign(cast, by, draft=draft(expires_at=AT + 90 * DAY))


def hand_on(cast, at):
    for told in outbox.untold():
        reactions.hand_on(cast.clinic.id, told, at)


def test_word_is_left_thirty_and_seven_days_before_and_once_each_f08(cast, worker, signed):
    end = AT + 90 * DAY
    left = [reminders.remind_of_endings(by=worker, at=end - days * DAY) for days in (31, 30, 29, 8, 7, 6, 1)]
    assert left == [0, 1, 0, 0, 1, 0, 0]
    assert sorted(EndingReminder.objects.values_list("days", flat=True)) == [7, 30]
    assert reminders.remind_of_endings(by=worker, at=end + DAY) == 0


def test_a_consent_signed_for_a_week_is_remembered_once(cast, by, worker, inside):
    sign(cast, by, draft=draft(expires_at=AT + 5 * DAY))
    assert reminders.remind_of_endings(by=worker, at=AT) == 1
    assert reminders.remind_of_endings(by=worker, at=AT + DAY) == 0


def test_the_person_finds_it_on_their_page_and_the_text_is_neutral_f23(cast, worker, signed):
    at = AT + 60 * DAY
    reminders.remind_of_endings(by=worker, at=at)
    hand_on(cast, at)
    assert Notice.objects.get().kind == "privacy"
    [text] = notices.hand_over_notices(base="https://x.example", sender="Juniper office", by=worker, at=at)
    assert text.text == "Juniper office: a note waits for you. Please look here: https://x.example/"


def test_a_revocation_between_queueing_and_sending_stops_the_word_f07(cast, by, worker, signed):
    at = AT + 60 * DAY
    reminders.remind_of_endings(by=worker, at=at)
    assert len(outbox.untold()) == 1
    confidentiality.revoke_consent(consent_id=signed, revoked_at=at, by=by, at=at)
    hand_on(cast, at)
    assert not Notice.objects.exists() and outbox.untold() == ()


def test_one_question_for_many_consents(cast, by, worker, inside, django_assert_max_num_queries):
    for _ in range(6):
        sign(cast, by, draft=draft(expires_at=AT + 90 * DAY))
    reminders.remind_of_endings(by=worker, at=AT + 60 * DAY)
    with django_assert_max_num_queries(6):
        assert reminders.remind_of_endings(by=worker, at=AT + 61 * DAY) == 0
