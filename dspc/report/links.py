"""The keys of places, loops and buffers, by which the parts of a report refer to each other."""

from __future__ import annotations

from collections.abc import Iterator

from xdsl.dialects import memref, scf, vector
from xdsl.dialects.builtin import FileLineColLoc, ModuleOp, SymbolRefAttr
from xdsl.dialects.func import FuncOp
from xdsl.ir import Operation

from dspc.dialects.dsp_mem.buffers import GetOp
from dspc.dialects.dsp_par import LoopOp
from dspc.dialects.dsp_par.loops import memory_of
from dspc.figures.task_graph import NUMBERED, SUFFIX

Place = tuple[str, int, int]
"""File, line and column, from 1."""


class Links:
    """Keys of places in the order in which they are met, and those of a lowered module's ops."""

    def __init__(self) -> None:
        self.places: dict[Place, str] = {}
        self.named: dict[str, list[str]] = {}
        """Name of a signal in the source -> keys of its places."""
        self.loops: list[Operation] = []
        """The loops over frames of the module that was read; their keys are l0, l1, ..."""
        self._loops: dict[Operation, str] = {}
        self._buffers: dict[str, dict[str, None]] = {}
        self._unplaced: set[Operation] = set()
        """Ops that clear state: they belong to the buffers, and were written nowhere."""

    def place(self, file: str, line: int, column: int) -> str:
        return self.places.setdefault((file, line, column), f"p{len(self.places)}")

    def place_of(self, op: Operation) -> str | None:
        where = op.location
        if not isinstance(where, FileLineColLoc):
            return None
        return self.place(where.filename.data, where.line.data, where.column.data)

    def name(self, signal: str, place: str) -> None:
        """Note that a named signal is written at a place."""
        known = self.named.setdefault(signal, [])
        if place not in known:
            known.append(place)

    def read(self, module: ModuleOp) -> None:
        """Number the loops of a lowered module, and find the places of its buffers."""
        for scope in _scopes(module).values():
            # The loops of the remaining frames are those of a full chunk once more.
            first = 0 if len(scope) == len(self.loops) else len(self.loops)
            for at, loop in enumerate(scope, first):
                self._loops[loop] = f"l{at}"
                if at == len(self.loops):
                    self.loops.append(loop)
        for op in module.ops:
            if isinstance(op, FuncOp) and op.sym_name.data == "instance_clear":
                self._unplaced.update(op.walk())
        read: dict[str, dict[str, None]] = {}
        for op in module.walk():
            places = dict.fromkeys(self._places(op))
            for name in touched_buffers(op):
                written = self._buffers.setdefault(name, {})
                if isinstance(op, memref.StoreOp | vector.StoreOp):
                    written.update(places)
                elif places:
                    read.setdefault(name, {}).update(places)
        for name, places in self._buffers.items():
            if not places:
                # The stored value has no location (an input): by name, or by its reader.
                stem = NUMBERED.sub("", SUFFIX.sub("", name))
                places.update(dict.fromkeys(self.named.get(stem, ())) or read.get(name, {}))

    def _places(self, op: Operation) -> list[str]:
        """The place of an op; without one, those of the signal that its result is named after."""
        if op in self._unplaced:
            return []
        place = self.place_of(op)
        if place is not None:
            return [place]
        hint = op.results[0].name_hint if op.results else None
        return self.named.get(NUMBERED.sub("", hint), []) if hint else []

    def has_buffer(self, name: str) -> bool:
        return name in self._buffers

    def of_buffer(self, name: str) -> list[str]:
        """The keys of a buffer: its own, and the places of what is stored in it."""
        return [f"b{name}", *self._buffers.get(name, ())]

    def of_op(self, op: Operation) -> Iterator[str]:
        """The keys of an op of the module that was read: place, buffers and innermost loop."""
        yield from self._places(op)
        yield from (f"b{name}" for name in touched_buffers(op))
        around: Operation | None = op
        while around is not None and around not in self._loops:
            around = around.parent_op()
        if around is not None:
            yield self._loops[around]

    def of_loop(self, loop: Operation) -> list[str]:
        """The keys of a loop: its own, and the places and buffers of all that is in it."""
        keys = {self._loops[loop]: None}
        for op in loop.walk():
            places = self._places(op)
            keys.update(dict.fromkeys(places))
            for name in touched_buffers(op):
                keys.update(dict.fromkeys([f"b{name}"] if places else self.of_buffer(name)))
        return list(keys)


def _scopes(module: ModuleOp) -> dict[Operation | None, list[Operation]]:
    """The loops over frames, by the op around them: `dsp_par.loop`s, or else loops of `compute`."""
    scopes: dict[Operation | None, list[Operation]] = {}
    for op in module.walk():
        if isinstance(op, LoopOp):
            top = op.parent_op()
            while top is not None and not isinstance(top, scf.ForOp | scf.IfOp | FuncOp):
                top = top.parent_op()
            scopes.setdefault(top, []).append(op)
    if scopes:
        return scopes
    compute = (op for op in module.ops if isinstance(op, FuncOp) and op.sym_name.data == "compute")
    for function in compute:
        for op in function.walk():
            if isinstance(op, scf.ForOp) and not _is_nested(op):
                scopes.setdefault(function, []).append(op)
    return scopes


def loops_of_a_chunk(module: ModuleOp) -> list[Operation]:
    """The loops of a full chunk, or of `compute`: the first that `Links` numbers."""
    return next(iter(_scopes(module).values()), [])


def _is_nested(op: Operation) -> bool:
    around = op.parent_op()
    while around is not None and not isinstance(around, scf.ForOp):
        around = around.parent_op()
    return around is not None


def touched_buffers(op: Operation) -> Iterator[str]:
    """The buffers that an op fetches, reads or writes."""
    if isinstance(op, GetOp):
        yield op.buffer.string_value()
        return
    if isinstance(op, memref.LoadOp | memref.StoreOp):
        memory = memory_of(op.memref)
    elif isinstance(op, vector.LoadOp | vector.StoreOp):
        memory = memory_of(op.base)
    else:
        return
    if isinstance(memory, SymbolRefAttr):
        yield memory.string_value()
