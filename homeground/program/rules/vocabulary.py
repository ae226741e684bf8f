"""The words a program is described with."""

from enum import StrEnum


class WeekDefinition(StrEnum):
    """Which seven days make a week of treatment; regulations rarely say (check A06)."""

    SUN_SAT = "sun-sat"
    MON_SUN = "mon-sun"
    ROLLING_7 = "rolling-7"

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Values with the words staff see."""
        words = {
            cls.SUN_SAT: "Sunday to Saturday",
            cls.MON_SUN: "Monday to Sunday",
            cls.ROLLING_7: "The last seven days",
        }
        return [(value.value, words[value]) for value in cls]


class Population(StrEnum):
    """Adults and adolescents are never in one group (check A18)."""

    ADULT = "adult"
    ADOLESCENT = "adolescent"

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Values with the words staff see."""
        return [(cls.ADULT.value, "Adults"), (cls.ADOLESCENT.value, "Adolescents")]
