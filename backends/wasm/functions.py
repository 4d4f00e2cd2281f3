"""Encodes the body of a function: an iterative traversal of its ops, in order."""

from __future__ import annotations

from collections.abc import Iterable

from xdsl.dialects import arith
from xdsl.dialects.func import FuncOp
from xdsl.dialects.scf import ForOp, IfOp
from xdsl.ir import Block, Operation, SSAValue
from xdsl.transforms.canonicalization_patterns.utils import const_evaluate_operand

from dspc.backends.common.row_loops import RowLoop, row_loop, runs_once
from dspc.backends.common.traversal import Traversal
from dspc.backends.wasm import vectors
from dspc.backends.wasm.arithmetic import HANDLERS, is_renaming
from dspc.backends.wasm.calls import declared_call
from dspc.backends.wasm.code import Push, WasmCode, last_uses
from dspc.backends.wasm.instructions import BYTES
from dspc.backends.wasm.layout import WasmLayout
from dspc.backends.wasm.sounds import SOUNDFILE_HANDLERS
from dspc.backends.wasm.storage import STATE, WasmValues
from dspc.backends.wasm.types import constants, wasm_type
from dspc.dialects.dsp.tables import slot_name
from dspc.dialects.dsp_par.lanes import lanes_of
from dspc.support.diagnostics import DspcError


