"""What a clinic week is made of, and the file format `homeground-timetable/1` (gzip JSON).

Values only: an `Instance` (people, groups, rooms, weights) and a `Plan` (who sits where). Times are slots of
the instance's grid (see `week`); lengths are minutes. Reading refuses what is malformed or contradicts itself
with `BadInstance`, which names the field and never repeats a value.
"""

import gzip
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from homeground.timetable.solver.checks import check
from homeground.timetable.solver.reader import BadInstance, Reader
from homeground.timetable.solver.week import Span, Week

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = "homeground-timetable/1"
TOPIC_MINUTES, SOLO_MINUTES, FAMILY_MINUTES = 60, 60, 30  # prescribed a week; a family hour is fortnightly


@dataclass(frozen=True, slots=True)
class Weights:
    """Prices in minute-equivalents; see docs/timetable.md for what each multiplies."""

    unmet: float = 10
    trip: float = 1
    daypart: float = 15
    staff_pct: float = 50
    move_track: float = 120
    move_therapist: float = 180
    move_start: float = 30
    soft: float = 1  # a minute of a soft obligation


@dataclass(frozen=True, slots=True)
class Therapist:
    """Someone who leads groups and sees people; `free` is working time, `max_minutes` a week."""

    id: int
    free: tuple[Span, ...]
    skills: tuple[str, ...]
    langs: tuple[str, ...]
    gender: str
    max_minutes: int
    caseload: int


@dataclass(frozen=True, slots=True)
class Track:
    """A group of the week. `attend` = 0: every meeting; otherwise exactly that many of them.

    `adults`: a topic group closed to minors; in the benchmark format topic groups are open to them.
    """

    id: int
    kind: str
    topic: str
    meetings: tuple[Span, ...]
    onsite: bool
    lo: int
    hi: int
    facilitators: int
    skill: str
    copies: int
    attend: int
    gender: str
    youth: bool
    dual: bool
    lang: str
    adults: bool = False


@dataclass(frozen=True, slots=True)
class Incumbent:
    """What a person has in the running plan; None where they have nothing."""

    core: int | None = None
    therapist: int | None = None
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Patient:
    """One person's week and prescription. `busy` blocks, `soft` costs, `family` are the family's windows."""

    id: int
    busy: tuple[Span, ...]
    travel: int
    remote: bool
    gender: str
    youth: bool
    dual: bool
    langs: tuple[str, ...]
    priority: int
    core_minutes: int
    min_days: int
    max_days: int
    min_day_minutes: int
    topics: tuple[str, ...]
    family: tuple[Span, ...]
    daypart: str
    counselors: tuple[int, ...]
    family_counselors: tuple[int, ...]
    incumbent: Incumbent = Incumbent()
    soft: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Instance:
    """One clinic week to be planned."""

    name: str
    therapists: tuple[Therapist, ...]
    tracks: tuple[Track, ...]
    patients: tuple[Patient, ...]
    group_rooms: int
    offices: int
    exclusions: tuple[tuple[int, int], ...] = ()
    weights: Weights = Weights()
    grid: int = 30

    @property
    def week(self) -> Week:
        """The slots of this clinic's week."""
        return Week.of(self.grid)


@dataclass(frozen=True, slots=True)
class Plan:
    """Who leads what and who sits where. Keys are ids; a person without an entry has none of that kind."""

    copies: Mapping[int, int] = field(default_factory=dict)
    facilitators: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    core: Mapping[int, tuple[int, tuple[int, ...]]] = field(default_factory=dict)
    special: Mapping[int, Mapping[str, int]] = field(default_factory=dict)
    solo: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    family: Mapping[int, tuple[int, int]] = field(default_factory=dict)

    def without(self, patient: int) -> "Plan":
        """The same plan with one person's seats and hours free again."""

        def drop[T](table: Mapping[int, T]) -> dict[int, T]:
            return {key: value for key, value in table.items() if key != patient}

        return replace(
            self,
            core=drop(self.core),
            special=drop(self.special),
            solo=drop(self.solo),
            family=drop(self.family),
        )


