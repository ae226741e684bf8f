"""Plain words in English and Spanish for what a consent lists, shown to people and printed in what leaves."""

from collections.abc import Iterable
from datetime import date, datetime

from homeground.confidentiality.rules.vocabulary import Asker, Category, EndsWith, Purpose

CATEGORIES: dict[str, dict[Category, str]] = {
    "en": {
        Category.PRESENCE: "that I come here",
        Category.CONTACT: "my name, address and phone",
        Category.APPOINTMENTS: "the times of my appointments",
        Category.ATTENDANCE: "the days and hours I came",
        Category.STAY: "when I started and ended",
        Category.LEVEL_OF_CARE: "how much care I get",
        Category.SCREENING: "my answers when I started",
        Category.DIAGNOSIS: "the name of my health problem",
        Category.SAFETY: "worries about my safety",
        Category.MEDICATIONS: "my medicines",
        Category.TEST_RESULTS: "my test results",
        Category.PLAN: "my plan and my goals",
        Category.PROGRESS_NOTES: "notes on how I am doing",
        Category.BILLING: "bills and payments",
        Category.RECEIVED: "papers that others sent about me",
        Category.COUNSELING_NOTES: "my counselor's private notes",
        Category.PSYCHOTHERAPY_NOTES: "my therapist's private notes",
    },
    "es": {
        Category.PRESENCE: "que vengo aquí",
        Category.CONTACT: "mi nombre, dirección y teléfono",
        Category.APPOINTMENTS: "las horas de mis citas",
        Category.ATTENDANCE: "los días y las horas que vine",
        Category.STAY: "cuándo empecé y terminé",
        Category.LEVEL_OF_CARE: "cuánta atención recibo",
        Category.SCREENING: "mis respuestas al empezar",
        Category.DIAGNOSIS: "el nombre de mi problema de salud",
        Category.SAFETY: "preocupaciones por mi seguridad",
        Category.MEDICATIONS: "mis medicinas",
        Category.TEST_RESULTS: "los resultados de mis pruebas",
        Category.PLAN: "mi plan y mis metas",
        Category.PROGRESS_NOTES: "notas sobre cómo me va",
        Category.BILLING: "cuentas y pagos",
        Category.RECEIVED: "papeles que otros enviaron sobre mí",
        Category.COUNSELING_NOTES: "las notas privadas de mi consejero",
        Category.PSYCHOTHERAPY_NOTES: "las notas privadas de mi terapeuta",
    },
}
PURPOSES: dict[str, dict[Purpose, str]] = {
    "en": {
        Purpose.TREATMENT: "my care",
        Purpose.PAYMENT: "paying for my care",
        Purpose.OPERATIONS: "running this clinic well",
        Purpose.OWN_REQUEST: "because I ask for it",
        Purpose.SUPPORT: "so that they can support me",
        Purpose.EMPLOYMENT: "my work",
        Purpose.EDUCATION: "my school",
        Purpose.PROCEEDING: "a court case",
        Purpose.SUPERVISION: "what the court asked of me",
        Purpose.PRESCRIPTION_MONITORING: "the list of medicines the state keeps",
        Purpose.RESEARCH: "research",
        Purpose.FUNDRAISING: "raising money for this clinic",
    },
    "es": {
        Purpose.TREATMENT: "mi atención",
        Purpose.PAYMENT: "pagar mi atención",
        Purpose.OPERATIONS: "que esta clínica funcione bien",
        Purpose.OWN_REQUEST: "porque yo lo pido",
        Purpose.SUPPORT: "que puedan apoyarme",
        Purpose.EMPLOYMENT: "mi trabajo",
        Purpose.EDUCATION: "mi escuela",
        Purpose.PROCEEDING: "un caso en la corte",
        Purpose.SUPERVISION: "lo que la corte me pidió",
        Purpose.PRESCRIPTION_MONITORING: "la lista de medicinas que lleva el estado",
        Purpose.RESEARCH: "investigación",
        Purpose.FUNDRAISING: "reunir dinero para esta clínica",
    },
}
# What a consent is never signed for: only the privacy page and the accounting say it.
_WITHOUT_CONSENT: dict[str, dict[Purpose, str]] = {
    "en": {
        Purpose.EMERGENCY: "to save my life or health",
        Purpose.AUDIT: "a check of this clinic",
        Purpose.SERVICES: "work for this clinic",
        Purpose.CHILD_ABUSE_REPORT: "to keep a child safe",
        Purpose.ADULT_ABUSE_REPORT: "to keep an adult safe",
        Purpose.CRIME_REPORT: "a crime or a threat here",
        Purpose.WARNING: "to warn someone",
        Purpose.PUBLIC_HEALTH: "public health",
        Purpose.INQUIRY: "they did not say",
    },
    "es": {
        Purpose.EMERGENCY: "salvar mi vida o mi salud",
        Purpose.AUDIT: "una revisión de esta clínica",
        Purpose.SERVICES: "trabajo para esta clínica",
        Purpose.CHILD_ABUSE_REPORT: "proteger a un niño",
        Purpose.ADULT_ABUSE_REPORT: "proteger a un adulto",
        Purpose.CRIME_REPORT: "un delito o una amenaza aquí",
        Purpose.WARNING: "avisar a alguien",
        Purpose.PUBLIC_HEALTH: "la salud pública",
        Purpose.INQUIRY: "no lo dijeron",
    },
}
RECIPIENTS: dict[str, dict[Asker, str]] = {
    "en": {
        Asker.FAMILY: "family",
        Asker.PROVIDER: "a doctor or clinic",
        Asker.PAYER: "a health plan",
        Asker.EMPLOYER: "an employer",
        Asker.SCHOOL: "a school",
        Asker.LAWYER: "a lawyer",
        Asker.COURT: "a court",
        Asker.SUPERVISION: "an official of the court",
        Asker.INTERMEDIARY: "a network that passes records on",
        Asker.MONITORING_PROGRAM: "the state's list of medicines",
        Asker.SERVICE: "a company that helps this clinic",
    },
    "es": {
        Asker.FAMILY: "familia",
        Asker.PROVIDER: "un médico o una clínica",
        Asker.PAYER: "un plan de salud",
        Asker.EMPLOYER: "un empleador",
        Asker.SCHOOL: "una escuela",
        Asker.LAWYER: "un abogado",
        Asker.COURT: "una corte",
        Asker.SUPERVISION: "un funcionario de la corte",
        Asker.INTERMEDIARY: "una red que pasa expedientes",
        Asker.MONITORING_PROGRAM: "la lista de medicinas del estado",
        Asker.SERVICE: "una empresa que ayuda a esta clínica",
    },
}
_ENDINGS = {
    "en": {
        EndsWith.DATE: "on {date}",
        EndsWith.EVENT: "when this happens: {words}",
        EndsWith.END_OF_TREATMENT: "when my care here ends",
        EndsWith.NEVER: "only when I stop it",
    },
    "es": {
        EndsWith.DATE: "el {date}",
        EndsWith.EVENT: "cuando pase esto: {words}",
        EndsWith.END_OF_TREATMENT: "cuando termine mi atención aquí",
        EndsWith.NEVER: "solo cuando yo lo pare",
    },
}


