"""Who may use a consent for care and payment depends on who asks, whatever they say it is for (F04)."""

import pytest

from homeground.confidentiality.rules.asking import Relationship, Request
from homeground.confidentiality.rules.decide import decide
from homeground.confidentiality.rules.vocabulary import Asker, Category, Purpose
from homeground.confidentiality.tests.spec import AT, BOOK, PART2, care_and_pay

OUTSIDE_CARE = (Asker.EMPLOYER, Asker.SCHOOL, Asker.FAMILY, Asker.LAWYER, Asker.POLICE, Asker.SOMEBODY)


def given(asker):
    request = Request(asker, Purpose.TREATMENT, frozenset({Category.PLAN}), name="Cobalt Works")
    return decide(request, PART2, (care_and_pay(),), (), Relationship(), AT, book=BOOK).categories


@pytest.mark.parametrize("asker", OUTSIDE_CARE)
def test_calling_it_treatment_opens_nothing_to_who_does_not_treat_f04(asker):
    assert given(asker) == frozenset()


def test_who_treats_gets_it():
    assert given(Asker.PROVIDER) == {Category.PLAN}
