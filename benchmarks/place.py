"""How fast one person is placed: `python benchmarks/place.py [people] [asked]`, JSON in milliseconds of
processor time, which other work on the machine does not stretch.

A made-up clinic of 120 with a running plan answers 500 people who are not in it; "place" includes the changes
and the conflict wherever there is no offer, "explain" asks for changes always.
"""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from homeground.timetable.solver import Answer, Board, Instance, Patient, generate, poll


def strangers(clinic: Instance, count: int) -> list[Patient]:
    """People with the habits of another clinic, asking this one."""
    staff = {each.id for each in clinic.therapists}
    return [
        replace(
            each,
            id=10_000 + each.id,
            counselors=tuple(who for who in each.counselors if who in staff),
            family_counselors=tuple(who for who in each.family_counselors if who in staff),
        )
        for each in generate(count, 7).patients
    ]


def timed(people: list[Patient], ask: Callable[[Patient], Answer]) -> dict[str, float]:
    """Milliseconds an answer: median, 95th percentile, longest; and how many got an offer."""
    took, offered = [], 0
    for each in people:
        began = time.process_time()
        answer = ask(each)
        took.append((time.process_time() - began) * 1000)
        offered += bool(answer.offers)
    took.sort()
    at = len(took) - 1
    return {
        "p50_ms": round(took[at // 2], 2),
        "p95_ms": round(took[round(at * 0.95)], 2),
        "max_ms": round(took[-1], 2),
        "offered": offered,
    }


def main(people: int = 120, asked: int = 500) -> None:
    """Print the figures."""
    clinic = generate(people, 1)
    plan = poll(clinic)
    began = time.process_time()
    board = Board.of(clinic, plan)
    ready = (time.process_time() - began) * 1000
    guests = strangers(clinic, asked)
    result = {
        "people": people,
        "asked": asked,
        "board_ms": round(ready, 2),
        "place": timed(guests, board.place),
        "place_partial": timed(guests, lambda each: board.place(each, partial=True)),
        "eject": timed(guests, lambda each: board.place(each, eject=True)),
        "explain": timed(guests, lambda each: board.place(each, explain=True)),
    }
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main(*(int(each) for each in sys.argv[1:]))
