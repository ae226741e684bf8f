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
    given = words.listed(consent.lists(at), language)
    to = "; ".join(consent.recipients)
    purposes = words.purposes(consent.purposes, language)
    return (
        f"The person signed a written consent on {signed_on}. In the words they signed: {discloser} may share"
        f" this about me: {given}. With: {to}. What for: {purposes}. This ends {ending}."
        + (" They may stop it at any time." if consent.kind is not ConsentKind.SUPERVISION else "")
    )


def accompanying(explained: str) -> Accompanying:
    """What is attached to a packet that leaves with consent."""
    return Accompanying(notice=f"{SHORT} {EXPLAINED}", explanation=explained)
