"""Word that something has changed: once until it was seen, and as a text only to who allowed it."""

from datetime import UTC, datetime, timedelta

import pytest

from homeground.ground.neutral import NotNeutral
from homeground.people import actions, queries
from homeground.people.models import Notice
from homeground.people.roles import Role

AT = datetime(2026, 11, 21, 18, tzinfo=UTC)
LATER = AT + timedelta(minutes=5)


@pytest.fixture
def by(clinic):
    return clinic.staff[Role.SCHEDULER].actor


@pytest.fixture
def known(by, inside):
    """Registers somebody and leaves word for them."""

    def registered(*, may_text=True, phone="+13035550111", language="en"):
        person_id = actions.register_person(
            given_name="Sky",
            language=language,
            phone=phone,
            may_leave_message=False,
            may_text=may_text,
            may_name_us=False,
            by=by,
            at=AT,
        )
        leave(person_id, by)
        return person_id

    return registered


def leave(person_id, by, at=AT):
    actions.leave_notices(person_ids=[person_id], kind=actions.Kind.WEEK, by=by, at=at)


def texts(by, sender="Alder office"):
    return actions.hand_over_notices(base="https://alder.example", sender=sender, by=by, at=LATER)


def test_it_goes_out_once_in_the_persons_language_and_says_nothing_more(known, by):
    known()
    known(language="es", phone="+13035550112")
    assert [(each.to, each.text) for each in texts(by)] == [
        ("+13035550111", "Alder office: your times have changed. Please look here: https://alder.example/"),
        ("+13035550112", "Alder office: sus horas han cambiado. Mírelas aquí: https://alder.example/"),
    ]
    assert texts(by) == ()


@pytest.mark.parametrize("answer", [{"may_text": False}, {"phone": ""}])
def test_who_may_not_be_texted_sees_it_on_their_page_only(known, by, answer):
    person_id = known(**answer)
    assert texts(by) == ()
    assert queries.has_notices(person_id)
    assert not Notice.objects.get(person=person_id).sent


def test_permission_withdrawn_in_between_counts(known, by):
    person_id = known()
    actions.answer_safe_contact(
        person_id=person_id,
        phone="+13035550111",
        email="",
        may_leave_message=False,
        may_text=False,
        may_name_us=False,
        good_hours="",
        by=by,
        at=AT,
    )
    assert texts(by) == ()


def test_a_second_change_before_the_first_was_seen_is_no_second_word(known, by):
    person_id = known()
    leave(person_id, by, LATER)
    assert Notice.objects.filter(person=person_id).count() == 1


def test_seen_it_is_gone_and_not_sent_any_more_and_a_new_change_is_told_again(known, by):
    person_id = known()
    themselves = by.__class__(organization_id=by.organization_id, person_id=person_id)
    assert actions.see_notices(by=themselves, at=LATER) == 1
    assert not queries.has_notices(person_id)
    assert texts(by) == ()
    leave(person_id, by, LATER)
    assert queries.has_notices(person_id)


def test_who_changes_something_is_not_told_about_it(by, inside):
    leave(by.person_id, by)
    assert not queries.has_notices(by.person_id)


def test_a_sender_that_tells_too_much_sends_nothing(known, by):
    known()
    with pytest.raises(NotNeutral):
        texts(by, sender="Recovery clinic")
