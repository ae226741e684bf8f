"""Attendance and hours are one step from the first page of everybody who may open them."""

import pytest
from django.urls import reverse

from homeground.people.roles import STAFF
from homeground.treatment.access import PAGES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["treatment:sheets", "treatment:week"])
def test_the_first_page_leads_there_whom_it_concerns_and_nobody_else(clinic, sign_in, name):
    link = f'href="{reverse(name)}"'
    for role in STAFF:
        page = sign_in(clinic.staff[role]).get(reverse("desk:home")).text
        assert (link in page) is (role in PAGES[name]), role
