"""What the worker does for the timetable by night."""

from datetime import UTC, datetime
from uuid import UUID

from procrastinate.contrib.django import app

from homeground.ground import clock, scope
from homeground.ground.actor import Actor
from homeground.people.roles import LEADING
from homeground.program import queries as program
from homeground.timetable import actions
from homeground.timetable.queries.design import scenario_question
from homeground.timetable.rules.occurrences import HORIZON, local_day

NIGHTLY = "20 8 * * *"  # 8:20 UTC is night in every zone of the United States


@app.periodic(cron=NIGHTLY)
@app.task(queueing_lock="timetable.roll_forward")
def roll_calendars_forward(timestamp: int) -> None:
    """Keep every clinic's calendar eight weeks long. `timestamp` is the moment it was due, in seconds."""
    at = datetime.fromtimestamp(timestamp, UTC)
    for house in program.houses():
        with scope.entered(organization_id=house.id):
            actions.make_calendar(
                until=local_day(at, house.zone) + HORIZON, by=Actor(organization_id=house.id), at=at
            )


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="timetable.free_kept_chairs")
def free_kept_chairs(timestamp: int) -> None:
    """Free the chairs that were kept long enough. `timestamp` is the moment it was due, in seconds."""
    at = datetime.fromtimestamp(timestamp, UTC)
    for house in program.houses():
        with scope.entered(organization_id=house.id):
            actions.end_expired_holds(by=Actor(organization_id=house.id), at=at)


@app.task(name="timetable.solve_scenario")
def solve_scenario(organization_id: str, solving_id: str) -> None:
    """Ask the engine for the plan of a scenario; where it stands can be seen meanwhile, and stopped."""
    # The engine brings numpy, which a worker that never designs need not load.
    from homeground.timetable.highs import Session, SolverFailed
    from homeground.timetable.rules import design as rules
    from homeground.timetable.solver import Limits, Point, WishesClash, design

    house, run = UUID(organization_id), UUID(solving_id)
    by = Actor(organization_id=house)
    with scope.entered(organization_id=house):
        scenario_id = actions.take_up(solving_id=run, by=by, at=clock.now())
        if scenario_id is None:
            return
        question = scenario_question(scenario_id, leading=LEADING)
    asked = rules.ask(question)

    def watch(point: Point) -> bool:
        with scope.entered(organization_id=house):
            return note(point)

    def note(point: Point) -> bool:
        return actions.note_point(
            solving_id=run,
            seconds=point.seconds,
            unmet=rules.weighed(asked, point.cost),
            bound=rules.weighed(asked, point.bound) or 0.0,
            by=by,
            at=clock.now(),
        )

    try:
        with Session() as solve:
            made = design(
                asked.instance,
                solve,
                Limits(seconds=rules.SECONDS),
                running=asked.running,
                wishes=asked.wishes,
                levels=True,
                watch=watch,
            )
    except (WishesClash, SolverFailed) as error:
        code = "clash" if isinstance(error, WishesClash) else "engine"
        with scope.entered(organization_id=house):
            actions.fail(solving_id=run, code=code, by=by, at=clock.now())
        return
    with scope.entered(organization_id=house):
        note(Point(made.seconds, made.cost, made.bound))
        actions.keep_plan(
            solving_id=run,
            question=question,
            found=rules.read(question, asked, made.plan),
            unmet=rules.weighed(asked, made.cost) or 0.0,
            bound=rules.weighed(asked, made.bound) or 0.0,
            by=by,
            at=clock.now(),
        )
