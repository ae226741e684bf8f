"""The text of a plan as values: what is checked, sealed, compared and printed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from uuid import UUID


@dataclass(frozen=True, slots=True)
class InterventionText:
    """What we do for an objective."""

    id: UUID
    kind: str
    words: str = field(repr=False)
    frequency: str = field(repr=False)
    who: str = field(repr=False)

    @property
    def id_text(self) -> str:
        """The id as it stands in the names of fields."""
        return str(self.id)


@dataclass(frozen=True, slots=True)
class AimText:
    """An objective as a version words it. `id` is the wording's, `objective_id` stays through versions."""

    id: UUID
    objective_id: UUID
    words: str = field(repr=False)
    measure: str = field(repr=False)
    target_on: date | None
    interventions: tuple[InterventionText, ...] = ()

    @property
    def id_text(self) -> str:
        """The id as it stands in the names of fields."""
        return str(self.id)

    @property
    def objective_text(self) -> str:
        """The objective's id as it stands in the names of fields."""
        return str(self.objective_id)


@dataclass(frozen=True, slots=True)
class GoalText:
    """A goal in the person's own words, the problem it answers, and its objectives."""

    id: UUID
    problem_id: UUID
    problem: str = field(repr=False)
    words: str = field(repr=False)
    aims: tuple[AimText, ...] = ()

    @property
    def id_text(self) -> str:
        """The id as it stands in the names of fields."""
        return str(self.id)


@dataclass(frozen=True, slots=True)
class PlanText:
    """Everything a signature stands under."""

    why: str = field(default="", repr=False)
    discharge_criteria: str = field(default="", repr=False)
    stay_weeks: str = ""
    parts: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    goals: tuple[GoalText, ...] = ()

    @property
    def aims(self) -> tuple[AimText, ...]:
        """All objectives, in order."""
        return tuple(aim for goal in self.goals for aim in goal.aims)


def _lines(text: PlanText) -> Iterator[str]:
    yield f"why:{text.why}"
    yield f"criteria:{text.discharge_criteria}"
    yield f"weeks:{text.stay_weeks}"
    yield from (f"part:{kind}:{words}" for kind, words in sorted(text.parts) if words)
    for goal in text.goals:
        yield f"goal:{goal.problem_id}:{goal.words}"
        for aim in goal.aims:
            yield f"objective:{aim.objective_id}:{aim.words}"
            yield f"measure:{aim.measure}"
            yield f"target:{aim.target_on or ''}"
            for each in aim.interventions:
                yield f"intervention:{each.kind}:{each.words}:{each.frequency}:{each.who}"


def digest(text: PlanText) -> str:
    """The digest of the whole text, in hexadecimal. Ids of rows are left out: a copy has the same digest."""
    sealed = "".join(f"{len(line)}:{line}" for line in _lines(text))
    return sha256(sealed.encode()).hexdigest()


def fields_of(text: PlanText) -> dict[str, str]:
    """Every field of a draft by its name, as text."""
    found = {
        "why": text.why,
        "discharge_criteria": text.discharge_criteria,
        "stay_weeks": text.stay_weeks,
        **{f"part-{kind}": words for kind, words in text.parts},
    }
    for goal in text.goals:
        found[f"goal-{goal.id}-words"] = goal.words
        for aim in goal.aims:
            found[f"aim-{aim.id}-words"] = aim.words
            found[f"aim-{aim.id}-measure"] = aim.measure
            found[f"aim-{aim.id}-target"] = aim.target_on.isoformat() if aim.target_on else ""
            for each in aim.interventions:
                for part in ("kind", "words", "frequency", "who"):
                    found[f"doing-{each.id}-{part}"] = getattr(each, part)
    return found
