"""kill -9 of every process while attendance is saved: `python -m benchmarks.faults.power_cut [saves]`.

Several people save sheets through HTTP; in the middle of it the whole tree is killed and started again.
Every save that was acknowledged must be there afterwards. Prints JSON; exit 1 when one is lost.
"""

import http.client
import json
import sys
import threading
import time
from datetime import UTC, datetime, timedelta

from benchmarks.faults.house import RunningHouse, fresh_home
from benchmarks.faults.visitor import Fields, Visitor

WRITERS = ("director", "counselor", "front_desk", "director")
STATES = ("A", "X", "V", "P")


class Writer:
    """Saves one sheet again and again, and remembers the last letter that was acknowledged."""

    def __init__(self, port: int, username: str, sheet: str) -> None:
        self.visitor = Visitor(port)
        self.visitor.sign_in(username)
        self.sheet = sheet
        self.acknowledged = 0
        self.kept = ""
        self.sent = ""

    def save(self) -> None:
        """Mark the first person of the sheet with the next letter, and save."""
        self.visitor.get(self.sheet)
        fields = form_of(self.visitor)
        first = next(value for name, value in fields if name == "row")
        self.sent = STATES[self.acknowledged % len(STATES)]
        emptied = {f"in-{first}", f"out-{first}"}
        status = self.visitor.post(
            self.sheet,
            [
                (name, self.sent if name == f"state-{first}" else "" if name in emptied else value)
                for name, value in fields
            ],
        )
        if status not in (302, 303):
            raise RuntimeError(f"a save was refused with {status}")
        self.kept = self.sent
        self.acknowledged += 1


def form_of(visitor: Visitor) -> Fields:
    """What the sheet on the page would send."""
    return next(fields for _action, fields in visitor.forms if any(name == "row" for name, _ in fields))


def letter(visitor: Visitor, sheet: str) -> str:
    """The letter that is kept for the first person of a sheet."""
    visitor.get(sheet)
    fields = form_of(visitor)
    first = next(value for name, value in fields if name == "row")
    return next(value for name, value in fields if name == f"state-{first}")


def sheets(visitor: Visitor, wanted: int) -> list[str]:
    """Sheets of weeks long past with somebody on them."""
    found: list[str] = []
    for weeks in range(2, 9):
        visitor.get(f"/timetable/?on={datetime.now(UTC).date() - timedelta(weeks=weeks)}")
        pages = [link for link in visitor.links if "/timetable/appointments/" in link]
        for link in dict.fromkeys(pages):
            sheet = link.replace("/timetable/appointments/", "/treatment/sheets/")
            visitor.get(sheet)
            if sheet not in found and 'name="row"' in visitor.page:
                found.append(sheet)
            if len(found) == wanted:
                return found
    raise RuntimeError("the demo clinic has too few sheets")


def cut(house: RunningHouse, saves: int) -> dict[str, object]:
    """Let the writers save until `saves` were acknowledged, kill everything, start again and compare."""
    reader = Visitor(house.port)
    reader.sign_in("director")
    places = sheets(reader, len(WRITERS))
    writers = [Writer(house.port, who, sheet) for who, sheet in zip(WRITERS, places, strict=True)]
    dark = threading.Event()

    def write(writer: Writer) -> None:
        while not dark.is_set():
            try:
                writer.save()
            except (OSError, http.client.HTTPException):
                return

    threads = [threading.Thread(target=write, args=(writer,)) for writer in writers]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    while sum(writer.acknowledged for writer in writers) < saves and any(t.is_alive() for t in threads):
        time.sleep(0.002)
    house.kill()
    dark.set()
    for thread in threads:
        thread.join()
    took = time.monotonic() - began
    back = house.start()
    reader = Visitor(house.port)
    reader.sign_in("director")
    lost = [
        writer.sheet
        for writer in writers
        # A save that was on its way may or may not have arrived; an acknowledged one must have.
        if letter(reader, writer.sheet)
        not in ({writer.kept, writer.sent} if writer.kept else {writer.sent, "P"})
    ]
    return {
        "saves_acknowledged": sum(writer.acknowledged for writer in writers),
        "writers": len(writers),
        "seconds_of_saving": round(took, 1),
        "seconds_until_open_again": round(back, 1),
        "saves_lost": len(lost),
    }


def main() -> int:
    """Measure on a fresh demo house."""
    saves = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with fresh_home() as house:
        house.start()
        found = cut(house, saves)
    print(json.dumps(found))
    return 1 if found["saves_lost"] or found["saves_acknowledged"] < saves else 0


if __name__ == "__main__":
    sys.exit(main())
