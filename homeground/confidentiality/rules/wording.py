"""The texts people sign, by version. A text that was ever signed is never changed: a new version is added.

Source of the contents: 42 CFR 2.22 (what the patient is told), 45 CFR 164.508 and common state law on
informed consent (nature of the treatment, risks, alternatives, right to stop). A clinic's counsel
approves its own text before use.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from homeground.confidentiality.rules import words
from homeground.confidentiality.rules.elements import STATEMENTS, Draft, Statement
from homeground.confidentiality.rules.vocabulary import ConsentKind


@dataclass(frozen=True, slots=True)
class Wording:
    """One version of a text in one language."""

    kind: str
    version: str
    language: str
    text: str
    statements: frozenset[Statement] = frozenset()

    @property
    def digest(self) -> str:
        """SHA-256 of the text in hexadecimal: fixes what the person saw."""
        return sha256(self.text.encode()).hexdigest()

    def filled(self, blanks: Mapping[str, str]) -> "Wording":
        """The text with its blanks filled in: what is read and signed. Filled-in braces stay braces."""
        return replace(self, text=_BLANK.sub(lambda blank: blanks.get(blank[1], ""), self.text))


_BLANK = re.compile(r"\{(person|discloser|categories|recipients|purposes|ending|members)\}")

_TREATMENT_EN = """\
I agree to take part in treatment here.
Treatment means groups, time with my own counselor, and the plan we make together.
My counselor told me what treatment is, what may be hard about it, and what else I could do.
I can ask questions at any time.
I can say no to any part. I can stop at any time. I only need to tell someone here.
What I say here is kept private. The law allows a few exceptions, and they were explained to me.
In an emergency I call 911. If I think about ending my life I call or text 988.
"""

_TREATMENT_ES = """\
Acepto participar en el tratamiento aquí.
El tratamiento incluye grupos, tiempo con mi consejero y el plan que hacemos juntos.
Mi consejero me explicó qué es el tratamiento, qué puede ser difícil y qué otras opciones tengo.
Puedo hacer preguntas en cualquier momento.
Puedo decir que no a cualquier parte. Puedo dejarlo en cualquier momento. Solo tengo que avisar.
Lo que digo aquí es privado. La ley permite pocas excepciones, y me las explicaron.
En una emergencia llamo al 911. Si pienso en quitarme la vida, llamo o escribo al 988.
"""

_BLANKS_EN = """\
I am {person}.
{discloser} may share this about me: {categories}.
It may be shared with: {recipients}.
What for: {purposes}.
This ends {ending}.
"""
_BLANKS_ES = """\
Yo soy {person}.
{discloser} puede compartir esto sobre mí: {categories}.
Se puede compartir con: {recipients}.
Para qué: {purposes}.
Esto termina {ending}.
"""
_REVOKE_EN = """\
I can stop this at any time. I tell the clinic in writing, or I press "stop this" on my page.
What was shared before I stop it cannot be taken back.
"""
_REVOKE_ES = """\
Puedo parar esto en cualquier momento. Se lo digo a la clínica por escrito, o toco "parar" en mi página.
Lo que se compartió antes de pararlo no se puede recuperar.
"""
_AGAIN_EN = """\
Those who get it may share it again as the privacy law for health care allows.
But it may not be used against me in court or by the police, unless I agree or a judge orders it.
"""
_AGAIN_ES = """\
Quienes lo reciben pueden volver a compartirlo si la ley de privacidad de la salud lo permite.
Pero no se puede usar contra mí en la corte ni por la policía, si yo no acepto o un juez no lo ordena.
"""
_REFUSE_EN = "I do not have to sign. If I do not sign, I may have to pay for my care myself.\n"
_REFUSE_ES = "No tengo que firmar. Si no firmo, puede ser que yo mismo tenga que pagar mi atención.\n"
_FREE_EN = "I do not have to sign. My care here stays the same if I say no.\n"
_FREE_ES = "No tengo que firmar. Mi atención aquí sigue igual si digo que no.\n"
_MEMBERS_EN = "It may pass this on only to: {members}.\n"
_MEMBERS_ES = "Solo puede pasarlo a: {members}.\n"
_LATER_EN = """\
What was shared before I stop it cannot be taken back.
I may not be able to stop this before it ends as said above.
"""
_LATER_ES = """\
Lo que se compartió antes de pararlo no se puede recuperar.
Puede ser que no pueda parar esto antes de que termine como dice arriba.
"""

VERSION = "2026-11"
_PARTS: dict[ConsentKind, tuple[str, str]] = {
    ConsentKind.TREATMENT: (_TREATMENT_EN, _TREATMENT_ES),
    ConsentKind.CARE_AND_PAY: (
        _BLANKS_EN + _AGAIN_EN + _REVOKE_EN + _REFUSE_EN,
        _BLANKS_ES + _AGAIN_ES + _REVOKE_ES + _REFUSE_ES,
    ),
    ConsentKind.SPECIFIC: (_BLANKS_EN + _REVOKE_EN + _FREE_EN, _BLANKS_ES + _REVOKE_ES + _FREE_ES),
    ConsentKind.COUNSELING_NOTES: (_BLANKS_EN + _REVOKE_EN + _FREE_EN, _BLANKS_ES + _REVOKE_ES + _FREE_ES),
    ConsentKind.PROCEEDING: (_BLANKS_EN + _REVOKE_EN + _FREE_EN, _BLANKS_ES + _REVOKE_ES + _FREE_ES),
    ConsentKind.SUPERVISION: (_BLANKS_EN + _LATER_EN, _BLANKS_ES + _LATER_ES),
    ConsentKind.INTERMEDIARY: (
        _BLANKS_EN + _MEMBERS_EN + _REVOKE_EN + _FREE_EN,
        _BLANKS_ES + _MEMBERS_ES + _REVOKE_ES + _FREE_ES,
    ),
    ConsentKind.PRESCRIPTION_MONITORING: (
        _BLANKS_EN + _REVOKE_EN + _FREE_EN,
        _BLANKS_ES + _REVOKE_ES + _FREE_ES,
    ),
}


def _says(kind: ConsentKind) -> frozenset[Statement]:
    return STATEMENTS.get(kind, frozenset({Statement.RIGHT_TO_REVOKE}))


WORDINGS = tuple(
    Wording(kind=kind.value, version=VERSION, language=language, text=text, statements=_says(kind))
    for kind, texts in _PARTS.items()
    for language, text in zip(("en", "es"), texts, strict=True)
)


def current(kind: str, language: str) -> Wording | None:
    """The newest wording of a kind in a language; English where that language has none; None if unknown."""
    for wanted in (language, "en"):
        found = [w for w in WORDINGS if w.kind == kind and w.language == wanted]
        if found:
            return max(found, key=lambda w: w.version)
    return None


def text_of(draft: Draft, language: str) -> Wording | None:
    """The text a person reads and signs for a draft, blanks filled; None when the class has no text.

    Dates are those of the moment's own zone. The digest of this text is what a signature fixes.
    """
    text = current(draft.kind.value, language)
    if text is None:
        return None
    return text.filled(
        {
            "person": draft.person,
            "discloser": draft.discloser,
            "categories": words.listed(draft.categories, text.language),
            "recipients": words.recipients(draft.recipients, text.language),
            "purposes": words.purposes(draft.purposes, text.language),
            "ending": words.ending(draft.ends_with, draft.expires_at, draft.ending_words, text.language),
            "members": "; ".join(draft.members),
        }
    )
