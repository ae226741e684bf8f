"""The public page for requests: the same answer, at the same cost, whoever is asked about (check F16)."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from homeground.confidentiality.models import OutsideRequest
from homeground.ground.models import Bucket
from homeground.interop.tests.outside import FACTS, KNOWN, SUBPOENA, UNKNOWN

pytestmark = pytest.mark.django_db

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


class TestThePublicPage:
    TOLD = {
        "asker_kind": "lawyer",
        "asker_name": "L. Sample",
        "asker_address": "1 Court Street",
        "subject": KNOWN,
        "words": "All papers for a case.",
    }

    @pytest.fixture(autouse=True)
    def fresh(self, cast):
        cache.clear()

    def test_the_answer_and_its_cost_are_the_same_for_a_stranger_f16(self, client):
        answers, costs = [], []
        for subject in (UNKNOWN, KNOWN, UNKNOWN):
            with CaptureQueriesContext(connection) as counted:
                answer = client.post(reverse("interop:ask"), {**self.TOLD, "subject": subject}, follow=True)
            answers.append(TOKEN.sub(b"", answer.content))
            costs.append(len(counted))
        assert answers[0] == answers[1] == answers[2]
        assert costs[1] == costs[2]
        assert OutsideRequest.objects.filter(came_by="web", recorded_by_id=None).count() == 3

    def test_it_waits_on_the_desk_for_somebody_to_read_it(self, client, desk):
        client.post(reverse("interop:ask"), self.TOLD, headers={"Accept-Language": "es"})
        asked = OutsideRequest.objects.get()
        assert asked.language == "es"
        page = desk.page(asked)
        assert "By the public page" in page and "All papers for a case." in page
        desk.step("facts", asked, **{**FACTS, **SUBPOENA})
        assert (asked.paper, asked.categories) == ("subpoena", ["plan", "presence"])

    def test_the_same_form_makes_one_request(self, client):
        once = "01890000-0000-7000-8000-000000000000"
        for _time in range(2):
            assert client.post(reverse("interop:ask"), {**self.TOLD, "once": once}).status_code == 302
        assert OutsideRequest.objects.count() == 1

    def test_a_machine_is_slowed_down_and_nothing_typed_is_lost(self, client):
        for _time in range(10):
            client.post(reverse("interop:ask"), self.TOLD)
        answer = client.post(reverse("interop:ask"), self.TOLD)
        assert (answer.status_code, answer["Retry-After"]) == (429, "60")
        assert "All papers for a case." in answer.content.decode()
        assert OutsideRequest.objects.count() == 10 and Bucket.objects.exists()

    def test_a_hidden_box_and_a_missing_answer_are_refused_in_words(self, client):
        for wrong in ({"website": "x"}, {"subject": ""}):
            assert client.post(reverse("interop:ask"), {**self.TOLD, **wrong}).status_code == 422
        assert not OutsideRequest.objects.exists()
