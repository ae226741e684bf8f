"""What leaves: calendar feeds, packets and letters."""

from homeground.confidentiality.queries import RequestNotHere
from homeground.interop.queries.feeds import Feed, NoSuchFeed, feed, has_feed
from homeground.interop.queries.outside import (
    EMERGENCY_PARTS,
    AskedPage,
    asked_page,
    candidates,
    order_cards,
    request_of,
    requests,
)
from homeground.interop.queries.record import NoChart, TooMuch, labels
from homeground.interop.queries.releases import Released, ReleaseNotHere, release

__all__ = [
    "EMERGENCY_PARTS",
    "AskedPage",
    "Feed",
    "NoChart",
    "NoSuchFeed",
    "ReleaseNotHere",
    "Released",
    "RequestNotHere",
    "TooMuch",
    "asked_page",
    "candidates",
    "feed",
    "has_feed",
    "labels",
    "order_cards",
    "release",
    "request_of",
    "requests",
]
