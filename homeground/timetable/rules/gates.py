"""For whom a group is. A gate is clinical: it is never offered as a change, and never bent."""

from dataclasses import dataclass
from enum import StrEnum


class Gate(StrEnum):
    """Which gate a person does not pass. POPULATION: adults and minors are never mixed (check A18)."""

    POPULATION = "population"
    PROGRAM = "program"
    GENDER = "gender"
    DUAL = "dual"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Admits:
    """Whom a group admits; an empty gender admits everyone."""

    program: str
    population: str
    gender: str
    dual: bool
    language: str


@dataclass(frozen=True, slots=True)
class Applicant:
    """What the gates ask of a person. `populations` by age and by program: both must agree."""

    program: str
    populations: frozenset[str]
    gender: str
    dual: bool
    language: str


def closed_gate(group: Admits, person: Applicant) -> Gate | None:
    """The first gate that stays closed to this person, None when the group is for them."""
    if person.populations != {group.population}:
        return Gate.POPULATION
    if group.program != person.program:
        return Gate.PROGRAM
    if group.gender not in ("", person.gender):
        return Gate.GENDER
    if group.dual and not person.dual:
        return Gate.DUAL
    if group.language != person.language:
        return Gate.LANGUAGE
    return None
