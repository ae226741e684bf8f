"""How measures went over time: for one person, and for everybody in treatment."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import resources
from uuid import UUID
from zoneinfo import ZoneInfo

from homeground.chart import queries as chart
from homeground.placement.models import Administration, MeasureScore, Packet
from homeground.placement.queries.instruments import pinned
from homeground.placement.rules.instruments.change import Moved, is_better, moved
from homeground.placement.rules.instruments.definition import Banding, Instrument, Scale
from homeground.placement.rules.instruments.drawing import Drawing, drawing
from homeground.placement.rules.instruments.schedule import Round, read_schedule

LEADING = (
    ("phq-9", "total"),
    ("gad-7", "total"),
    ("bam-iop", "use"),
    ("bam-iop", "risk"),
    ("barc-10", "total"),
)
"""The scales the list of everybody shows, in this order."""


@cache
def schedule(name: str = "us_default") -> tuple[Round, ...]:
    """The rounds of the shipped schedule. No statement, read once."""
    folder = resources.files("homeground.placement") / "schedules"
    return read_schedule((folder / f"{name}.toml").read_text(encoding="utf-8"))


def latest_values(patient_ids: Collection[UUID]) -> dict[UUID, dict[tuple[str, str], int]]:
    """The last value of each scale by patient. One statement."""
    found: dict[UUID, dict[tuple[str, str], int]] = defaultdict(dict)
    rows = (
        MeasureScore.objects.filter(
            administration__patient__in=patient_ids,
            administration__completed_at__isnull=False,
            value__isnull=False,
        )
        .order_by(
            "administration__patient_id",
            "administration__instrument",
            "scale",
            "-administration__completed_at",
        )
        .distinct("administration__patient_id", "administration__instrument", "scale")
        .values_list("administration__patient_id", "administration__instrument", "scale", "value")
    )
    for patient_id, instrument, scale, value in rows:
        if value is not None:
            found[patient_id][instrument, scale] = value
    return found


@dataclass(frozen=True, slots=True)
class Point:
    """One score: when, how much, and the published word for it, empty where there is none."""

    administration_id: UUID
    on: date
    value: int
    word: str


@dataclass(frozen=True, slots=True)
class Trend:
    """One scale of one instrument over time, newest version's bands, with what its movement means."""

    instrument: Instrument
    scale: Scale
    points: tuple[Point, ...]
    banding: Banding | None

    @property
    def last(self) -> Point:
        """The latest score."""
        return self.points[-1]

    @property
    def moved(self) -> Moved | None:
        """From the first score to the last, None while there is one alone."""
        if len(self.points) < 2:
            return None
        return moved(self.instrument, self.scale.id, self.points[0].value, self.last.value)

    @property
    def improves(self) -> bool:
        """Whether the last score lies on the good side of the first."""
        return len(self.points) > 1 and is_better(self.scale, self.points[0].value, self.last.value)

    @property
    def drawing(self) -> Drawing:
        """The line to draw."""
        return drawing(
            [(each.on, each.value) for each in self.points],
            low=self.scale.low,
            high=self.scale.high,
            steps=self.banding.steps if self.banding else (),
        )


@dataclass(frozen=True, slots=True)
class Waiting:
    """A packet that may still be answered."""

    packet_id: UUID
    occasion: str
    mode: str
    made_at: datetime
    until: datetime
    instruments: tuple[str, ...]
    begun: bool


@dataclass(frozen=True, slots=True)
class Ended:
    """A questionnaire that is over: finished, or left off with its answers kept."""

    id: UUID
    name: str
    at: datetime
    completed: bool


@dataclass(frozen=True, slots=True)
class PatientMeasures:
    """Everything measured of one patient."""

    patient: chart.PatientName
    trends: tuple[Trend, ...]
    waiting: tuple[Waiting, ...]
    ended: tuple[Ended, ...]


ENDED = 20


class PatientNotHere(Exception):
    """No such patient in the organization in scope."""


def patient_measures(patient_id: UUID, at: datetime, zone: str) -> PatientMeasures:
    """One patient's trends, open packets, latest questionnaires. Five statements. Raises PatientNotHere."""
    patient = chart.patient_name(patient_id)
    if patient is None:
        raise PatientNotHere
    return PatientMeasures(
        patient=patient,
        trends=trends(patient_id, zone),
        waiting=waiting(patient_id, at),
        ended=_ended(patient_id),
    )


def trends(patient_id: UUID, zone: str) -> tuple[Trend, ...]:
    """Every scale that was ever told, by instrument. Versions and windows are never mixed. One statement."""
    rows = (
        MeasureScore.objects.filter(
            administration__patient_id=patient_id,
            administration__completed_at__isnull=False,
            value__isnull=False,
        )
        .order_by("administration__completed_at", "administration_id")
        .values_list(
            "administration__instrument",
            "administration__version",
            "scale",
            "administration_id",
            "administration__completed_at",
            "value",
        )
    )
    lines: dict[tuple[str, str, str], list[tuple[UUID, date, int]]] = defaultdict(list)
    for code, version, scale, administration_id, completed_at, value in rows:
        assert completed_at is not None
        assert value is not None
        day = completed_at.astimezone(ZoneInfo(zone)).date()
        lines[code, version, scale].append((administration_id, day, value))
    found = [_trend(*key, each) for key, each in lines.items()]
    return tuple(sorted(found, key=lambda each: _order(each.instrument, each.scale)))


def _trend(code: str, version: str, scale: str, rows: list[tuple[UUID, date, int]]) -> Trend:
    instrument = pinned(code, version)
    banding = next((each for each in instrument.bandings if each.scale == scale), None)
    return Trend(
        instrument=instrument,
        scale=instrument.scale(scale),
        points=tuple(
            Point(key, on, value, banding.word(value) if banding else "") for key, on, value in rows
        ),
        banding=banding,
    )


def _order(instrument: Instrument, scale: Scale) -> tuple[int, str, int]:
    place = next((n for n, (code, _scale) in enumerate(LEADING) if code == instrument.id), len(LEADING))
    return place, instrument.name, [each.id for each in instrument.scales].index(scale.id)


def waiting(patient_id: UUID, at: datetime) -> tuple[Waiting, ...]:
    """What this patient may still answer, oldest first. Two statements."""
    rows = (
        Packet.objects.filter(
            patient_id=patient_id,
            withdrawn_at=None,
            answerable_until__gt=at,
            administrations__completed_at=None,
            administrations__abandoned_at=None,
        )
        .distinct()
        .order_by("made_at", "id")
        .prefetch_related("administrations")
    )
    return tuple(
        Waiting(
            packet_id=row.pk,
            occasion=row.occasion,
            mode=row.mode,
            made_at=row.made_at,
            until=row.answerable_until,
            instruments=tuple(
                pinned(each.instrument, each.version).name
                for each in sorted(row.administrations.all(), key=lambda each: each.place)
                if each.completed_at is None
            ),
            begun=any(each.begun_at for each in row.administrations.all()),
        )
        for row in rows
    )


def _ended(patient_id: UUID) -> tuple[Ended, ...]:
    rows = (
        Administration.objects.filter(patient_id=patient_id, begun_at__isnull=False)
        .exclude(completed_at=None, abandoned_at=None)
        .order_by("-begun_at", "-id")[:ENDED]
    )
    return tuple(
        Ended(
            id=row.pk,
            name=pinned(row.instrument, row.version).name,
            at=ended,
            completed=row.completed_at is not None,
        )
        for row in rows
        if (ended := row.completed_at or row.abandoned_at) is not None
    )
