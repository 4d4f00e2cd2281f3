"""Prints the body of a lowered function in OpenCL C: voices and their memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from xdsl.dialects.memref import LoadOp, StoreOp
from xdsl.dialects.scf import ForOp
from xdsl.ir import Operation

from dspc.backends.c.expressions import Expr, binary, element
from dspc.backends.c.functions import FunctionPrinter
from dspc.backends.c.language import Uses
from dspc.backends.c.names import Names
from dspc.backends.c.storage import Storage
from dspc.backends.opencl.layout import ClLayout
from dspc.backends.opencl.storage import ClStorage
from dspc.dialects.dsp.tables import slot_name
from dspc.dialects.dsp_par.fork_join import TeamForOp
from dspc.dialects.dsp_par.levels import task_levels
from dspc.dialects.dsp_par.loops import WindowOp
from dspc.dialects.dsp_par.tasks import GraphOp

_HALVES = "instance_clear"
"""The function that writes both halves of the state that voices share."""


class ClFunctionPrinter(FunctionPrinter):
    """The lines of one function's body, whose memory is `ClStorage`s.

    Of what voices share, `compute` and `instance_clear` write only the first voice's, and
    `instance_constants` writes nothing, for it is the same for all: `class_init`'s kernel runs it
    once with `shares`.
    """

    def __init__(
        self,
        function: str,
        layout: ClLayout,
        names: Names,
        uses: Uses,
        shares: bool = False,
    ) -> None:
        super().__init__(dict[str, Storage](layout.places), names, uses)
        self._sounds = layout.sounds
        self._function = function
        self._shares = shares
        self._is_piece = False

    def run_part(self, again: Iterable[Operation], part: Iterable[Operation], piece: bool) -> None:
        """Print one part of a level after its rematerialised ops; `piece`: some of its frames."""
        self._is_piece = piece
        self.print_ops([*again, *part])

    def load(self, op: Operation) -> None:
        assert isinstance(op, LoadOp)
        memory = self.arrays[op.memref]
        assert isinstance(memory, ClStorage)
        indices = [self.take(index) for index in op.indices]
        self.define(op, self.cell(memory, indices, memory.name))

    def store(self, op: Operation) -> None:
        assert isinstance(op, StoreOp)
        memory = self.arrays[op.memref]
        assert isinstance(memory, ClStorage)
        value, *indices = self.take_all((op.value, *op.indices))
        self.put(memory, lambda name: f"{self.cell(memory, indices, name).text} = {value.text};")

    def put(self, memory: ClStorage, line: Callable[[str], str]) -> None:
        """Print the stores that `line` makes of a buffer's name."""
        if not memory.common:
            self.settle_readers(memory.key)
            self.emit(line(memory.name))
        elif self._function == "instance_constants":
            if self._shares:
                self.emit(line(memory.name))
        else:
            both = self._function == _HALVES
            for name in (memory.name, memory.common) if both else (memory.common,):
                self.emit("if (leads)")
                self.emit(f"\t{line(name)}")

    def cell(self, memory: ClStorage, indices: list[Expr], name: str) -> Expr:
        """An element of a piece of memory, in the voice at hand."""
        return element(name, self.index(memory, indices), memory.key)

    def index(self, memory: ClStorage, indices: list[Expr]) -> Expr:
        """Where an element of the voice at hand lies, in elements."""
        index = indices[0] if indices else Expr(memory.cell or "0")
        return binary("*", index, Expr(memory.step)) if memory.step else index

    def window(self, op: Operation) -> None:
        assert isinstance(op, WindowOp)
        memory = self.arrays[op.source]
        assert isinstance(memory, ClStorage)
        start = self.take(op.start)
        name = self.names.fresh(op.result.name_hint or memory.name, "row")
        if memory.step:
            start = binary("*", start, Expr(memory.step))
        place = binary("+", Expr(memory.name), start)
        self.declare(f"{memory.holder} const", name, place.text)
        self.arrays[op.result] = replace(memory, name=name, extent=0)

    # Levels: here all parts are in this function, one after the other

    def enclosed(self, op: Operation) -> None:
        """Work that may run in parallel, in a block of its own."""
        self.settle_memory()
        self.open("{", op.regions[0].block.ops, lambda: self.close("}"))

    def graph(self, op: Operation) -> None:
        assert isinstance(op, GraphOp)
        tasks = [task for row in task_levels(op) for task in row]
        self.open("{", tasks, lambda: self.close("}"))

    def loop(self, op: Operation) -> None:
        """A loop; one over frames that many work-items share goes over this one's."""
        assert isinstance(op, ForOp)
        parent = op.parent_op()
        if not self._is_piece or parent is None or not isinstance(parent.parent_op(), TeamForOp):
            super().loop(op)
            return
        body = op.body.block
        low, high = (self.simple(self.take(value), value) for value in (op.lb, op.ub))
        self.settle_memory()
        self._targets[op] = []
        name = self.names.fresh(body.args[0].name_hint, "i")
        self.values[body.args[0]] = Expr(name).within(low.low, max(low.low, high.high - 1))
        ends = (f"DSPC_PIECE({low.text}, {high.text}, part{more})" for more in ("", " + 1"))
        start, end = (self.variable(op.ub, Expr(text)).text for text in ends)
        self.emit("DSPC_FREE_LOOP")
        head = f"for (int {name} = {start}; {name} < {end}; ++{name}) {{"
        self.open(head, body.ops, lambda: self.close("}"))

    def soundfile(self, op: Operation) -> None:
        self.values[op.results[0]] = Expr(self._sounds[slot_name(op.properties["slot"])])


ClFunctionPrinter.special = {
    **FunctionPrinter.special,
    "memref.load": ClFunctionPrinter.load,
    "memref.store": ClFunctionPrinter.store,
    "dsp_par.window": ClFunctionPrinter.window,
    "dsp_par.graph": ClFunctionPrinter.graph,
    **{
        f"dsp_par.{name}": ClFunctionPrinter.enclosed
        for name in ("parallel", "sections", "section", "single", "for", "task")
    },
    "scf.for": ClFunctionPrinter.loop,
    "dsp.soundfile": ClFunctionPrinter.soundfile,
}