def load(path: "Path") -> Instance:
    """Read an instance from a file, gzip or plain JSON. BadInstance when it cannot be meant."""
    return read_instance(_document(path, "instance"))


def save(instance: Instance, path: "Path") -> None:
    """Write an instance as gzip JSON; the same instance gives the same bytes."""
    _write(write_instance(instance), path)


def load_plan(path: "Path", instance: Instance, *, earlier: bool = False) -> Plan:
    """Read a plan for an instance. BadInstance when it names what the instance does not have.

    `earlier`: made before people or therapists left; theirs is left out.
    """
    return read_plan(_document(path, "plan"), instance, earlier=earlier)


def save_plan(plan: Plan, path: "Path") -> None:
    """Write a plan as JSON, gzip when the name ends in .gz."""
    _write(write_plan(plan), path)


def _document(path: "Path", what: str) -> Any:
    raw = path.read_bytes()
    try:
        return json.loads(gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw)
    except (ValueError, EOFError, OSError, RecursionError) as error:
        raise BadInstance(what, "is not gzip or plain JSON") from error


def _write(document: Mapping[str, Any], path: "Path") -> None:
    text = json.dumps(document, separators=(",", ":")).encode()
    path.write_bytes(gzip.compress(text, mtime=0) if path.suffix == ".gz" else text)


def write_instance(instance: Instance) -> dict[str, Any]:
    """The JSON document of an instance."""
    document = asdict(instance) | {"format": FORMAT}
    for patient in document["patients"]:
        patient["incumbent"] = {key: at for key, at in patient["incumbent"].items() if at is not None}
        _drop(patient, soft=())
    for track in document["tracks"]:
        _drop(track, adults=False)
    _drop(document["weights"], soft=Weights().soft)
    _drop(document, grid=30)
    return document


def _drop(document: dict[str, Any], **usual: Any) -> None:
    """Leave out what the format does not have, where it says nothing."""
    for key, value in usual.items():
        if document[key] == value:
            del document[key]


def write_plan(plan: Plan) -> dict[str, Any]:
    """The JSON document of a plan; keys become text, as JSON wants them."""

    def table(values: Mapping[int, Any]) -> dict[str, Any]:
        return {str(key): values[key] for key in sorted(values)}

    return {each.name: table(getattr(plan, each.name)) for each in fields(plan)}


def read_instance(document: Any) -> Instance:
    """An instance from its JSON document. BadInstance names the field that is wrong."""
    top = Reader("instance", document)
    if top.get("format").text() != FORMAT:
        raise BadInstance("format", f"is not {FORMAT}")
    weights = top.get("weights")
    names = [each.name for each in fields(Weights) if each.name != "soft" or weights.has("soft")]
    instance = Instance(
        name=top.get("name").text(),
        therapists=tuple(_therapist(each) for each in top.get("therapists").items()),
        tracks=tuple(_track(each) for each in top.get("tracks").items()),
        patients=tuple(read_patient(each) for each in top.get("patients").items()),
        group_rooms=top.get("group_rooms").whole(),
        offices=top.get("offices").whole(),
        exclusions=tuple(each.pair() for each in top.get("exclusions").items()),
        weights=Weights(**{name: weights.get(name).number() for name in names}),
        grid=top.get("grid").whole() if top.has("grid") else 30,
    )
    check(instance)
    return instance


def _therapist(raw: Reader) -> Therapist:
    return Therapist(
        id=raw.get("id").whole(),
        free=raw.get("free").pairs(),
        skills=raw.get("skills").texts(),
        langs=raw.get("langs").texts(),
        gender=raw.get("gender").text(),
        max_minutes=raw.get("max_minutes").whole(),
        caseload=raw.get("caseload").whole(),
    )


