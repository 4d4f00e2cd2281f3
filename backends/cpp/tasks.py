"""Task graphs in a class: tables of who waits for whom, and one method for each task.

What tasks need of values that were computed before them lies in a member, `fFrame`; rows that
tasks leave for each other are members, too. The C++ run-time's scheduler calls `computeTask`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xdsl.dialects.arith import ConstantOp
from xdsl.dialects.builtin import IntegerAttr, MemRefType
from xdsl.dialects.func import FuncOp
from xdsl.ir import Block, Operation, SSAValue, Use

from dspc.backends.c.expressions import Expr
from dspc.backends.c.functions import FunctionPrinter
from dspc.backends.c.language import Uses
from dspc.backends.c.names import Names, wrapped
from dspc.backends.c.storage import Storage, host_array
from dspc.backends.c.vectors import element_type, is_vector, vector_type
from dspc.backends.common.task_order import topological
from dspc.backends.cpp.language import CPP
from dspc.dialects.dsp.tables import slot_name
from dspc.dialects.dsp_mem.buffers import GetOp
from dspc.dialects.dsp_par import GraphOp, TaskOp, WindowOp
from dspc.dialects.dsp_par.lanes import lanes_of

RESERVED = ("fTasks", "fFrame", "computeTask", "session", "task", "dspc")
"""Names that the class has besides."""

TASK_FLAGS = ("-std=c++17", "-pthread")
"""Further compiler flags."""

_REPEATED = ("dsp_mem.get", "dsp.soundfile", "dsp_par.window", ConstantOp.name)
"""Ops that each task has for itself: they cost nothing, and tell the compiler more than a copy."""


@dataclass(frozen=True, slots=True)
class GraphTable:
    """A graph's tasks, each after those that it waits for; `first` is the number of the first."""

    graph: GraphOp
    name: str
    first: int
    tasks: tuple[TaskOp, ...]

    def followers(self) -> list[list[int]]:
        """For each task those that wait for it."""
        place = {task.number.data: at for at, task in enumerate(self.tasks)}
        waits: list[list[int]] = [[] for _ in self.tasks]
        for at, task in enumerate(self.tasks):
            for before in task.predecessors:
                waits[place[before]].append(at)
        return waits

    def lines(self, runtime: str) -> Iterator[str]:
        """The constant arrays that say it to the scheduler, which is in the namespace `runtime`.

        They stand before the class: as its members, they would be one for all libraries of a
        process that have a class of this name.
        """
        waits = [len(task.predecessors) for task in self.tasks]
        followers = self.followers()
        starts = [0]
        for each in followers:
            starts.append(starts[-1] + len(each))
        entries = [at for at, count in enumerate(waits) if not count]
        last = sum(not each for each in followers)
        rows = {
            f"{self.name}_starts": starts,
            # An array must have an element.
            f"{self.name}_followers": [at for each in followers for at in each] or [0],
            f"{self.name}_waits": waits,
            f"{self.name}_entries": entries,
        }
        places = [_number(task, "place", -1) for task in self.tasks]
        if min(places, default=-1) >= 0:
            rows[f"{self.name}_places"] = places
        for name, values in rows.items():
            yield from wrapped(f"static constexpr int {name}[] = ", list(map(str, values)))
        starting, *placed = list(rows)[:4], *list(rows)[4:]
        counts = (str(len(entries)), str(last))
        table_fields = ", ".join((str(len(waits)), str(self.first), *starting, *counts, *placed))
        yield f"static constexpr {runtime}::TaskTable {self.name} = {{{table_fields}}};"
        yield (
            f"static_assert({runtime}::isSound<{len(waits)}>({self.name}), "
            '"each task waits for what the table says");'
        )


def has_tasks(compute: FuncOp) -> bool:
    """Whether a function runs task graphs."""
    return any(isinstance(op, GraphOp) for op in compute.walk())


