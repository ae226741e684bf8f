"""Requests from outside, by the pages: nobody learns anything; what is lawful leaves and is accounted for."""

from datetime import timedelta

import pytest
from cast import make_episode, make_person
from django.urls import reverse

from homeground.audit.models import Entry
from homeground.confidentiality.models import Disclosure, OutsideRequest
from homeground.confidentiality.rules.orders import WANTED, Element, OrderKind
from homeground.ground import clock, neutral
from homeground.interop.models import Release
from homeground.interop.rules.reply import TEXTS, TITLES
from homeground.interop.tests.outside import CHECK, FACTS, KNOWN, SENDING, SUBPOENA, UNKNOWN, Desk
from homeground.people.roles import Role

pytestmark = pytest.mark.django_db


class TestNobodyLearns:
    def test_a_subpoena_gets_nothing_and_the_letter_is_the_same_for_a_stranger_f15_f16(self, desk):
        letters = []
        for subject, person in ((KNOWN, str(desk.person.pk)), (UNKNOWN, "nobody")):
            asked = desk.ask(**SUBPOENA, subject=subject)
            desk.step("identity", asked, **CHECK)
            desk.step("person", asked, person=person)
            desk.step("decision", asked)
            assert (asked.outcome, asked.exception) == ("refuse", "blocking.privacy")
            assert "order.alone" in asked.reasons
            stopped = desk.step("sending", asked, **SENDING)
            assert "Nothing was sent" in stopped.content.decode()
            letters.append(desk.client.get(desk.url("reply", asked)).content)
        assert letters[0] == letters[1] and letters[0].startswith(b"%PDF-1.7")
        assert not Disclosure.objects.exists() and not Release.objects.exists()

    @pytest.mark.parametrize("language", list(TEXTS))
    def test_the_letter_tells_nothing_of_what_kind_of_place_writes(self, cast, language):
        assert neutral.telling(f"{TITLES[language]} {TEXTS[language]}", language=language) == ()

    def test_the_letter_keeps_its_bytes_all_day_and_is_noted(self, desk):
        asked = desk.ask(**SUBPOENA)
        answer = desk.client.get(desk.url("reply", asked))
        assert answer.content == desk.client.get(desk.url("reply", asked)).content
        assert answer["Content-Disposition"] == 'attachment; filename="document.pdf"'
        assert Entry.objects.filter(event="interop.reply.written", subject_id=asked.pk).count() == 2

    def test_writing_down_a_request_looks_nobody_up_f16(self, desk):
        pages = [desk.client.post(reverse("interop:new"), {**FACTS, "subject": s}) for s in (KNOWN, UNKNOWN)]
        assert [page.status_code for page in pages] == [302, 302]
        assert not OutsideRequest.objects.exclude(person=None).exists()
        asked = OutsideRequest.objects.first()
        assert str(desk.person.pk) not in desk.page(asked), "nobody is suggested before the identity check"

    def test_the_front_desk_writes_down_and_sees_nothing_more(self, cast, sign_in):
        client = sign_in(cast.clinic.staff[Role.FRONT_DESK])
        answer = client.post(reverse("interop:new"), FACTS, follow=True)
        assert "The director sees it now" in answer.content.decode()
        assert "word for word" in answer.content.decode()
        asked = OutsideRequest.objects.get()
        for name in ("asked", "facts", "order"):
            assert client.get(reverse(f"interop:{name}", args=[asked.pk])).status_code == 403

    def test_a_counselor_opens_emergencies_alone(self, cast, desk, sign_in):
        asked = desk.ask()
        client = sign_in(cast.clinic.staff[Role.COUNSELOR])
        assert client.get(desk.url("asked", asked)).status_code == 404
        for name in ("identity", "person", "decision", "preview", "sending", "closing"):
            assert client.post(desk.url(name, asked)).status_code == 404
        assert client.get(desk.url("reply", asked)).status_code == 404


