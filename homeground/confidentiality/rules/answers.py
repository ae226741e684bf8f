"""How a right may be answered, and what a person is told beside a denial (45 CFR 164.522 to 164.528)."""

from homeground.confidentiality.rules.vocabulary import Answer, RequestKind

MAY_BE_DENIED = frozenset(
    {RequestKind.ACCESS, RequestKind.AMENDMENT, RequestKind.RESTRICTION, RequestKind.COMPLAINT}
)
"""An accounting, a list from intermediaries and another way to be reached are owed to whoever asks."""


def deniable(kind: RequestKind, *, paid_in_full: bool) -> bool:
    """Whether this request may be denied at all.

    A restriction towards a health plan about a service that was paid in full is owed too (45 CFR
    164.522(a)(1)(vi), recalled): denying it all the same wants a written reason of its own.
    """
    return kind in MAY_BE_DENIED and not (kind is RequestKind.RESTRICTION and paid_in_full)


_AFTER = {
    "en": {
        RequestKind.ACCESS: "You may ask us to have someone else look at this again.",
        RequestKind.AMENDMENT: "You may write down why you do not agree. We keep it with your record.",
        RequestKind.RESTRICTION: "You may ask again at any time.",
        RequestKind.COMPLAINT: "You may also complain to the U.S. Department of Health and Human Services.",
    },
    "es": {
        RequestKind.ACCESS: "Usted puede pedir que otra persona lo revise de nuevo.",
        RequestKind.AMENDMENT: "Usted puede escribir por qué no está de acuerdo. Lo guardamos aquí.",
        RequestKind.RESTRICTION: "Usted puede pedirlo de nuevo en cualquier momento.",
        RequestKind.COMPLAINT: "Usted también puede quejarse ante el Departamento de Salud (HHS).",
    },
}


def after(kind: RequestKind, answer: Answer | None, language: str) -> str:
    """What a person may still do when the answer was no, or not all; empty otherwise."""
    if answer not in (Answer.DENIED, Answer.PARTLY):
        return ""
    return _AFTER["es" if language[:2] == "es" else "en"].get(kind, "")
