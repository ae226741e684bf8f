from datetime import timedelta
from uuid import uuid4

import pytest

from homeground.audit.models import Entry
from homeground.confidentiality import actions, queries
from homeground.confidentiality.rules.asking import Relationship
from homeground.confidentiality.rules.clocks import Duty
from homeground.confidentiality.rules.incident import Factor, Rating, Weighed
from homeground.confidentiality.rules.vocabulary import (
    Answer,
    Asker,
    Category,
    Method,
    Paper,
    Purpose,
    RequestKind,
    RestrictionKind,
    Review,
)
from homeground.confidentiality.tests import factories
from homeground.confidentiality.tests.factories import AT, HOUR, ask, permit, sign
from homeground.ground.models import Outbox
from homeground.people.roles import Role

DAY = AT.date()


@pytest.fixture
def by(clinic, inside):
    return clinic.staff[Role.COUNSELOR].actor


@pytest.fixture
def director(clinic):
    return clinic.staff[Role.DIRECTOR].actor


@pytest.fixture
def person(cast):
    return cast.patient.person.pk


class TestRights:
    def test_a_clock_runs_is_extended_once_and_stops_f25(self, by, person):
        opened = actions.open_request(
            person_id=person,
            kind=RequestKind.ACCESS,
            words="my whole chart",
            received_on=DAY,
            owner_id=None,
            by=by,
            at=AT,
        )
        due = DAY + timedelta(days=30)
        assert queries.rights_request(opened, due).standing == "due_soon"
        assert queries.rights_request(opened, due + timedelta(days=1)).standing == "overdue"
        with pytest.raises(actions.ReasonMissing):
            actions.extend_request(request_id=opened, why=" ", on=due, by=by, at=AT)
        with pytest.raises(actions.NoExtension):
            actions.extend_request(request_id=opened, why="late", on=due + timedelta(days=1), by=by, at=AT)
        extended = actions.extend_request(request_id=opened, why="many pages", on=due, by=by, at=AT)
        assert extended == due + timedelta(days=30)
        with pytest.raises(actions.NoExtension):
            actions.extend_request(request_id=opened, why="more", on=due, by=by, at=AT)
        actions.answer_request(request_id=opened, answer=Answer.GRANTED, words="", by=by, at=AT + HOUR)
        assert queries.rights_requests(due, person_id=person) == ()
        with pytest.raises(actions.AnsweredBefore):
            actions.answer_request(request_id=opened, answer=Answer.GRANTED, words="", by=by, at=AT)

    def test_a_denial_says_why(self, by, person):
        opened = actions.open_request(
            person_id=person,
            kind=RequestKind.AMENDMENT,
            words="",
            received_on=DAY,
            owner_id=None,
            by=by,
            at=AT,
        )
        with pytest.raises(actions.ReasonMissing):
            actions.answer_request(request_id=opened, answer=Answer.DENIED, words="", by=by, at=AT)

    def test_what_is_not_here_is_not_answered(self, by):
        with pytest.raises(actions.RequestNotHere):
            actions.answer_request(request_id=uuid4(), answer=Answer.GRANTED, words="", by=by, at=AT)

    def test_another_address_is_obeyed_from_now_on_f24(self, by, person):
        actions.reach_at(person_id=person, address="2 Other Street", by=by, at=AT - HOUR)
        actions.reach_at(person_id=person, address="3 Third Street", by=by, at=AT)
        assert queries.confidential_contact(person, AT).address == "3 Third Street"
        assert queries.confidential_contact(person, AT - HOUR).address == "2 Other Street"
        assert queries.confidential_contact(person, AT - 2 * HOUR).address == ""

    def test_the_notice_is_given_and_noted_b17(self, by, person):
        actions.acknowledge_notice(
            person_id=person, version="1", digest="0" * 64, language="es", method=Method.PAPER, by=by, at=AT
        )
        assert queries.acknowledged([person], AT) == {person}
        assert queries.acknowledged([person], AT - HOUR) == frozenset()


