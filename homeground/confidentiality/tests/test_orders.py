"""A court order opens what it lists, once every element its kind needs was found in it (check F15)."""

import pytest

from homeground.confidentiality.queries.book import book
from homeground.confidentiality.rules import orders
from homeground.confidentiality.rules.orders import Element, OrderFacts, OrderKind
from homeground.confidentiality.rules.vocabulary import Category, Paper
from homeground.confidentiality.tests.factories import AT

ATTENDANCE = frozenset({Category.ATTENDANCE})


def order(kind=OrderKind.CIVIL, *, without=(), lists=ATTENDANCE):
    says = frozenset(orders.wanted(kind, lists)) - frozenset(without)
    return OrderFacts(kind, says, lists)


@pytest.mark.parametrize("kind", list(OrderKind))
def test_each_element_left_out_in_turn_opens_nothing_f15(kind):
    assert orders.opens(order(kind)) == ATTENDANCE
    for element in orders.WANTED[kind]:
        lacking = order(kind, without={element})
        assert orders.missing(lacking) == (element,)
        assert orders.opens(lacking) == frozenset()
        assert orders.counts_as(Paper.ORDER_AND_SUBPOENA, lacking) is Paper.COURT_ORDER


def test_an_order_against_the_person_needs_a_serious_crime():
    assert Element.SERIOUS_CRIME in orders.WANTED[OrderKind.CRIMINAL]
    assert Element.SERIOUS_CRIME not in orders.WANTED[OrderKind.CIVIL]


def test_what_the_person_told_us_needs_a_finding_of_its_own():
    told = frozenset({Category.PROGRESS_NOTES})
    assert orders.missing(order(lists=told, without={Element.COMMUNICATIONS})) == (Element.COMMUNICATIONS,)
    assert orders.opens(order(lists=told)) == told


def test_notes_kept_apart_are_never_opened_by_an_order():
    assert orders.opens(order(lists=frozenset({Category.COUNSELING_NOTES}))) == frozenset()


def test_a_paper_is_worth_what_was_read_in_it():
    assert orders.counts_as(Paper.SUBPOENA, order()) is Paper.SUBPOENA
    assert orders.counts_as(Paper.ORDER_AND_SUBPOENA, None) is Paper.COURT_ORDER
    assert orders.counts_as(Paper.COURT_ORDER, order()) is Paper.ORDER_AND_SUBPOENA
    assert orders.counts_as(Paper.ORDER_AND_SUBPOENA, order(lists=frozenset())) is Paper.COURT_ORDER


def test_every_element_has_a_card_that_says_how_sure_we_are():
    for element in Element:
        card = book().card(orders.card_of(element), AT.date())
        assert card.recalled and "F15" in card.checks
