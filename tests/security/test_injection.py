"""What people type or upload stays text: in every page, in every file."""

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, models, transaction
from django.urls import reverse
from furniture import arguments
from walking import admitted, path_of

from homeground.config.access import TABLE
from homeground.ground.access import HOUSE_ONLY
from homeground.people.roles import Role

pytestmark = pytest.mark.django_db

CODES = {"instrument", "item"}  # of questionnaires: looked up, never typed
PAGES = sorted(name for name, admits in TABLE.items() if admits is not HOUSE_ONLY)
TYPED = "{{9*9}}<i x='\"&{%x%}"
RAW = ("<i x=", "{{81}}", ">81<")


def plant(text):
    """Write the text into every free text field of every row there is; give the number of fields it took."""
    planted = 0
    for model in apps.get_models():
        if not model.__module__.startswith("homeground.") or "organization_id" not in {
            f.name for f in model._meta.get_fields()
        }:
            continue
        for field in model._meta.concrete_fields:
            told = {*model.privacy.identifying.split(), *model.privacy.clinical.split(), "name"}
            free = isinstance(field, models.TextField) or (
                isinstance(field, models.CharField) and not field.choices and (field.max_length or 0) >= 40
            )
            if (
                not free
                or field.name not in told
                or field.name in CODES
                or model._meta.label in ("audit.Entry", "audit.Head", "program.Organization")
            ):
                continue
            try:
                with transaction.atomic():
                    planted += bool(model._base_manager.update(**{field.name: text}))
            except (DatabaseError, TypeError):
                continue  # a checked field: a zone, a code, a digest
    return planted


def test_typed_text_is_shown_as_text_on_every_page(cast, sign_in):
    known = arguments(cast)
    assert plant(TYPED) >= 10
    clients, shown, wrong = {}, 0, []
    for name in PAGES:
        who = admitted(cast, TABLE[name])
        response = clients.setdefault(id(who), sign_in(who)).get(path_of(name, known))
        page = response.content.decode(errors="replace")
        shown += "{{9*9}}&lt;i x=" in page
        if response.status_code >= 500 or any(raw in page for raw in RAW):
            wrong.append(f"{name}: {response.status_code}")
    assert wrong == []
    assert shown >= 5


HOSTILE = {
    "a page": b"<html><script>alert(1)</script></html>",
    "entities": b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>',
    "an archive": b"PK\x03\x04" + b"\0" * 2000,
    "for ever": b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260101T000000Z\r\n"
    b"RRULE:FREQ=SECONDLY\r\n"
    b"END:VEVENT\r\nEND:VCALENDAR\r\n",
    "nothing": b"",
    "too much": b"X" * (1_048_576 + 10),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_upload_is_refused_at_its_field_and_never_touches_the_disk(name, cast, sign_in, tmp_path):
    url = reverse("timetable:calendar_file", args=[cast.patient_episode.patient.person_id])
    client = sign_in(cast.clinic.staff[Role.SCHEDULER])
    upload = SimpleUploadedFile("../../etc/passwd.ics", HOSTILE[name], content_type="text/calendar")
    with transaction.atomic():
        response = client.post(url, {"calendar": upload})
        transaction.set_rollback(True)
    assert response.status_code in (302, 422), response.status_code
    assert b"<script>alert" not in response.content
    assert b"etc/passwd" not in response.content


def test_uploads_have_no_way_to_the_disk(settings):
    assert settings.FILE_UPLOAD_HANDLERS == ["homeground.ground.uploads.MemoryOnly"]
