"""A record goes from one clinic to another and is kept there as what it is (checks B18, G12)."""

import json
from datetime import date, timedelta

import pytest
from cast import make_episode, make_person
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from homeground.audit.models import Entry
from homeground.confidentiality import actions as confidentiality
from homeground.confidentiality.rules import notice
from homeground.confidentiality.rules.asking import Obligation, Relationship
from homeground.confidentiality.rules.vocabulary import CHART, Asker, Category, Channel, Purpose
from homeground.confidentiality.tests.factories import AT, ask, draft, sign
from homeground.ground import clock, scope
from homeground.ground.visit import House
from homeground.interop import actions
from homeground.interop.actions import received
from homeground.interop.actions.received import Paper, open_received, receive_record
from homeground.interop.models import ReceivedRecord
from homeground.interop.queries.record import labels
from homeground.interop.rules.packet import Format, Kind
from homeground.interop.rules.reading import read_record
from homeground.interop.rules.received import Media, Way
from homeground.interop.tests.charts import furnish
from homeground.interop.tests.test_sources import OWN
from homeground.people.roles import Role
from homeground.placement.models import DomainRating, Fact
from homeground.plan.models import DrugResult, Intervention
from homeground.program.models import Program
from homeground.treatment.models import Attendance, Note

pytestmark = pytest.mark.django_db

LETTER = f"Discharge summary\n\nSlept well.\n\n{notice.SHORT}\n"


def house_of(clinic):
    found = clinic.organization
    return House(found.pk, found.name, found.neutral_name, found.phone, found.zone)


@pytest.fixture
def by(cast):
    return cast.clinic.staff[Role.COUNSELOR].actor


@pytest.fixture
def export(cast, by):
    """The record as JSON: the patient's own, or for a doctor."""

    def exporting(request=OWN, recipient=""):
        errand = actions.Errand(
            person_id=cast.patient.person.pk,
            request=request,
            kind=Kind.RECORD,
            house=house_of(cast.clinic),
            language="en",
            recipient=recipient,
        )
        with scope.entered(organization_id=cast.clinic.id):
            return actions.release(errand=errand, format=Format.JSON, by=by, at=AT).body

    return exporting


@pytest.fixture
def elsewhere(cast):
    """The other clinic, under no part 2, with the same person as its new patient, and nothing about them."""
    other = cast.other_clinic
    with scope.entered(organization_id=other.id):
        Program.objects.all().update(part2=False)
        episode = make_episode(other, make_person(other, "Wren", "Testperson"), 1)
    return other, episode


def receive(clinic, person_id, body, **changes):
    given = {"sender": "Dr. Sample", "what": "Record", **changes}
    staff = clinic.staff[Role.COUNSELOR].actor
    with scope.entered(organization_id=clinic.id, account_id=staff.account_id):
        return receive_record(
            person_id=person_id,
            paper=Paper(body=body, **given),
            came_by=Way.SECURE,
            received_on=AT.date(),
            by=staff,
            at=AT,
        )


def opened(clinic, received_id):
    staff = clinic.staff[Role.COUNSELOR].actor
    with scope.entered(organization_id=clinic.id, account_id=staff.account_id):
        return open_received(received_id=received_id, by=staff, at=AT)


