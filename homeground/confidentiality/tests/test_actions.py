from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from homeground.audit.models import Entry
from homeground.confidentiality import actions, models, queries
from homeground.confidentiality.rules import wording
from homeground.confidentiality.rules.vocabulary import (
    Asker,
    Basis,
    Category,
    ConsentKind,
    EndsWith,
    Paper,
    Purpose,
    RestrictionKind,
    Signer,
)
from homeground.confidentiality.tests import factories
from homeground.confidentiality.tests.factories import AT, HOUR, ask, disclose, draft, permit, sign
from homeground.people.queries import PersonNotHere
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


class TestSigning:
    def test_what_was_read_is_what_is_kept(self, cast, by, person):
        text = wording.text_of(draft(), "es")
        sign(cast, by, language="es", read_digest=text.digest)
        [signed] = queries.consents_of(person, AT)
        assert (signed.digest, signed.language, signed.in_force) == (text.digest, "es", True)
        assert signed.parts == {Category.ATTENDANCE, Category.STAY}
        assert "los días y las horas que vine" in text.text

    def test_another_text_than_was_read_is_refused(self, cast, by):
        with pytest.raises(actions.TextChanged):
            sign(cast, by, read_digest="0" * 64)

    def test_every_missing_element_is_named(self, cast, by):
        with pytest.raises(actions.ConsentFaulty) as refused:
            sign(cast, by, draft=draft(recipients=(), expires_at=None))
        assert [fault.card.id for fault in refused.value.faults] == ["element.recipients", "element.expiry"]
        assert not models.Consent.objects.exists()

    def test_a_consent_to_treat_is_not_signed_here(self, cast, by):
        with pytest.raises(actions.UnknownKind):
            sign(cast, by, draft=draft(kind=ConsentKind.TREATMENT))

    def test_a_stranger_and_another_clinics_person_cannot_sign_or_receive(self, cast, by):
        theirs = cast.other_clinic.staff[Role.COUNSELOR].person.pk
        with pytest.raises(PersonNotHere):
            sign(cast, by, person_id=theirs)
        with pytest.raises(PersonNotHere):
            sign(cast, by, recipient_id=theirs)

    def test_a_minor_signs_alone_or_with_a_parent_by_state_f21(self, cast, by, person):
        type(cast.patient.person).objects.filter(pk=person).update(born_on=date(2012, 6, 1))
        parent = actions.record_representative(
            person_id=person,
            holder_id=None,
            name="Ash Testperson",
            capacity=Signer.PARENT,
            shown_by="birth certificate",
            starts_on=date(2026, 1, 1),
            ends_on=None,
            by=by,
            at=AT,
        )
        only_parent = {"signer": Signer.PARENT, "representative_id": parent}
        with pytest.raises(actions.NeedsConfirmation) as asked:
            sign(cast, by, state="CA", **only_parent)
        assert [fault.card.id for fault in asked.value.faults] == ["signer.minor"]
        sign(cast, by, state="CA")
        with pytest.raises(actions.NeedsConfirmation):
            sign(cast, by, state="NY")
        sign(cast, by, state="NY", cosigner_id=parent)
        sign(cast, by, state="NY", confirmed=["signer.minor"], confirmed_why="counsel read the exception")
        newest = models.Consent.objects.order_by("-id").first()
        assert (newest.confirmed, newest.confirmed_why) == (["signer.minor"], "counsel read the exception")

    def test_a_confirmation_needs_a_reason(self, cast, by, person):
        type(cast.patient.person).objects.filter(pk=person).update(born_on=date(2012, 6, 1))
        with pytest.raises(actions.NeedsConfirmation):
            sign(cast, by, state="NY", confirmed=["signer.minor"])

    def test_nobody_signs_for_an_adult_without_a_paper(self, cast, by, person):
        with pytest.raises(actions.RepresentativeNotHere):
            sign(cast, by, signer=Signer.PARENT)
        ended = actions.record_representative(
            person_id=person,
            holder_id=None,
            name="Ash Testperson",
            capacity=Signer.PARENT,
            shown_by="birth certificate",
            starts_on=date(2020, 1, 1),
            ends_on=date(2026, 1, 1),
            by=by,
            at=AT,
        )
        with pytest.raises(actions.RepresentativeNotHere):
            sign(cast, by, signer=Signer.PARENT, representative_id=ended)


