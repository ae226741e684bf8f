"""Somebody in two programs, of which one is under 42 CFR part 2: that law covers all of their record."""

from datetime import date

import pytest

from homeground.chart.models import Episode
from homeground.confidentiality import queries as confidentiality
from homeground.confidentiality.rules.asking import Relationship, Request
from homeground.confidentiality.rules.decide import decide
from homeground.confidentiality.rules.labels import high_water
from homeground.confidentiality.rules.vocabulary import Asker, Category, Purpose
from homeground.ground import clock
from homeground.interop.queries.record import labels

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("inside")]

DOCTOR = Request(
    Asker.PROVIDER, Purpose.TREATMENT, frozenset({Category.PLAN, Category.ATTENDANCE}), name="Dr. Sample"
)


def given_without_consent(found):
    return decide(DOCTOR, found, (), (), Relationship(), clock.now(), book=confidentiality.book()).categories


def test_one_part_2_stay_marks_every_part_of_the_record_f33(cast, clinic):
    patient = cast.patient_episode.patient
    type(clinic.adult).objects.filter(pk=clinic.adult.pk).update(part2=False)
    mental_health = labels(patient.pk)
    assert not high_water(mental_health).part2
    assert given_without_consent(mental_health) == DOCTOR.categories
    Episode.objects.filter(pk=cast.patient_episode.pk).update(ends_on=date(2026, 10, 20))
    Episode.objects.create(
        **clinic.owns(),
        patient=patient,
        program=clinic.adolescent,
        counselor=cast.patient_episode.counselor,
        starts_on=date(2026, 10, 20),
        admitted_at=cast.patient_episode.admitted_at,
        admitted_by_id=cast.patient_episode.admitted_by_id,
    )
    mixed = labels(patient.pk)
    assert high_water(mixed).part2
    assert {each.category for each in mixed if each.part2} == {each.category for each in mixed}
    assert given_without_consent(mixed) == frozenset()
