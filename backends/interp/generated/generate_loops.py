"""A lowered module as Python: a Python function for each function, over rows of buffers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from xdsl.dialects import func, memref, scf
from xdsl.dialects.builtin import MemRefType, ModuleOp
from xdsl.ir import Block, Operation, SSAValue

from dspc.backends.interp.definition import memory as mem
from dspc.backends.interp.definition.memory import poison
from dspc.backends.interp.definition.scalars import element_name, typed_call
from dspc.backends.interp.errors import InterpreterError
from dspc.backends.interp.generated.generate import Emitter, Handler
from dspc.backends.interp.generated.generate_heaps import placed_handlers, plain_handlers
from dspc.backends.interp.generated.generate_signals import sound_handlers
from dspc.backends.interp.instance_memory import LoopMemory
from dspc.backends.interp.orders import Order
from dspc.dialects.dsp.interface import LoweredOp
from dspc.dialects.dsp_mem import GetOp
from dspc.dialects.dsp_par import GraphOp, LoopOp, SectionsOp, TeamForOp
from dspc.dialects.dsp_par.lanes import lanes_of

FUNCTIONS = ("class_init", "instance_constants", "instance_clear", "compute")
CONTROL = "control"
"""An optional function of a program: computes the values that depend on controls only (`-ec`)."""


def made(present: Collection[str]) -> tuple[str, ...]:
    """The functions that `make` returns, of those that a module has."""
    return (*FUNCTIONS, *([CONTROL] if CONTROL in present else []))


ALIASES = ("memref.cast", "memref.memory_space_cast", "memref.assume_alignment")


class LoopEmitter(Emitter):
    """Prints `make(rows)`, which returns the functions of a lowered module (`FUNCTIONS`).

    With placed memory it is `make(rows, heaps)`; `heaps` serves the dynamic allocations.
    """

    def __init__(self, module: ModuleOp, memory: LoopMemory, order: Order) -> None:
        super().__init__()
        self._order = order
        self._split: set[Operation] = set()
        """Loops whose iterations are distributed over a team."""
        self.rows = {name: f"b{at}" for at, name in enumerate(memory.rows)}
        self.functions = {
            op.sym_name.data: op
            for op in module.body.block.ops
            if isinstance(op, func.FuncOp) and not op.is_declaration
        }
        for name in FUNCTIONS:
            if name not in self.functions:
                program = next((op for op in module.ops if isinstance(op, LoweredOp)), None)
                raise InterpreterError(f"the module has no function {name}", program)
        self.handlers.update(self._handlers())
        self.handlers.update(sound_handlers(self, memory.sounds))
        if memory.heaps is None:
            self.handlers.update(plain_handlers(self))
            self.line("def make(rows):")
        else:
            self.handlers.update(placed_handlers(self))
            self.line("def make(rows, heaps):")
        self.indent = 1
        if self.rows:
            self.line(f"{', '.join(self.rows.values())}, = rows")
        for op in self.functions.values():
            self._function(op)
        self.line(f"return {', '.join(f'f_{name}' for name in made(self.functions))}")

    def _handlers(self) -> dict[str, Handler]:
        return {
            "memref.load": self._load,
            "memref.store": self._store,
            "vector.load": self._load_lanes,
            "vector.store": self._store_lanes,
            "memref.alloc": lambda op: self.allocate(op, self.uses(op.operands)),
            "memref.alloca": lambda op: self.allocate(op, self.uses(op.operands)),
            "memref.dealloc": lambda op: None,
            "memref.dim": lambda op: self.assign(op, f"len({self.uses(op.operands)[0]})"),
            "memref.copy": self._copy,
            **dict.fromkeys(ALIASES, self._alias),
            "scf.for": self._for,
            "scf.if": self._if,
            "scf.while": self._while,
            "scf.parallel": self._parallel,
            "func.call": self._call,
            "dsp_par.window": lambda op: self.call(op, self.bind(mem.Window)),
            "dsp_par.loop": self._nested,
            "dsp_par.parallel": self._nested,
            "dsp_par.single": self._nested,
            "dsp_par.sections": self._sections,
            "dsp_par.graph": self._graph,
            "dsp_par.for": self._team_for,
        }

    def _function(self, op: func.FuncOp) -> None:
        names = self.define_all(op.body.block.args)
        self.line(f"def f_{op.sym_name.data}({', '.join(names)}):", op)
        self.indent += 1

        def close(end: Operation) -> None:
            self.line(f"return ({''.join(f'{v}, ' for v in self.uses(end.operands))})", end)
            self.indent -= 1

        self.enter(op.body.block, close)
        self.run()

    def _call(self, op: Operation) -> None:
        assert isinstance(op, func.CallOp)
        name = op.callee.root_reference.data
        if name not in self.functions:
            self.call(op, self.bind(typed_call(name, element_name(op.results[0].type), op)))
            return
        arguments = self.uses(op.operands)
        self._set(self.define_all(op.results), f"f_{name}({', '.join(arguments)})", op)

    def _set(self, targets: Sequence[str], source: str, op: Operation) -> None:
        """Unpack a tuple."""
        self.line(f"{', '.join(targets)}, = {source}" if targets else source, op)

    def _assign_all(self, targets: Sequence[str], sources: Sequence[str], op: Operation) -> None:
        """A parallel assignment: a source may be a target too."""
        if targets:
            self.line(f"{', '.join(targets)} = {', '.join(sources)}", op)

    def get(self, op: Operation) -> None:
        """A declared buffer."""
        assert isinstance(op, GetOp)
        name = op.buffer.root_reference.data
        if name not in self.rows:
            raise InterpreterError(f"no buffer is called {name}", op)
        self.names[op.memref] = self.rows[name]

    def _load(self, op: Operation) -> None:
        row, index = self._element(op.operands)
        outside = f"{self.bind(mem.trap)}({row}, {index}, 'read')"
        self.assign(op, f"{row}[{index}] if 0 <= {index} < len({row}) else {outside}")

    def _store(self, op: Operation) -> None:
        (value,) = self.uses(op.operands[:1])
        row, index = self._element(op.operands[1:])
        self.line(f"if 0 <= {index} < len({row}): {row}[{index}] = {value}", op)
        self.line(f"else: {self.bind(mem.trap)}({row}, {index}, 'written')", op)

    def _element(self, operands: Sequence[SSAValue]) -> tuple[str, str]:
        """The names of a row and an index, 0 for a row of rank 0."""
        row, index = [*self.uses(operands), "0"][:2]
        return row, index

    def _load_lanes(self, op: Operation) -> None:
        self.call(op, self.bind(mem.load_lanes), str(lanes_of(op.results[0].type)))

    def _store_lanes(self, op: Operation) -> None:
        self.line(f"{self.bind(mem.store_lanes)}({', '.join(self.uses(op.operands))})", op)

    def _copy(self, op: Operation) -> None:
        source, target = self.uses(op.operands)
        self.line(f"{self.bind(mem.copy_row)}({target}, {source})", op)

    def allocate(self, op: Operation, sizes: list[str]) -> None:
        """A poisoned row for an op's result; `sizes` has the length of a dynamic one."""
        type = op.results[0].type
        assert isinstance(type, MemRefType)
        shape = type.get_shape()
        if len(shape) > 1:
            raise InterpreterError("a buffer must be a scalar or one row", op)
        sizes = sizes or [str(extent) for extent in shape] or ["1"]
        filler = self.bind_constant(poison(element_name(type.element_type)))
        self.assign(op, f"[{filler}] * {sizes[0]}")

    def _alias(self, op: Operation) -> None:
        (self.names[op.results[0]],) = self.uses(op.operands)

    def body(
        self, block: Block, targets: Sequence[str], after: Callable[[], None] | None = None
    ) -> None:
        """Print a block one level deeper and assign the values it yields to the targets.

        `after` prints the code after the block.
        """
        self.indent += 1
        self.line("pass")

        def close(end: Operation) -> None:
            self._assign_all(targets, self.uses(end.operands), end)
            self.indent -= 1
            if after is not None:
                after()

        self.enter(block, close)

    def _for(self, op: Operation) -> None:
        assert isinstance(op, scf.ForOp)
        low, high, step, *start = self.uses(op.operands)
        index, *carried = self.define_all(op.body.block.args)
        self._assign_all(carried, start, op)
        iterations = f"{self.bind_constant(self._order)}.frames" if op in self._split else "range"
        is_fill = op not in self._split and _is_fill(op)
        if is_fill:
            value, row, _ = self.uses(next(iter(op.body.block.ops)).operands)
            inside = f"type({row}) is list and {step} == 1 and 0 <= {low} <= {high} <= len({row})"
            self.line(f"if {inside}: {row}[{low}:{high}] = [{value}] * ({high} - {low})", op)
            self.line("else:", op)
            self.indent += 1
        self.line(f"for {index} in {iterations}({low}, {high}, {step}):", op)
        self.names.update(zip(op.results, carried, strict=True))
        self.body(op.body.block, carried, self._dedent if is_fill else None)

    def _dedent(self) -> None:
        self.indent -= 1

    def _parallel(self, op: Operation) -> None:
        """Iterations run in order, which the verifier guarantees to be immaterial."""
        assert isinstance(op, scf.ParallelOp)
        if op.results or len(op.lowerBound) != 1:
            raise InterpreterError(
                "a parallel loop must have one induction variable and no results", op
            )
        low, high, step = self.uses(op.operands)
        (index,) = self.define_all(op.body.block.args)
        self.line(f"for {index} in range({low}, {high}, {step}):", op)
        self.body(op.body.block, [])

    def _nested(self, op: Operation) -> None:
        self.line("if True:", op)
        self.body(op.regions[0].block, [])

    def _sections(self, op: Operation) -> None:
        assert isinstance(op, SectionsOp)
        self._in_any_order(op, [(section.loops, ()) for section in op.sections])

    def _graph(self, op: Operation) -> None:
        assert isinstance(op, GraphOp)
        index = {task.number.data: at for at, task in enumerate(op.tasks)}
        self._in_any_order(
            op, [(task.loops, [index[n] for n in task.predecessors]) for task in op.tasks]
        )

    def _in_any_order(
        self, op: Operation, parts: Sequence[tuple[Sequence[LoopOp], Sequence[int]]]
    ) -> None:
        """A loop over steps, each of which runs a loop of a section or task."""
        order = self.bind_constant(self._order)
        shape = self.bind_constant(tuple((len(loops), tuple(after)) for loops, after in parts))
        self.line(f"for step in {order}.steps({shape}):", op)
        self.indent += 1
        self.line("pass")
        steps = [loop for loops, _ in parts for loop in loops]

        def write(number: int) -> None:
            if number == len(steps):
                self.indent -= 1
                return
            self.line(f"{'elif' if number else 'if'} step == {number}:", steps[number])
            self.indent += 1
            self.line("pass")

            def close(_: Operation) -> None:
                self.indent -= 1
                write(number + 1)

            self.enter(steps[number].body.block, close)

        write(0)

    def _team_for(self, op: Operation) -> None:
        assert isinstance(op, TeamForOp)
        self._split.add(op.frames)
        self.line("if True:", op)
        self.body(op.loop.body.block, [])

    def _if(self, op: Operation) -> None:
        assert isinstance(op, scf.IfOp)
        (condition,) = self.uses([op.cond])
        targets = self.define_all(op.results)
        self.line(f"if {condition}:", op)
        self.indent += 1
        self.line("pass")

        def close_first(end: Operation) -> None:
            self._assign_all(targets, self.uses(end.operands), end)
            self.indent -= 1
            if op.false_region.blocks:
                self.line("else:", op)
                self.body(op.false_region.block, targets)

        self.enter(op.true_region.block, close_first)

    def _while(self, op: Operation) -> None:
        assert isinstance(op, scf.WhileOp)
        before, after = op.before_region.block, op.after_region.block
        start = self.uses(op.operands)
        carried, inside = self.define_all(before.args), self.define_all(after.args)
        self._assign_all(carried, start, op)
        self.line("while True:", op)
        self.indent += 1
        self.names.update(zip(op.results, inside, strict=True))

        def close_condition(end: Operation) -> None:
            condition, *forwarded = self.uses(end.operands)
            self._assign_all(inside, forwarded, end)
            self.line(f"if not {condition}: break", end)
            self.indent -= 1
            self.body(after, carried)

        self.enter(before, close_condition)


def _is_fill(op: scf.ForOp) -> bool:
    """Whether a loop does nothing but store one value in consecutive elements of a row."""
    block = op.body.block
    store = block.first_op
    if not isinstance(store, memref.StoreOp) or op.iter_args or store.next_op is not block.last_op:
        return False
    outside = (store.value, store.memref)
    is_same = all(value.owner is not block for value in outside)
    return is_same and list(store.indices) == [block.args[0]]
