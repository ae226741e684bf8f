"""The one way out: what leaves is permitted, accounted for, accompanied, and can be made again."""

import csv
import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Event
from zlib import decompressobj

import pytest
from django.db import connection
from django.urls import reverse

from homeground.audit.models import Entry
from homeground.confidentiality import actions as confidentiality
from homeground.confidentiality import queries as confidential
from homeground.confidentiality.models import Disclosure
from homeground.confidentiality.rules import notice
from homeground.confidentiality.rules.asking import Relationship
from homeground.confidentiality.rules.vocabulary import CHART, Asker, Category, Paper, Purpose
from homeground.confidentiality.tests.factories import AT, HOUR, ask, disclose, draft, permit, sign
from homeground.ground import envelope, scope
from homeground.ground.visit import House
from homeground.interop import actions, queries
from homeground.interop.models import Release
from homeground.interop.rules import packet, typeset
from homeground.interop.rules.packet import Content, Format, Kind, Section
from homeground.people.roles import Role
from homeground.treatment.models import Attendance, Session
from homeground.treatment.rules.vocabulary import State
from homeground.treatment.tests import factories

CONTENT = Content(
    kind=Kind.ATTENDANCE_CERTIFICATE,
    language="en",
    title="Certificate of attendance",
    sender="Juniper office",
    about="Wren #emph[Testperson]",
    recipient="Cobalt Works",
    recipient_address='1 "Works" Road',
    purpose="my work",
    made_on="2026-11-21",
    made_at=int(AT.timestamp()),
    text="",
    sections=(Section("attendance", "Days", ("Day", "Minutes"), (("2026-11-17", "180"), ("=1+1", "@x"))),),
    notice=notice.SHORT,
    explanation="The person signed.",
    marks=("R", "SUD", "42CFRPart2"),
)


