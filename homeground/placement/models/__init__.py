"""The tables of this room: screenings and the decision upon them."""

from homeground.placement.models.screenings import Decision, DomainRating, Fact, RedFlag, Screening

__all__ = ["Decision", "DomainRating", "Fact", "RedFlag", "Screening"]
