"""Before and after the end of a stay, and certifications: tables without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from homeground.chart.rules import DischargeReason
from homeground.plan.rules import certifying, ending
from homeground.plan.rules.ending import WAYS, CallRule, Family, Lack, Naloxone, Ready, Way, lacks

ENDS = date(2026, 11, 20)
RULE = CallRule(attempts=3, days=14)
READY = Ready(
    written=True,
    signed=True,
    person_signed=True,
    copy_given=True,
    family=Family.NOT_WANTED,
    aftercare_at=datetime(2026, 11, 24, 17, tzinfo=UTC),
    no_aftercare_why="",
    naloxone=Naloxone.GIVEN,
    at_risk_of_overdose=True,
    calls=(date(2026, 11, 7), date(2026, 11, 12), date(2026, 11, 18)),
)


def missing(way=Way.PLANNED, **changes):
    return lacks(way, replace(READY, **changes), RULE, ENDS)


def test_every_reason_has_its_way():
    assert set(WAYS) == {each.value for each in DischargeReason}


@pytest.mark.parametrize(
    ("changes", "lack"),
    [
        ({"written": False}, Lack.NO_PLAN),
        ({"signed": False}, Lack.NOT_SIGNED),
        ({"person_signed": False}, Lack.PERSON_HAS_NOT_SIGNED),
        ({"copy_given": False}, Lack.NO_COPY),
        ({"family": None}, Lack.NO_FAMILY),
    ],
)
def test_c17_a_planned_discharge_needs_a_plan_signed_by_both_with_a_copy(changes, lack):
    assert missing() == ()
    assert missing(**changes) == (lack,)
    assert missing(Way.UNPLANNED, **changes) == ()


def test_c19_without_an_appointment_afterwards_the_reason_is_said():
    assert missing(aftercare_at=None) == (Lack.NO_AFTERCARE,)
    assert missing(aftercare_at=None, no_aftercare_why="Moves abroad") == ()
    left = datetime(2026, 11, 20, tzinfo=UTC)
    assert not ending.late_aftercare(left + timedelta(days=7), left)
    assert ending.late_aftercare(left + timedelta(days=7, minutes=1), left)


def test_c20_naloxone_is_answered_where_opioids_stimulants_or_sedatives_were_told():
    assert missing(naloxone=None) == (Lack.NO_NALOXONE,)
    assert missing(Way.UNPLANNED, naloxone=None) == (Lack.NO_NALOXONE,)
    assert missing(naloxone=None, at_risk_of_overdose=False) == ()
    known = ("opioid", "heroin", "stimul", "meth", "benzo")
    assert ending.asks_for_naloxone(["Alcohol", "Opioids/pills"], known)
    assert not ending.asks_for_naloxone(["Alcohol", "Nicotine"], known)


@pytest.mark.parametrize(
    ("calls", "enough"),
    [
        ((), False),
        ((date(2026, 11, 18),), False),
        ((date(2026, 11, 1), date(2026, 11, 12), date(2026, 11, 18)), False),
        ((date(2026, 11, 6), date(2026, 11, 12), date(2026, 11, 18)), True),
    ],
)
def test_h08_three_attempts_in_fourteen_days_before_an_administrative_discharge(calls, enough):
    assert (missing(Way.NOT_REACHED, calls=calls) == ()) is enough


def test_who_died_is_asked_for_nothing():
    assert missing(Way.DIED, written=False, naloxone=None, aftercare_at=None) == ()


def certify(letters="MD", minutes=540, first=date(2026, 1, 1)):
    return certifying.faults(letters, minutes, floor=540, from_on=first, starts_on=date(2026, 1, 1))


def test_c12_a_physician_certifies_nine_hours():
    assert certify() == certify("Ph.D., M.D.") == ()
    assert certify("NP") == (certifying.Fault.NOT_A_PHYSICIAN,)
    assert certify(minutes=480) == (certifying.Fault.TOO_FEW_MINUTES,)
    assert certify(first=date(2025, 12, 31)) == (certifying.Fault.BEFORE_THE_STAY,)


def test_c13_a_certification_covers_sixty_days_and_not_one_more():
    jan = [date(2026, 1, 1)]
    assert certifying.covered(jan, date(2026, 3, 2), days=60)
    assert not certifying.covered(jan, date(2026, 3, 3), days=60)
    assert not certifying.covered(jan, date(2025, 12, 31), days=60)
    assert certifying.covered([*jan, date(2026, 3, 1)], date(2026, 3, 3), days=60)
    leap = [date(2028, 1, 1)]
    assert certifying.covered(leap, date(2028, 3, 1), days=60)
    assert not certifying.covered(leap, date(2028, 3, 2), days=60)