def words_of(pdf: bytes) -> int:
    """How much text the pages of a PDF draw: bytes of its content streams."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S)
    drawn = [decompressobj().decompress(found) for found in streams if found[:1] == b"x"]
    return sum(len(found) for found in drawn if b"BT" in found)


class TestPackets:
    def test_the_same_content_gives_the_same_bytes_in_every_format(self):
        again = packet.read(packet.canonical(CONTENT))
        assert again == CONTENT
        for write in (typeset.pdf, packet.as_json, packet.as_csv):
            assert write(again) == write(CONTENT)
            assert write(replace(CONTENT, recipient="Ore Works")) != write(CONTENT)

    def test_the_pdf_is_tagged_titled_and_has_a_language(self):
        found = typeset.pdf(CONTENT)
        assert found.startswith(b"%PDF-1.7")
        for mark in (b"/MarkInfo", b"/StructTreeRoot", b"/Lang(en)", b"pdfuaid:part"):
            assert mark in found.replace(b"/Lang (en)", b"/Lang(en)"), mark

    def test_what_a_person_wrote_is_data_and_never_markup(self):
        nasty = '#read("/etc/passwd") ] #panic() ['
        assert typeset.pdf(replace(CONTENT, about=nasty, text=nasty))
        rows = list(csv.reader(packet.as_csv(CONTENT).decode().splitlines()))
        assert ["attendance", "2", "Day", "'=1+1"] in rows
        assert ["attendance", "2", "Minutes", "'@x"] in rows


@pytest.fixture
def by(cast):
    return cast.clinic.staff[Role.COUNSELOR].actor


@pytest.fixture
def house(cast):
    clinic = cast.clinic.organization
    return House(clinic.pk, clinic.name, clinic.neutral_name, clinic.phone, clinic.zone)


@pytest.fixture
def send(cast, by, house):
    def sending(**changes):
        given = {
            "person_id": cast.patient.person.pk,
            "request": ask(),
            "kind": Kind.ATTENDANCE_CERTIFICATE,
            "house": house,
            "language": "en",
            "recipient": "Cobalt Works",
            "recipient_address": "1 Works Road",
        }
        format, at = changes.pop("format", Format.JSON), changes.pop("at", AT)
        return actions.release(errand=actions.Errand(**{**given, **changes}), format=format, by=by, at=at)

    return sending


@pytest.mark.django_db
class TestTheWayOut:
    @pytest.fixture(autouse=True)
    def within(self, inside):
        """Under row-level security, as a signed-in member."""

    def test_without_a_consent_nothing_leaves_d25(self, send):
        with pytest.raises(confidentiality.Refused):
            send()
        assert not Release.objects.exists() and not Disclosure.objects.exists()

    @pytest.mark.parametrize("format", list(Format))
    def test_what_leaves_carries_the_notice_and_the_consent_in_every_format_f09(self, cast, by, send, format):
        sign(cast, by)
        found = send(format=format)
        if format in (Format.PDF, Format.FAX):
            without = replace(_content(found.id, by), notice="", explanation="")
            bare = typeset.pdf(without, cover=format is Format.FAX)
            assert words_of(found.body) > words_of(bare)
        else:
            text = found.body.decode()
            assert notice.SHORT in text and "signed a written consent on 2026-11-21" in text

    def test_the_accounting_has_the_digest_of_what_left(self, cast, by, send):
        sign(cast, by)
        found = send()
        [line] = confidential.sent(cast.patient.person.pk)
        assert line.digest == found.digest == packet.digest(found.body)
        assert queries.release(found.id).disclosure_id == line.id
        assert line.description == "attendance_certificate: attendance"

    def test_it_can_be_made_again_byte_for_byte(self, cast, by, send):
        sign(cast, by)
        for format in Format:
            found = send(format=format)
            assert actions.remake(release_id=found.id, by=by, at=AT + HOUR).body == found.body
        assert Entry.objects.filter(event="interop.release.remade").count() == len(Format)

    def test_what_is_kept_is_sealed(self, cast, by, send):
        sign(cast, by)
        send()
        assert b"Cobalt" not in bytes(Release.objects.get().sealed)

    def test_a_packet_that_was_altered_is_not_handed_out_as_the_same(self, cast, by, send):
        sign(cast, by)
        found = send()
        Release.objects.filter(pk=found.id).update(digest="0" * 64)
        with pytest.raises(actions.DigestDiffers):
            actions.remake(release_id=found.id, by=by, at=AT)

    def test_only_the_permitted_parts_are_in_it(self, cast, by, send):
        sign(cast, by, draft=draft(categories=frozenset({Category.STAY})))
        found = send(kind=Kind.RECORD, request=ask(categories=CHART))
        text = json.loads(found.body)
        assert [section["category"] for section in text["sections"]] == ["stay"]
        assert text["marks"] == ["R", "SUD", "42CFRPart2", "NORDSCLCD"]

    def test_a_letter_holds_the_least(self, cast, by, send):
        sign(cast, by)
        with pytest.raises(queries.TooMuch):
            send(kind=Kind.EMPLOYER_LETTER)

    def test_a_letter_names_us_neutrally(self, cast, by, send, house):
        sign(cast, by)
        assert json.loads(send().body)["sender"] == house.neutral_name != house.name

    def test_a_subpoena_gets_nothing_f15(self, cast, by, send):
        sign(cast, by)
        lawyer = ask(asker=Asker.LAWYER, purpose=Purpose.PROCEEDING, paper=Paper.SUBPOENA, name="L. Sample")
        with pytest.raises(confidentiality.Refused):
            send(request=lawyer, kind=Kind.RECORD)

    def test_a_certificate_shows_counted_sessions_only_d25(self, cast, by, send):
        when = (AT - timedelta(days=4)).date().isoformat()
        _held(cast, when, State.PRESENT, 165)
        _held(cast, (AT - timedelta(days=3)).date().isoformat(), State.ABSENT, 0)
        sign(cast, by)
        [section] = json.loads(send().body)["sections"]
        assert section["rows"] == [[when, "165"]]

    def test_what_goes_to_the_person_uses_the_address_they_asked_for_f24(self, cast, by, send):
        confidentiality.reach_at(person_id=cast.patient.person.pk, address="2 Other Street", by=by, at=AT)
        own = ask(asker=Asker.PATIENT, purpose=Purpose.OWN_REQUEST, categories=CHART, name="")
        found = send(request=own, kind=Kind.RECORD, recipient="Wren Testperson")
        assert json.loads(found.body)["recipient_address"] == "2 Other Street"
        assert json.loads(found.body)["notice"] == ""


def _content(release_id, by):
    row = Release.objects.get(pk=release_id)
    key = envelope.key_of(row.person_id)
    return packet.read(key.unseal(row.sealed, table="interop_release", row=row.pk, column="sealed"))


def _held(cast, day, state, minutes):
    """A session of the patient's group was held and marked."""
    meeting = factories.make_meeting(cast.clinic, [cast.patient_episode.patient], day)
    by_id, at = cast.clinic.staff[Role.FACILITATOR].account.pk, meeting.appointment.ends_at
    when = {"starts_at": meeting.appointment.starts_at, "ends_at": at}
    session = Session.objects.create(
        **cast.clinic.owns(), appointment=meeting.appointment, **when, taken_at=at, taken_by_id=by_id
    )
    Attendance.objects.create(
        **cast.clinic.owns(),
        session=session,
        patient=cast.patient_episode.patient,
        state=state,
        minutes=minutes,
        in_at=when["starts_at"] if minutes else None,
        out_at=at if minutes else None,
        marked_at=at,
        marked_by_id=by_id,
    )


