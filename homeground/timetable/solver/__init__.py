"""The timetable engine: pure values in, pure values out; no Django, no clock, no network.

Place one person against the running plan, from a view or a query:

    from homeground.timetable.solver import Board, Instance, Patient, Plan, Therapist, Track

    clinic = Instance("desk", therapists=(...), tracks=(...), patients=(...), group_rooms=3, offices=4,
                      grid=15)
    plan = Plan(copies={3: 1}, facilitators={3: (1,)}, core={17: (3, (0, 1, 2))}, solo={17: (1, 140)})
    board = Board.of(clinic, plan)                    # once for a page; about 2 ms at 120 patients
    guest = Patient(id=-1, busy=((36, 68),), travel=20, remote=False, ...)   # slots of 15 minutes
    answer = board.place(guest, limit=5)              # partial=True: weeks that miss an hour or a topic group
    for offer in answer.offers:                       # one for each group option, cheapest first
        offer.core, offer.special, offer.solo, offer.family, offer.cost, offer.missing
    for change in answer.changes:                     # only without offers, or with explain=True
        for blocker in change:                        # all of one change together would admit the person
            blocker.kind, blocker.what                # ids and slots; the caller finds words and hides names
    board.place(guest, eject=True)                    # no offer? weeks that one other's offer.shift opens
    answer.conflict                                   # facts that together leave nothing

`Week.of(15)` turns times into slots: slot = (day * 1440 + minute) // 15, day 0 = Monday. An obligation that
crosses Sunday midnight is two spans. `judge(clinic, plan)` re-checks and prices a plan; `poll(clinic)`
makes a valid plan by rule of thumb; `generate(people, seed)` makes up a clinic. See docs/timetable.md.

Repair, design, compare (long: from a job; `solve` is `homeground.timetable.highs.solve`):

    limits = Limits(seconds=60, gap=0.001, memory_mb=2000)
    def watch(point): ...; return not cancelled       # point.seconds, point.cost, point.bound; False stops
    found = replan(held(clinic, plan), plan, solve, limits, levels=True, watch=watch)
    found.design.plan, found.design.cost, found.design.bound, found.design.levels
    for move in found.moves:                          # patient, kind, before, after, why
        ...
    clinic = changed(clinic, Change(away={7: ((96, 192),)}, group_rooms=-1))    # a sick counselor, a room
    wishes = Wishes(run={3}, drop={9}, seats={17: 3}, never={(18, 3)}, leaders={3: (1, 2)})
    made = design(clinic, solve, limits, running=plan, wishes=wishes, levels=True, watch=watch)
    made.broken                                       # wishes missed for want of time, see WishesClash
    summary(clinic, made.plan)                        # served, in_core, evenings, staff_minutes, left_out
"""

from homeground.timetable.solver.checks import check, check_patient
from homeground.timetable.solver.design import design
from homeground.timetable.solver.eject import Shift
from homeground.timetable.solver.explain import Blocker
from homeground.timetable.solver.generate import generate
from homeground.timetable.solver.judge import Cost, Verdict, Violation, judge
from homeground.timetable.solver.levels import Level, Reached
from homeground.timetable.solver.model import (
    Incumbent,
    Instance,
    Patient,
    Plan,
    Therapist,
    Track,
    Weights,
    load,
    load_plan,
    read_patient,
    save,
    save_plan,
)
from homeground.timetable.solver.place import Answer, Board, Offer, place
from homeground.timetable.solver.poll import poll
from homeground.timetable.solver.program import Limits, Point
from homeground.timetable.solver.reader import BadInstance
from homeground.timetable.solver.replan import Move, Replanned, held, moves, replan
from homeground.timetable.solver.run import Designed
from homeground.timetable.solver.trim import trim
from homeground.timetable.solver.week import Week
from homeground.timetable.solver.whatif import Change, LeftOut, Summary, changed, summary
from homeground.timetable.solver.wishes import NO_WISHES, Wishes, WishesClash

__all__ = [
    "Answer",
    "BadInstance",
    "Blocker",
    "Board",
    "Change",
    "Cost",
    "Designed",
    "Incumbent",
    "Instance",
    "LeftOut",
    "Level",
    "Limits",
    "Move",
    "NO_WISHES",
    "Offer",
    "Patient",
    "Plan",
    "Point",
    "Reached",
    "Replanned",
    "Shift",
    "Summary",
    "Therapist",
    "Track",
    "Verdict",
    "Violation",
    "Week",
    "Weights",
    "Wishes",
    "WishesClash",
    "changed",
    "check",
    "check_patient",
    "design",
    "generate",
    "held",
    "judge",
    "load",
    "load_plan",
    "moves",
    "place",
    "poll",
    "read_patient",
    "replan",
    "save",
    "save_plan",
    "summary",
    "trim",
]
