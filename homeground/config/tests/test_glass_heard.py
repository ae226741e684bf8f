"""Emergency access is heard of by who reviews it, through the worker."""

from datetime import timedelta

import pytest
from django.urls import reverse

from homeground.confidentiality.models import BreakGlass
from homeground.config import reactions
from homeground.ground import outbox
from homeground.people import actions as notices
from homeground.people import queries as people
from homeground.people.roles import Role

pytestmark = pytest.mark.django_db


def test_the_owner_hears_of_it_through_the_worker_g06(clinic, cast, sign_in):
    page = reverse("confidentiality:glass", args=[cast.patient.person.pk])
    asked = {"cause": "danger", "reason": "She fell in the hall.", "understood": "on"}
    sign_in(clinic.staff[Role.FACILITATOR]).post(page, asked)
    row = BreakGlass.objects.get()
    assert row.alerted_at is None
    [told] = outbox.untold()
    reactions.hand_on(clinic.id, told, row.starts_at + timedelta(minutes=1))
    row.refresh_from_db()
    assert row.alerted_at == row.starts_at + timedelta(minutes=1)
    assert outbox.untold() == ()
    owner = clinic.staff[Role.DIRECTOR].person.pk
    assert people.notices_of(owner) == {"privacy"}
    texts = notices.hand_over_notices(
        base="https://example.org",
        sender="Juniper office",
        by=clinic.staff[Role.DIRECTOR].actor,
        at=row.ends_at,
    )
    assert [each.text for each in texts] == [
        "Juniper office: a note waits for you. Please look here: https://example.org/"
    ]
