"""Fault injection for allocations, and the status of creating an instance.

Plans and statuses are those of the C++ memory run-time (`dspc/faulty.h`, `dspc/status.h`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dspc.support.diagnostics import DspcError

_MASK = (1 << 64) - 1


class Status(StrEnum):
    """The result of creating an instance."""

    OK = "ok"
    OUT_OF_MEMORY = "out of memory"
    INVALID_ARGUMENT = "invalid argument"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class FaultPlan:
    """Which requests for memory fail; requests are numbered from 1.

    `once`: this request fails; `start`: this and all later ones; `seed`: each fails with a
    probability of `per_thousand` / 1000. The decision depends only on the number of the request.
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
    """`3`: the third request; `3+`: the third and later; `7:50`: 50 in 1000 with seed 7; "": none.

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
