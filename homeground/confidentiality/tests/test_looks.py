"""Which openings of charts are asked about, and what may come of it (check G11)."""

from datetime import date, timedelta

import pytest

from homeground.confidentiality import actions, queries
from homeground.confidentiality.rules.looks import Finding, Opening, Party, Sign, signs
from homeground.confidentiality.tests.factories import AT
from homeground.people.roles import Role

WEEK = date(2026, 11, 16)


def opening(roles="counselor", reader="Rivers", patient="Stone", **changes):
    facts = {
        "own": False,
        "on_caseload": True,
        "by_emergency": False,
        "patient_is_staff": False,
        "times": 1,
        "first_at": AT,
        "last_at": AT,
        "reader": Party(reader, changes.pop("reader_reach", frozenset())),
        "patient": Party(patient, changes.pop("patient_reach", frozenset())),
    }
    return Opening(roles=frozenset(roles.split()), **{**facts, **changes})


_OUTSIDE = (Sign.OUTSIDE,)
# What happened, and why it is asked about: empty means that nobody is asked.
CASES = [
    ("a counselor opens the chart of her own patient", opening(), ()),
    ("a counselor opens another's patient", opening(on_caseload=False), (Sign.OUTSIDE,)),
    ("a facilitator opens somebody of no group of hers", opening("facilitator", on_caseload=False), _OUTSIDE),
    ("the front desk works with everybody", opening("front_desk", on_caseload=False), ()),
    ("so does the director", opening("director", on_caseload=False), ()),
    ("a counselor who is the director too", opening("counselor director", on_caseload=False), ()),
    ("an administrator has no people", opening("administrator", on_caseload=False), (Sign.OUTSIDE,)),
    ("in an emergency", opening(on_caseload=False, by_emergency=True), (Sign.EMERGENCY,)),
    ("her own chart", opening(own=True, patient="Rivers", patient_is_staff=True), (Sign.OWN_CHART,)),
    ("a colleague who is a patient", opening(patient_is_staff=True), (Sign.COLLEAGUE,)),
    ("the same family name, on the caseload", opening(patient="rivers "), (Sign.SAME_NAME,)),
    ("a double name that shares a part", opening(patient="Stone-Rivers"), (Sign.SAME_NAME,)),
    ("a part of two letters is no name", opening("counselor", "de Rivers", "de Stone"), ()),
    ("nobody's name is like another nobody's", opening("counselor", "", ""), ()),
    (
        "the front desk and the same telephone",
        opening(
            "front_desk",
            reader_reach=frozenset({"+1 303 555 0100"}),
            patient_reach=frozenset({"+13035550100", ""}),
        ),
        (Sign.SAME_REACH,),
    ),
    (
        "everything at once, the gravest first",
        opening(on_caseload=False, patient="Rivers", patient_is_staff=True),
        (Sign.COLLEAGUE, Sign.SAME_NAME, Sign.OUTSIDE),
    ),
]


@pytest.mark.parametrize(("what", "happened", "asked"), CASES, ids=[case[0] for case in CASES])
def test_what_is_worth_a_question(what, happened, asked):
    assert signs(happened) == asked


@pytest.mark.django_db
class TestReviews:
    @pytest.fixture
    def asked(self, clinic, cast, inside):
        """What the director writes down about the counselor's opening of the patient's chart."""
        return {
            "week_of": WEEK,
            "reader_id": clinic.staff[Role.COUNSELOR].person.pk,
            "person_id": cast.patient.person.pk,
            "finding": Finding.EXPLAINED,
            "words": "She stood in.",
            "discovered_on": WEEK + timedelta(days=7),
            "by": clinic.staff[Role.DIRECTOR].actor,
            "at": AT,
        }

    def test_a_good_reason_is_written_down_once(self, asked):
        assert actions.review_look(**asked) is None
        [(pair, found)] = queries.look_reviews(WEEK).items()
        assert pair == (asked["reader_id"], asked["person_id"])
        assert (found.finding, found.words, found.breach_id) == (Finding.EXPLAINED, "She stood in.", None)
        with pytest.raises(actions.LookReviewedBefore):
            actions.review_look(**asked)
        assert queries.look_reviews(WEEK - timedelta(days=7)) == {}

    def test_no_good_reason_is_a_breach_with_its_clocks(self, asked):
        breach = actions.review_look(**{**asked, "finding": Finding.BREACH})
        found = queries.breach(breach)
        assert found.person_ids == (asked["person_id"],) and found.open_duties
        assert found.discovered_on == asked["discovered_on"]

    def test_it_has_words_and_is_never_ones_own(self, asked):
        with pytest.raises(actions.ReasonMissing):
            actions.review_look(**{**asked, "words": " "})
        with pytest.raises(actions.OwnReview):
            actions.review_look(**{**asked, "reader_id": asked["by"].person_id})