def test_a_whole_record_read_in_an_empty_clinic_equals_the_chart_table_by_table_g12(
    cast, by, inside, export, elsewhere
):
    furnish(cast, by)
    other, episode = elsewhere
    body = export()
    parts = opened(other, receive(other, episode.patient.person_id, body, sender="")).record.parts
    own = {"patient": cast.patient_episode.patient}
    counted = {
        Category.ATTENDANCE: Attendance.objects.filter(**own, minutes__gt=0).count(),
        Category.SCREENING: Fact.objects.count() + DomainRating.objects.count(),
        Category.TEST_RESULTS: DrugResult.objects.filter(test__patient=own["patient"]).count(),
        Category.PROGRESS_NOTES: Note.objects.filter(**own, signed_at__isnull=False).count(),
        Category.STAY: own["patient"].episodes.count(),
        Category.LEVEL_OF_CARE: own["patient"].episodes.count(),
    }
    assert {part: len(parts[part]) for part in counted} == counted
    assert all(counted.values())
    [attended] = Attendance.objects.filter(**own)
    assert parts[Category.ATTENDANCE] == ({"day": date(2026, 11, 17), "minutes": attended.minutes},)
    [note] = Note.objects.filter(**own, signed_at__isnull=False)
    assert parts[Category.PROGRESS_NOTES][0]["note"] == note.text
    [result] = DrugResult.objects.all()
    assert parts[Category.TEST_RESULTS][0]["result"] == result.outcome
    done = {words for row in parts[Category.PLAN] for words in row["done"].split("; ")}
    assert done == {f"{each.words} {each.frequency}".strip() for each in Intervention.objects.all()}
    assert parts[Category.STAY][0]["from"] == cast.patient_episode.starts_on
    assert set(parts) == CHART - {Category.PRESENCE}
    assert parts == read_record(body.decode()).parts
    assert b"confidence" not in body  # the note kept apart


def test_a_record_received_keeps_the_senders_notice_and_stays_theirs_b18(cast, by, inside, export, elsewhere):
    """From a part 2 program to one under none: there too it needs a consent, and the notice goes on."""
    sign(
        cast,
        by,
        draft=draft(recipients=("Harbor Hall",), purposes=frozenset({Purpose.TREATMENT})),
        recipient_kind="provider",
    )
    told = ask(asker=Asker.PROVIDER, purpose=Purpose.TREATMENT, name="Harbor Hall", channel=Channel.JSON)
    body = export(told, recipient="Harbor Hall")
    other, episode = elsewhere
    found = opened(other, receive(other, episode.patient.person_id, body, sender=""))
    assert found.under_notice and found.media is Media.RECORD and found.sender == "Juniper House"
    assert found.notice == json.loads(body)["notice"] and notice.SHORT in found.notice
    assert found.body == body
    staff, wanted = other.staff[Role.COUNSELOR].actor, frozenset({Category.PLAN, Category.RECEIVED})
    doctor = ask(asker=Asker.PROVIDER, purpose=Purpose.TREATMENT, name="Dr. Next", categories=wanted)

    def decided():
        with scope.entered(organization_id=other.id, account_id=staff.account_id):
            return confidentiality.permit(
                person_id=episode.patient.person_id,
                request=doctor,
                labels=labels(episode.patient_id),
                relationship=Relationship(),
                confirmed_why="read and confirmed",
                by=staff,
                at=AT,
            ).decision

    without = decided()
    assert (without.categories, without.refused) == ({Category.PLAN}, {Category.RECEIVED})
    assert without.basis == "hipaa" and "received.notice" in {each.card.id for each in without.reasons}
    with scope.entered(organization_id=other.id, account_id=staff.account_id):
        confidentiality.sign_consent(
            person_id=episode.patient.person_id,
            draft=draft(categories=wanted, recipients=("Dr. Next",), purposes=frozenset({Purpose.TREATMENT})),
            language="en",
            method="screen",
            recipient_kind="provider",
            recipient_address="",
            by=staff,
            at=AT,
        )
    by_consent = decided()
    assert by_consent.categories == wanted and by_consent.part2
    assert {Obligation.NOTICE, Obligation.COPY_OF_CONSENT} <= set(by_consent.obligations)


def test_what_goes_on_names_its_sender_and_carries_the_senders_notice_b18(cast, inside, export):
    receive(cast.clinic, cast.patient.person.pk, LETTER.encode())
    [part] = [each for each in json.loads(export())["sections"] if each["category"] == "received"]
    assert part["rows"] == [["2026-11-21", "Dr. Sample", "Record", notice.SHORT]]


