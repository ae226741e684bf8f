"""How often one network address may use a public form: a token bucket.

A shelter, a library or a clinic's own waiting room shares one address, so the allowance is generous to people
and narrow only for machines.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Allowance:
    """`burst` tries at once, and one more every `seconds`."""

    burst: int
    seconds: int


HELP = Allowance(burst=10, seconds=60)
WORRY = Allowance(burst=10, seconds=60)
CALENDAR = Allowance(burst=20, seconds=10)