class TestEnding:
    def test_one_part_is_stopped_and_the_rest_stays(self, cast, by, person):
        consent_id = sign(cast, by)
        actions.revoke_consent(consent_id=consent_id, category="stay", revoked_at=AT, by=by, at=AT)
        [signed] = queries.consents_of(person, AT)
        assert signed.in_force and signed.parts == {Category.ATTENDANCE}
        for category, refusal in (("stay", actions.AlreadyRevoked), ("plan", actions.NotListed)):
            with pytest.raises(refusal):
                actions.revoke_consent(consent_id=consent_id, category=category, revoked_at=AT, by=by, at=AT)

    def test_an_event_ends_it_and_a_date_does_not(self, cast, by, person):
        event = {"ends_with": EndsWith.EVENT, "expires_at": None, "ending_words": "the new job began"}
        with pytest.raises(actions.NotListed):
            actions.end_by_event(consent_id=sign(cast, by), happened_at=AT, by=by, at=AT)
        consent_id = sign(cast, by, draft=draft(**event))
        actions.end_by_event(consent_id=consent_id, happened_at=AT, by=by, at=AT)
        assert not queries.consent(consent_id, AT).in_force

    def test_the_end_of_treatment_ends_what_was_to_last_until_then(self, cast, by, person):
        until = {"kind": ConsentKind.CARE_AND_PAY, "ends_with": EndsWith.END_OF_TREATMENT, "expires_at": None}
        care = draft(**until, purposes=frozenset({Purpose.TREATMENT}), recipients=("my treating providers",))
        consent_id = sign(cast, by, draft=care, recipient_kind="")
        other = sign(cast, by)
        assert actions.end_with_treatment(person_id=person, ended_at=AT, by=by, at=AT) == 1
        assert actions.end_with_treatment(person_id=person, ended_at=AT, by=by, at=AT) == 0
        assert not queries.consent(consent_id, AT).in_force
        assert queries.consent(other, AT).in_force

    def test_what_ends_within_thirty_days_is_listed_f08(self, cast, by):
        sign(cast, by)
        assert queries.ending_soon(AT) == ()
        assert len(queries.ending_soon(AT + timedelta(days=61))) == 1
        assert queries.ending_soon(AT + timedelta(days=91)) == ()


