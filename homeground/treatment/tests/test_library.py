"""Leaflets with their rights, the rotation of a group, and where a missed topic comes up again."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from homeground.ground import clock, scope
from homeground.people.roles import Role
from homeground.treatment.models import Handout, SharedPart
from homeground.treatment.queries.curriculum import course, lessons_of, next_lesson
from homeground.treatment.rules.handout import LARGEST, Unfit, unfit
from homeground.treatment.tests import factories
from homeground.treatment.tests.test_note_actions import by, held, take  # noqa: F401  # fixtures

PDF = b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (PDF, None),
        (b"<html>", Unfit.NO_PDF),
        (PDF.replace(b"%%EOF", b""), Unfit.NO_PDF),
        (PDF + b" " * LARGEST, Unfit.TOO_LARGE),
        (PDF.replace(b"/Root", b"/Encrypt 2 0 R /Root"), Unfit.ENCRYPTED),
        (PDF.replace(b"/Type", b"/OpenAction 3 0 R /Type"), Unfit.ACTIVE),
        (PDF.replace(b"/Type", b"/AA << >> /JS (app.alert) /Type"), Unfit.ACTIVE),
    ],
)
def test_a_leaflet_is_a_pdf_that_does_nothing(content, reason):
    assert unfit(content) is reason


@pytest.mark.django_db
def test_a_leaflet_comes_in_with_its_rights_and_is_saved_never_shown(clinic, as_staff):
    client, to = as_staff(Role.COUNSELOR), reverse("treatment:handouts")
    told = {"title": "Saying no", "topic": "Saying no", "rights": "public_domain", "holder": "SAMHSA"}

    def sent(content=PDF, **changed):
        file = SimpleUploadedFile("../x.pdf", content, content_type="application/pdf")
        return client.post(to, {**told, **changed, "file": file})

    assert sent(b"<html>").status_code == 422
    assert sent(holder="").status_code == 422
    assert sent(rights="found it").status_code == 422
    assert client.post(to, told).status_code == 422
    assert sent().status_code == 302
    assert "in the library already" in sent().content.decode()
    with scope.entered(organization_id=clinic.id):
        (row,) = Handout.objects.all()
    page = as_staff(Role.FACILITATOR).get(reverse("treatment:curriculum")).content.decode()
    assert "public domain: SAMHSA" in page
    assert "Add a leaflet" not in page
    file = as_staff(Role.FACILITATOR).get(reverse("treatment:handout", args=[row.pk]))
    assert file.content == PDF
    assert file["Content-Disposition"] == 'attachment; filename="leaflet.pdf"'
    assert file["X-Content-Type-Options"] == "nosniff"
    client.post(reverse("treatment:handout_withdrawal", args=[row.pk]))
    assert client.get(reverse("treatment:handout", args=[row.pk])).status_code == 404
    assert sent().status_code == 302, "withdrawn once, it may come again"


@pytest.mark.django_db
def test_a_group_goes_on_from_its_last_topic(held, inside):  # noqa: F811
    session = held.appointment.session
    group_id, before = held.appointment.slot.group_id, session.starts_at
    assert next_lesson(group_id, before).number == 1
    SharedPart.objects.create(
        organization_id=session.organization_id,
        session=session,
        topic=course().lessons[4].title,
        lesson=5,
        changed_at=session.ends_at,
        changed_by_id=session.taken_by_id,
    )
    assert next_lesson(group_id, before).number == 1
    assert next_lesson(group_id, session.ends_at).number == 6
    assert next_lesson(None, before) is None


@pytest.mark.django_db
def test_a_missed_topic_says_where_it_comes_up_next(held, clinic, inside):  # noqa: F811
    session, at = held.appointment.session, clock.now()
    SharedPart.objects.create(
        organization_id=session.organization_id,
        session=session,
        topic=course().lessons[0].title,
        lesson=1,
        changed_at=session.ends_at,
        changed_by_id=session.taken_by_id,
    )
    ahead = (at + timedelta(days=3)).date().isoformat()
    slot = held.appointment.slot
    factories.make_meeting(clinic, held.patients, ahead, slot=slot)
    found = lessons_of(held.patients[0].pk, at)
    assert found[0].had_on
    assert found[0].places == ()
    assert [(place.own, place.group) for place in found[1].places] == [(True, "Evening group")]
    absent = lessons_of(held.patients[2].pk, at)
    assert absent[0].had_on == ()
