"""Every way out that a consent opens carries the notice of 42 CFR 2.32 and the consent explained (F09)."""

import pytest
from leaks.pdf_words import words

from homeground.confidentiality.rules import notice
from homeground.confidentiality.rules.vocabulary import CHART, Category
from homeground.confidentiality.tests.factories import AT, ask, draft, sign
from homeground.ground.visit import House
from homeground.interop import actions
from homeground.interop.rules import typeset
from homeground.interop.rules.letters import MOST, ON_REQUEST
from homeground.interop.rules.packet import Format
from homeground.people.roles import Role

pytestmark = pytest.mark.django_db

PDFS = (Format.PDF, Format.FAX)


def text_of(body, format):
    return words(body) if format in PDFS else body.decode()


def test_packets_and_letters_carry_both_on_every_channel_f09(cast, inside):
    """Record, certificate and both letters, as PDF, JSON, CSV and fax, in both languages."""
    by, clinic = cast.clinic.staff[Role.COUNSELOR].actor, cast.clinic.organization
    sign(cast, by, draft=draft(categories=CHART))
    scope_of = {"en": "signed a written consent on 2026-11-21", "es": "por escrito el 2026-11-21"}
    tried = set()
    for kind in ON_REQUEST:
        for format in Format:
            for language, said in scope_of.items():
                errand = actions.Errand(
                    person_id=cast.patient.person.pk,
                    request=ask(categories=MOST[kind]),
                    kind=kind,
                    house=House(clinic.pk, clinic.name, clinic.neutral_name, clinic.phone, clinic.zone),
                    language=language,
                    recipient="Cobalt Works",
                    recipient_address="1 Works Road",
                )
                body = actions.release(errand=errand, format=format, by=by, at=AT).body
                text = text_of(body, format)
                assert notice.SHORT in text, (kind, format, language)
                assert said in text, (kind, format, language)
                tried.add((kind, format))
    assert len(tried) == len(ON_REQUEST) * len(Format) == 16


def test_a_cover_sheet_names_nobody_it_is_about_and_carries_the_notice_f09(cast, inside):
    by, clinic = cast.clinic.staff[Role.COUNSELOR].actor, cast.clinic.organization
    sign(cast, by, draft=draft(categories=frozenset({Category.ATTENDANCE})))
    errand = actions.Errand(
        person_id=cast.patient.person.pk,
        request=ask(),
        kind=ON_REQUEST[1],
        house=House(clinic.pk, clinic.name, clinic.neutral_name, clinic.phone, clinic.zone),
        language="en",
        recipient="Cobalt Works",
        recipient_address="303 555 0142",
    )
    content = actions.preview(errand=errand, by=by, at=AT)
    plain, fax = (words(typeset.pdf(content, cover=each)) for each in (False, True))
    page = fax[fax.index("To:To:") : fax.index("1 / 2")]
    for said in ("Cobalt Works", "303 555 0142", "For the person named above alone", "pages that follow"):
        assert said in page
    assert notice.SHORT in page and clinic.neutral_name in page
    assert "Wren" not in page and "Attendance" not in page.title()
    assert "Wren Testperson" in plain and "on the pages that follow" not in plain
