"""Modules with `common` buffers, executed as one of two voices that start together.

The other voice has other inputs and other values of controls, and is the one that writes common
memory, so that contents which depend on either are wrong in the observed voice. As on OpenCL
devices, a block of common state reads what the block before has written.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from xdsl.dialects.builtin import ModuleOp

from dspc.backends.interp.definition.memory import Row
from dspc.dialects.dsp.ui import UiWidget
from dspc.dialects.dsp_mem import BufferOp, Role

if TYPE_CHECKING:
    from dspc.backends.interp.engines import LoopEngine
    from dspc.backends.interp.generated.generate import CompiledPython
    from dspc.backends.interp.instance_memory import LoopMemory


class CommonRow:
    """A common buffer as one voice accesses it: what a voice writes that does not lead is dropped.

    `halves` are the row that is read and the row that `compute` writes, shared by the voices.
    """

    __slots__ = ("halves", "is_computing", "leads")

    def __init__(self, halves: list[Row], leads: bool) -> None:
        self.halves = halves
        self.leads = leads
        self.is_computing = False

    def __len__(self) -> int:
        return len(self.halves[0])

    def __iter__(self) -> Iterator[Any]:
        return iter(self.halves[0])

    def __getitem__(self, index: int) -> Any:
        return self.halves[0][index]

    def __setitem__(self, index: int, value: Any) -> None:
        if self.leads:
            self.halves[1][index] = value
            if not self.is_computing:
                self.halves[0][index] = value

    def copy(self) -> CommonRow:
        return CommonRow([row.copy() for row in self.halves], self.leads)


class Control:
    """The value of a widget in the observed voice; in the other one, the farther end of its range.

    It is a row of one element.
    """

    def __init__(self, widget: UiWidget | None, own: Row, other: Row) -> None:
        self.ends = (0.0, 1.0) if widget is None else (widget.min, widget.max)
        self.own, self.other = own, other

    def __getitem__(self, index: int) -> Any:
        return self.own[index]

    def __setitem__(self, index: int, value: Any) -> None:
        self.own[index] = value
        low, high = self.ends
        farther = high if abs(value - high) >= abs(value - low) else low
        self.other[index] = type(value)(farther)


def common_buffers(module: ModuleOp) -> list[BufferOp]:
    """The buffers of a module that voices share."""
    ops = module.body.block.ops
    return [op for op in ops if isinstance(op, BufferOp) and op.common is not None]


class Voices:
    """An engine (`engines.Engine`) of two voices; `memory` is that of the observed one."""

    def __init__(
        self,
        common: list[BufferOp],
        leader: LoopEngine,
        voice: LoopEngine,
        widgets: Mapping[str, UiWidget],
    ) -> None:
        """`leader` and `voice` are engines of one module that have not been started."""
        self._state = [op.sym_name.data for op in common if op.role.data == Role.STATE]
        self._names = [op.sym_name.data for op in common]
        self._widgets = widgets
        self._leader, self._voice = leader, voice
        self.inputs, self.outputs = voice.inputs, voice.outputs
        for name in self._names:
            row = list(leader.memory.rows[name])
            leader.memory.rows[name] = CommonRow([row, row.copy()], True)
        self._join()
        for name, zone in self.zones.items():
            if name in widgets and not widgets[name].kind.is_output:
                zone[0] = zone[0]

    def _join(self) -> None:
        """Have the voice share the leader's common rows and its controls."""
        rows, own = self._leader.memory.rows, self._voice.memory
        own.is_shared = True
        for name in self._names:
            own.rows[name] = CommonRow(rows[name].halves, False)
        self._leader.bind()
        self._voice.bind()
        others = self._leader.memory.zones
        self._zones: Mapping[str, Any] = {
            name: Control(self._widgets.get(name), zone, others[name])
            for name, zone in own.zones.items()
        }

    @property
    def memory(self) -> LoopMemory:
        return self._voice.memory

    @property
    def code(self) -> CompiledPython | None:
        return self._voice.code

    @property
    def zones(self) -> Mapping[str, Any]:
        return self._zones

    @property
    def requests(self) -> int:
        return self._voice.requests

    def start(self, rate: int) -> None:
        self._leader.start(rate)
        self._voice.start(rate)

    def reset(self) -> None:
        self._leader.reset()
        self._voice.reset()

    def compute(self, inputs: list[Row], count: int, is_in_place: bool = False) -> list[Row]:
        others: list[Row] = [[0.25 - value / 2 for value in row] for row in inputs]
        self._mark(True)
        self._leader.compute(others, count)
        results = self._voice.compute(inputs, count, is_in_place)
        self._mark(False)
        for name in self._state:
            self._leader.memory.rows[name].halves.reverse()
        return results

    def _mark(self, is_computing: bool) -> None:
        for name in self._names:
            self._leader.memory.rows[name].is_computing = is_computing

    def copy(self) -> Voices:
        twin = copy.copy(self)
        twin._leader, twin._voice = self._leader.copy(), self._voice.copy()
        for name in self._names:
            twin._leader.memory.rows[name] = self._leader.memory.rows[name].copy()
        twin._join()
        return twin

    def bind(self) -> None:
        self._join()
