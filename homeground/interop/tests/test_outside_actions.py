"""The desk's actions refuse by themselves, whatever a page let through."""

import pytest

from homeground.confidentiality import actions as confidentiality
from homeground.confidentiality import queries as confidential
from homeground.confidentiality.models import Disclosure
from homeground.confidentiality.rules.vocabulary import Asker, Category, Outcome, Paper, Purpose
from homeground.confidentiality.tests.factories import AT, HOUR, sign
from homeground.ground.visit import House
from homeground.interop import actions, queries
from homeground.interop.actions import Wish
from homeground.interop.rules.packet import Format, Kind
from homeground.people.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(clinic):
    found = clinic.organization
    return House(found.pk, found.name, found.neutral_name, found.phone, found.zone)


@pytest.fixture
def by(clinic, inside):
    return clinic.staff[Role.DIRECTOR].actor


@pytest.fixture
def ask(cast, by):
    def asking(person=True, **changes):
        given = {
            "came_by": "fax",
            "asker_kind": Asker.EMPLOYER,
            "asker_name": "R. Sample",
            "asker_organization": "Cobalt Works",
            "asker_address": "1 Works Road",
            "subject": "Wren Testperson",
            "purpose": Purpose.EMPLOYMENT,
            "categories": [Category.ATTENDANCE, Category.STAY],
            "paper": Paper.NONE,
            "paper_reference": "",
            "paper_on": None,
            "words": "",
            "owner_id": None,
        }
        made = confidentiality.receive_outside_request(**{**given, **changes}, by=by, at=AT)
        named = cast.patient.person.pk if person else None
        confidentiality.note_identity(
            request_id=made, person_id=named, checked_by="called back", by=by, at=AT
        )
        return made

    return asking


@pytest.fixture
def send(house, by):
    def sending(request_id, at=AT, **changes):
        given = {
            "parts": frozenset({Category.ATTENDANCE}),
            "kind": Kind.RECORD,
            "format": Format.JSON,
            "address": "1 Works Road",
        }
        wish = Wish(**{**given, **changes})
        return actions.send_packet(request_id=request_id, wish=wish, house=house, by=by, at=at)

    return sending


def keep(request_id, house, by, at=AT):
    actions.keep_decision(request_id=request_id, house=house, by=by, at=at)


def test_nothing_is_sent_before_a_decision_was_kept(cast, by, ask, send):
    sign(cast, by)
    with pytest.raises(actions.NotReady):
        send(ask())
    assert not Disclosure.objects.exists()


def test_nothing_is_sent_on_a_closed_request(cast, by, ask, send, house):
    sign(cast, by)
    request_id = ask()
    keep(request_id, house, by)
    confidentiality.close_outside_request(request_id=request_id, by=by, at=AT)
    with pytest.raises(actions.NotReady):
        send(request_id)


def test_parts_nobody_asked_for_do_not_leave(cast, by, ask, send, house):
    sign(cast, by)
    request_id = ask()
    keep(request_id, house, by)
    with pytest.raises(actions.NothingChosen):
        send(request_id, parts=frozenset({Category.PLAN}))


def test_a_report_without_circumstances_is_not_made_f17(by, ask, send, house):
    wanted = {"asker_kind": Asker.CHILD_PROTECTION, "purpose": Purpose.CHILD_ABUSE_REPORT}
    request_id = ask(**wanted, categories=[Category.CONTACT])
    keep(request_id, house, by)
    with pytest.raises(actions.CircumstancesMissing):
        send(request_id, parts=frozenset({Category.CONTACT}), statement=" ")


def test_what_ended_since_the_decision_does_not_leave_f07(cast, by, ask, send, house):
    consent_id = sign(cast, by)
    request_id = ask()
    keep(request_id, house, by)
    confidentiality.revoke_consent(consent_id=consent_id, revoked_at=AT + HOUR, by=by, at=AT + HOUR)
    with pytest.raises(confidentiality.Refused):
        send(request_id, at=AT + 2 * HOUR)
    assert not Disclosure.objects.exists()


@pytest.mark.parametrize("kind", [Asker.EMERGENCY, Asker.CHILD_PROTECTION, Asker.PROVIDER, Asker.COURT])
def test_of_nobody_nothing_is_given_whatever_the_ground_f16(by, ask, house, kind):
    purposes = {Asker.EMERGENCY: Purpose.EMERGENCY, Asker.CHILD_PROTECTION: Purpose.CHILD_ABUSE_REPORT}
    wanted = {"asker_kind": kind, "purpose": purposes.get(kind, Purpose.TREATMENT)}
    request_id = ask(person=False, **wanted, categories=[Category.CONTACT], words="Unconscious.")
    page = queries.asked_page(request_id, by, AT, house.zone)
    assert page.judged.decision.outcome is Outcome.REFUSE
    assert any(reason.card.id == "presence" for reason in page.judged.decision.reasons)
    keep(request_id, house, by)
    assert confidential.outside_request(request_id, AT.date()).outcome == "refuse"


def test_a_consent_may_name_the_organization_or_who_writes_for_it(cast, by, ask, house):
    sign(cast, by)
    for names in (
        {"asker_organization": "Cobalt Works"},
        {"asker_organization": "", "asker_name": "Cobalt Works"},
    ):
        page = queries.asked_page(ask(**names), by, AT, house.zone)
        assert page.judged.decision.outcome is Outcome.PERMIT
    page = queries.asked_page(ask(asker_organization="Ore Works"), by, AT, house.zone)
    assert page.judged.decision.outcome is Outcome.REFUSE
