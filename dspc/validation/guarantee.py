"""The guarantees of passes, which decide how and by which runs their results are compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dspc.backends.interp.checks.script import Script

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

    @property
    def is_exact(self) -> bool:
        return not (self.reassociates or self.flushes)

    def covers(self, script: Script) -> bool:
        """Whether the passes promise anything for the inputs and controls of a script."""
        if script.kind == "usual":
            return True
        if script.kind == "beyond":
            return not self.sizes
        # `x * 0 -> 0` is right for finite numbers only.
        return self.is_exact and not self.sizes

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
        reassociates, any_has("FLUSHES"), any_has("SIZES"), any_has("MERGES_CONSTANTS")
    )
