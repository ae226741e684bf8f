"""The privacy class of every field, stated by its model and proved complete by a test."""

from dataclasses import dataclass
from enum import StrEnum


class PrivacyClass(StrEnum):
    """What a field tells about a person when it leaks."""

    IDENTIFYING = "identifying"
    CLINICAL = "clinical"
    OPERATIONAL = "operational"


@dataclass(frozen=True, slots=True)
class Privacy:
    """Field names by class, each a space-separated text. Keys and the organization are operational."""

    identifying: str = ""
    clinical: str = ""
    operational: str = ""

    def of(self, field: str) -> PrivacyClass | None:
        """The class of a field, None when the model forgot it."""
        for name in PrivacyClass:
            if field in getattr(self, name).split():
                return name
        return None
