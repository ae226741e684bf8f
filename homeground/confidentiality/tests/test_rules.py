"""The tables of spec.py, run. No database."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeground.confidentiality.rules import clocks, elements, labels, notice, signers, wording, words
from homeground.confidentiality.rules.asking import Effect, Obligation
from homeground.confidentiality.rules.book import BadBook, NoSuchCard, read_book
from homeground.confidentiality.rules.decide import INSIDE, decide
from homeground.confidentiality.rules.vocabulary import (
    AUTHORS_ONLY,
    Asker,
    Category,
    ConsentKind,
    EndsWith,
    Purpose,
    Signer,
)
from homeground.confidentiality.tests import manual, spec, spec_consents
from homeground.confidentiality.tests.spec import AT, BOOK
from homeground.people.roles import Role
from homeground.program.rules.pack import Severity


def decided(case):
    return decide(
        case.request, case.labels, case.consents, case.restrictions, case.relationship, AT, book=BOOK
    )


@pytest.mark.parametrize("case", spec.CASES, ids=lambda c: c.what)
def test_the_decision(case):
    found = decided(case)
    asked = case.request.categories or {Category.PRESENCE}
    wanted = asked if case.given is None and case.outcome != "refuse" else case.given or frozenset()
    assert (found.outcome, found.rule, found.categories) == (case.outcome, case.rule, wanted)
    assert found.refused == asked - wanted
    assert case.owes <= set(found.obligations)
    assert all(reason.card.citation and reason.card.tag for reason in found.reasons)


def why(case):
    return {(r.card.id, r.detail) for r in decided(case).reasons}


def named(what):
    return next(case for case in spec.CASES if case.what == what)


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ("it expires this moment", ("base.consent", "expired")),
        ("revoked a minute ago", ("base.consent", "revoked")),
        ("one part of it was revoked", ("base.consent", "part_revoked")),
        ("more than the consent lists", ("base.consent", "not_listed")),
        ("the right recipient for another purpose", ("base.consent", "other_purpose")),
        ("the consent is signed tomorrow", ("base.consent", "not_yet_signed")),
        ("a court cannot use it", ("proceeding.never_by_care_consent", "")),
        ("a subpoena alone", ("order.alone", "subpoena")),
        ("abuse of an older adult", ("no_exception.adult_abuse", "")),
        ("a facilitator and somebody of another group", ("need.groups", "")),
        ("a counselor and somebody who left long ago", ("need.current", "")),
        ("a counselor outside the caseload: noted", ("need.outside_caseload", "")),
        ("paid in full: the health plan learns nothing", ("restriction.paid_in_full", "")),
        ("the director asks for a counseling note", ("notes.author", "")),
    ],
)
def test_staff_are_told_why(what, reason):
    assert reason in why(named(what))


def test_what_is_refused_rests_on_no_recalled_rule():
    for case in spec.CASES:
        for reason in decided(case).reasons:
            assert not (reason.effect is Effect.REFUSES and reason.card.recalled), case.what


def test_who_is_outside_and_refused_learns_nothing_from_the_duties():
    silent = {
        decided(case).obligations
        for case in spec.CASES
        if case.outcome == "refuse" and case.request.asker not in INSIDE
    }
    assert silent == {(Obligation.NEITHER_CONFIRM_NOR_DENY,)}


@given(
    st.sampled_from(spec.CASES),
    st.sampled_from(sorted(Asker)),
    st.sampled_from(sorted(Purpose)),
    st.frozensets(st.sampled_from(sorted(Category))),
)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_no_answer_ever_gives_more_than_was_asked_or_any_of_the_notes_to_an_outsider(
    case, asker, purpose, asked
):
    request = replace(case.request, asker=asker, purpose=purpose, categories=asked)
    found = decided(replace(case, request=request))
    assert found.categories <= (asked or {Category.PRESENCE})
    assert bool(found.categories) == (found.outcome != "refuse") == (found.basis is not None)
    assert not found.categories & AUTHORS_ONLY or found.basis in ("consent", "need_to_know")
    if found.basis == "consent":
        used = next(c for c in case.consents if c.id == found.consent_id)
        assert used.in_force(AT) and found.categories <= used.lists(AT) and purpose in used.purposes


@given(st.sampled_from([c for c in spec.CASES if c.consents]))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_after_every_consent_is_revoked_nothing_rests_on_one(case):
    ended = tuple(replace(each, ended_at=AT) for each in case.consents)
    assert decided(replace(case, consents=ended)).basis != "consent"


def test_a_ground_counts_only_while_its_card_is_in_force():
    case = named("the employer, by a consent")
    early = AT.replace(year=2020)
    old = tuple(replace(each, signed_at=early - timedelta(days=1)) for each in case.consents)
    found = decide(case.request, case.labels, old, (), case.relationship, early, book=BOOK)
    assert found.outcome == "refuse"


@pytest.mark.parametrize(
    ("what", "changes", "cards"), spec_consents.DRAFTS, ids=lambda v: v if isinstance(v, str) else ""
)
def test_a_draft_of_a_consent(what, changes, cards):
    changes = {**changes}
    if "ends_with" in changes:
        changes["ends_with"] = EndsWith(changes["ends_with"])
    found = elements.faults(spec_consents.draft(**changes), at=AT, book=BOOK)
    assert tuple(fault.card.id for fault in found) == cards
    assert all(fault.blocks for fault in found)


@pytest.mark.parametrize("row", spec_consents.SIGNERS, ids=lambda row: row[0])
def test_who_signs(row):
    _what, born_on, state, represented, wanted, given_by, enough = row
    found = signers.signatures_wanted(born_on, AT.date(), state=state, represented=represented)
    assert " ".join(sorted(found.signers)) == wanted
    assert signers.enough(found, frozenset(Signer(name) for name in given_by.split())) is enough
    assert not found.card or BOOK.card(found.card, AT.date()).severity is Severity.WARN


@pytest.mark.parametrize(("kind", "due_on", "extends_to"), spec_consents.CLOCKS)
def test_the_clock_of_a_right(kind, due_on, extends_to):
    clock = clocks.clock_of(kind, spec_consents.RECEIVED, BOOK)
    assert (clock.due_on, clock.extends_to) == (due_on, extends_to)
    assert clocks.standing(due_on, due_on, answered=False) == "due_soon"
    assert clocks.standing(due_on, due_on + timedelta(days=1), answered=False) == "overdue"
    assert clocks.standing(due_on, due_on + timedelta(days=1), answered=True) == "answered"


@pytest.mark.parametrize(("people", "in_state", "state", "low_risk", "duties"), spec_consents.BREACHES)
def test_the_duties_of_a_breach(people, in_state, state, low_risk, duties):
    found = clocks.breach_duties(
        discovered_on=spec_consents.RECEIVED,
        people=people,
        most_in_one_state=in_state,
        state=state,
        low_risk=low_risk,
        book=BOOK,
    )
    assert ", ".join(f"{each.duty} {each.due_on}" for each in found) == duties


def test_the_leap_day_counts_back_to_the_28th():
    assert clocks.years_back(AT.replace(year=2028, month=2, day=29), 3).date() == date(2025, 2, 28)


def test_a_set_carries_its_highest_label():
    plain, notes = (
        labels.label(Category.PLAN, part2=False),
        labels.label(Category.COUNSELING_NOTES, part2=True),
    )
    assert labels.high_water([plain]).codes == ("R", "MH")
    assert labels.high_water([plain, notes]).codes == ("V", "MH", "PSYTHPN", "SUD", "42CFRPart2", "NORDSCLCD")
    assert labels.high_water([]).confidentiality == "N"


def test_the_book_is_whole():
    for card in BOOK.cards:
        assert not (card.recalled and card.severity is Severity.BLOCK), card.id
    with pytest.raises(NoSuchCard):
        BOOK.card("no.such", AT.date())


GOOD = """
name = "x"
version = "1"
effective_from = 2026-01-01
[sources]
house = "ours"
[[rule]]
id = "a"
says = "b"
citation = "c"
source = "house"
tag = "own"
severity = "block"
"""


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ('tag = "own"', 'tag = "R"', "a recalled rule never blocks"),
        ('citation = "c"', "", "no citation"),
        ('source = "house"\ntag', 'source = "other"\ntag', "source not listed"),
        ('tag = "own"', 'tag = "sure"', "unknown tag"),
        ('says = "b"', 'says = "b"\nsaid = "b"', "unknown word said"),
        ("[sources]", "[[sources", "line"),
        ("[[rule]]", GOOD[GOOD.index("[[rule]]") :] + "\n[[rule]]", "twice"),
    ],
)
def test_a_book_that_is_wrong_is_refused_with_the_reason(was, becomes, says):
    assert len(read_book(GOOD).cards) == 1
    with pytest.raises(BadBook, match=says):
        read_book(GOOD.replace(was, becomes))


def test_every_text_says_what_its_class_must_say_in_both_languages():
    for kind in ConsentKind:
        for language in ("en", "es"):
            text = wording.current(kind.value, language)
            assert text.language == language
            assert text.statements == elements.STATEMENTS.get(kind, {elements.Statement.RIGHT_TO_REVOKE})
            if kind is not ConsentKind.TREATMENT:
                for blank in ("person", "discloser", "categories", "recipients", "purposes", "ending"):
                    assert f"{{{blank}}}" in text.text


def test_what_is_filled_in_cannot_open_another_blank():
    text = wording.current("specific", "en").filled({"person": "{recipients}", "recipients": "Cobalt Works"})
    assert "I am {recipients}." in text.text


def test_every_category_and_purpose_has_words_in_both_languages():
    for language in ("en", "es"):
        assert set(words.CATEGORIES[language]) == set(Category)
        assert set(words.PURPOSES["en"]) == set(words.PURPOSES["es"])


def test_the_explanation_leaves_out_what_was_revoked():
    found = spec.consent(parts_ended=((Category.STAY, AT),))
    said = notice.explanation(found, discloser="Juniper House", ending="then", signed_on="2026-11-20", at=AT)
    assert words.CATEGORIES["en"][Category.ATTENDANCE] in said
    assert words.CATEGORIES["en"][Category.STAY] not in said


def test_the_roles_are_those_of_the_house():
    from homeground.confidentiality.rules.need import NEEDS

    assert set(NEEDS) == {role.value for role in Role} - {"patient", "family"}


def test_the_manual_says_what_the_tests_run():
    command = ".venv/bin/python -m homeground.confidentiality.tests.manual"
    assert manual.PATH.read_text() == manual.page(), f"stale: {command}"