class TestSending:
    def test_with_a_consent_it_is_looked_at_sent_and_accounted_for_f09_f11(self, desk):
        consent_id = desk.consent()
        asked = desk.decided()
        assert asked.outcome == "part"
        seen = desk.step("preview", asked, **SENDING).content.decode()
        assert "42 CFR part 2 prohibits unauthorized use" in seen and "signed a written consent" in seen
        assert not Disclosure.objects.exists(), "looking sends nothing"
        assert Entry.objects.filter(event="interop.preview.read").exclude(patient_id=None).exists()
        sent = desk.step("sending", asked, **SENDING).content.decode()
        line = Disclosure.objects.get()
        assert (line.consent_id, line.outside_request_id) == (consent_id, asked.pk)
        assert (line.recipient, line.recipient_address) == ("R. Sample, Cobalt Works", "1 Works Road")
        assert line.categories == ["attendance"]
        release = Release.objects.get(disclosure=line)
        assert reverse("interop:release", args=[release.pk]) in sent
        packet = desk.client.get(reverse("interop:release", args=[release.pk])).json()
        assert [part["category"] for part in packet["sections"]] == ["attendance"]

    def test_a_revocation_between_decision_and_sending_stops_the_sending_f07(self, desk):
        consent_id = desk.consent()
        asked = desk.decided()
        desk.step("preview", asked, **SENDING)
        desk.revoke(consent_id)
        stopped = desk.step("sending", asked, **SENDING).content.decode()
        assert "Nothing was sent" in stopped and "It has changed since." in stopped
        assert "A consent for this was stopped." in stopped and "A new consent" in stopped
        assert not Disclosure.objects.exists() and not Release.objects.exists()

    def test_nothing_is_sent_before_a_decision_is_kept(self, desk):
        desk.consent()
        asked = desk.ask()
        desk.identify(asked)
        assert "Nothing was sent" in desk.step("sending", asked, **SENDING).content.decode()
        assert not Disclosure.objects.exists()

    def test_parts_that_are_not_given_cannot_be_chosen(self, desk):
        desk.consent()
        asked = desk.decided()
        wrong = desk.step("sending", asked, **{**SENDING, "parts": ["plan"]})
        assert wrong.status_code == 422 and not Disclosure.objects.exists()

    def test_other_facts_take_the_decision_back(self, desk):
        desk.consent()
        asked = desk.decided()
        desk.step("facts", asked, **{**FACTS, "purpose": "inquiry"})
        assert (asked.outcome, asked.purpose) == ("", "inquiry")

    def test_a_closed_request_is_left_alone(self, desk):
        asked = desk.ask()
        desk.step("closing", asked)
        assert asked.closed_at is not None
        assert "Nothing was changed" in desk.step("identity", asked, **CHECK).content.decode()
        assert asked.identity_checked_at is None
        shown = desk.client.get(reverse("interop:requests"), {"show": "closed"}).content.decode()
        assert "R. Sample" in shown


class TestPapers:
    def read(self, desk, asked, *, without=(), lists=("attendance",)):
        told = {each.value: "no" if each in without else "yes" for each in Element}
        return desk.step("order", asked, kind="civil", lists=lists, **told)

    @pytest.fixture
    def ordered(self, desk):
        asked = desk.ask(**{**SUBPOENA, "paper": "order_and_subpoena", "categories": ["attendance", "plan"]})
        desk.identify(asked)
        return asked

    def test_an_order_nobody_has_read_opens_nothing_f15(self, desk, ordered):
        desk.step("decision", ordered)
        assert ordered.outcome == "refuse"
        assert "Nobody has read the order yet" in desk.page(ordered)

    @pytest.mark.parametrize("element", WANTED[OrderKind.CIVIL])
    def test_each_missing_element_keeps_the_order_shut_f15(self, desk, ordered, element):
        self.read(desk, ordered, without={element})
        desk.step("decision", ordered)
        assert ordered.outcome == "refuse"

    def test_a_complete_order_opens_what_it_lists_and_is_confirmed_in_words_f15(self, desk, ordered):
        self.read(desk, ordered)
        desk.step("decision", ordered)
        assert ordered.outcome == "permit"
        wish = {**SENDING, "parts": ["attendance"]}
        assert desk.step("sending", ordered, **wish).status_code == 422, "a recalled rule wants a reason"
        assert desk.step("sending", ordered, **{**wish, "parts": ["plan"], "why": "x"}).status_code == 422
        desk.step("sending", ordered, **wish, why="Counsel read order 26-1 with me.")
        line = Disclosure.objects.get()
        assert (line.basis, line.categories) == ("court_order", ["attendance"])

    def test_each_element_is_asked_and_none_has_a_default(self, desk, ordered):
        wrong = desk.step("order", ordered, kind="civil", lists=["attendance"])
        assert wrong.status_code == 422
        assert wrong.content.decode().count("42 CFR 2.6") >= len(WANTED[OrderKind.CIVIL])


class TestReports:
    def test_a_child_abuse_report_holds_limited_facts_and_never_the_chart_f17(self, desk):
        asked = desk.decided(
            asker_kind="child_protection",
            purpose="child_abuse_report",
            categories=["contact", "progress_notes"],
        )
        assert asked.outcome == "part"
        wish = {**SENDING, "parts": ["contact"], "statement": "Two children were alone at night."}
        assert desk.step("sending", asked, **{**wish, "parts": ["progress_notes"]}).status_code == 422
        assert desk.step("sending", asked, **{**wish, "statement": ""}).status_code == 422
        desk.step("sending", asked, **wish)
        line = Disclosure.objects.get()
        assert (line.basis, line.categories) == ("child_abuse", ["contact"])
        packet = desk.client.get(reverse("interop:release", args=[Release.objects.get().pk])).json()
        assert packet["text"] == wish["statement"]
        assert [part["category"] for part in packet["sections"]] == ["contact"]

    @pytest.mark.parametrize("purpose", ["adult_abuse_report", "warning"])
    def test_elder_abuse_and_a_duty_to_warn_are_no_ground_and_show_options_f18(self, desk, purpose):
        asked = desk.decided(asker_kind="adult_protection", purpose=purpose)
        assert asked.outcome == "refuse"
        page = desk.page(asked)
        for way in ("without naming the program", "order of a court", "If the threat was made here"):
            assert way in page
        assert asked.person_id, "the director has it on her list"


