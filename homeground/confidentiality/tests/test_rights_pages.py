"""Rights as work items, and the privacy notice, as staff, patients and visitors meet them."""

import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from homeground.confidentiality import actions, queries
from homeground.confidentiality.rules import answers, practices
from homeground.confidentiality.rules.vocabulary import Answer, Category, RequestKind
from homeground.ground import clock
from homeground.people.roles import Role

pytestmark = pytest.mark.django_db

CONTACT = practices.Contact("The privacy office", "303-555-0100", "privacy@example.org")


@pytest.fixture
def counselor(clinic, sign_in):
    return sign_in(clinic.staff[Role.COUNSELOR])


@pytest.fixture
def director(clinic, sign_in):
    return sign_in(clinic.staff[Role.DIRECTOR])


@pytest.fixture
def asked(cast, clinic, inside):
    """Opens a request of the cast's patient."""

    def ask(kind, days_ago=0):
        return actions.open_request(
            person_id=cast.patient.person.pk,
            kind=kind,
            words="my wish",
            received_on=clock.now().date() - timedelta(days=days_ago),
            owner_id=None,
            by=clinic.staff[Role.COUNSELOR].actor,
            at=clock.now(),
        )

    return ask


def own(name, right_id):
    return reverse(f"confidentiality:{name}", args=[right_id])


class TestTheList:
    def test_it_tells_what_is_asked_until_when_and_how_it_stands(self, asked, counselor):
        asked(RequestKind.ACCESS, days_ago=33)
        asked(RequestKind.AMENDMENT)
        said = counselor.get(reverse("confidentiality:requests")).content.decode()
        assert said.index("A copy of the record") < said.index("A correction")
        assert "overdue" in said and "in time" in said and "nobody's yet" in said

    def test_it_costs_the_same_with_many(self, asked, counselor):
        page, counts = reverse("confidentiality:requests"), []
        for more in (1, 1, 12):
            for _ in range(more):
                asked(RequestKind.ACCESS)
            with CaptureQueriesContext(connection) as statements:
                counselor.get(page)
            counts.append(len(statements))
        assert counts[2] <= counts[1]

    def test_staff_record_what_came_by_telephone_with_its_own_day(self, cast, counselor):
        page = reverse("confidentiality:person_requests", args=[cast.patient.person.pk])
        late = clock.now().date() + timedelta(days=3)
        told = {"kind": "access", "words": "by phone", "received_on": f"{late:%m/%d/%Y}"}
        assert counselor.post(page, told).status_code == 422
        told["received_on"] = f"{late - timedelta(days=10):%m/%d/%Y}"
        assert counselor.post(page, told).status_code == 302
        [found] = queries.rights_requests(late, person_id=cast.patient.person.pk)
        assert found.due_on == late + timedelta(days=20)


class TestOneRequest:
    def test_it_gets_an_owner_more_time_once_and_an_answer(self, asked, counselor, clinic):
        right = asked(RequestKind.ACCESS)
        who = clinic.staff[Role.COUNSELOR].person.pk
        assert counselor.post(own("owner", right), {"owner": str(who)}).status_code == 302
        assert counselor.post(own("extension", right), {"why": " "}).status_code == 422
        assert counselor.post(own("extension", right), {"why": "Many pages."}).status_code == 302
        assert "More time, once" not in counselor.get(own("right", right)).content.decode()
        assert counselor.post(own("extension", right), {"why": "More."}).status_code == 422
        assert counselor.post(own("answer", right), {"answer": "denied"}).status_code == 422
        told = {"answer": "denied", "words": "It is not ours."}
        assert counselor.post(own("answer", right), told).status_code == 302
        found = queries.rights_request(right, clock.now().date())
        assert (found.owner_id, found.answer, found.extended_why) == (who, "denied", "Many pages.")
        assert counselor.post(own("answer", right), told).status_code == 404

    @pytest.mark.parametrize(
        "kind", [RequestKind.ACCOUNTING, RequestKind.INTERMEDIARY_LIST, RequestKind.CONFIDENTIAL_CONTACT]
    )
    def test_what_is_owed_cannot_be_denied(self, asked, counselor, kind):
        right = asked(kind)
        answer = counselor.post(own("answer", right), {"answer": "denied", "words": "no"})
        assert answer.status_code == 422 and "The law gives a right to this" in answer.content.decode()

    def test_another_way_is_obeyed_at_once_f24(self, asked, counselor, cast):
        right, person = asked(RequestKind.CONFIDENTIAL_CONTACT), cast.patient.person.pk
        assert counselor.post(own("answer", right), {"answer": "granted"}).status_code == 422
        told = {"answer": "granted", "address": "2 Other Street"}
        assert counselor.post(own("answer", right), told).status_code == 302
        assert queries.confidential_contact(person, clock.now()).address == "2 Other Street"

    def test_a_service_paid_in_full_is_not_told_to_the_plan(self, asked, counselor, cast):
        right = asked(RequestKind.RESTRICTION)
        denied = {"answer": "denied", "words": "no", "paid_in_full": "on"}
        assert counselor.post(own("answer", right), denied).status_code == 422
        told = {"answer": "granted", "words": "We do so.", "paid_in_full": "on"}
        assert counselor.post(own("answer", right), told).status_code == 302
        [bound] = queries.restrictions_of(cast.patient.person.pk, clock.now())
        assert (bound.kind, bound.recipient_kind) == ("paid_in_full", "payer")

    def test_denying_it_all_the_same_leaves_a_reason(self, asked, counselor):
        right = asked(RequestKind.RESTRICTION)
        told = {"answer": "denied", "words": "No.", "paid_in_full": "on", "despite": "The plan paid half."}
        assert counselor.post(own("answer", right), told).status_code == 302
        found = queries.rights_request(right, clock.now().date())
        assert found.answer_words == "No. The plan paid half."

    def test_what_is_agreed_binds_from_now_on(self, asked, counselor, cast):
        right = asked(RequestKind.RESTRICTION)
        told = {"answer": "granted", "recipient_kind": "family", "categories": ["attendance"]}
        assert counselor.post(own("answer", right), told).status_code == 302
        [bound] = queries.restrictions_of(cast.patient.person.pk, clock.now())
        assert (bound.kind, bound.categories) == ("agreed", (Category.ATTENDANCE,))
        page = counselor.get(reverse("confidentiality:person", args=[cast.patient.person.pk]))
        assert "the days and hours I came" in page.content.decode()


