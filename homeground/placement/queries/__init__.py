"""What this room can tell: screenings and the decision upon them."""

from homeground.placement.queries.screenings import (
    PAGE_SIZE,
    DecisionFacts,
    Rated,
    ScreeningNotHere,
    ScreeningPage,
    ScreeningRow,
    screening,
    screenings,
)

__all__ = [
    "PAGE_SIZE",
    "DecisionFacts",
    "Rated",
    "ScreeningNotHere",
    "ScreeningPage",
    "ScreeningRow",
    "screening",
    "screenings",
]
