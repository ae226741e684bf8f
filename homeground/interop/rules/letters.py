"""Which parts each kind of packet may hold at most, and what its letter says (check D25)."""

from homeground.confidentiality.rules.vocabulary import AUTHORS_ONLY, CHART, Category
from homeground.interop.rules import papers
from homeground.interop.rules.packet import Kind

MOST: dict[Kind, frozenset[Category]] = {
    Kind.RECORD: CHART,
    Kind.ATTENDANCE_CERTIFICATE: frozenset({Category.ATTENDANCE}),
    Kind.EMPLOYER_LETTER: frozenset({Category.APPOINTMENTS}),
    Kind.SCHOOL_LETTER: frozenset({Category.APPOINTMENTS}),
    Kind.CONSENT_COPY: frozenset(),
    Kind.COUNSELING_NOTES: AUTHORS_ONLY,
    Kind.ACCOUNTING: frozenset({Category.PRESENCE}),
    Kind.INTERMEDIARY_LIST: frozenset({Category.PRESENCE}),
    Kind.BREACH_LETTER: frozenset({Category.PRESENCE}),
}
ON_REQUEST = (Kind.RECORD, Kind.ATTENDANCE_CERTIFICATE, Kind.EMPLOYER_LETTER, Kind.SCHOOL_LETTER)
"""What the desk may send to who asks from outside, the smallest last."""
TITLES = {
    "en": {
        Kind.RECORD: "Record",
        Kind.ATTENDANCE_CERTIFICATE: "Certificate of attendance",
        Kind.EMPLOYER_LETTER: "Letter about appointments",
        Kind.SCHOOL_LETTER: "Letter about appointments",
        Kind.COUNSELING_NOTES: "Notes kept apart",
        **papers.TITLES["en"],
    },
    "es": {
        Kind.RECORD: "Expediente",
        Kind.ATTENDANCE_CERTIFICATE: "Constancia de asistencia",
        Kind.EMPLOYER_LETTER: "Carta sobre citas",
        Kind.SCHOOL_LETTER: "Carta sobre citas",
        Kind.COUNSELING_NOTES: "Notas guardadas aparte",
        **papers.TITLES["es"],
    },
}
TEXTS = {
    "en": {
        Kind.RECORD: "",
        Kind.ATTENDANCE_CERTIFICATE: "This shows the days and hours the person named above was here.",
        Kind.EMPLOYER_LETTER: "The person named above has appointments with us at the times below."
        " Please excuse them at these times. We cannot tell you more.",
        Kind.SCHOOL_LETTER: "The person named above has appointments with us at the times below."
        " Please excuse them at these times. We cannot tell you more.",
    },
    "es": {
        Kind.RECORD: "",
        Kind.ATTENDANCE_CERTIFICATE: "Esto muestra los días y las horas en que la persona estuvo aquí.",
        Kind.EMPLOYER_LETTER: "La persona nombrada tiene citas con nosotros a las horas de abajo."
        " Por favor, discúlpela en esas horas. No podemos decirle más.",
        Kind.SCHOOL_LETTER: "La persona nombrada tiene citas con nosotros a las horas de abajo."
        " Por favor, discúlpela en esas horas. No podemos decirle más.",
    },
}
NOTE_SECTIONS = {
    "en": {
        Category.COUNSELING_NOTES: ("Counseling notes", ("Day", "Note", "Written by")),
        Category.PSYCHOTHERAPY_NOTES: ("Psychotherapy notes", ("Day", "Note", "Written by")),
    },
    "es": {
        Category.COUNSELING_NOTES: ("Notas de consejería", ("Día", "Nota", "Escrita por")),
        Category.PSYCHOTHERAPY_NOTES: ("Notas de psicoterapia", ("Día", "Nota", "Escrita por")),
    },
}
"""The parts that leave under a consent of their own, put together by the author alone."""
COPY_TITLES = {"en": "What I signed", "es": "Lo que firmé"}
COPY_SIGNED = {
    "en": "Signed: {names}, {day}, {time}.",
    "es": "Firmado: {names}, {day}, {time}.",
}
SECTIONS = {
    "en": {
        Category.CONTACT: ("Contact", ("What", "Value")),
        Category.STAY: ("Stay", ("Program", "From", "Until")),
        Category.LEVEL_OF_CARE: ("Level of care", ("Program", "Level")),
        Category.ATTENDANCE: ("Days and hours attended", ("Day", "Minutes")),
        Category.APPOINTMENTS: ("Appointments", ("Day", "From", "To")),
        Category.SCREENING: ("Screening and questionnaires", ("Day", "What", "Answer")),
        Category.DIAGNOSIS: ("Diagnosis", ("Day", "Substance", "Severity")),
        Category.SAFETY: ("Safety", ("Day", "What", "Words")),
        Category.MEDICATIONS: ("Medicines", ("Medicine",)),
        Category.TEST_RESULTS: ("Test results", ("Day", "Test", "Result", "Laboratory")),
        Category.PLAN: ("Plan", ("Problem", "Goal", "Objective", "By", "What is done")),
        Category.PROGRESS_NOTES: ("Notes", ("Day", "Kind", "Note", "Signed by")),
        Category.BILLING: ("Bills and payments", ("Bill",)),
        Category.RECEIVED: (
            "Records received from others",
            ("Day", "From", "What it is", "Notice that came with it"),
        ),
    },
    "es": {
        Category.CONTACT: ("Contacto", ("Qué", "Valor")),
        Category.STAY: ("Estancia", ("Programa", "Desde", "Hasta")),
        Category.LEVEL_OF_CARE: ("Nivel de atención", ("Programa", "Nivel")),
        Category.ATTENDANCE: ("Días y horas asistidos", ("Día", "Minutos")),
        Category.APPOINTMENTS: ("Citas", ("Día", "Desde", "Hasta")),
        Category.SCREENING: ("Preguntas iniciales y cuestionarios", ("Día", "Qué", "Respuesta")),
        Category.DIAGNOSIS: ("Diagnóstico", ("Día", "Sustancia", "Gravedad")),
        Category.SAFETY: ("Seguridad", ("Día", "Qué", "Palabras")),
        Category.MEDICATIONS: ("Medicinas", ("Medicina",)),
        Category.TEST_RESULTS: ("Resultados de pruebas", ("Día", "Prueba", "Resultado", "Laboratorio")),
        Category.PLAN: ("Plan", ("Problema", "Meta", "Objetivo", "Para", "Qué se hace")),
        Category.PROGRESS_NOTES: ("Notas", ("Día", "Tipo", "Nota", "Firmado por")),
        Category.BILLING: ("Cuentas y pagos", ("Cuenta",)),
        Category.RECEIVED: (
            "Expedientes recibidos de otros",
            ("Día", "De", "Qué es", "Aviso que vino con él"),
        ),
    },
}
"""The title and columns of every part that can be written, also of those no room keeps yet."""
