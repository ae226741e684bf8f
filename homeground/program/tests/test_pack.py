from datetime import date
from pathlib import Path

import pytest

from homeground.program import queries
from homeground.program.rules import hours, pack
from homeground.program.rules.pack import BadPack, PackFault, Severity
from homeground.program.rules.vocabulary import Population

ON = date(2026, 11, 21)
PACKS = sorted((Path(queries.__file__).parent / "packs").glob("*.toml"))

HEAD = 'name = "us-xx"\nversion = "1"\neffective_from = 2024-01-01\n[sources]\nlaw = "Code, section 1"\n'


def overlay(row: str) -> pack.RulePack:
    return pack.read_pack(f"{HEAD}[[rule]]\n{row}", base=queries.pack("us-default"))


def faults(text: str, base: pack.RulePack | None = None) -> set[PackFault]:
    with pytest.raises(BadPack) as refused:
        pack.read_pack(text, base=base)
    return {problem.fault for problem in refused.value.problems}


@pytest.mark.parametrize("path", PACKS, ids=lambda p: p.stem)
def test_every_shipped_pack_is_sound(path):
    shipped = queries.pack(path.stem.replace("_", "-"))
    assert shipped.name == path.stem.replace("_", "-")


def test_the_default_pack_ships_the_numbers_of_the_program():
    default = queries.pack("us-default")
    assert {
        id: default.number(id, ON) for id in ("loc.adult_floor_min_week", "loc.adolescent_floor_min_week")
    } == {
        "loc.adult_floor_min_week": 540,
        "loc.adolescent_floor_min_week": 360,
    }
    assert default.number("loc.adult_ceiling_min_week", ON) == 1140
    assert default.rule("gfe.days", ON).value == {"ahead3": "1bd", "ahead10": "3bd", "request": "3bd"}
    assert default.rule("hipaa.access_days", ON).value == [30, 30]
    assert len(default.ids()) >= 38


def test_a_rule_that_is_switched_off_has_no_number():
    with pytest.raises(pack.NoSuchRule):
        queries.pack("us-default").number("plan.qp_countersign_days", ON)


def test_a_rule_holds_from_its_first_day_up_to_the_day_it_ends():
    dated = pack.read_pack(
        HEAD + '[[rule]]\nid = "a.b"\nvalue = 1\nseverity = "info"\ntag = "own"\n'
        "effective_from = 2026-01-01\neffective_to = 2026-07-01\n"
        '[[rule]]\nid = "a.b"\nvalue = 2\nseverity = "info"\ntag = "own"\neffective_from = 2026-07-01\n'
    )
    assert dated.number("a.b", date(2026, 6, 30)) == 1
    assert dated.number("a.b", date(2026, 7, 1)) == 2
    with pytest.raises(pack.NoSuchRule):
        dated.number("a.b", date(2025, 12, 31))


def test_an_overlay_changes_value_and_severity_and_keeps_the_rest():
    texas = overlay('id = "group.cap.therapy"\nvalue = 16\nseverity = "block"\ntag = "V"\nsource = "law"')
    assert texas.rule("group.cap.therapy", ON).value == 16
    assert texas.rule("group.cap.therapy", ON).severity is Severity.BLOCK
    assert texas.rule("group.cap.therapy", ON).scope == "program"
    assert texas.number("loc.adult_floor_min_week", ON) == 540


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ('id = "group.cap.choir"\nvalue = 1\nseverity = "warn"\ntag = "own"', PackFault.UNKNOWN_ID),
        ('id = "group.cap.therapy"\nvalue = 1\nseverity = "warn"\ntag = "V"', PackFault.NO_SOURCE),
        ('id = "group.cap.therapy"\nvalue = 1\nseverity = "warn"\ntag = "V2w"', PackFault.NO_SOURCE),
        (
            'id = "group.cap.therapy"\nvalue = 1\nseverity = "warn"\ntag = "V"\nsource = "hearsay"',
            PackFault.SOURCE_NOT_LISTED,
        ),
        ('id = "group.cap.therapy"\nvalue = 1\nseverity = "block"\ntag = "R?"', PackFault.BLOCKS_ON_SHAKY),
        (
            'id = "group.cap.therapy"\nvalue = 1\nseverity = "warn"\ntag = "own"\nscope = "state"',
            PackFault.MORE_THAN_VALUE_AND_SEVERITY,
        ),
    ],
)
def test_an_overlay_is_refused(row, fault):
    assert faults(f"{HEAD}[[rule]]\n{row}", base=queries.pack("us-default")) == {fault}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name = ", {PackFault.UNREADABLE}),
        ("", {PackFault.MISSING}),
        (f'{HEAD}[[rule]]\nid = "a.b"\n', {PackFault.MISSING}),
        (f'{HEAD}[[rule]]\nid = "a.b"\nseverity = "stop"\ntag = "V9"\n', {PackFault.UNKNOWN_WORD}),
        (
            f'{HEAD}[[rule]]\nid = "a.b"\nseverity = "info"\ntag = "own"\nnote = "x"\n',
            {PackFault.UNKNOWN_WORD},
        ),
        (
            f'{HEAD}[[rule]]\nid = "a.b"\nseverity = "info"\ntag = "own"\neffective_from = "soon"\n',
            {PackFault.NOT_A_DATE},
        ),
        (
            f'{HEAD}[[rule]]\nid = "a.b"\nseverity = "info"\ntag = "own"\n'
            "effective_from = 2026-01-01\neffective_to = 2025-01-01\n",
            {PackFault.DATES_BACKWARD},
        ),
        (
            f'{HEAD}[[rule]]\nid = "a.b"\nseverity = "info"\ntag = "own"\n'
            '[[rule]]\nid = "a.b"\nseverity = "warn"\ntag = "own"\n',
            {PackFault.TWICE_AT_A_TIME},
        ),
    ],
)
def test_a_pack_that_says_nonsense_is_refused_with_what_is_wrong(text, expected):
    assert faults(text) == expected


def test_a_pack_that_is_not_shipped_is_not_here():
    with pytest.raises(queries.PackNotHere):
        queries.pack("us-atlantis")


@pytest.mark.parametrize(
    ("born_on", "on", "expected"),
    [
        (date(2008, 11, 21), date(2026, 11, 20), Population.ADOLESCENT),
        (date(2008, 11, 21), date(2026, 11, 21), Population.ADULT),
        (date(2008, 2, 29), date(2026, 2, 28), Population.ADOLESCENT),
        (date(2008, 2, 29), date(2026, 3, 1), Population.ADULT),
        (None, date(2026, 3, 1), Population.ADOLESCENT),
    ],
)
def test_who_counts_as_an_adult(born_on, on, expected):
    default = queries.pack("us-default")
    assert hours.population_on(on, born_on=born_on, program=Population.ADOLESCENT, pack=default) is expected


@pytest.mark.parametrize(
    ("minutes", "population", "finding"),
    [
        (3 * 170, Population.ADULT, ("below_floor", 510, 540, Severity.BLOCK)),
        (3 * 180, Population.ADULT, None),
        (2 * 180, Population.ADOLESCENT, None),
        (2 * 180, Population.ADULT, ("below_floor", 360, 540, Severity.BLOCK)),
        (4 * 300, Population.ADULT, ("above_ceiling", 1200, 1140, Severity.WARN)),
    ],
)
def test_a_planned_week_stays_within_its_bounds_a01_a02_a03(minutes, population, finding):
    found = hours.judge_week(minutes, on=ON, population=population, pack=queries.pack("us-default"))
    assert [(f.fault, f.minutes, f.bound, f.severity) for f in found] == ([finding] if finding else [])