def test_a_denial_says_what_one_may_still_do():
    for language in ("en", "es"):
        for kind in answers.MAY_BE_DENIED:
            assert answers.after(kind, Answer.DENIED, language)
    assert answers.after(RequestKind.ACCESS, Answer.GRANTED, "en") == ""


class TestTheNotice:
    @pytest.mark.parametrize("lacks", ["program", "title", "phone", "email"])
    def test_without_a_name_a_telephone_and_an_email_it_is_refused_f36(self, lacks):
        told = {"title": CONTACT.title, "phone": CONTACT.phone, "email": CONTACT.email}
        told |= {lacks: " "} if lacks != "program" else {}
        with pytest.raises(practices.NoticeIncomplete) as refused:
            practices.notice("" if lacks == "program" else "Juniper House", practices.Contact(**told), "en")
        assert refused.value.missing == (lacks,)

    @pytest.mark.parametrize(("language", "title"), [("en", "Notice of Privacy"), ("es", "Aviso de")])
    def test_it_begins_with_its_header_and_names_the_contact(self, language, title):
        found = practices.notice("Juniper House", CONTACT, language)
        assert found.title.startswith(title) and "Juniper House" in found.title
        first = " ".join(found.parts[0].lines)
        assert CONTACT.phone in first and CONTACT.email in first and len(found.parts) == 6
        assert found.digest != practices.notice("Another House", CONTACT, language).digest

    def test_it_is_read_as_easily_as_every_page(self):
        sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "tests" / "language"))
        import test_reading as reading

        texts = {
            language: [
                line for part in practices.notice("Home", CONTACT, language).parts for line in part.lines
            ]
            for language in ("en", "es")
        }
        assert reading.grade(texts["en"]) <= reading.GRADE
        assert reading.spanish_ease(texts["es"]) >= reading.SPANISH_EASE

    def test_a_visitor_reads_it_once_it_names_somebody(self, sign_in, director, cast):
        page, visitor = reverse("confidentiality:notice"), sign_in(None)
        assert "is not here yet" in visitor.get(page).content.decode()
        setting = reverse("confidentiality:notice_contact")
        told = {"title": CONTACT.title, "phone": CONTACT.phone, "email": ""}
        assert director.post(setting, told).status_code == 422
        assert director.post(setting, told | {"email": CONTACT.email}).status_code == 302
        assert CONTACT.email in visitor.get(page).content.decode()

    def test_a_patient_says_that_they_have_it(self, cast, director, sign_in, inside):
        director.post(
            reverse("confidentiality:notice_contact"),
            {"title": CONTACT.title, "phone": CONTACT.phone, "email": CONTACT.email},
        )
        patient, person = sign_in(cast.patient), cast.patient.person.pk
        page = reverse("confidentiality:notice_reading")
        assert "You do not have to agree" in patient.get(page).content.decode()
        patient.post(page, {"later": "1"})
        assert not queries.has_read_notice(person)
        patient.post(page)
        [given] = queries.acknowledgements(person)
        assert given.version == practices.VERSION and queries.has_read_notice(person)

    def test_staff_record_that_it_was_not_signed_for_and_why(self, cast, counselor, director, inside):
        director.post(
            reverse("confidentiality:notice_contact"),
            {"title": CONTACT.title, "phone": CONTACT.phone, "email": CONTACT.email},
        )
        page = reverse("confidentiality:notice_given", args=[cast.patient.person.pk])
        assert counselor.post(page, {"method": "refused", "language": "en"}).status_code == 422
        told = {"method": "refused", "language": "en", "why": "She did not want to."}
        assert counselor.post(page, told).status_code == 302
        [given] = queries.acknowledgements(cast.patient.person.pk)
        assert given.not_signed_because == "She did not want to."


def test_the_patient_reads_the_answer_and_what_they_may_still_do(asked, counselor, cast, sign_in):
    right = asked(RequestKind.ACCESS)
    counselor.post(own("answer", right), {"answer": "denied", "words": "It is not ours to give."})
    said = sign_in(cast.patient).get(reverse("desk:privacy")).content.decode()
    assert "It is not ours to give. You may ask us to have someone else look at this again." in said