class WasmFunction(WasmValues, Traversal):
    """Encodes a function's body into `code`; `layout` has the memory of each buffer."""

    def __init__(self, layout: WasmLayout, declared: dict[str, FuncOp], code: WasmCode) -> None:
        WasmValues.__init__(self, layout, code)
        Traversal.__init__(self)
        self._declared = declared
        self._last_uses: dict[Operation, list[SSAValue]] = {}
        self._yielded: dict[Operation, list[int]] = {}
        """The variables of the results of loops and conditionals."""

    def run(self, block: Block) -> None:
        """Encode a block and its nested blocks."""
        self._last_uses = last_uses(block)
        self.traverse(block)

    def visit(self, op: Operation) -> None:
        if op in self._last_uses:
            # Values are released once the regions of the op are encoded.
            self._work.append(lambda: self.release(self._last_uses[op]))
        special = self.special.get(op.name)
        if special is not None:
            special(self, op)
            return
        handler = HANDLERS.get(op.name) or vectors.HANDLERS.get(op.name)
        if handler is None:
            raise DspcError("E0902", f"WebAssembly code can't be made of {op.name}")
        result = op.results[0]
        operands = self.take(op.operands)
        pushes: list[Push] = []
        for lane in range(lanes_of(result.type)):
            handler(op, [lanes[lane] for lanes in operands], self.code)
            pushes.append(self.code.store(wasm_type(result.type)))
        self.define(result, pushes)

    def constant(self, op: Operation) -> None:
        assert isinstance(op, arith.ConstantOp)
        self.values[op.result] = constants(op.value)

    def renamed(self, op: Operation) -> None:
        """A cast to an index, or from one."""
        if is_renaming(op):
            self.rename(op.results[0], self.values[op.operands[0]])
            return
        HANDLERS[op.name](op, [self.push_of(op.operands[0])], self.code)
        self.define(op.results[0], [self.code.store(wasm_type(op.results[0].type))])

    def permuted(self, op: Operation) -> None:
        permute = vectors.PERMUTATIONS[op.name]
        self.rename(op.results[0], permute(op, self.take(op.operands)))

    def reduced(self, op: Operation) -> None:
        vectors.reduce_lanes(op, self.take(op.operands), self.code)
        self.define(op.results[0], [self.code.store(wasm_type(op.results[0].type))])

    # Calls

    def call(self, op: Operation) -> None:
        function = self._declared[slot_name(op.properties["callee"])]
        args = [self.push_of(operand) for operand in op.operands]
        declared_call(function, args, self.code)
        self.define(op.results[0], [self.code.store(wasm_type(op.results[0].type))])

    def soundfile(self, op: Operation) -> None:
        row = self.row(slot_name(op.properties["slot"]))
        self.code.get(STATE)
        self.code.emit("i32.load", row.offset)
        self.define(op.results[0], [self.code.store("i32")])

    def soundfile_read(self, op: Operation) -> None:
        args = [self.push_of(operand) for operand in op.operands]
        SOUNDFILE_HANDLERS[op.name](op, args, self.code)
        self.define(op.results[0], [self.code.store(wasm_type(op.results[0].type))])

    # Regions

    def loop(self, op: Operation) -> None:
        assert isinstance(op, ForOp)
        if runs_once(op):
            return self._loop_once(op)
        row = row_loop(op)
        if row is not None and self._copy_row(op, row):
            return None
        index, *carried = op.body.block.args
        variables = self._carried(op, carried)
        counter = self.code.variable("i32")
        high, step = self.push_of(op.ub), self.push_of(op.step)
        self.code.get(self.push_of(op.lb))
        self.code.emit("local.set", counter)
        self._share(index, [counter])
        self.code.emit("block")
        self.code.get(("local.get", counter), high)
        self.code.emit("i32.ge_s")
        self.code.emit("br_if", 0)
        self.code.emit("loop")

        def close() -> None:
            self.code.get(("local.get", counter), step)
            self.code.emit("i32.add")
            self.code.emit("local.set", counter)
            self.code.get(("local.get", counter), high)
            self.code.emit("i32.lt_s")
            self.code.emit("br_if", 0)
            self.code.emit("end")
            self.code.emit("end")
            self.code.release(counter)
            self._results(op, variables)

        self._work += [close, iter(op.body.block.ops)]
        return None

    def _carried(self, op: ForOp, carried: Iterable[SSAValue]) -> list[list[int]]:
        """Set the variables of loop-carried values, by lane, to their first values."""
        starts = self.take(op.iter_args)
        variables: list[list[int]] = []
        for value, pushes in zip(op.results, starts, strict=True):
            kind = wasm_type(value.type)
            variables.append([self.code.variable(kind) for _ in pushes])
        flat = [number for numbers in variables for number in numbers]
        for number, push in zip(flat, (push for lanes in starts for push in lanes), strict=True):
            self.code.get(push)
            self.code.emit("local.set", number)
        self._yielded[op] = flat
        for argument, numbers in zip(carried, variables, strict=True):
            self._share(argument, numbers)
        return variables

    def _share(self, value: SSAValue, numbers: list[int]) -> None:
        """A value is in variables that something else holds as well."""
        self.rename(value, [("local.get", number) for number in numbers])

    def _results(self, op: Operation, variables: list[list[int]]) -> None:
        """The results of an op with regions are in variables that it took."""
        self._yielded.pop(op, None)
        for result, numbers in zip(op.results, variables, strict=True):
            self.define(result, [("local.get", number) for number in numbers])

    def _loop_once(self, op: ForOp) -> None:
        """A loop of one iteration, as the past of one frame is copied by: no loop."""
        index, *carried = op.body.block.args
        self.rename(index, self.values[op.lb])
        for argument, pushes in zip(carried, self.take(op.iter_args), strict=True):
            self.rename(argument, pushes)
        variables = self._variables(op)
        self._work += [lambda: self._results(op, variables), iter(op.body.block.ops)]

    def _variables(self, op: Operation) -> list[list[int]]:
        """Variables for the results of an op, which its yields set."""
        variables = [
            [self.code.variable(wasm_type(result.type)) for _ in range(lanes_of(result.type))]
            for result in op.results
        ]
        self._yielded[op] = [number for numbers in variables for number in numbers]
        return variables

    def _copy_row(self, op: ForOp, loop: RowLoop) -> bool:
        """Copy or clear a row at once; False where only a loop keeps the order of accesses."""
        source = None if loop.source is None else self.rows[loop.source]
        target = self.rows[loop.target]
        if source is not None and source.tag == target.tag and not loop.is_free:
            return False
        low, high = const_evaluate_operand(op.lb), const_evaluate_operand(op.ub)
        if low is None or high is None or low > high:
            return False
        size = BYTES[target.kind]
        for row in (target, source):
            if row is not None:
                self.address(row, ("i32.const", low))
        if source is None:
            self.code.emit("i32.const", 0)
        self.code.emit("i32.const", size * (high - low))
        self.code.emit("memory.fill" if source is None else "memory.copy")
        return True

    def branch(self, op: Operation) -> None:
        assert isinstance(op, IfOp)
        variables = self._variables(op)
        self.code.get(self.push_of(op.cond))
        self.code.emit("if")
        otherwise = op.false_region.blocks

        def close() -> None:
            self.code.emit("end")
            self._results(op, variables)

        self._work.append(close)
        if otherwise:
            self._work += [iter(otherwise[0].ops), lambda: self.code.emit("else")]
        self._work.append(iter(op.true_region.block.ops))

    def pass_on(self, op: Operation) -> None:
        """All values are pushed before any variable is set: a parallel move."""
        parent = op.parent_op()
        assert parent is not None
        for lanes in self.take(op.operands):
            self.code.get(*lanes)
        for number in reversed(self._yielded.get(parent, [])):
            self.code.emit("local.set", number)


WasmFunction.special = {
    **Traversal.special,
    "arith.constant": WasmFunction.constant,
    "arith.index_cast": WasmFunction.renamed,
    **dict.fromkeys(vectors.PERMUTATIONS, WasmFunction.permuted),
    "vector.reduction": WasmFunction.reduced,
    "dsp_mem.get": WasmFunction.get,
    "memref.load": WasmFunction.load,
    "memref.store": WasmFunction.store,
    "vector.load": WasmFunction.load_lanes,
    "vector.store": WasmFunction.store_lanes,
    "func.call": WasmFunction.call,
    "dsp.soundfile": WasmFunction.soundfile,
    **dict.fromkeys(SOUNDFILE_HANDLERS, WasmFunction.soundfile_read),
    "scf.for": WasmFunction.loop,
    "scf.if": WasmFunction.branch,
    "scf.yield": WasmFunction.pass_on,
    "dsp_par.window": WasmFunction.window,
}
