"""The numbers and the table the guards and signatures go by."""

from datetime import date
from functools import cache
from importlib import resources

from homeground.program import queries as program
from homeground.program.rules.pack import NoSuchRule, RulePack
from homeground.treatment.rules import signing
from homeground.treatment.rules.guards import Limits
from homeground.treatment.rules.signing import Credentials, Deadline
from homeground.treatment.rules.similarity import Thresholds


def note_limits(pack: str, on: date) -> Limits:
    """What the rule pack of this name says about notes on a day. No statement. Raises PackNotHere."""
    rules = program.pack(pack)
    return Limits(
        thresholds=Thresholds(
            warn=rules.number("note.similarity_warn_percent", on),
            listed=rules.number("note.similarity_list_percent", on),
        ),
        fewest_words=rules.number("note.individual_min_words", on),
        last_notes=rules.number("note.similarity_last_notes", on),
    )


def deadline(pack: RulePack, on: date) -> Deadline:
    """By when a note of a session of this day is to be signed. No statement."""
    try:
        days: int | None = pack.number("note.sign_business_days", on)
    except NoSuchRule:
        days = None
    return Deadline(pack.number("note.target_hours", on), days)


@cache
def credentials() -> Credentials:
    """The shipped table of credentials. No statement, read once."""
    file = resources.files("homeground.treatment") / "packs" / "credentials_us.toml"
    return signing.read_credentials(file.read_text(encoding="utf-8"))
