"""The one way out: packets and letters by Permit, and private calendar feeds."""

from homeground.interop.actions.feeds import make_feed, revoke_feed
from homeground.interop.actions.outside import (
    CircumstancesMissing,
    NothingChosen,
    NotReady,
    Wish,
    keep_decision,
    look_at_packet,
    send_packet,
    write_reply,
)
from homeground.interop.actions.releases import (
    DigestDiffers,
    Errand,
    NoChart,
    Packet,
    preview,
    release,
    remake,
)

__all__ = [
    "CircumstancesMissing",
    "DigestDiffers",
    "Errand",
    "NoChart",
    "NotReady",
    "NothingChosen",
    "Packet",
    "Wish",
    "keep_decision",
    "look_at_packet",
    "make_feed",
    "preview",
    "release",
    "remake",
    "revoke_feed",
    "send_packet",
    "write_reply",
]
