"""The one way out: packets and letters by Permit, and private calendar feeds."""

from homeground.interop.actions.feeds import make_feed, revoke_feed
from homeground.interop.actions.releases import DigestDiffers, NoChart, Packet, release, remake

__all__ = ["DigestDiffers", "NoChart", "Packet", "make_feed", "release", "remake", "revoke_feed"]
