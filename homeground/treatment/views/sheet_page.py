"""The sheet as its page shows it: what is kept, over it what was typed, beside it what is wrong."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from uuid import UUID

from django.utils.translation import gettext as _

from homeground.treatment import words
from homeground.treatment.forms import BREAKS, SheetInput, TypedRow, token
from homeground.treatment.queries import Sheet, SheetRow
from homeground.treatment.rules.sheet import Held, Mark, Problem
from homeground.treatment.rules.vocabulary import KEY_OF


@dataclass
class ShownRow:
    """One row. `theirs` says what somebody else saved meanwhile, empty when nobody did."""

    patient_id: UUID
    name: str
    initials: str
    key: str
    came: str
    left: str
    base: str
    row: SheetRow
    errors: list[str] = field(default_factory=list)
    wrong: set[str] = field(default_factory=set)
    theirs: str = ""

    @property
    def id_text(self) -> str:
        """The person's id as it stands in the names of the fields."""
        return str(self.patient_id)

    @property
    def invalid(self) -> bool:
        """Whether something about the row must be looked at before it can be saved."""
        return bool(self.errors or self.theirs)


@dataclass
class ShownTimes:
    """The session's times as shown: starts, ends, and pairs of breaks."""

    starts: str
    ends: str
    breaks: list[tuple[int, str, str]]
    base: str
    errors: list[str] = field(default_factory=list)
    theirs: str = ""


@dataclass
class SheetPage:
    """Everything the template draws."""

    sheet: Sheet
    planned: str
    times: ShownTimes
    rows: list[ShownRow]
    errors: list[str]

    @property
    def refused(self) -> bool:
        """Whether something must be looked at before the sheet can be saved."""
        return bool(
            self.errors or self.times.errors or self.times.theirs or any(r.invalid for r in self.rows)
        )

    @property
    def there(self) -> int:
        """How many people are kept as present in some way."""
        return sum(1 for r in self.rows if r.row.kept and not r.row.kept.mark.away)

    @property
    def minutes(self) -> int:
        """All minutes kept."""
        return sum(r.row.kept.minutes for r in self.rows if r.row.kept)


def sheet_page(
    sheet: Sheet,
    zone: tzinfo,
    *,
    typed: SheetInput | None = None,
    problems: Collection[Problem] = (),
    conflicts: Collection[UUID] = (),
    times_changed: bool = False,
) -> SheetPage:
    """Lay what was typed over what is kept. A row the writer left untouched shows what is kept now."""
    by_row = {row.patient_id: row for row in typed.rows} if typed else {}
    rows = [_row(row, zone, by_row.get(row.patient_id)) for row in sheet.rows]
    times = _times(sheet, zone, typed)
    page = SheetPage(
        sheet=sheet,
        planned=f"{sheet.planned.starts_at.isoformat()}/{sheet.planned.ends_at.isoformat()}",
        times=times,
        rows=rows,
        errors=[],
    )
    for shown in rows:
        if shown.patient_id in conflicts and shown.row.kept:
            shown.theirs = _theirs(shown.row.kept.mark, shown.row.kept.marked_at, zone)
    if times_changed:
        times.theirs = _times_words(sheet.held, zone)
    _place(page, problems)
    return page


def _place(page: SheetPage, problems: Iterable[Problem]) -> None:
    """Put each problem beside its row, those of the session beside its times."""
    rows = {row.patient_id: row for row in page.rows}
    for problem in problems:
        words_of = str(words.FAULTS[problem.fault])
        if problem.patient_id is None:
            page.times.errors.append(words_of)
        elif problem.patient_id in rows:
            rows[problem.patient_id].errors.append(words_of)
            rows[problem.patient_id].wrong.add(problem.field)
        elif words_of not in page.errors:
            page.errors.append(words_of)


def _clock(moment: datetime | None, zone: tzinfo) -> str:
    return "" if moment is None else f"{moment.astimezone(zone):%H:%M}"


def _row(row: SheetRow, zone: tzinfo, typed: TypedRow | None) -> ShownRow:
    mark = row.mark
    seen = (KEY_OF[mark.state], _clock(mark.in_at, zone), _clock(mark.out_at, zone))
    shown = ShownRow(
        row.patient_id,
        row.name,
        "".join(f"{part[0]}." for part in row.name.split()),
        *seen,
        base=token(mark.based_on, *seen),
        row=row,
    )
    if typed is not None and (typed.touched or typed.errors):
        shown.key, shown.came, shown.left = typed.key, typed.came, typed.left
        shown.errors += typed.errors.values()
        shown.wrong |= set(typed.errors)
    return shown


def _time_texts(held: Held, zone: tzinfo) -> tuple[str, ...]:
    pauses = [(_clock(pause.starts_at, zone), _clock(pause.ends_at, zone)) for pause in held.breaks]
    pauses += [("", "")] * (len(BREAKS) - len(pauses))
    span = held.span
    return (
        _clock(span.starts_at, zone),
        _clock(span.ends_at, zone),
        *(text for pair in pauses[: len(BREAKS)] for text in pair),
    )


def _times(sheet: Sheet, zone: tzinfo, typed: SheetInput | None) -> ShownTimes:
    texts = _time_texts(sheet.held, zone)
    base = token(*texts)
    errors: list[str] = []
    if typed is not None and (typed.times.touched or typed.times.errors):
        texts = typed.times.texts
        errors += typed.times.errors.values()
    breaks = [(number, texts[2 * number], texts[2 * number + 1]) for number in BREAKS]
    return ShownTimes(texts[0], texts[1], breaks, base, errors)


def _theirs(mark: Mark, marked_at: datetime, zone: tzinfo) -> str:
    parts = [str(words.STATES[mark.state])]
    if mark.in_at:
        parts.append(_("in %(time)s") % {"time": _clock(mark.in_at, zone)})
    if mark.out_at:
        parts.append(_("out %(time)s") % {"time": _clock(mark.out_at, zone)})
    saved = _clock(marked_at, zone)
    return _("Somebody else saved meanwhile (%(saved)s): %(mark)s.") % {
        "saved": saved,
        "mark": ", ".join(parts),
    }


def _times_words(held: Held, zone: tzinfo) -> str:
    starts, ends, *pauses = _time_texts(held, zone)
    breaks = ", ".join(f"{a} to {b}" for a, b in zip(pauses[::2], pauses[1::2], strict=True) if a)
    said = f"{starts} to {ends}" + (f", {_('break')} {breaks}" if breaks else "")
    return _("Somebody else changed the times meanwhile: %(times)s.") % {"times": said}
