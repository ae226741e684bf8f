"""Whether a leaflet may come into the library: a readable PDF that does nothing, with the right to use it.

Source: the clinic's duty under 17 USC 106 and 107; licences of the manuals differ, so each file says its own.
"""

import re
from enum import StrEnum

LARGEST = 1_048_576
"""Bytes; the house takes no larger upload (`ground.uploads`)."""

_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile|SubmitForm|ImportData|OpenAction|AA|XFA)\b")


class Rights(StrEnum):
    """Why the clinic may hand this leaflet out."""

    OWN = "own"
    PUBLIC_DOMAIN = "public_domain"
    OPEN_LICENCE = "open_licence"
    PERMISSION = "permission"


class Unfit(StrEnum):
    """Why a file is refused."""

    NO_PDF = "no_pdf"
    TOO_LARGE = "too_large"
    ENCRYPTED = "encrypted"
    ACTIVE = "active"


def unfit(content: bytes) -> Unfit | None:
    """What speaks against a file, None when nothing does.

    A leaflet is paper: one that carries scripts, forms that send, attached files or actions on opening is
    refused. The contents of compressed object streams are not looked into; readers run no script from a file
    that is served for saving only.
    """
    if len(content) > LARGEST:
        return Unfit.TOO_LARGE
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-2048:]:
        return Unfit.NO_PDF
    if b"/Encrypt" in content:
        return Unfit.ENCRYPTED
    if _ACTIVE.search(content):
        return Unfit.ACTIVE
    return None