def test_what_is_kept_is_sealed_and_kept_once(cast, inside):
    person_id = cast.patient.person.pk
    receive(cast.clinic, person_id, LETTER.encode())
    row = ReceivedRecord.objects.get()
    for sealed in (row.sealed_about, row.sealed_content):
        assert b"Slept" not in bytes(sealed) and b"Sample" not in bytes(sealed)
    with pytest.raises(received.ReceivedBefore):
        receive(cast.clinic, person_id, LETTER.encode())
    with pytest.raises(received.SenderMissing):
        receive(cast.clinic, person_id, b"Another letter", sender=" ")
    with pytest.raises(received.NotKept):
        receive(cast.clinic, person_id, b"MZ\x00")


def test_without_a_notice_it_is_under_one_only_when_staff_say_so(cast, inside):
    plain = receive(cast.clinic, cast.patient.person.pk, b"From the family doctor.")
    known = receive(cast.clinic, cast.patient.person.pk, b"From a program.", part2=True)
    typed = receive(cast.clinic, cast.patient.person.pk, b"%PDF-1.7", notice="Do not pass it on")
    assert not opened(cast.clinic, plain).under_notice
    assert opened(cast.clinic, known).under_notice and opened(cast.clinic, typed).under_notice
    assert opened(cast.clinic, typed).notice == "Do not pass it on"


def upload(client, person_id, body, **changes):
    told = {
        "file": SimpleUploadedFile("x.txt", body),
        "sender": "Dr. Sample",
        "what": "Discharge summary",
        "received_on": clock.now().date() - timedelta(days=1),
        "came_by": "fax",
        "part2": "no",
        **changes,
    }
    return client.post(reverse("interop:received", args=[person_id]), told)


def test_the_front_desk_receives_it_and_a_counselor_reads_it(cast, sign_in):
    person_id = cast.patient.person.pk
    desk = sign_in(cast.clinic.staff[Role.FRONT_DESK])
    assert upload(desk, person_id, LETTER.encode()).url == reverse("interop:received", args=[person_id])
    seen = desk.get(reverse("interop:received", args=[person_id])).content.decode()
    assert "Discharge summary" not in seen and "Dr. Sample" not in seen
    row = ReceivedRecord.objects.get()
    one, file = (reverse(f"interop:received_{name}", args=[row.pk]) for name in ("record", "file"))
    assert desk.get(one).status_code == desk.get(file).status_code == 403
    counselor = sign_in(cast.clinic.staff[Role.COUNSELOR])
    shown = counselor.get(one).content.decode()
    assert "Slept well." in shown and notice.SHORT in shown and "Do not pass it on" in shown
    handed = counselor.get(file)
    assert handed.content == LETTER.encode()
    assert handed["Content-Disposition"] == 'attachment; filename="document.txt"'
    assert "Dr. Sample" in counselor.get(reverse("interop:received", args=[person_id])).content.decode()
    read = Entry.objects.filter(
        event="interop.received_record.read", patient_id=cast.patient_episode.patient_id
    )
    assert read.count() == 2
    assert sign_in(cast.other_clinic.staff[Role.COUNSELOR]).get(one).status_code == 404


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(cast, sign_in):
    client, person_id = sign_in(cast.clinic.staff[Role.COUNSELOR]), cast.patient.person.pk
    tomorrow = clock.now().date() + timedelta(days=2)
    for changes, said in (
        ({"file": SimpleUploadedFile("x.pdf", b"MZ\x00")}, "neither a PDF nor a text"),
        ({"sender": ""}, "Write who sent it."),
        ({"received_on": tomorrow}, "has not come yet"),
        ({"file": SimpleUploadedFile("x.txt", b"x" * 1_048_577)}, "larger than 1 MB"),
    ):
        answer = upload(client, person_id, b"A letter", **changes)
        assert answer.status_code == 422 and said in answer.content.decode()
        assert "Discharge summary" in answer.content.decode()
    assert not ReceivedRecord.objects.exists()