class TestOutside:
    @pytest.fixture
    def asked(self, by):
        return actions.receive_outside_request(
            came_by="fax",
            asker_kind=Asker.LAWYER,
            asker_name="L. Sample",
            asker_organization="",
            asker_address="",
            subject="Wren Testperson",
            purpose=Purpose.PROCEEDING,
            categories=[Category.PLAN],
            paper=Paper.SUBPOENA,
            paper_reference="26-1",
            paper_on=DAY,
            words="",
            owner_id=None,
            by=by,
            at=AT,
        )

    def test_receiving_looks_for_nobody(self, asked, person):
        found = queries.outside_request(asked, DAY)
        assert (found.person_id, found.outcome) == (None, "")
        assert not Entry.objects.filter(patient_id=person).exists()

    def test_a_refusal_keeps_its_reasons_and_exception_f15_f35(self, asked, by, person):
        request = ask(asker=Asker.LAWYER, purpose=Purpose.PROCEEDING, paper=Paper.SUBPOENA, name="L. Sample")
        found = queries.decision(
            person_id=person,
            request=request,
            labels=factories.LABELS,
            relationship=Relationship(),
            account_id=by.account_id,
            at=AT,
        )
        actions.note_decision(request_id=asked, decision=found, by=by, at=AT)
        kept = queries.outside_request(asked, DAY)
        assert (kept.outcome, kept.exception) == ("refuse", "blocking.privacy")
        assert "order.alone" in kept.reasons

    def test_nothing_is_permitted_before_the_identity_check(self, cast, asked, by, person):
        sign(cast, by)
        given = permit(cast, by)
        with pytest.raises(actions.IdentityNotChecked):
            actions.note_decision(request_id=asked, decision=given.decision, by=by, at=AT)
        with pytest.raises(actions.CheckMissing):
            actions.note_identity(request_id=asked, person_id=person, checked_by=" ", by=by, at=AT)
        actions.note_identity(request_id=asked, person_id=person, checked_by="called back", by=by, at=AT)
        actions.note_decision(request_id=asked, decision=given.decision, by=by, at=AT)
        actions.close_outside_request(request_id=asked, by=by, at=AT)
        with pytest.raises(actions.ClosedBefore):
            actions.close_outside_request(request_id=asked, by=by, at=AT)


class TestGlassAndBreach:
    def test_breaking_the_glass_is_limited_told_and_reviewed_by_another_g06(self, by, director, person):
        with pytest.raises(actions.ReasonMissing):
            actions.break_glass(person_id=person, reason=" ", by=by, at=AT)
        opened = actions.break_glass(person_id=person, reason="fell in the hall", by=by, at=AT)
        assert Outbox.objects.filter(event="confidentiality.glass.broken", subject_id=opened).exists()
        assert queries.standing(person, by.account_id, AT).glass_until == AT + 4 * HOUR
        assert queries.standing(person, by.account_id, AT + 4 * HOUR).glass_until is None
        assert queries.standing(person, director.account_id, AT).glass_until is None
        assert [each.late for each in queries.glasses(AT + 25 * HOUR)] == [True]
        with pytest.raises(actions.OwnReview):
            actions.review_glass(glass_id=opened, review=Review.JUSTIFIED, words="", by=by, at=AT + HOUR)
        actions.review_glass(glass_id=opened, review=Review.JUSTIFIED, words="", by=director, at=AT + HOUR)
        assert queries.glasses(AT + HOUR) == ()

    def test_restrictions_and_the_glass_cost_one_statement(self, by, person, django_assert_num_queries):
        actions.restrict(person_id=person, kind=RestrictionKind.AGREED, by=by, at=AT)
        actions.break_glass(person_id=person, reason="fell in the hall", by=by, at=AT)
        with django_assert_num_queries(1):
            found = queries.standing(person, by.account_id, AT)
        assert len(found.restrictions) == 1 and found.glass_until

    def test_a_breach_has_its_duties_until_they_are_done_f27(self, by, person):
        breach = actions.record_breach(
            discovered_on=DAY,
            happened_on=None,
            description="a letter went to the wrong house",
            people_count=500,
            most_in_one_state=500,
            person_ids=[person],
            by=by,
            at=AT,
        )
        [found] = queries.breaches()
        assert [each.duty for each in found.open_duties] == ["persons", "authority", "media"]
        actions.tell(breach_id=breach, duty=Duty.PERSONS, told_on=DAY, by=by, at=AT)
        assert [each.duty for each in queries.breaches()[0].open_duties] == ["authority", "media"]
        with pytest.raises(actions.DutiesOpen):
            actions.close_breach(breach_id=breach, by=by, at=AT)
        weighed = tuple(Weighed(factor, Rating.LOW, "it came back unopened") for factor in Factor)
        with pytest.raises(actions.FactorsMissing) as refused:
            actions.assess_breach(breach_id=breach, weighed=weighed[:3], by=by, at=AT)
        assert refused.value.factors == {Factor.MITIGATED}
        assert actions.assess_breach(breach_id=breach, weighed=weighed, by=by, at=AT)
        assert queries.breaches()[0].open_duties == ()
        seen = (Weighed(Factor.ACQUIRED, Rating.MEDIUM, "somebody read it"), *weighed[:2], weighed[3])
        assert not actions.assess_breach(breach_id=breach, weighed=seen, by=by, at=AT + HOUR)
        assert [each.duty for each in queries.breaches()[0].open_duties] == ["authority", "media"]
        assert actions.assess_breach(breach_id=breach, weighed=weighed, by=by, at=AT + 2 * HOUR)
        actions.close_breach(breach_id=breach, by=by, at=AT)
        assert queries.breaches() == ()
