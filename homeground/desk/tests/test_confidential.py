"""The decision at work on the pages: staff by need, family by consent, every opening noted."""

from datetime import timedelta

import pytest
from django.urls import reverse
from furniture import make_appointment, make_group

from homeground.audit.models import Entry
from homeground.confidentiality import actions as confidentiality
from homeground.confidentiality.rules.vocabulary import Category, Purpose, RestrictionKind
from homeground.confidentiality.tests.factories import draft
from homeground.ground import clock, scope
from homeground.people.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def ahead(cast):
    """The patient sits in the facilitator's group and is expected in two days."""
    return make_appointment(cast, make_group(cast), starts_at=clock.now() + timedelta(days=2))


@pytest.fixture
def page(cast, sign_in):
    """The patient's page as a member of staff gets it."""

    def opened(role):
        url = reverse("desk:patient", args=[cast.patient_episode.patient_id])
        return sign_in(cast.clinic.staff[role]).get(url)

    return opened


def last_opening():
    return Entry.objects.filter(event="desk.patient.read").order_by("-id").first()


class TestStaff:
    def test_the_level_of_care_is_shown_to_who_needs_it_g10(self, ahead, page):
        shown = {role for role in Role if role in SEEING and b"level 2.1" in page(role).content}
        assert shown == {Role.COUNSELOR, Role.DIRECTOR, Role.BILLER}

    def test_the_scheduler_sees_times_and_no_hours(self, ahead, page):
        content = page(Role.SCHEDULER).content
        assert b'id="ahead"' in content and b'id="hours"' not in content

    def test_a_facilitator_opens_their_own_people_only(self, cast, page, sign_in):
        assert page(Role.FACILITATOR).status_code == 403
        people = sign_in(cast.clinic.staff[Role.FACILITATOR]).get(reverse("desk:people"))
        assert b"Wren" not in people.content
        make_group(cast)
        assert page(Role.FACILITATOR).status_code == 200
        people = sign_in(cast.clinic.staff[Role.FACILITATOR]).get(reverse("desk:people"))
        assert b"Wren" in people.content

    def test_who_stands_in_works_with_the_people_of_the_appointment(self, cast, ahead, page):
        ahead.slot.group.leaders.all().delete()
        assert page(Role.FACILITATOR).status_code == 200

    def test_breaking_the_glass_opens_the_page_for_its_time_g06(self, cast, page):
        facilitator = cast.clinic.staff[Role.FACILITATOR].actor
        with scope.entered(organization_id=cast.clinic.id):
            confidentiality.break_glass(
                person_id=cast.patient.person.pk, reason="fell in the hall", by=facilitator, at=clock.now()
            )
        assert b"level 2.1" in page(Role.FACILITATOR).content
        assert last_opening().facts["rule"] == "base.break_glass"

    def test_an_opening_says_by_which_rule_and_whether_on_the_caseload_g11(self, cast, ahead, page):
        assert page(Role.COUNSELOR).status_code == 200
        assert last_opening().facts == {"rule": "need.own", "caseload": True}
        type(cast.patient_episode).objects.filter(pk=cast.patient_episode.pk).update(counselor=None)
        assert page(Role.COUNSELOR).status_code == 200
        assert last_opening().facts == {"rule": "need.own", "caseload": False}

    def test_a_restriction_takes_its_part_off_the_page_at_once(self, cast, ahead, page):
        by = cast.clinic.staff[Role.DIRECTOR].actor
        assert b'id="hours"' in page(Role.FRONT_DESK).content
        with scope.entered(organization_id=cast.clinic.id):
            confidentiality.restrict(
                person_id=cast.patient.person.pk,
                kind=RestrictionKind.AGREED,
                recipient_kind="staff",
                categories=[Category.ATTENDANCE],
                by=by,
                at=clock.now(),
            )
        assert b'id="hours"' not in page(Role.FRONT_DESK).content


SEEING = {
    Role.FRONT_DESK,
    Role.SCHEDULER,
    Role.FACILITATOR,
    Role.COUNSELOR,
    Role.BILLER,
    Role.DIRECTOR,
}


class TestFamily:
    @pytest.fixture
    def agree(self, cast):
        """The patient lets the relative see something."""

        def agreeing(*categories):
            at = clock.now()
            with scope.entered(organization_id=cast.clinic.id):
                return confidentiality.sign_consent(
                    person_id=cast.patient.person.pk,
                    draft=draft(
                        categories=frozenset(categories),
                        recipients=("Relative Testperson",),
                        purposes=frozenset({Purpose.SUPPORT}),
                        signed_at=at,
                        expires_at=at + timedelta(days=90),
                    ),
                    language="en",
                    method="screen",
                    recipient_kind="family",
                    recipient_id=cast.relative.person.pk,
                    by=cast.patient.actor,
                    at=at,
                )

        return agreeing

    @pytest.fixture
    def seen(self, cast, sign_in):
        def looking():
            return sign_in(cast.relative).get(reverse("desk:shared")).content.decode()

        return looking

    def test_without_a_consent_nothing_is_said_f22(self, ahead, seen):
        assert "Nothing is shared" in seen() and "Wren" not in seen()

    def test_only_what_is_listed_is_shown_f22(self, ahead, agree, seen):
        agree(Category.APPOINTMENTS)
        found = seen()
        assert "Wren shares this with you" in found and "Coming up" in found and "Was here" not in found
        for word in ("Evening", "Cedar", "group", "level"):
            assert word not in found

    def test_one_part_is_stopped_then_all_of_it(self, cast, ahead, agree, seen):
        consent_id = agree(Category.APPOINTMENTS, Category.ATTENDANCE)
        assert "Coming up" in seen() and "Was here" in seen()
        self.stop(cast, consent_id, "appointments")
        assert "Coming up" not in seen() and "Was here" in seen()
        before = seen()
        self.stop(cast, consent_id, "")
        assert "Nothing is shared" in seen() and "Wren" not in seen() and before != seen()

    def test_that_they_looked_is_in_the_trail(self, cast, agree, seen):
        agree(Category.ATTENDANCE)
        seen()
        assert Entry.objects.filter(event="desk.shared.read", patient_id=cast.patient.person.pk).count() == 1

    @staticmethod
    def stop(cast, consent_id, category):
        at = clock.now()
        with scope.entered(organization_id=cast.clinic.id):
            confidentiality.revoke_consent(
                consent_id=consent_id, category=category, revoked_at=at, by=cast.patient.actor, at=at
            )
