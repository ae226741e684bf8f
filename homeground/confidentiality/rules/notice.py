"""What goes with what leaves by consent: the notice of 42 CFR 2.32 and an explanation of the consent (F09).

The short statement is the one section 2.32 offers. The long statement's list of exceptions has not been read
in the official text yet (docs/verify_before_release.md, item 1), so the short one is used.
"""

from dataclasses import dataclass
from datetime import datetime

from homeground.confidentiality.rules import words
from homeground.confidentiality.rules.asking import ConsentFacts
from homeground.confidentiality.rules.vocabulary import ConsentKind

SHORT = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
EXPLAINED = (
    "You received this because the person it is about agreed to it, or because a law allows it. Use it for"
    " the purpose named here. Do not pass it on or use it in a civil, criminal, administrative or legislative"
    " proceeding against the person unless they agree in writing or a court orders it under 42 CFR part 2."
)


EXPLAINED_ES = (
    "La regla 42 CFR parte 2 prohíbe usar o compartir este expediente sin permiso. Usted lo recibe porque"
    " la persona de quien trata lo aceptó, o porque una ley lo permite. Úselo para el fin que se nombra aquí."
    " No lo pase a otros ni lo use en un proceso civil, penal, administrativo o legislativo contra la"
    " persona, a menos que ella lo acepte por escrito o una corte lo ordene según 42 CFR parte 2."
)


_SCOPE = {
    "en": (
        "The person signed a written consent on {signed_on}. In the words they signed: {discloser} may share"
        " this about me: {given}. With: {to}. What for: {purposes}. This ends {ending}.",
        " They may stop it at any time.",
    ),
    "es": (
        "La persona firmó un permiso por escrito el {signed_on}. Con las palabras del permiso: {discloser}"
        " puede compartir esto sobre mí: {given}. Con: {to}. Para qué: {purposes}. Esto termina {ending}.",
        " Puede pararlo en cualquier momento.",
    ),
}


@dataclass(frozen=True, slots=True)
class Accompanying:
    """The notice and the explanation of the consent that stand in every packet made with consent."""

    notice: str
    explanation: str


def explanation(
    consent: ConsentFacts, *, discloser: str, ending: str, signed_on: str, at: datetime, language: str = "en"
) -> str:
    """The scope of a consent in words: who may share what with whom, what for, until when.

    Parts revoked before `at` are left out.
    """
    told = {
        "discloser": discloser,
        "given": words.listed(consent.lists(at), language),
        "to": words.recipients(consent.recipients, language),
        "purposes": words.purposes(consent.purposes, language),
        "ending": ending,
        "signed_on": signed_on,
    }
    scope, stop = _SCOPE["es" if language == "es" else "en"]
    return scope.format_map(told) + (stop if consent.kind is not ConsentKind.SUPERVISION else "")


def accompanying(explained: str, language: str = "en") -> Accompanying:
    """What is attached to a packet that leaves with consent. The statement of section 2.32 stays English."""
    return Accompanying(
        notice=f"{SHORT} {EXPLAINED_ES if language == 'es' else EXPLAINED}", explanation=explained
    )