def _track(raw: Reader) -> Track:
    values: dict[str, Any] = {"meetings": raw.get("meetings").pairs()}
    for name in ("id", "lo", "hi", "facilitators", "copies", "attend"):
        values[name] = raw.get(name).whole()
    for name in ("kind", "topic", "skill", "gender", "lang"):
        values[name] = raw.get(name).text()
    for name in ("onsite", "youth", "dual"):
        values[name] = raw.get(name).flag()
    if raw.has("adults"):
        values["adults"] = raw.get("adults").flag()
    return Track(**values)


def read_patient(raw: Reader | Mapping[str, Any]) -> Patient:
    """One person from the JSON of the format. BadInstance names the field that is wrong."""
    if not isinstance(raw, Reader):
        raw = Reader("patient", raw)
    held = raw.get("incumbent") if raw.has("incumbent") else Reader("incumbent", {})
    values: dict[str, Any] = {
        "incumbent": Incumbent(
            **{name: held.get(name).whole() for name in ("core", "therapist", "start") if held.has(name)}
        )
    }
    for name in ("id", "travel", "priority", "core_minutes", "min_days", "max_days", "min_day_minutes"):
        values[name] = raw.get(name).whole()
    for name in ("busy", "family", *(("soft",) if raw.has("soft") else ())):
        values[name] = raw.get(name).pairs()
    for name in ("counselors", "family_counselors"):
        values[name] = raw.get(name).wholes()
    for name in ("langs", "topics"):
        values[name] = raw.get(name).texts()
    for name in ("gender", "daypart"):
        values[name] = raw.get(name).text()
    for name in ("remote", "youth", "dual"):
        values[name] = raw.get(name).flag()
    return Patient(**values)


class _Anybody:
    """Holds every id."""

    def __contains__(self, _: object) -> bool:
        return True


def read_plan(document: Any, instance: Instance, *, earlier: bool = False) -> Plan:
    """A plan from its JSON document (objects, or lists of [key, value]); ids must exist in the instance.

    `earlier`: people and therapists who are not there have left.
    """
    top = Reader("plan", document)
    staff, here = {each.id for each in instance.therapists}, {each.id for each in instance.patients}
    therapists, patients = (_Anybody(), _Anybody()) if earlier else (staff, here)
    tracks = {each.id: each for each in instance.tracks}

    def seat(raw: Reader) -> tuple[int, tuple[int, ...]]:
        track, chosen = raw.items(2)
        at = track.known(track.whole(), tracks)
        return at, tuple(chosen.known(i, range(len(tracks[at].meetings))) for i in chosen.wholes())

    def hour(raw: Reader) -> tuple[int, int]:
        who, slot = raw.pair()
        return raw.known(who, therapists), raw.known(slot, range(instance.week.slots))

    def topics(raw: Reader) -> dict[str, int]:
        return {key: at.known(at.whole(), tracks) for key, at in raw.table()}

    found = Plan(
        copies={i: at.whole() for i, at in top.get("copies").rows(tracks)},
        facilitators={
            i: tuple(at.known(who, therapists) for who in at.wholes())
            for i, at in top.get("facilitators").rows(tracks)
        },
        core={i: seat(at) for i, at in top.get("core").rows(patients)},
        special={i: topics(at) for i, at in top.get("special").rows(patients)},
        solo={i: hour(at) for i, at in top.get("solo").rows(patients)},
        family={i: hour(at) for i, at in top.get("family").rows(patients)},
    )
    return _without_gone(found, staff, here) if earlier else found


def _without_gone(plan: Plan, staff: set[int], here: set[int]) -> Plan:
    def hours(table: Mapping[int, tuple[int, int]]) -> dict[int, tuple[int, int]]:
        return {one: hour for one, hour in table.items() if one in here and hour[0] in staff}

    return replace(
        plan,
        facilitators={
            track: tuple(each for each in who if each in staff) for track, who in plan.facilitators.items()
        },
        core={one: seat for one, seat in plan.core.items() if one in here},
        special={one: topics for one, topics in plan.special.items() if one in here},
        solo=hours(plan.solo),
        family=hours(plan.family),
    )
