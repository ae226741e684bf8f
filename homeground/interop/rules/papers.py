"""The words of papers about a person's rights: what was sent about them, and a letter about a breach.

They go to the person themselves, so they are plain, and neither a consent nor a notice goes with them (F10).
"""

from datetime import date

from homeground.confidentiality.rules import words
from homeground.interop.rules.packet import Kind, Section

HEADS = {
    "en": ("Day", "To", "What", "What for", "Why we could"),
    "es": ("Día", "A quién", "Qué", "Para qué", "Por qué pudimos"),
}
BECAUSE = {
    "en": {True: "You said yes", False: "The law allows it"},
    "es": {True: "Usted dijo que sí", False: "La ley lo permite"},
}
LISTS = {
    "en": {
        "with_consent": "With your consent, from {since} on (42 CFR 2.25)",
        "without_care": "Not for care, payment or running this place, from {since} on (45 CFR 164.528)",
        "networks": "To networks that pass records on, from {since} on (42 CFR 2.24)",
    },
    "es": {
        "with_consent": "Con su permiso, desde el {since} (42 CFR 2.25)",
        "without_care": "No para su atención, pagarla o llevar este lugar, desde el {since} (45 CFR 164.528)",
        "networks": "A redes que pasan expedientes, desde el {since} (42 CFR 2.24)",
    },
}
"""The two lists of an accounting, and the one of intermediaries; `since` is cut by the rule book."""

TITLES = {
    "en": {
        Kind.ACCOUNTING: "What we sent to others about you",
        Kind.INTERMEDIARY_LIST: "What went through networks",
        Kind.BREACH_LETTER: "A letter about your privacy",
    },
    "es": {
        Kind.ACCOUNTING: "Lo que enviamos a otros sobre usted",
        Kind.INTERMEDIARY_LIST: "Lo que pasó por redes",
        Kind.BREACH_LETTER: "Una carta sobre su privacidad",
    },
}
INTRODUCTIONS = {
    "en": {
        Kind.ACCOUNTING: "This is the list you asked for. You can ask for it each year at no cost.",
        Kind.INTERMEDIARY_LIST: "This is the list you asked for. It shows what we sent to networks.",
    },
    "es": {
        Kind.ACCOUNTING: "Esta es la lista que usted pidió. Puede pedirla cada año sin costo.",
        Kind.INTERMEDIARY_LIST: "Esta es la lista que usted pidió. Muestra lo que enviamos a redes.",
    },
}
_BREACH = {
    "en": (
        "We write to you because some facts about you got to where they should not be. We are sorry.\n\n"
        "What happened: we found out on {day}. {what}\n\n"
        "What we do: we looked into it. We try to get the facts back, and we work so that it does not happen"
        " again.\n\n"
        "What you can do: ask us what you want to know; it costs you nothing. Look at letters from your"
        " health plan, and tell them if a bill is not yours. You can ask us to write or call in another"
        " way.\n\n"
        "{whom}"
    ),
    "es": (
        "Le escribimos porque algunos datos sobre usted llegaron a donde no debían. Lo sentimos.\n\n"
        "Qué pasó: lo supimos el {day}. {what}\n\n"
        "Qué hacemos: lo revisamos. Tratamos de recuperar los datos y trabajamos para que no vuelva a"
        " pasar.\n\n"
        "Qué puede hacer usted: pregúntenos lo que quiera saber; no le cuesta nada. Mire las cartas de su"
        " plan de salud y avíseles si una cuenta no es suya. Puede pedir que le escribamos o llamemos de otra"
        " forma.\n\n"
        "{whom}"
    ),
}
_WHOM = {
    "en": ("Talk with {who}: {phone} or {email}.", "Call us at {phone}."),
    "es": ("Hable con {who}: {phone} o {email}.", "Llámenos al {phone}."),
}


def breach_text(*, found_on: date, what: str, contact: tuple[str, str, str], language: str) -> str:
    """What a person is told of a breach: what happened, what is done, what they can do, whom to ask (F27).

    `contact` is who answers, with telephone and e-mail; without a name the telephone alone is told. Source:
    45 CFR 164.404(c).
    """
    who, phone, email = contact
    named, plain = _WHOM[language]
    whom = (named if who else plain).format(who=who, phone=phone, email=email)
    return _BREACH[language].format(day=words.day(found_on, language), what=what, whom=whom)


def listed(name: str, since: date, rows: tuple[tuple[str, ...], ...], language: str) -> Section:
    """One list of what was sent. An empty one stands there too: nothing was sent is an answer."""
    title = LISTS[language][name].format(since=words.day(since, language))
    return Section(category=name, title=title, head=HEADS[language], rows=rows)
