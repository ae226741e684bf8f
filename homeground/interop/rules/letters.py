"""Which parts each kind of packet may hold at most, and what its letter says (check D25)."""

from homeground.confidentiality.rules.vocabulary import CHART, Category
from homeground.interop.rules.packet import Kind

MOST: dict[Kind, frozenset[Category]] = {
    Kind.RECORD: CHART,
    Kind.ATTENDANCE_CERTIFICATE: frozenset({Category.ATTENDANCE}),
    Kind.EMPLOYER_LETTER: frozenset({Category.APPOINTMENTS}),
    Kind.SCHOOL_LETTER: frozenset({Category.APPOINTMENTS}),
}
TITLES = {
    "en": {
        Kind.RECORD: "Record",
        Kind.ATTENDANCE_CERTIFICATE: "Certificate of attendance",
        Kind.EMPLOYER_LETTER: "Letter about appointments",
        Kind.SCHOOL_LETTER: "Letter about appointments",
    },
    "es": {
        Kind.RECORD: "Expediente",
        Kind.ATTENDANCE_CERTIFICATE: "Constancia de asistencia",
        Kind.EMPLOYER_LETTER: "Carta sobre citas",
        Kind.SCHOOL_LETTER: "Carta sobre citas",
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
SECTIONS = {
    "en": {
        Category.CONTACT: ("Contact", ("What", "Value")),
        Category.STAY: ("Stay", ("What", "Value")),
        Category.LEVEL_OF_CARE: ("Level of care", ("What", "Value")),
        Category.ATTENDANCE: ("Days and hours attended", ("Day", "Minutes")),
        Category.APPOINTMENTS: ("Appointments", ("Day", "From", "To")),
    },
    "es": {
        Category.CONTACT: ("Contacto", ("Qué", "Valor")),
        Category.STAY: ("Estancia", ("Qué", "Valor")),
        Category.LEVEL_OF_CARE: ("Nivel de atención", ("Qué", "Valor")),
        Category.ATTENDANCE: ("Días y horas asistidos", ("Día", "Minutos")),
        Category.APPOINTMENTS: ("Citas", ("Día", "Desde", "Hasta")),
    },
}
"""Parts that can be written today. A permitted part that is not here has no source yet and is left out."""
