"""Every page about one person asks the decision before its view runs, in one statement."""

from contextlib import contextmanager
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from cast import make_member
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from furniture import arguments, make_appointment, make_group
from walking import path_of

from homeground.audit.models import Entry
from homeground.chart.models import Episode
from homeground.confidentiality import actions as confidentiality
from homeground.confidentiality.rules.vocabulary import Category, RestrictionKind
from homeground.config import asking
from homeground.config.access import TABLE
from homeground.config.reading import READS
from homeground.ground import clock, scope
from homeground.ground.access import OnePerson
from homeground.people.roles import Role
from homeground.timetable.queries.caseload import patients_of

pytestmark = pytest.mark.django_db

ASKING = sorted(name for name, read in READS.items() if isinstance(read, OnePerson))


# Pages that open without an entry of their own, each for a reason.
NOT_IN_THE_TRAIL = {
    "treatment:draft_checks": "asked by the page of the draft, again and again while it is open"
}


@contextmanager
def untouched():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def close_to_staff(cast, *categories):
    """The clinic agreed that staff do not look at these parts of Wren's record; none: at nothing of it."""
    director = cast.clinic.staff[Role.DIRECTOR].actor
    with scope.entered(organization_id=cast.clinic.id):
        confidentiality.restrict(
            person_id=cast.patient.person.pk,
            kind=RestrictionKind.AGREED,
            recipient_kind="staff",
            categories=categories,
            by=director,
            at=clock.now() - timedelta(minutes=1),
        )


def asked(cast, member, page="desk:patient", **named):
    """The answer of the decision for this member of staff."""
    with scope.entered(organization_id=cast.clinic.id, account_id=member.account.pk):
        return asking.ask(page, named, member.actor, clock.now(), "America/Denver")


def test_what_the_decision_refuses_no_page_shows_to_anybody(cast, sign_in):
    known, wrong = arguments(cast), []
    close_to_staff(cast)
    clients = {role: sign_in(member) for role, member in cast.clinic.staff.items()}
    for name in ASKING:
        for role in sorted(TABLE[name]):
            for method in ("get", "post"):
                with untouched():
                    response = getattr(clients[role], method)(path_of(name, known))
                if response.status_code != 403 or b"Wren" in response.content:
                    wrong.append(f"{method} {name} as {role}: {response.status_code}")
    assert wrong == []


def test_a_refusal_is_in_the_trail_and_its_page_tells_nothing(cast, sign_in):
    close_to_staff(cast)
    patient_id = cast.patient_episode.patient_id
    response = sign_in(cast.clinic.staff[Role.COUNSELOR]).get(reverse("desk:patient", args=[patient_id]))
    for word in (b"Wren", b"Testperson", b"1001", b"substance", b"recovery", b"patient"):
        assert word not in response.content
    entry = Entry.objects.get(event="confidentiality.reading.refused")
    assert (entry.patient_id, entry.facts) == (patient_id, {"page": "desk:patient"})


def test_a_part_that_is_closed_is_left_out_with_a_line_that_says_so(cast, sign_in):
    make_appointment(cast, make_group(cast), starts_at=clock.now() + timedelta(days=2))
    client = sign_in(cast.clinic.staff[Role.DIRECTOR])
    page = reverse("desk:patient", args=[cast.patient_episode.patient_id])
    before = client.get(page).content.decode()
    assert 'id="hours"' in before and "left out" not in before
    close_to_staff(cast, Category.ATTENDANCE)
    after = client.get(page).content.decode()
    assert 'id="hours"' not in after and 'id="ahead"' in after and "left out" in after


def test_a_page_hides_each_part_that_is_closed_and_keeps_the_rest(cast, sign_in):
    known = arguments(cast)
    client = sign_in(cast.clinic.staff[Role.COUNSELOR])
    hidden = {
        "chart:episode": (Category.LEVEL_OF_CARE, "Level of care", "First day"),
        "placement:screening": (Category.SCREENING, "red_flags", "All screenings"),
    }
    for name, (_part, gone, stays) in hidden.items():
        before = client.get(path_of(name, known)).content.decode()
        assert gone in before and stays in before, name
    close_to_staff(cast, *(part for part, _gone, _stays in hidden.values()))
    for name, (_part, gone, stays) in hidden.items():
        after = client.get(path_of(name, known)).content.decode()
        assert gone not in after and stays in after and "left out" in after, name


def test_opening_a_page_about_one_person_is_in_the_trail(cast, sign_in):
    """Who looked, at whom, when: 45 CFR 164.312(b); the person sees it on their privacy page (check G04)."""
    known, silent = arguments(cast), []
    client = sign_in(cast.clinic.staff[Role.DIRECTOR])
    for name in (name for name in ASKING if Role.DIRECTOR in TABLE[name]):
        with untouched():
            before = Entry.objects.filter(event__endswith=".read").count()
            opened = client.get(path_of(name, known)).status_code == 200
            if opened and Entry.objects.filter(event__endswith=".read").count() == before:
                silent.append(name)
    assert silent == sorted(NOT_IN_THE_TRAIL), "\n".join(silent)


