"""Many at once at a group's last chair, through HTTP: `python -m benchmarks.faults.last_seat [attempts]`.

A director opens a group with one chair; then many requests at once seat the people of the demo clinic in it.
Exactly one may succeed and the rest must be refused in words. Prints JSON; exit 1 otherwise.
"""

import json
import os
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import local

from benchmarks.faults.house import RunningHouse, fresh_home
from benchmarks.faults.visitor import Visitor

AT_ONCE = 32


def open_group(director: Visitor) -> str:
    """A topic group with one chair on a quiet hour; returns its id."""
    director.get("/timetable/groups/new/")
    fields = dict(next(fields for _a, fields in director.forms if any(name == "name" for name, _ in fields)))
    program = director.page.partition('name="program"')[2].partition('value="')[2].partition('"')[0]
    told = {
        **fields,
        "name": f"One chair {os.urandom(2).hex()}",
        "program": program,
        "kind": "special",
        "track": "weekend",
        "capacity": "1",
        "language": "en",
        "starts_6": "7:00",
        "ends_6": "8:00",
        "starts_on": f"{datetime.now(UTC).date() + timedelta(days=1):%m/%d/%Y}",
    }
    if director.post("/timetable/groups/new/", list(told.items())) not in (302, 303):
        raise RuntimeError("the group was refused")
    return director.where.rstrip("/").rpartition("/")[2]


def adults(director: Visitor) -> list[str]:
    """The ids of the stays in the demo's adult program."""
    found: list[str] = []
    for number in range(1, 4):
        director.get(f"/desk/people/?page={number}")
        rows = director.page.split(" data-row>")[1:]
        people = [row.partition("/desk/people/")[2].partition("/")[0] for row in rows if "Adult" in row]
        for person in people:
            director.get(f"/desk/people/{person}/")
            stays = [link for link in director.links if "/chart/episodes/" in link]
            found += [link.split("/")[3] for link in stays[:1]]
    return list(dict.fromkeys(found))


def rush(house: RunningHouse, attempts: int) -> dict[str, object]:
    """All at once; returns how it went."""
    director = Visitor(house.port)
    director.sign_in("director")
    group = open_group(director)
    stays = adults(director)
    starts_on = f"{datetime.now(UTC).date() + timedelta(days=2):%m/%d/%Y}"
    window = local()

    def attempt(number: int) -> str:
        if not hasattr(window, "visitor"):
            window.visitor = Visitor(house.port)
            window.visitor.cookies = dict(director.cookies)
            window.visitor.get("/desk/people/")
            window.token = dict(window.visitor.forms[-1][1])["csrfmiddlewaretoken"]
        asked = {"csrfmiddlewaretoken": window.token, "group": group, "starts_on": starts_on}
        status = window.visitor.post(
            f"/timetable/episodes/{stays[number % len(stays)]}/seats/", list(asked.items())
        )
        return "seated" if status in (302, 303) else f"refused with {status}"

    began = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        told = Counter(pool.map(attempt, range(attempts)))
    took = time.monotonic() - began
    director.get(f"/timetable/groups/{group}/")
    return {
        "attempts": attempts,
        "people": len(stays),
        "at_once": AT_ONCE,
        "answers": dict(told),
        "seconds": round(took, 1),
        "page_says": "1 of 1" if "1 of 1 seats used" in director.page else "something else",
    }


def main() -> int:
    """Measure on a fresh demo house."""
    attempts = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with fresh_home() as house:
        house.start()
        found = rush(house, attempts)
    print(json.dumps(found))
    answers = found["answers"]
    assert isinstance(answers, dict)
    return 0 if answers.get("seated") == 1 and answers.get("refused with 422") == attempts - 1 else 1


if __name__ == "__main__":
    sys.exit(main())