def buffers_of(function: FuncOp) -> set[str]:
    """The symbols of the buffers that a function touches outside of its tasks."""
    gets = [op for op in function.walk() if isinstance(op, GetOp)]
    return {slot_name(op.buffer) for op in gets if any(_is_outside(use) for use in op.memref.uses)}


def _is_outside(use: Use) -> bool:
    """Whether an op is in no task."""
    op: Operation | None = use.operation
    while op is not None and not isinstance(op, TaskOp):
        op = op.parent_op()
    return op is None


def tables_of(compute: FuncOp, class_name: str) -> list[GraphTable]:
    """The task graphs of a function, in order."""
    tables: list[GraphTable] = []
    first = 0
    for op in compute.walk():
        if isinstance(op, GraphOp):
            tasks = tuple(topological(list(op.tasks)))
            tables.append(GraphTable(op, f"tasks{len(tables)}_{class_name}", first, tasks))
            first += len(tasks)
    return tables


@dataclass(frozen=True, slots=True)
class Need:
    """The live-in values of one task: numbers and channels of the frame, and ops to recompute."""

    framed: tuple[SSAValue, ...]
    repeated: tuple[Operation, ...]


def need_of(task: TaskOp) -> Need:
    """The live-in values of a task, in program order."""
    inside = {result for op in task.body.walk() for result in op.results}
    blocks = [block for op in task.walk() for region in op.regions for block in region.blocks]
    inside |= {arg for block in blocks for arg in block.args}
    work = [operand for op in task.body.walk() for operand in op.operands]
    framed: dict[SSAValue, None] = {}
    repeated: dict[Operation, None] = {}
    while work:
        value = work.pop()
        owner = value.owner
        if value in inside or value in framed or owner in repeated:
            continue
        if isinstance(owner, Operation) and owner.name in _REPEATED:
            repeated[owner] = None
            work.extend(owner.operands)
        else:
            framed[value] = None
    return Need(tuple(reversed(framed)), tuple(sorted(repeated, key=_depth)))


def _depth(op: Operation) -> int:
    """The depth of nested windows: each comes after the row or window that it is into."""
    depth = 0
    while isinstance(op, WindowOp) and isinstance(op.source.owner, Operation):
        depth, op = depth + 1, op.source.owner
    return depth + isinstance(op, WindowOp)


class TaskForm:
    """The parts of a class that it needs where its `compute` runs task graphs."""

    def __init__(self, compute: FuncOp, class_name: str, runtime: str) -> None:
        """`runtime` is the namespace of the scheduler."""
        self._runtime = runtime
        self.tables = tables_of(compute, class_name)
        self.needs = {task: need_of(task) for table in self.tables for task in table.tasks}
        names = Names()
        self.fields: dict[SSAValue, str] = {}
        """The members of the frame, by name."""
        for need in self.needs.values():
            for value in need.framed:
                if value not in self.fields:
                    self.fields[value] = names.fresh(value.name_hint, "x")
        self.bounds: dict[SSAValue, tuple[int, int]] = {}
        """Bounds of the frame's numbers, once `compute` has been printed."""
        self.touched = {task: _buffers(need, task) for task, need in self.needs.items()}
        """The symbols of the buffers that each task touches."""
        self.buffers = frozenset().union(*self.touched.values())

    @property
    def _type(self) -> str:
        return f"{self._runtime}::TaskGraph<{max(len(table.tasks) for table in self.tables)}>"

    def members(self) -> Iterator[str]:
        """The frame and the scheduler's part of the instance."""
        if self.fields:
            yield "struct {"
            for value, name in self.fields.items():
                yield f"\t{_declared(value, name)};"
            yield "} fFrame = {};"
        yield f"{self._type} fTasks;"

    def statics(self) -> Iterator[str]:
        """Declarations before the class."""
        for table in self.tables:
            yield from table.lines(self._runtime)
        yield ""

    def session(self) -> str:
        """The first statements of `compute`."""
        least = min(_number(table.graph, "least_frames", 1) for table in self.tables)
        worth = f", count >= {least}" if least > 1 else ""
        return f"{self._type}::Session session(fTasks, *this{worth});"

    def dispatch(self) -> Iterator[str]:
        """The body of `computeTask`."""
        yield "switch (task) {"
        for number in range(len(self.needs)):
            yield f"\tcase {number}: computeTask{number}(); break;"
        yield "}"


