"""From marks to sentences: deterministic, in the order a clinician writes, each with its source.

Nothing is said that was not marked or typed. The grammar follows the content: what belongs together is
one sentence, what stands against it is joined with "but", and a quotation is led in by what it was about.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from homeground.treatment.rules.participation import (
    Engagement,
    NextStep,
    Objective,
    Participation,
    Progress,
    Pronoun,
    Response,
    Risk,
    Skill,
    SkillLevel,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and the marks it was made of, as `field` or `field:value`."""

    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """The individual part of a note as drafted."""

    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """The sentences as one paragraph."""
        return " ".join(sentence.text for sentence in self.sentences)


_FOLLOWED = frozenset({Engagement.ACTIVE, Engagement.INVITED})
_AGAINST = frozenset({Response.QUESTIONED, Response.AMBIVALENT, Response.DECLINED})
_RESPONSES: dict[Response, str] = {
    Response.RELATED: "related it to personal experience",
    Response.INSIGHT: "put a new connection into words",
    Response.SUPPORTED: "offered support to another member",
    Response.FEEDBACK: "took in feedback from the group",
    Response.DISCLOSED_USE: "disclosed a return to use",
    Response.QUESTIONED: "questioned parts of the material",
    Response.AMBIVALENT: "voiced mixed feelings about change",
    Response.DECLINED: "chose not to do the exercise",
}
_SKILLS: dict[Skill, str] = {
    Skill.TRIGGERS: "identifying triggers",
    Skill.URGES: "riding out an urge",
    Skill.REFUSAL: "refusing an offer to use",
    Skill.THOUGHTS: "examining a thought before acting on it",
    Skill.GROUNDING: "grounding",
    Skill.PROBLEMS: "solving a problem step by step",
    Skill.ASSERTION: "asking for something directly",
    Skill.PLANNING: "planning the coming days",
    Skill.SUPPORT: "reaching out for support",
}
_NEXT: dict[NextStep, str] = {
    NextStep.EXERCISE: "complete the exercise at home",
    NextStep.COUNSELOR: "take this up in the individual session",
    NextStep.SUPPORT_PERSON: "contact a support person",
    NextStep.MUTUAL_HELP: "attend a mutual-help meeting",
    NextStep.PRESCRIBER: "speak with the prescriber",
}


def draft(
    participation: Participation,
    *,
    name: str,
    pronoun: Pronoun = Pronoun.NAME,
    topic: str = "",
    objectives: Sequence[Objective] = (),
) -> Draft:
    """The individual part of a note from what was marked; empty when nothing was.

    `objectives` are those of the person's plan; only the ones the participation names are written.
    """
    writer = _Writer(participation, name.strip() or "The patient", pronoun, topic.strip(), tuple(objectives))
    return Draft(tuple(writer.sentences()))


