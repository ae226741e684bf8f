"""The notice of privacy practices, by version (42 CFR 2.22; 45 CFR 164.520; check F36).

A version that was ever given to somebody is never changed: a new one is added. The order of parts is that
of the law: what may be used and told, rights, complaints; a paper copy; whom to ask, by name, telephone and
e-mail. A clinic's counsel approves its own text before use; HHS publishes model notices of 2026-02-13.
"""

from dataclasses import dataclass, field
from hashlib import sha256

VERSION = "2026-11"
LANGUAGES = ("en", "es")


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom the notice names."""

    title: str = field(repr=False)
    phone: str = field(repr=False)
    email: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the notice: a heading and its sentences."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice of one clinic in one language."""

    version: str
    language: str
    title: str
    parts: tuple[Part, ...]

    @property
    def digest(self) -> str:
        """SHA-256 in hexadecimal of what the person reads."""
        text = "\n".join([self.title, *(line for p in self.parts for line in (p.heading, *p.lines))])
        return sha256(text.encode()).hexdigest()


class NoticeIncomplete(ValueError):
    """A notice names the program and a contact with telephone and e-mail; `missing` is what it lacks."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


def notice(program: str, contact: Contact, language: str) -> Notice:
    """The notice of a program, in "en" or "es". Raises NoticeIncomplete."""
    told = {"program": program, "title": contact.title, "phone": contact.phone, "email": contact.email}
    if missing := tuple(name for name, value in told.items() if not value.strip()):
        raise NoticeIncomplete(missing)
    known = "es" if language[:2] == "es" else "en"
    title, parts = _TEXTS[known]
    return Notice(
        version=VERSION,
        language=known,
        title=title.format(**told),
        parts=tuple(Part(head, tuple(line.format(**told) for line in lines)) for head, lines in parts),
    )


_TEXTS: dict[str, tuple[str, tuple[tuple[str, tuple[str, ...]], ...]]] = {
    "en": (
        "Notice of Privacy Practices of {program}",
        (
            (
                "This notice tells you",
                (
                    "How we may use and share facts about your health.",
                    "What rights you have.",
                    "How to complain if you think we broke a rule.",
                    "You have a right to a copy of this notice, on paper or on a screen.",
                    "You can talk about it with {title}: call {phone} or write to {email}.",
                ),
            ),
            (
                "What we do with no need to ask you",
                (
                    "The people who care for you here see what they need for it.",
                    "If your life is in danger, we may tell a doctor what they need to know.",
                    "If we think a child is being hurt, we must report it. We tell only what is needed.",
                    "If there is a crime or a threat here, we may call the police. We tell what we must.",
                    "Some people check our work. They must keep what they see to themselves.",
                    "Firms that help us may see some facts. They must sign that they keep them safe.",
                    "A judge can order us to share. The judge must hear both sides first.",
                ),
            ),
            (
                "What we do only if you say yes",
                (
                    "To share with other doctors and those who pay. You can say yes once for all of it.",
                    "To tell your family, your work or your school. You choose what, and who.",
                    "To use your record against you in court. We need your yes, or a judge.",
                    "To share the private notes of your counselor. This needs its own yes.",
                    "To raise money. You can say no first.",
                    "You can take back your yes at any time. We stop at once. What was sent stays sent.",
                    "Those who get facts with your yes may share them, as the law lets them. They may not use"
                    " them against you in court.",
                ),
            ),
            (
                "Your rights",
                (
                    "See your record and get a copy, within 30 days.",
                    "Ask us to fix what is wrong.",
                    "Ask us to share less. If you paid in full, we do not tell your health plan.",
                    "Choose how we reach you: where, when, and with which words.",
                    "Get a list of what we sent to others in the last three years.",
                    "Get a list of who saw your facts through a network.",
                    "Talk with us about this notice, and get it on paper.",
                    "Choose not to get mail that asks for money.",
                ),
            ),
            (
                "What we must do",
                (
                    "Keep your record private, and give you this notice.",
                    "Tell you if your facts got into the wrong hands.",
                    "Do what this notice says. If we change it, the new one is here and at our desk.",
                ),
            ),
            (
                "If you want to complain",
                (
                    "Tell {title}: {phone} or {email}.",
                    "Or the U.S. Department of Health and Human Services: hhs.gov/hipaa, 1-800-368-1019.",
                    "We will not treat you worse if you complain.",
                ),
            ),
        ),
    ),
    "es": (
        "Aviso de prácticas de privacidad de {program}",
        (
            (
                "Este aviso le dice",
                (
                    "Cómo podemos usar y dar datos de su salud.",
                    "Qué derechos tiene usted.",
                    "Cómo quejarse si cree que no cumplimos una regla.",
                    "Usted tiene derecho a una copia de este aviso, en papel o en pantalla.",
                    "Puede hablar de esto con {title}: llame al {phone} o escriba a {email}.",
                ),
            ),
            (
                "Lo que hacemos sin pedirle permiso",
                (
                    "Quienes le cuidan aquí ven lo que les hace falta para eso.",
                    "Si su vida corre peligro, podemos decir a un médico lo que debe saber.",
                    "Si creemos que dañan a un niño, tenemos que avisar. Solo decimos lo que hace falta.",
                    "Si hay un delito aquí, o una amenaza, podemos llamar a la policía. Solo decimos lo que"
                    " hace falta.",
                    "Hay personas que revisan nuestro trabajo. Deben guardar lo que ven.",
                    "Las empresas que nos ayudan pueden ver algunos datos. Deben firmar que los cuidan.",
                    "Un juez puede mandar que demos datos. Antes debe oír a las dos partes.",
                ),
            ),
            (
                "Lo que hacemos solo si usted dice que sí",
                (
                    "Dar datos a otros médicos y a quienes pagan. Puede decir que sí una vez para todo.",
                    "Decir algo a su familia, su trabajo o su escuela. Usted elige qué y a quién.",
                    "Usar sus datos en su contra en una corte. Hace falta su sí, o un juez.",
                    "Dar las notas privadas de su consejero. Para eso hace falta otro sí.",
                    "Pedir dinero. Usted puede decir que no antes.",
                    "Puede quitar su sí en todo momento. Paramos enseguida. Lo que ya se dio no vuelve.",
                    "Quienes reciben datos con su sí pueden darlos a otros, si la ley los deja. No los pueden"
                    " usar en su contra en una corte.",
                ),
            ),
            (
                "Sus derechos",
                (
                    "Ver sus datos y tener una copia, en 30 días.",
                    "Pedir que se corrija lo que está mal.",
                    "Pedir que demos menos datos. Si usted pagó todo, no se lo decimos a su plan de salud.",
                    "Elegir cómo le llamamos: dónde, cuándo y con qué palabras.",
                    "Tener una lista de lo que dimos a otros en los tres últimos años.",
                    "Tener una lista de quién vio sus datos por medio de una red.",
                    "Hablar de este aviso y tenerlo en papel.",
                    "Elegir que no le pidan dinero.",
                ),
            ),
            (
                "Lo que debemos hacer",
                (
                    "Cuidar sus datos y darle este aviso.",
                    "Avisarle si sus datos llegan a malas manos.",
                    "Hacer lo que dice este aviso. Si cambia, el nuevo está aquí y en la recepción.",
                ),
            ),
            (
                "Si quiere quejarse",
                (
                    "Hable con {title}: {phone} o {email}.",
                    "O con el Departamento de Salud de los Estados Unidos: hhs.gov/hipaa o 1-800-368-1019.",
                    "No le vamos a tratar peor si usted se queja.",
                ),
            ),
        ),
    ),
}
