"""A chart with a line in every part, made as rows."""

from datetime import date

import pytest

from homeground.confidentiality.tests.factories import AT
from homeground.ground import scope
from homeground.people.roles import Role
from homeground.placement.models import DomainRating, Fact, Screening
from homeground.plan.models import DrugResult, DrugTest
from homeground.plan.tests.factories import make_plan, make_version, put_in_force
from homeground.treatment.actions import private_note
from homeground.treatment.models import Attendance, Note, Session
from homeground.treatment.rules.private_note import Kind as Private
from homeground.treatment.tests import factories

pytestmark = pytest.mark.django_db


def furnish(cast, by):
    """One of everything a chart keeps: attendance, a screening, a test, a plan, notes of both kinds."""
    owns, patient = cast.clinic.owns(), cast.patient_episode.patient
    counselor = cast.clinic.staff[Role.COUNSELOR]
    meeting = factories.make_meeting(cast.clinic, [patient], "2026-11-17")
    times = {"starts_at": meeting.appointment.starts_at, "ends_at": meeting.appointment.ends_at}
    taken = {"taken_at": AT, "taken_by_id": counselor.account.pk}
    session = Session.objects.create(**owns, appointment=meeting.appointment, **times, **taken)
    marked = {"in_at": times["starts_at"], "out_at": times["ends_at"], "marked_at": AT}
    Attendance.objects.create(
        **owns,
        session=session,
        patient=patient,
        state="present",
        minutes=165,
        **marked,
        marked_by_id=counselor.account.pk,
    )
    screening = Screening.objects.create(
        **owns, person=patient.person, opened_at=AT, opened_by_id=counselor.account.pk
    )
    Fact.objects.create(**owns, screening=screening, question="home_safe", answer="yes")
    DomainRating.objects.create(**owns, screening=screening, domain="mind", rating=1, reason="Sleeps badly")
    test = DrugTest.objects.create(
        **owns,
        patient=patient,
        reason="clinical",
        specimen="urine",
        panel="12 substances",
        ordered_at=AT,
        ordered_by=counselor.person,
        due_on=date(2026, 11, 24),
    )
    DrugResult.objects.create(
        **owns,
        test=test,
        outcome="expected",
        observed=False,
        collected_at=AT,
        recorded_at=AT,
        recorded_by=counselor.person,
    )
    put_in_force(make_version(make_plan(cast.patient_episode)))
    note = {"author": counselor.person, "changed_at": AT, "changed_by_id": counselor.account.pk}
    for text, signed in (("Spoke of quiet evenings", True), ("A draft nobody signed", False)):
        row = {"signed_at": AT, "signed_by_id": counselor.account.pk} if signed else {}
        Note.objects.create(
            **owns,
            kind="contact",
            patient=patient,
            starts_at=AT,
            ends_at=AT,
            opened_at=AT,
            text=text,
            **note,
            **row,
        )
    with scope.entered(organization_id=by.organization_id, account_id=by.account_id):
        private_note.write_private_note(
            patient_id=patient.pk,
            kind=Private.COUNSELING,
            about_on=AT.date(),
            text="Told in confidence",
            by=by,
            at=AT,
        )
