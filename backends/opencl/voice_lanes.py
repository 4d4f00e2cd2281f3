"""Prints `compute` for several voices in one work-item: a short loop over them, in each frame.

Compilers turn that loop, which no voice leaves early, into vectors across voices. What is the same
in all voices, positions in delay lines above all, is computed once and outside of it.

    float y[DSPC_LANES];
    DSPC_EACH_LANE
        y[lane] = state[k * DSPC_TILE + lane];
    for (int i = 0; i < count; ++i) {
        const int place = position & 4095;
        DSPC_EACH_LANE {
            const float x = line[place * DSPC_TILE + lane];
            ...
        }
        position = position + 1;
    }
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from xdsl.dialects.memref import StoreOp
from xdsl.dialects.scf import ForOp
from xdsl.ir import Block, Operation, SSAValue

from dspc.backends.c.assignments import assign_together
from dspc.backends.c.expressions import Expr, binary
from dspc.backends.c.language import Uses
from dspc.backends.c.names import Names, default_name
from dspc.backends.opencl.functions import ClFunctionPrinter
from dspc.backends.opencl.layout import ClLayout
from dspc.backends.opencl.storage import ClStorage
from dspc.dialects.dsp_par.loops import LoopOp, WindowOp
from dspc.dialects.dsp_par.voices import ValueOrBuffer


def frames_loop(compute: Block) -> ForOp | None:
    """The one loop over all frames, if that is all that `compute` does with frames."""
    loops = [op for op in compute.ops if isinstance(op, ForOp)]
    frame_loops = [op for op in loops if op.ub is compute.args[0]]
    others = [op for op in loops if op.ub is not compute.args[0] and op.results]
    split = any(isinstance(op, LoopOp | WindowOp) for op in compute.walk())
    return frame_loops[0] if len(frame_loops) == 1 and not others and not split else None


class LanePrinter(ClFunctionPrinter):
    """The lines of `compute`, of which `different` holds the values that differ between voices."""

    def __init__(
        self,
        layout: ClLayout,
        names: Names,
        uses: Uses,
        different: set[ValueOrBuffer],
    ) -> None:
        super().__init__("compute", layout, names, uses)
        self._different = different
        self._leaving: set[SSAValue] = set()
        """Values that differ, and are needed beyond the loop over voices that computes them."""
        self._declared: list[str] = []
        self._in_lanes = False

    def run(self, block: Block) -> None:
        """Print the whole function."""
        loop = frames_loop(block)
        assert loop is not None
        self.prepare(block)
        ops = list(block.ops)
        at = ops.index(loop)
        before, after = ops[:at], ops[at + 1 :]
        self._leaving = _needed_later(before, loop, self._different)
        self._stage(before, lambda: self._start(loop))
        self._loop_over_frames(loop)
        self._stage(after, lambda: None)

    def _stage(self, ops: Sequence[Operation], end: Callable[[], None]) -> None:
        """Some ops: those that are the same in all voices, then the others in a loop over voices.

        The first kind read only what nobody writes meanwhile.
        """
        self.print_ops(op for op in ops if not self._differs(op))
        start = len(self.lines)
        self._declared = []
        self.emit("DSPC_EACH_LANE {")
        self._indent += "\t"
        self._in_lanes = True
        opened = len(self.lines)
        self.print_ops(op for op in ops if self._differs(op))
        end()
        self._in_lanes = False
        self._indent = self._indent[:-1]
        if len(self.lines) == opened:
            del self.lines[start:]
        else:
            self.emit("}")
        self.lines[start:start] = self._declared

    def _differs(self, op: Operation) -> bool:
        if isinstance(op, StoreOp):
            memory = self.arrays[op.memref]
            return not (isinstance(memory, ClStorage) and memory.common)
        if op.results:
            return any(result in self._different for result in op.results)
        return True

    def _start(self, loop: ForOp) -> None:
        """Initialise the loop-carried values in each voice."""
        carried = loop.body.block.args[1:]
        names: list[str | None] = []
        for arg, start, result in zip(carried, loop.iter_args, loop.results, strict=True):
            if not arg.uses and not result.uses:
                names.append(None)
                continue
            kind = self.language.scalar(arg.type)
            hint = arg.name_hint or result.name_hint or start.name_hint
            name = self.names.fresh(hint, default_name(kind))
            value = self.take(start).text
            if arg in self._different:
                self._declare(kind, name)
                name = f"{name}[lane]"
                self.emit(f"{name} = {value};")
            else:
                self._declared.append(f"{self._indent[:-1]}{kind} {name} = {value};")
            names.append(name)
            self.values[arg] = Expr(name, reads=frozenset((name,)))
            self.values[result] = Expr(name)
        self._targets[loop] = names
        self.settle_memory()

    def _loop_over_frames(self, loop: ForOp) -> None:
        body = loop.body.block
        name = self.names.fresh(body.args[0].name_hint, "i")
        low, high = self.take(loop.lb), self.take(loop.ub)
        self.values[body.args[0]] = Expr(name).within(low.low, max(low.low, high.high - 1))
        self.emit(f"for (int {name} = {low.text}; {name} < {high.text}; ++{name}) {{")
        self._indent += "\t"
        *ops, end = body.ops
        self._stage(ops, lambda: self._assign(loop, end, True))
        self._assign(loop, end, False)
        self._indent = self._indent[:-1]
        self.emit("}")

    def _assign(self, loop: ForOp, end: Operation, differing: bool) -> None:
        """The next loop-carried values: those that differ between voices, or the rest."""
        wanted: list[tuple[str, SSAValue, Expr]] = []
        args = loop.body.block.args[1:]
        for name, arg, value in zip(self._targets[loop], args, end.operands, strict=True):
            if name is not None and (arg in self._different) == differing:
                wanted.append((name, value, self.take(value)))
        assign_together(self, wanted)

    # Values

    def define(self, op: Operation, expr: Expr) -> None:
        value = op.results[0]
        if value in self._leaving:
            self.values[value] = self.variable(value, expr)
        else:
            super().define(op, expr)

    def variable(self, value: SSAValue, expr: Expr) -> Expr:
        if value not in self._leaving:
            return super().variable(value, expr)
        name = self.result(value)
        self.emit(f"{name} = {expr.text};")
        return Expr(name, low=expr.low, high=expr.high)

    def result(self, value: SSAValue) -> str:
        if value not in self._leaving:
            return super().result(value)
        kind = self.language.scalar(value.type)
        name = self.names.fresh(value.name_hint, default_name(kind))
        self._declare(kind, name)
        return f"{name}[lane]"

    def _declare(self, kind: str, name: str) -> None:
        self._declared.append(f"{self._indent[:-1]}{kind} {name}[DSPC_LANES];")

    # Memory

    def index(self, memory: ClStorage, indices: list[Expr]) -> Expr:
        index = super().index(memory, indices)
        return binary("+", index, Expr(memory.lane, size=0)) if memory.lane else index


def _needed_later(
    before: Iterable[Operation], loop: ForOp, different: set[ValueOrBuffer]
) -> set[SSAValue]:
    """Results that differ and that later ops read; where the loop starts is not later."""
    own = {*before, loop}
    return {
        result
        for op in own
        for result in op.results
        if op is not loop
        and result in different
        and any(
            _top(use.operation, loop.parent) not in own or _is_within(use.operation, loop)
            for use in result.uses
        )
    }


def _is_within(op: Operation, loop: ForOp) -> bool:
    return op is not loop and _top(op, loop.parent) is loop


def _top(op: Operation, block: Block | None) -> Operation:
    """The op of a block that another stands in."""
    while op.parent is not block:
        parent = op.parent_op()
        assert parent is not None
        op = parent
    return op
