"""What leaves: calendar feeds, packets and letters."""

from homeground.interop.queries.feeds import Feed, NoSuchFeed, feed, has_feed
from homeground.interop.queries.record import NoChart, TooMuch, labels
from homeground.interop.queries.releases import Released, ReleaseNotHere, release

__all__ = [
    "Feed",
    "NoChart",
    "NoSuchFeed",
    "ReleaseNotHere",
    "Released",
    "TooMuch",
    "feed",
    "has_feed",
    "labels",
    "release",
]
