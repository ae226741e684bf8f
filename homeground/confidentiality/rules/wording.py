"""The texts people sign, by version. A text that was ever signed is never changed: a new version is added.

Source of the contents: 42 CFR 2.22 (what the patient is told), 45 CFR 164.508 and common state law on
informed consent (nature of the treatment, risks, alternatives, right to stop). A clinic's counsel
approves its own text before use.
"""

from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Wording:
    """One version of a text in one language."""

    kind: str
    version: str
    language: str
    text: str

    @property
    def digest(self) -> str:
        """SHA-256 of the text in hexadecimal: fixes what the person saw."""
        return sha256(self.text.encode()).hexdigest()


TREATMENT = "treatment"

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

WORDINGS = (
    Wording(kind=TREATMENT, version="2026-11", language="en", text=_TREATMENT_EN),
    Wording(kind=TREATMENT, version="2026-11", language="es", text=_TREATMENT_ES),
)


def current(kind: str, language: str) -> Wording | None:
    """The newest wording of a kind in a language; English where that language has none; None if unknown."""
    for wanted in (language, "en"):
        found = [w for w in WORDINGS if w.kind == kind and w.language == wanted]
        if found:
            return max(found, key=lambda w: w.version)
    return None
