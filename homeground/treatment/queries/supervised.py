"""The colleagues who write notes: their letters, until when they hold, and who answers for them."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from homeground.people import queries as people
from homeground.people.roles import LEADING
from homeground.treatment.queries.limits import credentials
from homeground.treatment.queries.standing import SupervisionNow, licences, supervisions
from homeground.treatment.rules import signing
from homeground.treatment.rules.signing import Standing

SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class LettersNow:
    """Letters of a colleague; `through` is the last day they hold, None when no end is recorded."""

    letters: str
    through: date | None
    known: bool

    def lapsed(self, on: date) -> bool:
        """Whether they no longer hold on a day."""
        return self.through is not None and self.through < on


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who leads groups or counsels. `waits` says that their notes wait for a co-signature."""

    person_id: UUID
    name: str = field(repr=False)
    letters: tuple[LettersNow, ...]
    waits: bool
    may_cosign: bool
    supervision: SupervisionNow | None
    attention: str

    @property
    def supervised_through(self) -> date | None:
        """The last day of the supervision on record."""
        ends = self.supervision.ends_on if self.supervision else None
        return None if ends is None else ends - timedelta(days=1)


def colleagues(on: date) -> tuple[Colleague, ...]:
    """Everybody who may write notes, by name, with what needs attention. Three statements."""
    ends, answers = licences(), supervisions(on)
    return tuple(
        _colleague(each, ends.get(each.id, {}), answers.get(each.id), on)
        for each in people.staff(sorted(role.value for role in LEADING))
    )


def _colleague(
    person: people.PersonFacts, ends: dict[str, date], answers: SupervisionNow | None, on: date
) -> Colleague:
    table = credentials()
    letters = tuple(
        LettersNow(each, ends[each] - timedelta(days=1) if each in ends else None, each in table)
        for each in signing.letters_of(person.credentials)
    )
    lapsed = {each.letters for each in letters if each.lapsed(on)}
    held = signing.standings(person.credentials, table, lapsed)
    waits = bool(held) and held <= {Standing.TRAINEE}
    return Colleague(
        person.id,
        person.name,
        letters,
        waits,
        bool(held & {Standing.INDEPENDENT, Standing.PRESCRIBER}),
        answers,
        _attention(letters, waits, answers, on),
    )


def _attention(letters: tuple[LettersNow, ...], waits: bool, answers: SupervisionNow | None, on: date) -> str:
    """The code of what is most pressing, empty when nothing is."""
    if not letters:
        return "no_letters"
    if any(each.lapsed(on) for each in letters):
        return "lapsed"
    if answers is not None and answers.ends_on is not None and answers.ends_on <= on and waits:
        return "unsupervised"
    if waits and answers is None:
        return "nobody_answers"
    soon = on + SOON
    if any(each.through is not None and each.through <= soon for each in letters):
        return "lapses_soon"
    if waits and answers is not None and answers.ends_on is not None and answers.ends_on <= soon:
        return "ends_soon"
    return ""
