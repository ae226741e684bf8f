"""The solver's process: used again, killed, and never a reason to fall over."""

from homeground.timetable import highs
from homeground.timetable.highs import Session
from homeground.timetable.solver.program import Limits, Program


def knapsack(worth: int) -> Program:
    """Take at most two of three things."""
    program = Program()
    taken = [program.column(-each) for each in (worth, 2, 1)]
    program.row(dict.fromkeys(taken, 1.0), upper=2)
    return program


def test_one_process_answers_one_question_after_the_other_and_a_new_one_follows_a_killed_one():
    with Session() as solve:
        assert solve(knapsack(5), Limits(20)).cost == -7
        first = solve.child
        assert solve(knapsack(9), Limits(20)).cost == -11
        assert solve.child is first
        first.kill()
        first.wait()
        assert solve(knapsack(5), Limits(20)).cost == -7
        stopped = solve(knapsack(5), Limits(20), watch=lambda point: False)
        assert stopped.stopped == "cancelled" and solve.child is None


def test_a_process_that_overruns_is_killed_and_that_is_an_answer_too(monkeypatch):
    monkeypatch.setattr(highs, "GRACE", -20.0)
    with Session() as solve:
        found = solve(knapsack(5), Limits(20))
    assert found.stopped == "limit" and found.values == ()
