"""Emergency access, as the one who opens, the worker and the one who reviews meet it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from homeground.confidentiality import actions, queries
from homeground.confidentiality.models import BreakGlass
from homeground.ground import clock
from homeground.people.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def facilitator(clinic, sign_in):
    return sign_in(clinic.staff[Role.FACILITATOR])


@pytest.fixture
def director(clinic, sign_in):
    return sign_in(clinic.staff[Role.DIRECTOR])


@pytest.fixture
def page(cast):
    return reverse("confidentiality:glass", args=[cast.patient.person.pk])


TOLD = {"cause": "danger", "reason": "She fell in the hall.", "understood": "on"}


class TestOpening:
    def test_the_page_says_loudly_who_is_told_and_names_nobody_else(self, facilitator, page, cast):
        said = facilitator.get(page).content.decode()
        assert "within 24 hours" in said and "after 4 hours" in said and "sees your name" in said
        assert "Told at once:" in said
        assert cast.patient.person.family_name not in said

    @pytest.mark.parametrize("missing", ["cause", "reason", "understood"])
    def test_without_a_reason_it_stays_closed_and_keeps_what_was_typed(self, facilitator, page, missing):
        answer = facilitator.post(page, {key: value for key, value in TOLD.items() if key != missing})
        assert answer.status_code == 422
        assert BreakGlass.objects.count() == 0
        if missing != "reason":
            assert "She fell in the hall." in answer.content.decode()

    def test_it_opens_goes_back_to_the_page_and_stands_above_every_page(self, facilitator, page):
        week = reverse("treatment:sheets")
        answer = facilitator.post(page, {**TOLD, "next": week})
        assert answer.status_code == 302 and answer["Location"] == week
        said = facilitator.get(week).content.decode()
        assert "Emergency access until" in said and "4 h" in said and "Give it back" in said

    @pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:0"])
    def test_it_never_leads_out_of_the_house(self, facilitator, page, elsewhere):
        assert facilitator.post(page, {**TOLD, "next": elsewhere})["Location"] == reverse("desk:home")

    def test_given_back_the_banner_goes_and_the_record_is_closed(self, facilitator, page, clinic, cast):
        facilitator.post(page, TOLD)
        row = BreakGlass.objects.get()
        person, account = cast.patient.person.pk, clinic.staff[Role.FACILITATOR].account.pk
        assert queries.standing(person, account, clock.now()).glass_until == row.ends_at
        assert facilitator.post(reverse("confidentiality:glass_ending", args=[row.pk])).status_code == 302
        assert queries.standing(person, account, clock.now()).glass_until is None
        assert "Emergency access until" not in facilitator.get(reverse("desk:home")).content.decode()
        again = facilitator.post(reverse("confidentiality:glass_ending", args=[row.pk]))
        assert again.status_code == 404

    def test_nobody_ends_what_a_colleague_opened(self, facilitator, page, sign_in, clinic):
        facilitator.post(page, TOLD)
        other = sign_in(clinic.staff[Role.COUNSELOR])
        ending = reverse("confidentiality:glass_ending", args=[BreakGlass.objects.get().pk])
        assert other.post(ending).status_code == 404

    def test_who_does_not_care_for_people_opens_nothing(self, clinic, cast, inside):
        with pytest.raises(actions.NotYoursToBreak):
            actions.break_glass(
                person_id=cast.patient.person.pk,
                reason="curious",
                by=clinic.staff[Role.BILLER].actor,
                at=clock.now(),
            )


class TestReviewing:
    def test_the_director_finds_why_and_records_what_was_found(self, facilitator, page, director, cast):
        facilitator.post(page, TOLD)
        row = BreakGlass.objects.get()
        listed = director.get(reverse("confidentiality:reviews")).content.decode()
        assert "She fell in the hall." in listed and cast.patient.person.family_name in listed
        own = reverse("confidentiality:review", args=[row.pk])
        assert director.post(own, {"review": "justified"}).status_code == 422
        answer = director.post(own, {"review": "justified", "words": "She was hurt."})
        assert answer.status_code == 302
        assert queries.glasses(clock.now()) == ()
        assert "It was needed" in director.get(reverse("confidentiality:reviews")).content.decode()

    def test_a_late_review_is_shown_as_late(self, facilitator, page, director):
        facilitator.post(page, TOLD)
        BreakGlass.objects.update(review_due_at=clock.now() - timedelta(hours=1))
        said = director.get(reverse("confidentiality:reviews")).content.decode()
        assert re.search(r"late\s*</span>", said)

    def test_nobody_reviews_their_own(self, clinic, cast, director, inside):
        both = clinic.staff[Role.DIRECTOR].actor
        own = both.__class__(**{**both_facts(both), "roles": both.roles | {Role.COUNSELOR}})
        glass = actions.break_glass(
            person_id=cast.patient.person.pk, reason="She fell.", by=own, at=clock.now()
        )
        page = reverse("confidentiality:review", args=[glass])
        assert "Somebody else reviews it" in director.get(page).content.decode()
        answer = director.post(page, {"review": "justified", "words": "fine"})
        assert answer.status_code == 422 and queries.glass(glass, clock.now()).reviewed_at is None

    def test_the_list_costs_the_same_with_many(self, clinic, cast, director, inside):
        by, page = clinic.staff[Role.COUNSELOR].actor, reverse("confidentiality:reviews")
        counts = []
        for more in (1, 1, 12):  # the first request of a session writes what is written once
            for _ in range(more):
                actions.break_glass(person_id=cast.patient.person.pk, reason="fell", by=by, at=clock.now())
            with CaptureQueriesContext(connection) as asked:
                director.get(page)
            counts.append(len(asked))
        assert counts[2] <= counts[1]


def both_facts(actor):
    return {name: getattr(actor, name) for name in ("organization_id", "account_id", "person_id")}
