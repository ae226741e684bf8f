"""What other rooms and our pages may ask about assessment, plan, safety plan and tests. All frozen."""

from homeground.plan.queries.objectives import Objective, objectives_of

__all__ = ["Objective", "objectives_of"]