def test_asking_costs_one_statement_and_a_persons_own_page_none(cast, sign_in):
    make_group(cast)
    named = {"patient_id": cast.patient_episode.patient_id}
    for member in (cast.clinic.staff[Role.DIRECTOR], cast.clinic.staff[Role.FACILITATOR]):
        with scope.entered(organization_id=cast.clinic.id), CaptureQueriesContext(connection) as spent:
            asking.ask("desk:patient", named, member.actor, clock.now(), "America/Denver")
        assert len(spent) == 1
    with CaptureQueriesContext(connection) as spent:
        asking.ask("plan:my_plan", {}, cast.patient.actor, clock.now(), "America/Denver")
    assert len(spent) == 0


class TestWhoWorksWithThePerson:
    """The relationship: their counselor, who leads a group of theirs, who stands in, who covers, who left."""

    def test_a_facilitator_through_the_group_or_the_meeting_as_the_list_says(self, cast):
        other = make_member(cast.clinic, Role.FACILITATOR, "second.facilitator", "Sample")
        facilitator, on = cast.clinic.staff[Role.FACILITATOR], clock.now().date()
        named = {"patient_id": cast.patient_episode.patient_id}

        def agree(member):
            with scope.entered(organization_id=cast.clinic.id):
                listed = cast.patient_episode.patient_id in patients_of(member.person.pk, on)
            assert asked(cast, member, **named).enough == listed
            return listed

        assert not agree(facilitator)
        group = make_group(cast)
        assert agree(facilitator) and not agree(other)
        meeting = make_appointment(cast, group, starts_at=clock.now() + timedelta(days=2))
        group.leaders.all().delete()
        assert agree(facilitator)
        meeting.bookings.filter(staff=facilitator.person).update(released_at=clock.now())
        assert not agree(facilitator)

    def test_a_counselor_who_covers_is_noted_and_the_own_one_is_not(self, cast):
        cover = make_member(cast.clinic, Role.COUNSELOR, "cover", "Sample")
        named = {"patient_id": cast.patient_episode.patient_id}
        for member, outside in ((cast.clinic.staff[Role.COUNSELOR], False), (cover, True)):
            reasons = {r.card.id for r in asked(cast, member, **named).decision.reasons}
            assert ("need.outside_caseload" in reasons) is outside

    def test_long_after_only_the_own_counselor_and_who_must_still_work_on_it(self, cast, sign_in):
        cover = make_member(cast.clinic, Role.COUNSELOR, "cover", "Sample")
        named = {"episode_id": cast.patient_episode.pk}
        ended = clock.now().astimezone(ZoneInfo("America/Denver")).date() - timedelta(days=90)
        Episode.objects.filter(pk=cast.patient_episode.pk).update(
            starts_on=ended - timedelta(days=60), ends_on=ended
        )
        open_to = {
            role
            for role, member in {**cast.clinic.staff, "cover": cover}.items()
            if asked(cast, member, "chart:episode", **named).enough
        }
        assert open_to == {Role.COUNSELOR, Role.FRONT_DESK, Role.BILLER, Role.DIRECTOR}
        Episode.objects.filter(pk=cast.patient_episode.pk).update(ends_on=ended + timedelta(days=1))
        assert asked(cast, cover, "chart:episode", **named).enough

    def test_break_glass_opens_it_again_for_its_time(self, cast):
        facilitator = cast.clinic.staff[Role.FACILITATOR]
        named = {"patient_id": cast.patient_episode.patient_id}
        assert not asked(cast, facilitator, **named).enough
        with scope.entered(organization_id=cast.clinic.id):
            confidentiality.break_glass(
                person_id=cast.patient.person.pk,
                reason="fell in the hall",
                by=facilitator.actor,
                at=clock.now(),
            )
        answer = asked(cast, facilitator, **named)
        assert answer.enough and answer.decision.rule == "base.break_glass"

    def test_a_note_is_open_to_who_wrote_it(self, cast):
        known = arguments(cast)
        other = make_member(cast.clinic, Role.FACILITATOR, "second.facilitator", "Sample")
        for member, is_open in ((cast.clinic.staff[Role.FACILITATOR], True), (other, False)):
            assert asked(cast, member, "treatment:note", note_id=known["note_id"]).enough is is_open

    def test_an_id_of_another_clinic_leads_to_nobody(self, cast):
        with scope.entered(organization_id=cast.other_clinic.id), pytest.raises(asking.NotHere):
            asking.ask(
                "desk:patient",
                {"patient_id": cast.patient_episode.patient_id},
                cast.other_clinic.staff[Role.DIRECTOR].actor,
                clock.now(),
                "America/Denver",
            )