def listed(categories: Iterable[Category], language: str) -> str:
    """The categories in words, in the order of the vocabulary."""
    found = set(categories)
    return "; ".join(word for each, word in CATEGORIES[_known(language)].items() if each in found)


def purposes(wanted: Iterable[Purpose], language: str) -> str:
    """The purposes in words; a purpose no text knows keeps its code."""
    table = {**PURPOSES[_known(language)], **_WITHOUT_CONSENT[_known(language)]}
    return "; ".join(table.get(each, each.value) for each in sorted(wanted))


CARE_CLASS = "my treating providers, my health plans, those who pay, and people who help run this program"
"""The recipients of the one consent for care and payment, as a class (42 CFR 2.31(a)(4)(i))."""
_CLASSES_ES = {
    CARE_CLASS: "quienes me atienden, mis planes de salud, quienes pagan y quienes ayudan a este programa"
}


def recipients(names: Iterable[str], language: str) -> str:
    """The recipients: names as they were written, a class in the words of the language."""
    return "; ".join(_CLASSES_ES.get(name, name) if language == "es" else name for name in names)


_MONTHS = {
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    "es": (
        *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
        *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    ),
}


def day(on: date, language: str) -> str:
    """A day as it is spoken: "November 24, 2026", "24 de noviembre de 2026"."""
    month = _MONTHS[_known(language)][on.month - 1]
    return f"{on.day} de {month} de {on.year}" if language == "es" else f"{month} {on.day}, {on.year}"


def ending(ends_with: EndsWith, expires_at: datetime | None, words: str, language: str) -> str:
    """When the consent ends, in words. The date is that of the moment's own zone."""
    last = day(expires_at.date(), language) if expires_at else ""
    return _ENDINGS[_known(language)][ends_with].format(date=last, words=words)


def _known(language: str) -> str:
    return language if language in CATEGORIES else "en"
