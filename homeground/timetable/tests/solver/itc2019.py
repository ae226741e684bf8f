"""Small ITC-2019 problems of our own, written out as the format has them."""

from collections.abc import Sequence

TIMES = (
    ("10000", 10, 4, "1111"),
    ("10000", 12, 2, "1111"),
    ("10000", 14, 4, "1100"),
    ("01000", 10, 4, "1111"),
    ("10100", 14, 2, "0011"),
    ("01000", 20, 6, "0001"),
)


def written_time(at: int, penalty: int = 0) -> str:
    days, start, length, weeks = TIMES[at]
    return f'<time days="{days}" start="{start}" length="{length}" weeks="{weeks}" penalty="{penalty}"/>'


def written_class(
    name: int, times: Sequence[int], rooms: Sequence[int] = (), limit: int = 10, parent: int | None = None
) -> str:
    """A class; the penalty of its n-th time and room is n."""
    head = f'<class id="{name}" limit="{limit}"' + (f' parent="{parent}"' if parent else "")
    head += ">" if rooms else ' room="false">'
    inside = "".join(f'<room id="{room}" penalty="{at}"/>' for at, room in enumerate(rooms))
    return head + inside + "".join(written_time(time, at) for at, time in enumerate(times)) + "</class>"


def written_rule(kind: str, classes: Sequence[int], penalty: int | None = None) -> str:
    strength = 'required="true"' if penalty is None else f'penalty="{penalty}"'
    members = "".join(f'<class id="{each}"/>' for each in classes)
    return f'<distribution type="{kind}" {strength}>{members}</distribution>'


def course(name: str, *subparts: Sequence[str]) -> str:
    """A course of one configuration."""
    inside = "".join(
        f'<subpart id="{name}{at}">{"".join(each)}</subpart>' for at, each in enumerate(subparts)
    )
    return f'<course id="{name}"><config id="{name}">{inside}</config></course>'


def problem_text(courses: Sequence[str], rules: Sequence[str] = (), students: Sequence[str] = ()) -> str:
    """Three rooms; 1 and 2 are four slots apart, 3 is closed in slots 12 to 16 of the very first day."""
    people = "".join(
        f'<student id="{at}">' + "".join(f'<course id="{name}"/>' for name in asked.split()) + "</student>"
        for at, asked in enumerate(students)
    )
    return (
        '<?xml version="1.0"?><problem name="small" nrDays="5" slotsPerDay="288" nrWeeks="4">'
        '<optimization time="2" room="1" distribution="5" student="3"/>'
        '<rooms><room id="1" capacity="9"><travel room="2" value="4"/></room><room id="2" capacity="9"/>'
        '<room id="3" capacity="9"><unavailable days="10000" start="12" length="4" weeks="1000"/></room>'
        f"</rooms><courses>{''.join(courses)}</courses><distributions>{''.join(rules)}</distributions>"
        f"<students>{people}</students></problem>"
    )
