"""What a record is that somebody sent, and the notice of 42 CFR 2.32 in it, as it was ever worded (B18)."""

import re
from enum import StrEnum


class Way(StrEnum):
    """How it came."""

    FAX = "fax"
    MAIL = "mail"
    PERSON = "person"
    SECURE = "secure"


class Media(StrEnum):
    """What it is for a machine. A record is one in the published format, of this or another clinic."""

    RECORD = "record"
    TEXT = "text"
    PDF = "pdf"


LONGEST_NOTICE = 3000
_NOTICES = tuple(
    re.compile(pattern, re.IGNORECASE | re.DOTALL)
    for pattern in (
        r"42\s*CFR\s*part\s*2\s+prohibits\s+unauthorized\s+(use\s+or\s+)?disclosure\b[^.]{0,80}\.?",
        r"protected\s+by\s+federal\s+confidentiality\s+rules\s*\(\s*42\s*CFR\s*part\s*2\s*\)",
        r"federal\s+rules\s+prohibit\s+you\s+from\s+(making\s+any|using\s+or\s+disclosing)",
        r"prohibition\s+on\s+redisclosure",
    )
)


def notice_in(text: str) -> str:
    """The paragraph of a text that forbids passing it on; empty when there is none.

    The short statement of section 2.32, its long statement of 2024, and the wordings in use before.
    """
    starts = [found.start() for found in (pattern.search(text) for pattern in _NOTICES) if found]
    if not starts:
        return ""
    begin = text.rfind("\n\n", 0, min(starts))
    end = text.find("\n\n", min(starts))
    found = text[begin + 2 if begin >= 0 else 0 : end if end >= 0 else len(text)].strip()
    if len(found) > LONGEST_NOTICE:
        found = text[min(starts) : min(starts) + LONGEST_NOTICE].strip()
    return " ".join(found.split())


def media_of(body: bytes, *, is_record: bool) -> Media | None:
    """What a file is, by what is in it and never by its name; None for what the house does not keep."""
    if is_record:
        return Media.RECORD
    if body.startswith(b"%PDF-"):
        return Media.PDF
    return Media.TEXT if _is_text(body) else None


def _is_text(body: bytes) -> bool:
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return False
    return bool(text.strip()) and not any(ord(each) < 32 and each not in "\t\n\r\f" for each in text)