class TestAgreements:
    def agree(self, desk, kind, starts, ends=""):
        told = {
            "kind": kind,
            "party": "Cobalt Works",
            "reference": "A-1",
            "starts_on": starts,
            "ends_on": ends,
        }
        assert desk.client.post(reverse("interop:agreements"), told).status_code == 302

    def test_an_auditor_is_refused_the_day_the_agreement_ends_f29(self, desk):
        today = clock.now().date()
        self.agree(desk, "audit", "1/5/2026", f"{today - timedelta(days=1):%m/%d/%Y}")
        asked = desk.decided(asker_kind="auditor", purpose="audit")
        assert asked.outcome == "refuse"
        self.agree(desk, "audit", "1/5/2026")
        desk.step("decision", asked)
        assert asked.outcome == "permit"
        desk.step("sending", asked, **SENDING, why="Agreement A-1 covers this audit.")
        assert Disclosure.objects.get().agreement.reference == "A-1"

    def test_a_company_needs_both_agreements_f30(self, desk):
        self.agree(desk, "service", "1/5/2026")
        asked = desk.decided(asker_kind="service", purpose="services")
        assert asked.outcome == "refuse" and "Both agreements" in desk.page(asked)
        self.agree(desk, "associate", "1/5/2026")
        desk.step("decision", asked)
        assert asked.outcome == "permit"


class TestEmergency:
    FACTS = {
        "asker_name": "Dr. T. Sample",
        "asker_organization": "County Hospital",
        "asker_address": "303-555-0177",
        "subject": KNOWN,
        "words": "Unconscious, slow breath.",
        "how": "called_back",
    }

    def test_a_hospital_gets_what_it_needs_and_the_person_reads_it_f14(self, cast, desk, sign_in):
        client = sign_in(cast.clinic.staff[Role.COUNSELOR])
        assert client.post(reverse("interop:emergency"), self.FACTS).status_code == 302
        asked = OutsideRequest.objects.get()
        counselor = Desk(cast, client)
        counselor.step("person", asked, person=str(desk.person.pk))
        counselor.step("decision", asked)
        assert asked.outcome == "permit"
        counselor.step("sending", asked, **{**SENDING, "parts": ["medications", "contact"], "format": "pdf"})
        line = Disclosure.objects.get()
        assert (line.basis, line.facility) == ("emergency", "County Hospital")
        assert (line.emergency, line.recipient) == (self.FACTS["words"], "Dr. T. Sample, County Hospital")
        packet = client.get(reverse("interop:release", args=[Release.objects.get().pk]))
        assert packet.content.startswith(b"%PDF")
        own = sign_in(cast.patient).get(reverse("desk:privacy")).content.decode()
        assert "Dr. T. Sample, County Hospital" in own

    @pytest.mark.parametrize("missing", ["asker_name", "asker_organization", "words", "how"])
    def test_what_the_law_wants_written_down_is_asked_first_f14(self, desk, missing):
        answer = desk.client.post(reverse("interop:emergency"), {**self.FACTS, missing: ""})
        assert answer.status_code == 422 and not OutsideRequest.objects.exists()


class TestFinding:
    def test_a_former_patient_is_found_by_parts_of_the_name(self, cast, desk):
        person = make_person(cast.clinic, "Ivory", "Farther")
        episode = make_episode(cast.clinic, person, 4711)
        type(episode).objects.filter(pk=episode.pk).update(ends_on="2026-10-20")
        asked = desk.ask(subject="FARTHER, Ivory M.")
        desk.step("identity", asked, **CHECK)
        assert str(person.pk) in desk.page(asked)
        for q in ("farth", "4711"):
            assert str(person.pk) in desk.step("person", asked, q=q).content.decode()
        assert str(person.pk) not in desk.step("person", asked, q="zz").content.decode()

    def test_the_list_costs_the_same_for_many(self, desk, django_assert_max_num_queries):
        desk.ask()
        desk.client.get(reverse("interop:requests"))
        for _number in range(12):
            desk.ask()
        with django_assert_max_num_queries(16):
            page = desk.client.get(reverse("interop:requests")).content.decode()
        assert page.count("data-row") == 13
