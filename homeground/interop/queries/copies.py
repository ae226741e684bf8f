"""What a person gets of what they signed themselves."""

from zoneinfo import ZoneInfo

from homeground.confidentiality.queries.proposals import SignedText
from homeground.confidentiality.rules import words
from homeground.ground.visit import House
from homeground.interop.rules.letters import COPY_SIGNED, COPY_TITLES
from homeground.interop.rules.packet import Content, Kind


def consent_copy(signed: SignedText, house: House) -> Content:
    """A signed consent for the person who signed it, word for word, with what proves it.

    It is theirs, so neither a Permit nor a notice goes with it (42 CFR 2.23; check F10).
    """
    known = signed.language if signed.language in COPY_TITLES else "en"
    here = signed.signed_at.astimezone(ZoneInfo(house.zone))
    names = ", ".join(name for name in (signed.signed_name, signed.cosigned_name) if name)
    said = COPY_SIGNED[known].format(names=names, day=words.day(here.date(), known), time=f"{here:%H:%M}")
    return Content(
        kind=Kind.CONSENT_COPY,
        language=known,
        title=COPY_TITLES[known],
        sender=house.neutral_name,
        about="",
        recipient="",
        recipient_address="",
        purpose="",
        made_on=here.date().isoformat(),
        made_at=int(signed.signed_at.timestamp()),
        text=f"{signed.text}\n{said}\n{signed.version} {signed.digest}",
        sections=(),
        notice="",
        explanation="",
        marks=(),
    )
