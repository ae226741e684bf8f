"""Everybody in treatment by how their measures move: who needs a second look first."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from homeground.chart import queries as chart
from homeground.placement.models import Administration, MeasureScore, Packet
from homeground.placement.queries.instruments import pinned
from homeground.placement.queries.trends import LEADING
from homeground.placement.rules.instruments.change import Moved, moved


@dataclass(frozen=True, slots=True)
class Cell:
    """One leading scale of one person: the last value, and how it moved since the first of the stay."""

    last: int | None
    word: str
    moved: Moved | None


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One person in treatment."""

    patient_id: UUID
    name: str = field(repr=False)
    counselor_id: UUID | None
    cells: tuple[Cell, ...]
    last_on: date | None
    due: int

    @property
    def worse(self) -> bool:
        """Whether any leading scale passed a published threshold for the worse."""
        return any(cell.moved is not None and cell.moved.worse for cell in self.cells)

    @property
    def better(self) -> bool:
        """Whether one passed it for the better, and none for the worse."""
        return not self.worse and any(cell.moved is not None and cell.moved.better for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Caseload:
    """The list and its columns."""

    columns: tuple[str, ...]
    rows: tuple[CaseRow, ...]


def caseload(at: datetime, zone: str, *, counselor_id: UUID | None = None) -> Caseload:
    """Who worsens first, then who is due, then the others by name. Three statements whatever the size."""
    on = at.astimezone(ZoneInfo(zone)).date()
    stays = [
        stay for stay in chart.admitted_on(on) if counselor_id is None or stay.counselor_id == counselor_id
    ]
    starts = {stay.patient.patient_id: stay.starts_on for stay in stays}
    values = _values(starts, ZoneInfo(zone))
    due = _due(list(starts), at)
    rows = [_row(stay, values[stay.patient.patient_id], due) for stay in stays]
    rows.sort(key=lambda row: (not row.worse, row.due == 0, row.name.casefold()))
    columns = tuple(_column(code, scale) for code, scale in LEADING)
    return Caseload(columns=columns, rows=tuple(rows))


type Values = dict[tuple[str, str], list[tuple[date, int]]]


def _values(starts: Mapping[UUID, date], zone: ZoneInfo) -> defaultdict[UUID, Values]:
    found: defaultdict[UUID, Values] = defaultdict(dict)
    rows = (
        MeasureScore.objects.filter(
            administration__patient__in=list(starts),
            administration__instrument__in={code for code, _scale in LEADING},
            administration__completed_at__isnull=False,
            value__isnull=False,
        )
        .order_by("administration__completed_at", "administration_id")
        .values_list(
            "administration__patient_id",
            "administration__instrument",
            "scale",
            "administration__completed_at",
            "value",
        )
    )
    for patient_id, code, scale, completed_at, value in rows:
        assert completed_at is not None
        assert value is not None
        day = completed_at.astimezone(zone).date()
        if day >= starts[patient_id]:
            found[patient_id].setdefault((code, scale), []).append((day, value))
    return found


def _due(patient_ids: list[UUID], at: datetime) -> dict[UUID, int]:
    rows = Packet.objects.filter(
        patient_id__in=patient_ids,
        withdrawn_at=None,
        answerable_until__gt=at,
        pk__in=Administration.objects.filter(completed_at=None, abandoned_at=None).values("packet"),
    ).values_list("patient_id", flat=True)
    found: defaultdict[UUID, int] = defaultdict(int)
    for patient_id in rows:
        found[patient_id] += 1
    return found


def _row(stay: chart.EpisodeFacts, values: Values, due: Mapping[UUID, int]) -> CaseRow:
    cells = tuple(_cell(code, scale, values.get((code, scale), [])) for code, scale in LEADING)
    days = [day for each in values.values() for day, _value in each]
    return CaseRow(
        patient_id=stay.patient.patient_id,
        name=stay.patient.name,
        counselor_id=stay.counselor_id,
        cells=cells,
        last_on=max(days, default=None),
        due=due.get(stay.patient.patient_id, 0),
    )


def _cell(code: str, scale: str, values: list[tuple[date, int]]) -> Cell:
    if not values:
        return Cell(last=None, word="", moved=None)
    instrument, last = pinned(code, "1"), values[-1][1]
    banding = next((each for each in instrument.bandings if each.scale == scale), None)
    return Cell(
        last=last,
        word=banding.word(last) if banding else "",
        moved=moved(instrument, scale, values[0][1], last) if len(values) > 1 else None,
    )


def _column(code: str, scale: str) -> str:
    instrument = pinned(code, "1")
    many = sum(each == code for each, _scale in LEADING) > 1
    return f"{instrument.name} {instrument.scale(scale).name.lower()}" if many else instrument.name
