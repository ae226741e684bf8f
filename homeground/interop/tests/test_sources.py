"""Every part of a chart is read for a packet, also of a stay that has ended, and notes kept apart never."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from homeground.chart.models import Episode
from homeground.confidentiality import actions as confidentiality
from homeground.confidentiality.rules import notice
from homeground.confidentiality.rules.vocabulary import (
    AUTHORS_ONLY,
    CHART,
    Asker,
    Category,
    Channel,
    ConsentKind,
    Purpose,
)
from homeground.confidentiality.tests.factories import AT, ask, draft, sign
from homeground.ground.visit import House
from homeground.interop import actions, queries
from homeground.interop.queries.sources import SOURCES
from homeground.interop.rules.letters import SECTIONS
from homeground.interop.rules.packet import Format, Kind
from homeground.interop.tests.charts import furnish
from homeground.people.roles import Role
from homeground.treatment.models import Note

pytestmark = pytest.mark.django_db
OWN = ask(asker=Asker.PATIENT, purpose=Purpose.OWN_REQUEST, categories=CHART, channel=Channel.JSON, name="")


def test_every_part_but_presence_has_a_source_and_a_title():
    assert set(SOURCES) == CHART - {Category.PRESENCE}
    assert all(set(titles) == set(SOURCES) for titles in SECTIONS.values())
    assert not AUTHORS_ONLY & set(SOURCES)


@pytest.fixture
def by(cast):
    return cast.clinic.staff[Role.COUNSELOR].actor


@pytest.fixture
def release(cast, by, inside):
    clinic = cast.clinic.organization

    def releasing(request=OWN, *, language="en", at=AT, **changes):
        given = {
            "person_id": cast.patient.person.pk,
            "kind": Kind.RECORD,
            "house": House(clinic.pk, clinic.name, clinic.neutral_name, clinic.phone, clinic.zone),
            "recipient": request.name,
            **changes,
        }
        errand = actions.Errand(request=request, language=language, **given)
        return json.loads(actions.release(errand=errand, format=Format.JSON, by=by, at=at).body)

    return releasing


@pytest.fixture
def chart(cast, by, inside):
    """A line in every part of the chart, and notes that are in no packet."""
    furnish(cast, by)


def parts(packet):
    return {Category(section["category"]): section for section in packet["sections"]}


def test_a_record_holds_every_part_of_the_chart_marked_one_by_one(chart, release):
    found = parts(release())
    assert set(found) == set(SOURCES)
    assert found[Category.ATTENDANCE]["rows"] == [["2026-11-17", "165"]]
    assert ["2026-11-21", "Home is safe", "yes"] in found[Category.SCREENING]["rows"]
    assert ["2026-11-21", "Mind and thinking", "1 (Low). Sleeps badly"] in found[Category.SCREENING]["rows"]
    assert found[Category.TEST_RESULTS]["rows"] == [["2026-11-21", "12 substances", "expected", ""]]
    [plan] = found[Category.PLAN]["rows"]
    assert plan[:2] == ["Drinks every evening", "I want my evenings back."]
    [note] = found[Category.PROGRESS_NOTES]["rows"]
    assert note[2] == "Spoke of quiet evenings"
    assert found[Category.BILLING]["rows"] == found[Category.MEDICATIONS]["rows"] == []
    assert all(section["marks"] == ["R", "SUD", "42CFRPart2", "NORDSCLCD"] for section in found.values())


def test_a_note_kept_apart_and_a_draft_are_in_no_packet(chart, release):
    said = json.dumps(release())
    assert "quiet evenings" in said
    assert "confidence" not in said and "nobody signed" not in said


def test_a_packet_by_consent_cannot_ask_for_notes_kept_apart(cast, by, chart, release):
    notes = frozenset({Category.COUNSELING_NOTES})
    sign(
        cast,
        by,
        draft=draft(
            kind=ConsentKind.COUNSELING_NOTES,
            categories=notes,
            recipients=("Dr. Sample",),
            purposes=frozenset({Purpose.TREATMENT}),
        ),
        recipient_kind="provider",
    )
    doctor = ask(asker=Asker.PROVIDER, purpose=Purpose.TREATMENT, name="Dr. Sample", categories=CHART | notes)
    with pytest.raises(queries.TooMuch):
        release(doctor)


def test_a_former_patient_has_the_whole_record_too(cast, chart, release):
    Episode.objects.filter(pk=cast.patient_episode.pk).update(ends_on=date(2026, 11, 20))
    found = parts(release(at=AT + timedelta(days=40)))
    assert found[Category.ATTENDANCE]["rows"] == [["2026-11-17", "165"]]
    assert found[Category.STAY]["rows"] == [["Adult program", "2026-10-05", "2026-11-20"]]
    assert found[Category.PLAN]["rows"]


def test_only_what_the_decision_gives_is_read(cast, by, chart, release):
    consent_id = sign(cast, by, draft=draft(categories=frozenset({Category.PLAN, Category.STAY})))
    found = release(ask(categories=CHART))
    assert set(parts(found)) == {Category.PLAN, Category.STAY}
    confidentiality.revoke_consent(consent_id=consent_id, revoked_at=AT, category="plan", by=by, at=AT)
    assert set(parts(release(ask(categories=CHART)))) == {Category.STAY}


def test_notice_and_explanation_speak_the_language_of_the_packet_f09(cast, by, release):
    sign(cast, by)
    english, spanish = release(ask()), release(ask(), language="es")
    assert "signed a written consent" in english["explanation"]
    assert "firmó un permiso por escrito" in spanish["explanation"]
    assert "los días y las horas que vine" in spanish["explanation"]
    assert notice.SHORT in english["notice"] and notice.SHORT in spanish["notice"]
    assert notice.EXPLAINED_ES in spanish["notice"]


def test_more_notes_cost_no_more_statements(cast, chart, release):
    with CaptureQueriesContext(connection) as once:
        release()
    counselor = cast.clinic.staff[Role.COUNSELOR]
    for _ in range(6):
        Note.objects.create(
            **cast.clinic.owns(),
            kind="contact",
            patient=cast.patient_episode.patient,
            starts_at=AT,
            ends_at=AT,
            opened_at=AT,
            text="More",
            author=counselor.person,
            changed_at=AT,
            changed_by_id=counselor.account.pk,
            signed_at=AT,
            signed_by_id=counselor.account.pk,
        )
    with CaptureQueriesContext(connection) as again:
        release()
    assert len(again) <= len(once)
