"""A neutral program in HiGHS's own form, and HiGHS with our settings."""

from typing import Any

import highspy
import numpy as np

from homeground.timetable.solver.program import Limits, Program

FEASIBLE = 2  # as HiGHS numbers the status of a solution


def model_of(program: Program) -> highspy.HighsLp:
    """The program in HiGHS's own form."""
    lp = highspy.HighsLp()
    lp.num_col_ = len(program.costs)
    lp.num_row_ = len(program.row_lowers)
    lp.offset_ = program.offset
    lp.col_cost_ = np.array(program.costs)
    lp.col_lower_ = np.zeros(len(program.costs))
    lp.col_upper_ = np.array(program.uppers)
    lp.row_lower_ = np.array(program.row_lowers)
    lp.row_upper_ = np.array(program.row_uppers)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.array(program.starts, dtype=np.int32)
    lp.a_matrix_.index_ = np.array(program.indices, dtype=np.int32)
    lp.a_matrix_.value_ = np.array(program.values)
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    lp.integrality_ = [kinds[each] for each in program.whole]
    return lp


def solver_of(limits: Limits, gap: float) -> highspy.Highs:
    """HiGHS with our settings; `gap` is the absolute one that ends the work."""
    highs = highspy.Highs()
    highs.silent()
    for option, value in (
        ("threads", 1),
        ("random_seed", limits.seed),
        ("time_limit", limits.seconds),
        ("mip_rel_gap", limits.gap),
        ("mip_heuristic_run_feasibility_jump", False),  # finds nothing here, and costs a tenth of the time
        ("mip_abs_gap", gap),
    ):
        highs.setOptionValue(option, value)
    return highs


def sparse(values: Any) -> list[tuple[int, float]]:
    """The values that are not zero, with their columns."""
    dense = np.asarray(values)
    return [(int(at), float(dense[at])) for at in np.flatnonzero(np.abs(dense) > 1e-9)]


def all_whole(program: Program) -> bool:
    """Whether every cost is a whole number of minutes on whole columns, so that a gap below 1 is a proof."""
    return all(
        cost == 0 or (whole and cost == int(cost))
        for cost, whole in zip(program.costs, program.whole, strict=True)
    )
