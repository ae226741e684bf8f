"""A director's browser at the desk for requests from outside, and the facts of invented requests."""

from datetime import timedelta

from django.urls import reverse

from homeground.confidentiality import actions as confidentiality
from homeground.confidentiality.models import OutsideRequest
from homeground.confidentiality.rules.vocabulary import Category
from homeground.confidentiality.tests.factories import draft
from homeground.ground import clock, scope
from homeground.people.roles import Role

KNOWN, UNKNOWN = "Patient Sample", "Nobody Atall"
FACTS = {
    "came_by": "fax",
    "asker_kind": "employer",
    "asker_name": "R. Sample",
    "asker_organization": "Cobalt Works",
    "asker_address": "1 Works Road",
    "subject": KNOWN,
    "purpose": "employment",
    "categories": ["attendance", "stay"],
    "paper": "none",
    "words": "Does he come?",
}
SUBPOENA = {
    "asker_kind": "lawyer",
    "asker_name": "L. Sample",
    "asker_organization": "Sample Law",
    "asker_address": "1 Court Street",
    "purpose": "proceeding",
    "categories": ["presence", "plan"],
    "paper": "subpoena",
    "paper_reference": "26-1",
}
CHECK = {"how": "called_back", "more": "the number on their site"}
SENDING = {"parts": ["attendance"], "kind": "record", "format": "json", "address": "1 Works Road"}


class Desk:
    """The director's browser and what she does with it."""

    def __init__(self, cast, client):
        self.cast, self.client = cast, client
        self.person = cast.patient.person

    def url(self, name, asked):
        return reverse(f"interop:{name}", args=[asked.pk])

    def ask(self, **changes):
        answer = self.client.post(reverse("interop:new"), {**FACTS, **changes})
        assert answer.status_code == 302, answer.content
        return OutsideRequest.objects.latest("received_at", "id")

    def step(self, name, asked, **told):
        answer = self.client.post(self.url(name, asked), told, follow=True)
        asked.refresh_from_db()
        return answer

    def identify(self, asked):
        self.step("identity", asked, **CHECK)
        return self.step("person", asked, person=str(self.person.pk))

    def decided(self, **changes):
        asked = self.ask(**changes)
        self.identify(asked)
        self.step("decision", asked)
        return asked

    def page(self, asked):
        return self.client.get(self.url("asked", asked)).content.decode()

    def consent(self, *categories, **changes):
        at = clock.now()
        by = self.cast.clinic.staff[Role.COUNSELOR].actor
        given = {"categories": frozenset(categories or {Category.ATTENDANCE}), **changes}
        with scope.entered(organization_id=self.cast.clinic.id, account_id=by.account_id):
            return confidentiality.sign_consent(
                person_id=self.person.pk,
                draft=draft(signed_at=at, expires_at=at + timedelta(days=30), **given),
                language="en",
                method="screen",
                recipient_kind="employer",
                recipient_address="1 Works Road",
                by=by,
                at=at,
            )

    def revoke(self, consent_id):
        at, by = clock.now(), self.cast.clinic.staff[Role.COUNSELOR].actor
        with scope.entered(organization_id=self.cast.clinic.id, account_id=by.account_id):
            confidentiality.revoke_consent(consent_id=consent_id, revoked_at=at, by=by, at=at)