def listed(parts: Sequence[str]) -> str:
    """Parts of a sentence as a list in English: a, b and c."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def as_sentence(text: str) -> str:
    """Typed text with one space between words and a full stop when it ends without a mark."""
    words = " ".join(text.split())
    if not words:
        return ""
    words = words[0].upper() + words[1:]
    return words if words[-1] in ".!?…”\"'" else f"{words}."


@dataclass
class _Writer:
    """One draft while it is written. The name opens it; later mentions follow the pronoun."""

    marks: Participation
    name: str
    pronoun: Pronoun
    topic: str
    plan: tuple[Objective, ...]
    named: bool = False

    def sentences(self) -> Iterator[Sentence]:
        """All sentences, in the order a reader of the chart asks for them."""
        yield from self._part_taken()
        yield from self._quote()
        if added := as_sentence(self.marks.added):
            yield Sentence(added, ("added",))
        yield from self._work()
        yield from self._risk()
        yield from self._next()

    def _subject(self) -> str:
        """The person as subject at the start of a sentence; the name first, then as the pronoun says."""
        first, self.named = not self.named, True
        return self.name if first or self.pronoun is Pronoun.NAME else self.pronoun.value.capitalize()

    def _inside(self) -> str:
        """The person as subject inside a sentence."""
        first, self.named = not self.named, True
        return self.name if first or self.pronoun is Pronoun.NAME else self.pronoun.value

    def _own_words(self) -> str:
        """`her words`, or `Wren's words` when no pronoun is known or the name has not stood yet."""
        first, self.named = not self.named, True
        if first or self.pronoun is Pronoun.NAME:
            return f"{self.name}’{'' if self.name.endswith('s') else 's'} words"
        return {Pronoun.SHE: "her words", Pronoun.HE: "his words"}.get(self.pronoun, "their words")

    def _part_taken(self) -> Iterator[Sentence]:
        said = list(dict.fromkeys(self.marks.responses))
        with_it = [each for each in said if each not in _AGAINST]
        against = [each for each in said if each in _AGAINST]
        opening = self._opening()
        if opening is None:
            if said:
                yield Sentence(f"{self._subject()} {_contrasted(with_it, against)}.", _responses(said))
            return
        clauses, source = opening
        follows = self.marks.engagement in _FOLLOWED
        # What fits the opening joins it; a third and further response is a sentence of its own.
        near, far = (with_it, against) if follows else (against, with_it)
        if len(said) > 2 and near:
            text = listed([*clauses, _RESPONSES[near[0]]])
            yield Sentence(f"{text}.", (source, *_responses(near[:1])))
            rest = [each for each in said if each is not near[0]]
            rest_with = [each for each in rest if each not in _AGAINST]
            rest_against = [each for each in rest if each in _AGAINST]
            also = "also " if near[0] not in _AGAINST and rest_with else ""
            text = f"{self._subject()} {also}{_contrasted(rest_with, rest_against)}."
            yield Sentence(text, _responses(rest))
            return
        text = listed([*clauses, *(_RESPONSES[each] for each in near)])
        if far:
            text = f"{text}, but {_phrase(far)}"
        yield Sentence(f"{text}.", (source, *_responses(near + far)))

    def _opening(self) -> tuple[list[str], str] | None:
        """The clauses about how the person took part, and their source; None when it was not marked."""
        if self.marks.engagement is None:
            return None
        about = f"the discussion of {_in_sentence(self.topic)}" if self.topic else "the discussion"
        who = self._subject()
        clauses = {
            Engagement.ACTIVE: [f"{who} took part in {about} without being asked"],
            Engagement.INVITED: [f"{who} took part in {about} when invited"],
            Engagement.LISTENED: [f"{who} followed {about} attentively", "said little"],
            Engagement.DRIFTED: [f"{who} followed {about} on and off"],
            Engagement.WITHDREW: [f"{who} kept out of {about}"],
            Engagement.UPSET: [f"{who} was visibly upset during {about}"],
        }[self.marks.engagement]
        return clauses, f"engagement:{self.marks.engagement}"

    def _quote(self) -> Iterator[Sentence]:
        words = " ".join(self.marks.quote.split()).strip("\"“”„«»' ")
        if not words:
            return
        said = set(self.marks.responses)
        if Response.INSIGHT in said:
            lead = f"The connection, in {self._own_words()}:"
        elif Response.QUESTIONED in said:
            lead = f"The objection, in {self._own_words()}:"
        elif Response.AMBIVALENT in said:
            lead = f"About change, {self._inside()} said:"
        elif Response.DISCLOSED_USE in said:
            lead = f"About the return to use, {self._inside()} said:"
        elif self.marks.engagement in (Engagement.LISTENED, Engagement.WITHDREW):
            lead = f"What {self._inside()} did say:"
        else:
            lead = f"{self._subject()} said:"
        yield Sentence(f"{lead} “{words}{'' if words[-1] in '.!?…' else '.'}”", ("quote",))

    def _served(self) -> tuple[Objective, ...]:
        known = {each.id: each for each in self.plan}
        return tuple(known[id] for id in dict.fromkeys(self.marks.objectives) if id in known)

    def _work(self) -> Iterator[Sentence]:
        served = self._served()
        progress = () if self.marks.progress is None else (f"progress:{self.marks.progress}",)
        aims = tuple(f"objective:{each.id}" for each in served)
        if self.marks.skills:
            text, sources = self._practice()
            if served:
                text += f", which serves {_objectives(served)}"
            yield Sentence(f"{text}.", (*sources, *aims))
            if self.marks.progress is not None:
                yield Sentence(_standing(self.marks.progress, len(served)), (*progress, *aims))
        elif served:
            text = f"The session served {_objectives(served)}"
            if self.marks.progress is not None:
                text += self._movement(self.marks.progress, len(served))
            yield Sentence(f"{text}.", (*aims, *progress))
        elif self.marks.progress is not None:
            yield Sentence(_standing(self.marks.progress, 0), progress)

    def _movement(self, progress: Progress, served: int) -> str:
        it = "it" if served == 1 else "them"
        if progress is Progress.FORWARD:
            return f", and {self._inside()} moved forward on {it}"
        if progress is Progress.SAME:
            return f"; there was no change on {it}"
        return f"; there was a setback on {it}"

    def _practice(self) -> tuple[str, tuple[str, ...]]:
        skills = listed([_SKILLS[each] for each in dict.fromkeys(self.marks.skills)])
        level = self.marks.skill_level
        who = self._subject()
        text = {
            SkillLevel.UNAIDED: f"{who} practiced {skills} without help",
            SkillLevel.PROMPTED: f"{who} practiced {skills} with prompting",
            SkillLevel.TALKED: f"{who} talked about {skills} without trying it out",
            None: f"{who} worked on {skills}",
        }[level]
        sources = tuple(f"skill:{each}" for each in dict.fromkeys(self.marks.skills))
        return text, sources + (() if level is None else (f"skill_level:{level}",))

    def _risk(self) -> Iterator[Sentence]:
        risk, told = self.marks.risk, as_sentence(self.marks.risk_note)
        if risk is Risk.NONE_SEEN:
            yield Sentence("No risk to self or others was stated or seen.", ("risk:none_seen",))
        elif risk is Risk.ASKED_NONE:
            text = f"Asked directly, {self._inside()} reported no thoughts of harming self or others."
            yield Sentence(text, ("risk:asked_none",))
        elif risk is Risk.CONCERN and not told:
            yield Sentence("A risk concern was raised.", ("risk:concern",))
        if told:
            concern = ("risk:concern",) if risk is Risk.CONCERN else ()
            yield Sentence(f"Risk: {told}" if concern else told, (*concern, "risk_note"))

    def _next(self) -> Iterator[Sentence]:
        steps = list(dict.fromkeys(self.marks.next_steps))
        said = [_next_step(each, self.marks.skills) for each in steps]
        typed = " ".join(self.marks.next_note.split()).rstrip(".")
        if not said and not typed:
            return
        sources = tuple(f"next_step:{each}" for each in steps) + (("next_note",) if typed else ())
        text = "; ".join([*said, *([typed] if typed else [])])
        yield Sentence(f"Next step: {text}.", sources)


def _responses(found: Sequence[Response]) -> tuple[str, ...]:
    return tuple(f"response:{each}" for each in found)


def _phrase(found: Sequence[Response]) -> str:
    return listed([_RESPONSES[each] for each in found])


def _contrasted(with_it: Sequence[Response], against: Sequence[Response]) -> str:
    if with_it and against:
        return f"{_phrase(with_it)} but {_phrase(against)}"
    return _phrase(with_it or against)


def _in_sentence(topic: str) -> str:
    """A title inside a sentence: small at the start unless its first word is a name or letters."""
    first = topic.split()[0]
    return topic[0].lower() + topic[1:] if first[1:].islower() else topic


def _objectives(served: Sequence[Objective]) -> str:
    quoted = listed([f"“{' '.join(each.words.split()).rstrip('.')}”" for each in served])
    goals = list(dict.fromkeys(" ".join(each.goal.split()).rstrip(".") for each in served if each.goal))
    under = f" (goal: “{goals[0]}”)" if len(goals) == 1 else ""
    return f"the objective{'s' if len(served) > 1 else ''} {quoted}{under}"


def _standing(progress: Progress, served: int) -> str:
    on = {0: "in the work of this group", 1: "on that objective"}.get(served, "on those objectives")
    return {
        Progress.FORWARD: f"It was a step forward {on}.",
        Progress.SAME: f"There was no change {on}.",
        Progress.SETBACK: f"There was a setback {on}.",
    }[progress]


def _next_step(step: NextStep, skills: Sequence[Skill]) -> str:
    if step is NextStep.PRACTICE:
        what = listed([_SKILLS[each] for each in dict.fromkeys(skills)]) if skills else "what was learned"
        return f"practice {what} before the next session"
    return _NEXT[step]
