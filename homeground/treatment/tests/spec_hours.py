"""The hours ledger as tables: run by test_ledger.py, printed to docs/rules/hours.md.

Print them with `python -m homeground.treatment.tests.spec_hours > docs/rules/hours.md`.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from homeground.ground.periods import Period
from homeground.program.rules.vocabulary import WeekDefinition
from homeground.treatment.rules.ledger import LedgerEntry, Standing

DENVER = ZoneInfo("America/Denver")


def local(text: str, zone: ZoneInfo = DENVER) -> datetime:
    """A moment from the wall clock, like "2026-11-24 18:00"; the second 1:30 of a night is "01:30 again"."""
    wall, again = text.removesuffix(" again"), text.endswith(" again")
    return datetime.strptime(wall, "%Y-%m-%d %H:%M").replace(tzinfo=zone, fold=int(again)).astimezone(UTC)


def span(text: str) -> Period:
    """A period of the clinic's wall clock: "2026-11-24 18:00 to 21:00", or with a full second moment."""
    start, end = text.split(" to ")
    return Period(local(start), local(end if "-" in end else f"{start.split()[0]} {end}"))


@dataclass(frozen=True)
class Counted:
    """One person in one session."""

    what: str
    session: str
    presence: tuple[str, ...]
    breaks: tuple[str, ...]
    minutes: int


EVENING = "2026-11-24 18:00 to 21:00"
PAUSE = ("2026-11-24 19:30 to 19:45",)

COUNTED = (
    Counted("there the whole time, no break", EVENING, (EVENING,), (), 180),
    Counted("there the whole time, one break", EVENING, (EVENING,), PAUSE, 165),
    Counted("came late, left early (A04)", EVENING, ("2026-11-24 18:10 to 20:50",), PAUSE, 145),
    Counted("came late (D04)", EVENING, ("2026-11-24 18:20 to 21:00",), (), 160),
    Counted("came in the middle of the break", EVENING, ("2026-11-24 19:40 to 21:00",), PAUSE, 75),
    Counted("there only during the break", EVENING, ("2026-11-24 19:30 to 19:45",), PAUSE, 0),
    Counted("came before it began and left after it ended", EVENING, ("2026-11-24 17:30 to 21:30",), (), 180),
    Counted(
        "stepped out for 20 minutes",
        EVENING,
        ("2026-11-24 18:00 to 19:00", "2026-11-24 19:20 to 21:00"),
        PAUSE,
        145,
    ),
    Counted("two breaks that overlap", EVENING, (EVENING,), (*PAUSE, "2026-11-24 19:40 to 19:50"), 160),
    Counted("not there", EVENING, (), PAUSE, 0),
    Counted(
        "the clock goes back at 2:00: three hours on the wall, four that passed",
        "2026-11-01 00:30 to 03:30",
        ("2026-11-01 00:30 to 03:30",),
        (),
        240,
    ),
    Counted(
        "the clock goes back: a three-hour group ends at 2:30 on the wall",
        "2026-11-01 00:30 to 2026-11-01 02:30",
        ("2026-11-01 00:30 to 2026-11-01 02:30",),
        (),
        180,
    ),
    Counted(
        "the clock goes back: left when it was 1:30 for the second time",
        "2026-11-01 00:30 to 02:30",
        ("2026-11-01 00:30 to 2026-11-01 01:30 again",),
        (),
        120,
    ),
    Counted(
        "the clock goes forward at 2:00: three hours on the wall, two that passed",
        "2026-03-08 00:30 to 03:30",
        ("2026-03-08 00:30 to 03:30",),
        (),
        120,
    ),
)


@dataclass(frozen=True)
class WeekBounds:
    """Which days make the week of a day."""

    on: date
    definition: WeekDefinition
    first: date
    last: date
    days_left: int


SATURDAY, SUNDAY, MONDAY = date(2026, 11, 21), date(2026, 11, 22), date(2026, 11, 23)

WEEKS = (
    WeekBounds(SATURDAY, WeekDefinition.SUN_SAT, date(2026, 11, 15), SATURDAY, 1),
    WeekBounds(SUNDAY, WeekDefinition.SUN_SAT, SUNDAY, date(2026, 11, 28), 7),
    WeekBounds(MONDAY, WeekDefinition.SUN_SAT, SUNDAY, date(2026, 11, 28), 6),
    WeekBounds(SATURDAY, WeekDefinition.MON_SUN, date(2026, 11, 16), SUNDAY, 2),
    WeekBounds(SUNDAY, WeekDefinition.MON_SUN, date(2026, 11, 16), SUNDAY, 1),
    WeekBounds(MONDAY, WeekDefinition.MON_SUN, MONDAY, date(2026, 11, 29), 7),
    WeekBounds(SATURDAY, WeekDefinition.ROLLING_7, date(2026, 11, 15), SATURDAY, 1),
    WeekBounds(MONDAY, WeekDefinition.ROLLING_7, date(2026, 11, 17), MONDAY, 1),
)


@dataclass(frozen=True)
class WeekCase:
    """A week of one person beside its floor, seen on a day."""

    what: str
    entries: tuple[LedgerEntry, ...]
    definition: WeekDefinition
    on: date
    floor: int
    reason: str
    minutes: int
    owed: int
    standing: str


