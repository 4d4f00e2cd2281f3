"""Allocations that fail when told to, and what making an instance then answers.

The same plans and statuses as those of the C++ memory run-time (`dspc/faulty.h`, `dspc/status.h`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dspc.dialects.diagnostics import DspcError

_MASK = (1 << 64) - 1


class Status(StrEnum):
    """What making an instance answers."""

    OK = "ok"
    OUT_OF_MEMORY = "out of memory"
    INVALID_ARGUMENT = "invalid argument"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class FaultPlan:
    """Which requests for memory fail, by their numbers from 1 on.

    `once` and `start` are the number of the only one or of the first one; `seed` lets each fail
    with a chance of `per_thousand` in 1000. Whether a request fails depends on its number alone.
    """

    once: int | None = None
    start: int | None = None
    seed: int | None = None
    per_thousand: int = 0

    def fails(self, number: int) -> bool:
        if self.once is not None and number == self.once:
            return True
        if self.start is not None and number >= self.start:
            return True
        if self.seed is None:
            return False
        return _scramble(self.seed ^ _scramble(number)) % 1000 < self.per_thousand


NEVER = FaultPlan()


def _scramble(x: int) -> int:
    """The finalizer of MurmurHash3 (Appleby, 2011)."""
    x = ((x ^ (x >> 33)) * 0xFF51AFD7ED558CCD) & _MASK
    x = ((x ^ (x >> 33)) * 0xC4CEB9FE1A85EC53) & _MASK
    return x ^ (x >> 33)


def read_plan(text: str) -> FaultPlan:
    """`3`: the third request; `3+`: all from it on; `7:50`: 50 in 1000, by the seed 7; "": none.

    Raises DspcError E0008.
    """
    if not text:
        return NEVER
    number, plus, rest = text.partition("+")
    seed, colon, chance = text.partition(":")
    if colon and seed.isdecimal() and chance.isdecimal():
        return FaultPlan(seed=int(seed), per_thousand=int(chance))
    if not number.isdecimal() or rest or int(number) < 1:
        message = f"--fail-allocation is a number, a number and +, or SEED:P, not {text}"
        raise DspcError("E0008", message, exit_status=2)
    return FaultPlan(start=int(number)) if plus else FaultPlan(once=int(number))
