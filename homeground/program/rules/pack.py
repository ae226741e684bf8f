"""Rule packs: every number a law, a payer or the program sets is dated, cited data, never code.

`read_pack` turns the text of a pack into values, or names everything that is wrong with it. A pack
that stands on another (`extends`) may only change the value and severity of rules the base knows.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations
from typing import Any

type Value = int | str | list[int] | dict[str, int] | dict[str, str] | None


class Severity(StrEnum):
    """What breaking a rule does: stops the step, asks for a reason, or is only told."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"


class Tag(StrEnum):
    """How sure we are. OWN is a default of ours that claims no law."""

    V = "V"
    V2 = "V2"
    V2_WEAK = "V2w"
    RECALLED = "R"
    SHAKY = "R?"
    OWN = "own"


NEEDS_SOURCE = frozenset({Tag.V, Tag.V2, Tag.V2_WEAK})


class PackFault(StrEnum):
    """What can be wrong with a pack."""

    UNREADABLE = "unreadable"
    MISSING = "missing"
    UNKNOWN_WORD = "unknown_word"
    UNKNOWN_ID = "unknown_id"
    MORE_THAN_VALUE_AND_SEVERITY = "more_than_value_and_severity"
    NO_SOURCE = "no_source"
    SOURCE_NOT_LISTED = "source_not_listed"
    BLOCKS_ON_SHAKY = "blocks_on_shaky"
    NOT_A_DATE = "not_a_date"
    DATES_BACKWARD = "dates_backward"
    TWICE_AT_A_TIME = "twice_at_a_time"


@dataclass(frozen=True, slots=True)
class PackProblem:
    """One thing wrong, and where: the id of the rule, or the key of the pack."""

    fault: PackFault
    where: str


class BadPack(ValueError):
    """The text is no rule pack; `problems` lists all that is wrong."""

    def __init__(self, problems: Sequence[PackProblem]) -> None:
        super().__init__(", ".join(f"{p.where}: {p.fault}" for p in problems))
        self.problems = tuple(problems)


class NoSuchRule(KeyError):
    """The pack has no rule of this id, or none of this kind of value, in force on the day."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One dated, cited rule. `effective_to` is exclusive; None means it still holds."""

    id: str
    value: Value
    severity: Severity
    tag: Tag
    source: str
    scope: str
    effective_from: date
    effective_to: date | None

    def in_force(self, on: date) -> bool:
        """Whether the rule holds on this day."""
        return self.effective_from <= on and (self.effective_to is None or on < self.effective_to)


@dataclass(frozen=True, slots=True)
class RulePack:
    """A named, versioned set of rules."""

    name: str
    version: str
    rules: tuple[Rule, ...]

    def ids(self) -> frozenset[str]:
        """Every id the pack knows, at any time."""
        return frozenset(rule.id for rule in self.rules)

    def rule(self, id: str, on: date) -> Rule:
        """The rule of this id in force on a day. Raises NoSuchRule."""
        for rule in self.rules:
            if rule.id == id and rule.in_force(on):
                return rule
        raise NoSuchRule(id)

    def number(self, id: str, on: date) -> int:
        """The whole number a rule sets on a day, in the unit its id names. Raises NoSuchRule."""
        value = self.rule(id, on).value
        if not isinstance(value, int):
            raise NoSuchRule(id)
        return value


_KEYS = {"id", "value", "severity", "source", "tag", "scope", "effective_from", "effective_to"}
_CHANGEABLE = {"id", "value", "severity", "source", "tag", "effective_from", "effective_to"}


def read_pack(text: str, *, base: RulePack | None = None) -> RulePack:
    """The pack written as TOML in `text`, laid over `base` when it extends one.

    Raises BadPack with every problem: an overlay may not bring an unknown id or a new scope; V, V2 and
    V2w need a source listed in the pack; an R? rule may not block.
    """
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise BadPack([PackProblem(PackFault.UNREADABLE, "pack")]) from None
    problems = [
        PackProblem(PackFault.MISSING, key)
        for key in ("name", "version", "effective_from")
        if key not in found
    ]
    rows = found.get("rule", [])
    problems += [p for row in rows for p in _row_problems(row, found.get("sources", {}), base)]
    if problems:
        raise BadPack(problems)
    rules = tuple(_rule(row, found, base) for row in rows)
    if doubled := list(_doubled(rules)):
        raise BadPack(doubled)
    changed = {rule.id for rule in rules}
    kept = () if base is None else tuple(rule for rule in base.rules if rule.id not in changed)
    return RulePack(name=found["name"], version=found["version"], rules=kept + rules)


def _row_problems(
    row: Mapping[str, Any], sources: Mapping[str, str], base: RulePack | None
) -> Iterator[PackProblem]:
    where = str(row.get("id", "rule"))
    yield from (
        PackProblem(PackFault.MISSING, f"{where}.{key}")
        for key in ("id", "severity", "tag")
        if key not in row
    )
    allowed = _KEYS if base is None else _CHANGEABLE
    fault = PackFault.UNKNOWN_WORD if base is None else PackFault.MORE_THAN_VALUE_AND_SEVERITY
    yield from (PackProblem(fault, f"{where}.{key}") for key in sorted(row.keys() - allowed))
    if base is not None and where not in base.ids():
        yield PackProblem(PackFault.UNKNOWN_ID, where)
    for key, words in (("severity", Severity), ("tag", Tag)):
        if key in row and row[key] not in list(words):
            yield PackProblem(PackFault.UNKNOWN_WORD, f"{where}.{key}")
    if row.get("tag") in NEEDS_SOURCE and not row.get("source"):
        yield PackProblem(PackFault.NO_SOURCE, where)
    if row.get("source") and row["source"] not in sources:
        yield PackProblem(PackFault.SOURCE_NOT_LISTED, where)
    if row.get("tag") == Tag.SHAKY and row.get("severity") == Severity.BLOCK:
        yield PackProblem(PackFault.BLOCKS_ON_SHAKY, where)
    dates = [row[key] for key in ("effective_from", "effective_to") if key in row]
    if any(type(day) is not date for day in dates):
        yield PackProblem(PackFault.NOT_A_DATE, where)
    elif len(dates) == 2 and dates[1] <= dates[0]:
        yield PackProblem(PackFault.DATES_BACKWARD, where)


def _rule(row: Mapping[str, Any], pack: Mapping[str, Any], base: RulePack | None) -> Rule:
    usual = "program" if row["tag"] == Tag.OWN else "federal"
    known = {} if base is None else {rule.id: rule.scope for rule in base.rules}
    return Rule(
        id=row["id"],
        value=row.get("value"),
        severity=Severity(row["severity"]),
        tag=Tag(row["tag"]),
        source=pack["sources"][row["source"]] if row.get("source") else "",
        scope=known.get(row["id"], row.get("scope", usual)),
        effective_from=row.get("effective_from", pack["effective_from"]),
        effective_to=row.get("effective_to"),
    )


def _doubled(rules: Sequence[Rule]) -> Iterator[PackProblem]:
    for one, other in combinations(rules, 2):
        if one.id == other.id and (one.in_force(other.effective_from) or other.in_force(one.effective_from)):
            yield PackProblem(PackFault.TWICE_AT_A_TIME, one.id)