def attended(on: date, minutes: int = 180) -> LedgerEntry:
    """A session that was attended."""
    return LedgerEntry(on, minutes, Standing.ATTENDED)


TUE, THU, SAT = date(2026, 11, 17), date(2026, 11, 19), date(2026, 11, 21)
LAST_SUN = date(2026, 11, 15)
THREE = (attended(TUE), attended(THU), attended(SAT))
NEXT_MON = MONDAY

WEEK_CASES = (
    WeekCase("three evenings of three hours", THREE, WeekDefinition.SUN_SAT, SAT, 540, "", 540, 0, "reached"),
    WeekCase(
        "three evenings of 170 minutes (A01)",
        (attended(TUE, 170), attended(THU, 170), attended(SAT, 170)),
        WeekDefinition.SUN_SAT,
        NEXT_MON - timedelta(days=1),
        540,
        "",
        0,
        540,
        "open",
    ),
    WeekCase(
        "two of three, the week still runs", THREE[:2], WeekDefinition.SUN_SAT, SAT, 540, "", 360, 180, "open"
    ),
    WeekCase(
        "an adolescent with two evenings (A02)",
        THREE[:2],
        WeekDefinition.SUN_SAT,
        SAT,
        360,
        "",
        360,
        0,
        "reached",
    ),
    WeekCase(
        "one absent, one excused, one cancelled by the clinic: no minutes (D21)",
        (
            LedgerEntry(TUE, 0, Standing.MISSED),
            LedgerEntry(THU, 0, Standing.EXCUSED),
            LedgerEntry(SAT, 0, Standing.CANCELLED),
        ),
        WeekDefinition.SUN_SAT,
        SAT,
        540,
        "",
        0,
        540,
        "open",
    ),
    WeekCase(
        "holiday week of six hours, explained (A05)",
        THREE[:2],
        WeekDefinition.SUN_SAT,
        SAT,
        540,
        "holiday",
        360,
        180,
        "short_explained",
    ),
    WeekCase(
        "Sunday, Tuesday, Thursday, Saturday by Sunday to Saturday (A06)",
        (attended(LAST_SUN), *THREE),
        WeekDefinition.SUN_SAT,
        SAT,
        540,
        "",
        720,
        0,
        "reached",
    ),
    WeekCase(
        "the same by Monday to Sunday (A06)",
        (attended(LAST_SUN), *THREE),
        WeekDefinition.MON_SUN,
        SAT,
        540,
        "",
        540,
        0,
        "reached",
    ),
    WeekCase(
        "the same by the last seven days, seen on Monday (A06)",
        (attended(LAST_SUN), *THREE),
        WeekDefinition.ROLLING_7,
        NEXT_MON,
        540,
        "",
        540,
        0,
        "reached",
    ),
    WeekCase(
        "the same by the last seven days, seen two days later (A06)",
        (attended(LAST_SUN), *THREE),
        WeekDefinition.ROLLING_7,
        NEXT_MON + timedelta(days=2),
        540,
        "",
        360,
        180,
        "open",
    ),
    WeekCase(
        "two groups on one day are one day with all their minutes (D19)",
        (attended(TUE), attended(TUE), attended(SAT)),
        WeekDefinition.SUN_SAT,
        SAT,
        540,
        "",
        540,
        0,
        "reached",
    ),
)

_INTRODUCTION = """# Hours

Printed from the cases that `homeground/treatment/tests` runs; do not edit. Times are wall-clock times in
Denver. The floor and the ceiling of a week come from the rule pack: 540 minutes for adults, 360 for
adolescents, a warning above 1140.

Minutes that count are the scheduled treatment during which the person is there: presence within the
session, without breaks. A session belongs to the day on which it begins in the clinic's zone.
"""


def _table(heads: tuple[str, ...], rows: list[tuple[object, ...]]) -> str:
    lines = [" | ".join(heads), " | ".join("---" for _ in heads)]
    lines += [" | ".join(str(cell) for cell in row) for row in rows]
    return "\n".join(f"| {line} |" for line in lines) + "\n"


def render() -> str:
    """The tables as a page of the manual."""
    return "\n".join(
        [
            _INTRODUCTION,
            "## Minutes of a session\n",
            _table(
                ("case", "session", "there", "break", "counted"),
                [
                    (
                        c.what,
                        c.session,
                        ", ".join(c.presence) or "no",
                        ", ".join(c.breaks) or "none",
                        c.minutes,
                    )
                    for c in COUNTED
                ],
            ),
            "## Which days make a week\n",
            _table(
                ("seen on", "week", "first day", "last day", "days left"),
                [(f"{w.on:%a %d %b %Y}", w.definition, w.first, w.last, w.days_left) for w in WEEKS],
            ),
            "## A week beside its floor\n",
            _table(
                ("case", "week", "seen on", "floor", "reason", "minutes", "owed", "standing"),
                [
                    (
                        c.what,
                        c.definition,
                        f"{c.on:%a %d %b}",
                        c.floor,
                        c.reason or "none",
                        c.minutes,
                        c.owed,
                        c.standing,
                    )
                    for c in WEEK_CASES
                ],
            ),
        ]
    )


if __name__ == "__main__":
    import sys

    sys.stdout.write(render())
