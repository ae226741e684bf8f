"""The letter to who gets nothing: made from the request alone, so it is the same whoever is asked about.

It names nobody: neither the person asked about nor what kind of place answers (42 CFR 2.13(c); checks F15,
F16). The date is that of the clinic's day and no moment stands in the file.
"""

from dataclasses import dataclass, field

TITLES = {"en": "Your request", "es": "Su solicitud"}
REFERENCES = {"en": "Your reference: {reference}", "es": "Su referencia: {reference}"}
TEXTS = {
    "en": (
        "We have your request of {day}. Privacy laws do not let us say whether we know a person. So we can"
        " neither confirm nor deny that we know the person you ask about, and we send you nothing. Everybody"
        " who asks gets this same letter. It does not mean that we know the person, and it does not mean"
        " that we do not. You may send us a consent that the person signed and that names you, what you ask"
        " for and why. Or you may send us an order of a judge together with a subpoena. A subpoena alone is"
        " not enough. We look at every new paper you send."
    ),
    "es": (
        "Recibimos su solicitud del {day}. Las leyes de privacidad no nos dejan decir si conocemos a una"
        " persona. Por eso no podemos confirmar ni negar que conocemos a la persona por la que usted"
        " pregunta, y no le enviamos nada. Todo el que pregunta recibe esta misma carta. No quiere decir que"
        " conocemos a la persona, ni que no la conocemos. Puede enviarnos un permiso firmado por la persona"
        " que diga su nombre, lo que pide y para qué. O puede enviarnos una orden de un juez junto con una"
        " citación. Una citación sola no basta. Leemos cada papel nuevo que nos envíe."
    ),
}


@dataclass(frozen=True, slots=True)
class Reply:
    """What the letter says, in the fields the typesetter knows. `about` is the asker's own reference."""

    language: str
    title: str
    sender: str
    recipient: str = field(repr=False)
    recipient_address: str = field(repr=False)
    about: str
    made_on: str
    made_at: int
    text: str
    sections: tuple[()] = ()
    notice: str = ""
    explanation: str = ""


def reply(
    *,
    language: str,
    sender: str,
    recipient: str,
    recipient_address: str,
    reference: str,
    received_on: str,
    made_on: str,
    made_at: int,
) -> Reply:
    """The letter of one request; `made_at` is the begin of the clinic's day in seconds since 1970."""
    known = language if language in TEXTS else "en"
    return Reply(
        language=known,
        title=TITLES[known],
        sender=sender,
        recipient=recipient,
        recipient_address=recipient_address,
        about=reference and REFERENCES[known].format(reference=reference),
        made_on=made_on,
        made_at=made_at,
        text=TEXTS[known].format(day=received_on),
    )
