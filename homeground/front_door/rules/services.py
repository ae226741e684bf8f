"""Service codes of the public directory and what each level of care needs of them.

Source: the codes SAMHSA's national directory prints beside a center (facts, public domain).
"""

from enum import StrEnum

RESIDENTIAL = frozenset({"RES", "RS", "RL"})
DETOX = frozenset({"DT", "RD", "OD", "HID"})
INTENSIVE = frozenset({"OIT", "ODT"})
OUTPATIENT = frozenset({"OP", "ORT", "OMB"}) | INTENSIVE
HOSPITAL = frozenset({"HI"})
CODES = RESIDENTIAL | DETOX | OUTPATIENT | HOSPITAL | {"SA", "SUMH", "MH", "OTP"}


class PlaceKind(StrEnum):
    """What kind of place staff looks for when care here does not suit now."""

    RESIDENTIAL = "residential"
    DETOX = "detox"
    INTENSIVE = "intensive"
    OUTPATIENT = "outpatient"


SERVICES: dict[PlaceKind, frozenset[str]] = {
    PlaceKind.RESIDENTIAL: RESIDENTIAL,
    PlaceKind.DETOX: DETOX | HOSPITAL,
    PlaceKind.INTENSIVE: INTENSIVE,
    PlaceKind.OUTPATIENT: OUTPATIENT,
}
