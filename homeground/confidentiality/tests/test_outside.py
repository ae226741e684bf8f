"""A request from outside: who may note one, and what changes take a decision back."""

from uuid import uuid4

import pytest

from homeground.audit.models import Entry
from homeground.confidentiality import actions, queries
from homeground.confidentiality.models import OutsideRequest
from homeground.confidentiality.rules import orders
from homeground.confidentiality.rules.orders import OrderFacts, OrderKind
from homeground.confidentiality.rules.vocabulary import Asker, Category, Paper, Purpose
from homeground.confidentiality.tests.factories import AT, HOUR, disclose, permit, sign
from homeground.ground import scope
from homeground.ground.actor import Actor, NotSignedIn
from homeground.people.roles import Role

DAY = AT.date()
FACTS = {
    "asker_kind": Asker.EMPLOYER,
    "asker_name": "R. Sample",
    "asker_organization": "Cobalt Works",
    "asker_address": "1 Works Road",
    "purpose": Purpose.EMPLOYMENT,
    "categories": [Category.ATTENDANCE],
    "paper": Paper.NONE,
    "paper_reference": "",
    "paper_on": None,
    "owner_id": None,
}


@pytest.fixture
def by(clinic, inside):
    return clinic.staff[Role.DIRECTOR].actor


@pytest.fixture
def receive(by):
    def receiving(**changes):
        given = {**FACTS, "came_by": "fax", "subject": "Wren Testperson", "words": "", "by": by, "at": AT}
        return actions.receive_outside_request(**{**given, **changes})

    return receiving


@pytest.fixture
def decided(cast, by, receive):
    """A request that was decided: identity checked, the person found, a consent in force."""
    request_id = receive()
    actions.note_identity(request_id=request_id, checked_by="called back", by=by, at=AT)
    actions.name_person(request_id=request_id, person_id=cast.patient.person.pk, by=by, at=AT)
    sign(cast, by)
    found = permit(cast, by, outside_request_id=request_id)
    actions.note_decision(request_id=request_id, decision=found.decision, by=by, at=AT)
    assert queries.outside_request(request_id, DAY).outcome == "permit"
    return request_id


class TestReceiving:
    def test_only_the_public_page_needs_no_account(self, clinic, receive):
        visitor = Actor(organization_id=clinic.id, address="192.0.2.7")
        with pytest.raises(NotSignedIn):
            receive(by=visitor)
        assert receive(by=visitor, came_by="web")

    def test_a_visitor_may_add_a_request_and_read_none(self, clinic, receive, by):
        visitor = Actor(organization_id=clinic.id, address="192.0.2.7")
        with scope.entered(organization_id=clinic.id, channel=scope.Channel.PUBLIC):
            receive(by=visitor, came_by="web")
            assert not OutsideRequest.objects.exists()
        assert OutsideRequest.objects.get().recorded_by_id is None

    def test_the_same_form_sent_twice_makes_one_request(self, receive):
        once = uuid4()
        receive(once=once)
        with pytest.raises(actions.AlreadyReceived):
            receive(once=once)
        assert OutsideRequest.objects.count() == 1


class TestSteps:
    def test_nobody_is_named_before_the_identity_check(self, cast, by, receive):
        with pytest.raises(actions.IdentityNotChecked):
            actions.name_person(request_id=receive(), person_id=cast.patient.person.pk, by=by, at=AT)

    def test_other_facts_take_the_decision_back(self, by, decided):
        changed = {**FACTS, "purpose": Purpose.INQUIRY}
        actions.clarify_outside_request(request_id=decided, **changed, by=by, at=AT + HOUR)
        found = queries.outside_request(decided, DAY)
        assert (found.outcome, found.reasons, found.decided_at) == ("", (), None)
        assert found.purpose == "inquiry"

    def test_another_person_takes_the_decision_back(self, cast, by, decided):
        actions.name_person(request_id=decided, person_id=None, by=by, at=AT + HOUR)
        found = queries.outside_request(decided, DAY)
        assert (found.outcome, found.person_id) == ("", None)

    def test_once_something_was_sent_the_facts_stand(self, cast, by, decided):
        disclose(permit(cast, by, outside_request_id=decided), by)
        [line] = queries.sent_on(decided)
        assert line.recipient == "Cobalt Works"
        with pytest.raises(actions.AlreadySent):
            actions.clarify_outside_request(request_id=decided, **FACTS, by=by, at=AT + HOUR)
        with pytest.raises(actions.AlreadySent):
            actions.name_person(request_id=decided, person_id=None, by=by, at=AT + HOUR)

    def test_an_order_is_read_once_more_when_it_was_read_wrongly(self, by, receive):
        request_id = receive(asker_kind=Asker.COURT, paper=Paper.ORDER_AND_SUBPOENA)
        assert queries.court_order(request_id) is None
        lists = frozenset({Category.ATTENDANCE})
        for says in (frozenset(), frozenset(orders.WANTED[OrderKind.CIVIL])):
            order = OrderFacts(OrderKind.CIVIL, says, lists)
            actions.read_court_order(request_id=request_id, order=order, by=by, at=AT)
            assert queries.court_order(request_id) == order

    def test_each_step_is_in_the_trail(self, decided):
        steps = Entry.objects.filter(event__startswith="confidentiality.outside_request.")
        found = [
            event.rsplit(".", 1)[1] for event in steps.order_by("number").values_list("event", flat=True)
        ]
        assert found == ["received", "identified", "named", "decided"]
