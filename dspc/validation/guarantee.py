"""The guarantees of passes, which decide how and by which runs their results are compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xdsl.ir import Operation

from dspc.backends.interp.checks.script import Script
from dspc.dialects.dsp import time
from dspc.passes.analysis.feedback_distance import RATES

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp
    from xdsl.passes import ModulePass

FLUSHED = {"f64": 2.0**-1000, "f32": 2.0**-104}
"""Absolute tolerances of passes that flush: 2**22 least normal numbers, as feedback accumulates."""


@dataclass(frozen=True)
class Guarantee:
    """The weakest guarantee of some passes."""

    reassociates: bool = False
    flushes: bool = False
    sizes: bool = False
    merges_constants: bool = False
    """Constants are merged, so that rounding decides otherwise what is computed once a block."""
    assumes: bool = False
    """Delays in feedback are assumed to be at least a frame long, as they are with controls in
    range at the rates that the pass knows."""

    @property
    def is_exact(self) -> bool:
        return not (self.reassociates or self.flushes)

    def covers(self, script: Script) -> bool:
        """Whether the passes promise anything for the inputs and controls of a script."""
        if script.kind == "usual":
            return not self.assumes or script.rate >= RATES[0]
        if script.kind == "beyond":
            return not (self.sizes or self.assumes)
        # `x * 0 -> 0` is right for finite numbers only.
        return self.is_exact and not (self.sizes or self.assumes)

    def __str__(self) -> str:
        if self.is_exact:
            return "bit by bit"
        return "within rounding" if self.reassociates else "but for subnormal numbers"


def guarantee_of(passes: Sequence[ModulePass], module: ModuleOp) -> Guarantee:
    """The guarantee of passes for a module before them."""

    def any_has(attribute: str) -> bool:
        return any(getattr(module_pass, attribute, False) for module_pass in passes)

    reassociates = any_has("REASSOCIATES")
    if any_has("LOWERS_LOOPS") and not reassociates:
        reassociates = any(op.name == "dsp.loop" for op in module.walk())
    return Guarantee(
        reassociates,
        any_has("FLUSHES"),
        any_has("SIZES"),
        any_has("MERGES_CONSTANTS"),
        any_has("ASSUMES") and any(map(_may_be_short, module.walk())),
    )


def _may_be_short(op: Operation) -> bool:
    """Whether the delay is one in feedback that may be shorter than a frame."""
    is_varying = isinstance(op, time.DelayOp) and op.amount is not None and not op.offset.value.data
    return is_varying and isinstance(op.parent_op(), time.Recursion)
