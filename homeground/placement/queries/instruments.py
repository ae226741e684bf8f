"""The questionnaires shipped as data. No statement: files of the program, read once."""

from functools import cache
from importlib import resources

from homeground.placement.rules.instruments.definition import Instrument
from homeground.placement.rules.instruments.reading import read_text


class InstrumentNotHere(LookupError):
    """No questionnaire of this name, or not in this version."""


@cache
def shipped() -> tuple[Instrument, ...]:
    """Every shipped version, by name. Raises BadDefinition when a file is wrong (a test reads them all)."""
    folder = resources.files("homeground.placement") / "instruments"
    files = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    found = (read_text((folder / name).read_text(encoding="utf-8")) for name in files)
    return tuple(sorted(found, key=lambda each: (each.name.casefold(), each.version)))


def named(name: str) -> Instrument:
    """The newest shipped version that answers to this name, id or alias. Raises InstrumentNotHere."""
    wanted = name.strip().casefold()
    for each in reversed(shipped()):
        if wanted in {each.id, each.name.casefold(), *(alias.casefold() for alias in each.aliases)}:
            return each
    raise InstrumentNotHere(name)