def _declared(value: SSAValue, name: str) -> str:
    """A member of the frame. A vector is an array: an instance may lie at any address."""
    if isinstance(value.type, MemRefType):
        return f"FAUSTFLOAT* {name}"
    if is_vector(value):
        return f"{element_type(value)} {name}[{lanes_of(value.type)}]"
    return f"{CPP.scalar(value.type)} {name}"


def _number(op: Operation, name: str, otherwise: int) -> int:
    """A whole number among an op's attributes."""
    attribute = op.attributes.get(name)
    return attribute.value.data if isinstance(attribute, IntegerAttr) else otherwise


def _buffers(need: Need, task: TaskOp) -> frozenset[str]:
    ops = (*need.repeated, *task.walk())
    return frozenset(slot_name(op.buffer) for op in ops if isinstance(op, GetOp))


class GraphPrinter(FunctionPrinter):
    """Prints `compute` where it runs task graphs: fills the frame, then has the tasks run."""

    def __init__(
        self, storages: dict[str, Storage], names: Names, uses: Uses, form: TaskForm
    ) -> None:
        super().__init__(storages, names, uses)
        self._form = form
        self._tables = {table.graph: table for table in form.tables}

    def prepare(self, block: Block) -> None:
        super().prepare(block)
        repeated = {op for need in self._form.needs.values() for op in need.repeated}
        self._dead |= {op for op in repeated if isinstance(op, ConstantOp) and self._is_taken(op)}

    def _is_taken(self, op: ConstantOp) -> bool:
        """Whether only tasks use it."""
        users = [use.operation for use in op.result.uses]
        return all(any(graph.is_ancestor(user) for graph in self._tables) for user in users)

    def graph(self, op: Operation) -> None:
        assert isinstance(op, GraphOp)
        form, table = self._form, self._tables[op]
        self.settle_memory()
        for value in dict.fromkeys(v for task in table.tasks for v in form.needs[task].framed):
            field = f"fFrame.{form.fields[value]}"
            if value in self.arrays:
                self.emit(f"{field} = {self.arrays[value].name};")
                continue
            expr = self.take(value)
            form.bounds[value] = (expr.low, expr.high)
            if is_vector(value):
                self.emit(f"DSPC_STORE({vector_type(value, self.uses)}, {field}, {expr.text});")
            else:
                self.emit(f"{field} = {expr.text};")
        self.emit(f"session.run({table.name});")


GraphPrinter.special = {**FunctionPrinter.special, "dsp_par.graph": GraphPrinter.graph}


class TaskPrinter(FunctionPrinter):
    """Prints the method of one task."""

    def fetch(self, form: TaskForm, task: TaskOp) -> None:
        """Load the operands of the task from the frame, and rematerialise the cheap ones."""
        need = form.needs[task]
        for value in need.framed:
            name = self.names.fresh(value.name_hint, "x")
            field = f"fFrame.{form.fields[value]}"
            if isinstance(value.type, MemRefType):
                self.emit(f"FAUSTFLOAT* const {name} = {field};")
                self.bind(value, host_array(name, value.type, self.language))
            elif is_vector(value):
                kind = vector_type(value, self.uses)
                self.emit(f"const {kind} {name} = DSPC_LOAD({kind}, {field});")
                self.bind(value, Expr(name))
            else:
                self.emit(f"const {self.language.scalar(value.type)} {name} = {field};")
                low, high = form.bounds[value]
                self.bind(value, Expr(name, low=low, high=high))
        for op in need.repeated:
            self._visit(op)