@pytest.mark.django_db
class TestPages:
    def test_a_patient_downloads_their_own_record(self, cast, sign_in):
        client = sign_in(cast.patient)
        for format, media in packet.MEDIA.items():
            if format is Format.FAX:  # for who sends it to others
                continue
            found = client.post(reverse("interop:own_records"), {"format": format.value})
            assert (found.status_code, found["Content-Type"]) == (200, media)
            assert found["Content-Disposition"] == f'attachment; filename="document.{format}"'
        assert client.post(reverse("interop:own_records"), {"format": "exe"}).status_code == 404
        assert client.post(reverse("interop:own_records"), {"format": "fax"}).status_code == 404
        assert not Disclosure.objects.exists()
        assert Entry.objects.filter(event="confidentiality.record.released").count() == 3

    def test_the_director_sees_again_what_left(self, cast, sign_in):
        mine = sign_in(cast.patient).post(reverse("interop:own_records"), {"format": "json"})
        url = reverse("interop:release", args=[Release.objects.get().pk])
        assert sign_in(cast.clinic.staff[Role.DIRECTOR]).get(url).content == mine.content
        assert sign_in(cast.clinic.staff[Role.COUNSELOR]).get(url).status_code == 404


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_a_revocation_between_decision_and_sending_stops_the_sending(self, cast, by, send):
        with scope.entered(organization_id=cast.clinic.id):
            consent_id = sign(cast, by)
        with scope.entered(organization_id=cast.clinic.id):
            seen = confidential.decision(
                person_id=cast.patient.person.pk,
                request=ask(),
                labels=(),
                relationship=Relationship(),
                account_id=by.account_id,
                at=AT,
            )
        assert seen.outcome == "permit"
        _elsewhere(lambda: _revoke(cast, by, consent_id))
        with scope.entered(organization_id=cast.clinic.id), pytest.raises(confidentiality.Refused):
            send(at=AT + HOUR)
        with scope.entered(organization_id=cast.clinic.id):
            assert confidential.sent(cast.patient.person.pk) == ()

    def test_a_permit_of_another_transaction_is_spent(self, cast, by):
        with scope.entered(organization_id=cast.clinic.id):
            sign(cast, by)
            kept = permit(cast, by)
        with scope.entered(organization_id=cast.clinic.id), pytest.raises(confidentiality.PermitSpent):
            disclose(kept, by)

    def test_a_revocation_waits_for_what_is_being_sent(self, cast, by):
        with scope.entered(organization_id=cast.clinic.id):
            consent_id = sign(cast, by)
        began, order = Event(), []

        def revoking():
            began.set()
            _revoke(cast, by, consent_id)
            order.append("revoked")

        with ThreadPoolExecutor(1) as pool:
            with scope.entered(organization_id=cast.clinic.id):
                given = permit(cast, by)
                job = pool.submit(_closing, revoking)
                assert began.wait(10)
                _until_somebody_waits()
                disclose(given, by)
                order.append("sent")
            job.result(timeout=30)
        assert order == ["sent", "revoked"]


def _revoke(cast, by, consent_id):
    with scope.entered(organization_id=cast.clinic.id):
        confidentiality.revoke_consent(consent_id=consent_id, revoked_at=AT + HOUR, by=by, at=AT + HOUR)


def _closing(job):
    try:
        return job()
    finally:
        connection.close()


def _elsewhere(job):
    """Run on a connection of its own."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(_closing, job).result(timeout=30)


def _until_somebody_waits():
    """Until another connection waits for a lock of ours; a bounded number of looks."""
    with connection.cursor() as cursor:
        for _ in range(2000):
            cursor.execute("select count(*) from pg_locks where locktype = 'advisory' and not granted")
            if cursor.fetchone()[0]:
                return
            cursor.execute("select pg_sleep(0.005)")
    raise AssertionError("nobody waits")
