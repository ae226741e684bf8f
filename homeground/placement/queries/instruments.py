"""The questionnaires: those shipped as data, and those a clinic brought itself."""

import json
import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any
from uuid import UUID

from homeground.placement.models import ClinicInstrument, InstrumentRetirement, MeasureSetting
from homeground.placement.rules.instruments.definition import Instrument
from homeground.placement.rules.instruments.reading import read, read_text


class InstrumentNotHere(LookupError):
    """No questionnaire of this name, or not in this version."""


@cache
def shipped() -> tuple[Instrument, ...]:
    """Every shipped version, by name. Raises BadDefinition when a file is wrong (a test reads them all)."""
    folder = resources.files("homeground.placement") / "instruments"
    files = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    found = (read_text((folder / name).read_text(encoding="utf-8")) for name in files)
    return tuple(sorted(found, key=lambda each: (each.name.casefold(), each.version)))


def written(code: str) -> dict[str, Any]:
    """A shipped definition as it is written, to be filled with text. Raises InstrumentNotHere."""
    if not any(each.id == code for each in shipped()):
        raise InstrumentNotHere(code)
    file = resources.files("homeground.placement") / "instruments" / f"{code.replace('-', '_')}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def _shipped_by_key() -> dict[tuple[str, str], Instrument]:
    return {each.key: each for each in shipped()}


def named(name: str) -> Instrument:
    """The newest shipped version that answers to this name, id or alias. Raises InstrumentNotHere."""
    wanted = name.strip().casefold()
    for each in reversed(shipped()):
        if wanted in {each.id, each.name.casefold(), *(alias.casefold() for alias in each.aliases)}:
            return each
    raise InstrumentNotHere(name)


def pinned(code: str, version: str) -> Instrument:
    """The version an administration keeps, retired or not. Raises InstrumentNotHere.

    No statement for a shipped one, else one.
    """
    if (known := _shipped_by_key().get((code, version))) is not None:
        return known
    row = ClinicInstrument.objects.filter(code=code, version=version).first()
    if row is None:
        raise InstrumentNotHere(code)
    return read(json.loads(row.body))


@dataclass(frozen=True, slots=True)
class Offered:
    """A version of a questionnaire as a clinic sees it. `holder` and `terms` are its own licence record."""

    instrument: Instrument
    retired_at: datetime | None
    holder: str = ""
    terms: str = ""

    @property
    def usable(self) -> bool:
        """Whether it can be begun: there is text, and it was not retired."""
        return self.instrument.has_text and self.retired_at is None


def offered() -> tuple[Offered, ...]:
    """Every version this clinic knows, its own after the shipped ones, by name. Two statements."""
    retired = {(row.code, row.version): row.retired_at for row in InstrumentRetirement.objects.all()}
    own = [
        Offered(
            read(json.loads(row.body)),
            retired.get((row.code, row.version)),
            row.licence_holder,
            row.licence_terms,
        )
        for row in ClinicInstrument.objects.order_by("code", "version")
    ]
    ours = [Offered(each, retired.get(each.key)) for each in shipped()]
    return tuple(
        sorted((*ours, *own), key=lambda each: (each.instrument.name.casefold(), each.instrument.version))
    )


def in_use() -> dict[str, Instrument]:
    """The version of each questionnaire that is begun from now on: the newest usable. Two statements."""
    found = {}
    for each in offered():
        if each.usable:
            found[each.instrument.id] = each.instrument
    return found


@dataclass(frozen=True, slots=True)
class Setting:
    """How the clinic handles measures."""

    shows_severity: bool
    on_call_id: UUID | None
    lead_id: UUID | None


def setting() -> Setting:
    """The clinic's setting; nothing is turned on and nobody on call until it says so. One statement."""
    row = MeasureSetting.objects.first()
    if row is None:
        return Setting(shows_severity=False, on_call_id=None, lead_id=None)
    return Setting(row.shows_severity, row.on_call_id, row.lead_id)