class TestPermits:
    def test_a_permit_rests_on_the_consent_and_explains_it_f09(self, cast, by):
        consent_id = sign(cast, by)
        given = permit(cast, by)
        assert given.decision.consent_id == consent_id
        assert "Cobalt Works" in given.explanation and "2026-11-21" in given.explanation
        assert {"notice", "copy_of_consent", "account"} <= set(given.decision.obligations)

    def test_without_consent_there_is_none(self, cast, by):
        with pytest.raises(actions.Refused) as refused:
            permit(cast, by)
        assert refused.value.decision.outcome == "refuse"
        assert "Cobalt" not in str(refused.value)

    def test_a_revocation_counts_at_the_next_request_f07(self, cast, by):
        consent_id = sign(cast, by)
        disclose(permit(cast, by), by)
        later = AT + HOUR / 60
        actions.revoke_consent(consent_id=consent_id, revoked_at=later, by=by, at=later)
        with pytest.raises(actions.Refused):
            permit(cast, by, at=later)
        assert len(queries.sent(cast.patient.person.pk)) == 1

    def test_a_restriction_counts_at_the_next_request_and_ends(self, cast, by, person):
        sign(cast, by)
        made = actions.restrict(
            person_id=person, kind=RestrictionKind.AGREED, recipient_kind="employer", by=by, at=AT
        )
        with pytest.raises(actions.Refused):
            permit(cast, by)
        actions.lift_restriction(restriction_id=made, by=by, at=AT + HOUR)
        assert permit(cast, by, at=AT + HOUR)

    def test_a_ground_nobody_has_read_yet_wants_a_confirmation(self, cast, by):
        order = {
            "asker": Asker.COURT,
            "purpose": Purpose.PROCEEDING,
            "paper": Paper.ORDER_AND_SUBPOENA,
            "name": "District Court",
        }
        with pytest.raises(actions.Unconfirmed):
            permit(cast, by, request=ask(**order))
        assert permit(cast, by, request=ask(**order), confirmed_why="counsel read the order")

    def test_an_audit_needs_its_agreement(self, cast, by):
        actions.record_agreement(
            kind="audit",
            party="State Auditor",
            reference="A-1",
            starts_on=DAY,
            ends_on=DAY + timedelta(days=1),
            by=by,
            at=AT,
        )
        assert queries.agreements_with("state auditor", DAY) == {"audit"}
        assert queries.agreements_with("State Auditor", DAY + timedelta(days=1)) == frozenset()
        audit = ask(
            asker=Asker.AUDITOR,
            purpose=Purpose.AUDIT,
            name="State Auditor",
            agreements=queries.agreements_with("State Auditor", DAY),
        )
        given = permit(cast, by, request=audit, confirmed_why="read 2.53")
        assert disclose(given, by, recipient="State Auditor")

    def test_the_accounting_says_all_the_law_asks_f11(self, cast, by, person):
        consent_id = sign(cast, by)
        disclose(permit(cast, by), by)
        [line] = queries.sent(person)
        assert (line.recipient, line.recipient_address, line.purpose) == (
            "Cobalt Works",
            "1 Works Road",
            "employment",
        )
        assert (line.consent_id, line.categories, line.digest) == (
            consent_id,
            ("attendance",),
            factories.DIGEST,
        )
        entry = Entry.objects.filter(event="confidentiality.record.disclosed").get()
        assert entry.patient_id == person and entry.facts["rule"] == "base.consent"

    def test_a_recipient_is_named(self, cast, by):
        sign(cast, by)
        with pytest.raises(actions.RecipientMissing):
            disclose(permit(cast, by), by, recipient=" ")

    def test_an_emergency_is_documented_f14(self, cast, by, person):
        urgent = ask(
            asker=Asker.EMERGENCY,
            purpose=Purpose.EMERGENCY,
            name="Dr. Sample",
            facility="General Hospital",
            emergency="found unconscious",
        )
        disclose(permit(cast, by, request=urgent), by, recipient="Dr. Sample")
        row = models.Disclosure.objects.get()
        assert (row.basis, row.emergency, row.facility) == (
            Basis.EMERGENCY,
            "found unconscious",
            "General Hospital",
        )

    def test_the_persons_own_copy_is_no_disclosure_but_is_in_the_trail_f10(self, cast, by, person):
        own = ask(asker=Asker.PATIENT, purpose=Purpose.OWN_REQUEST, name="")
        assert disclose(permit(cast, by, request=own), by, recipient="") is None
        assert queries.sent(person) == ()
        assert Entry.objects.filter(event="confidentiality.record.released", patient_id=person).exists()

    def test_the_accounting_goes_back_three_and_six_years_f12(self, cast, by, person):
        sign(
            cast,
            by,
            draft=draft(signed_at=AT.replace(year=2020), expires_at=AT + timedelta(days=1)),
        )
        for at in (AT.replace(year=2023), AT.replace(year=2023) - timedelta(days=1), AT.replace(year=2020)):
            assert disclose(replace(permit(cast, by), id=uuid4(), given_at=at), by, at=at)
        assert len(queries.accounting_part2(person, AT)) == 1
        assert len(queries.accounting_hipaa(person, AT)) == 3
        assert len(queries.accounting_hipaa(person, AT + timedelta(days=1))) == 2
