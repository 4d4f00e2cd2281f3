"""`InterpInstance`: a running module of either level, with NumPy arrays as inputs and outputs."""

from __future__ import annotations

import copy
import pickle
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from xdsl.dialects.builtin import ModuleOp

from dspc.backends.interp.definition.memory import Soundfiles
from dspc.backends.interp.definition.scalars import element_name
from dspc.backends.interp.definition.semantics import number
from dspc.backends.interp.engines import (
    Engine,
    GeneratedSignals,
    SignalText,
    Unit,
    make_engine,
)
from dspc.backends.interp.errors import InterpreterError
from dspc.backends.interp.generated.generate import CompiledPython
from dspc.backends.interp.orders import Order
from dspc.backends.interp.placement.fault_plan import NEVER, FaultPlan, Status
from dspc.dialects.dsp import interface
from dspc.dialects.dsp.composed import decomposed
from dspc.dialects.dsp.interface import WidgetKind
from dspc.dialects.dsp.ui import UiWidget, widget_paths
from dspc.dialects.dsp.ui_ops import read_ui
from dspc.dialects.dsp_mem.machine import Machine

Samples = NDArray[np.floating[Any]]
Executor = Literal["generated", "xdsl"]


@dataclass(frozen=True)
class InstanceWidget:
    """A widget; `path` is `/group/.../label`."""

    path: str
    symbol: str
    kind: WidgetKind
    init: float
    min: float
    max: float
    step: float
    metadata: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])


class InterpInstance:
    """A program at a sampling rate, with its state.

    `executor` is "generated" (the program as Python, some 0.1 microseconds an op) or "xdsl" (xDSL's
    interpreter, some 6); their results are bit-identical. Parallel parts run sequentially, in a
    random order for `seed`, or in program order for None. Raises InterpreterError for undefined
    behaviour of the program, UnknownFunctionError for foreign C functions.

    Placed buffers are in the spaces of `machine`, or in spaces of sufficient size without one.
    Requests to heaps and memory managers fail by `plan` (E0513). `emit` prints programs of signals
    otherwise, with observers. `code` is that of an instance with the same module, sound files and
    `emit`, in the same setting.
    """

    def __init__(
        self,
        module: ModuleOp,
        rate: int = 44100,
        executor: Executor = "generated",
        soundfiles: Soundfiles | None = None,
        seed: int | None = 0,
        machine: Machine | None = None,
        plan: FaultPlan = NEVER,
        emit: SignalText | None = None,
        code: CompiledPython | None = None,
    ) -> None:
        module = decomposed(module)
        unit = find_unit(module)
        placed = widgets_of(unit)
        self.rate = rate
        self.widgets = [_widget(path, widget) for path, widget in placed]
        self.precision = element_name(unit.precision)
        by_symbol = {widget.symbol: widget for _, widget in placed}
        with np.errstate(all="ignore"):
            self._engine: Engine = make_engine(
                module,
                unit,
                by_symbol,
                rate,
                executor,
                soundfiles or {},
                Order(seed),
                machine,
                plan,
                emit,
                code,
            )
        self._symbols = {widget.path: widget.symbol for widget in reversed(self.widgets)}

    @property
    def code(self) -> CompiledPython | None:
        """The compiled program, if it is executed by generated Python."""
        return self._engine.code

    def equals(self, other: InterpInstance) -> bool:
        """Whether both are programs of signals of one text with equal memory at the start.

        Equal steps then have equal results. False where this is not known.
        """
        one, two = self._engine, other._engine
        if not (isinstance(one, GeneratedSignals) and isinstance(two, GeneratedSignals)):
            return False
        return (
            one.code.equals(two.code)
            and (self.rate, self.widgets) == (other.rate, other.widgets)
            and (self.inputs, self.outputs) == (other.inputs, other.outputs)
            and one.memory.starts_as(two.memory)
        )

    @property
    def inputs(self) -> int:
        return self._engine.inputs

    @property
    def outputs(self) -> int:
        return self._engine.outputs

    def compute(
        self,
        inputs: Samples | None = None,
        frames: int | None = None,
        is_in_place: bool = False,
    ) -> Samples:
        """Run a block: [inputs, frames] to [outputs, frames], at the program's precision.

        For a program without inputs, `frames` may be given instead. Raises ValueError for inputs
        of another shape. With `is_in_place`, an input's row is also the output's of its number.
        """
        if inputs is None:
            inputs = np.zeros((self.inputs, frames or 0))
        if inputs.ndim != 2 or inputs.shape[0] != self.inputs:
            raise ValueError(f"expected an array [{self.inputs}, frames], got {inputs.shape}")
        type = np.float32 if self.precision == "f32" else np.float64
        with np.errstate(all="ignore"):
            rows = [_scalars(row) for row in inputs.astype(type)]
            results = self._engine.compute(rows, inputs.shape[1], is_in_place)
        return np.array(results, dtype=type).reshape(self.outputs, inputs.shape[1])

    def compute_in_place(self, inputs: Samples) -> Samples:
        """As `compute`, with the same rows as inputs and outputs."""
        return self.compute(inputs, is_in_place=True)

    def set(self, name: str, value: float) -> None:
        """Set the value of a widget, by path or symbol; KeyError if there is none."""
        self._zone(name)[0] = number(value, self.precision)

    def get(self, name: str) -> float:
        """The value of a widget or meter, by path or symbol; KeyError if there is none."""
        return float(self._zone(name)[0])

    def reset(self) -> None:
        """Restore the initial state, written tables included; widgets keep their values."""
        with np.errstate(all="ignore"):
            self._engine.reset()

    @property
    def requests(self) -> int:
        """The number of requests to heaps and memory managers so far."""
        return self._engine.requests

    def clone(self) -> InterpInstance:
        """An independent instance with a copy of the state."""
        twin = copy.copy(self)
        twin._engine = self._engine.copy()
        return twin

    def save(self) -> bytes:
        """The state as bytes for `restore`; DspcError E0008 for placed memory."""
        return pickle.dumps(self._engine.memory.values())

    def restore(self, state: bytes) -> None:
        """Take over the state that `save` returned, of an instance of the same module."""
        self._engine.memory.take(pickle.loads(state))
        self._engine.bind()

    def _zone(self, name: str) -> list[Any]:
        zones = self._engine.zones
        symbol = self._symbols.get(name, name)
        if symbol not in zones:
            raise KeyError(f"no widget is called {name}")
        return zones[symbol]


def create(
    module: ModuleOp, rate: int = 44100, **options: Any
) -> tuple[Status, InterpInstance | None]:
    """The status and the instance, None on failure: as `createDSPInstance2` in C++.

    `options` are arguments of `InterpInstance`.
    """
    if rate < 1:
        return Status.INVALID_ARGUMENT, None
    try:
        return Status.OK, InterpInstance(module, rate, **options)
    except InterpreterError as error:
        return Status.OUT_OF_MEMORY if error.code == "E0513" else Status.FAILED, None


def _scalars(row: Samples) -> list[Any]:
    """float64 as Python floats, float32 as np.float32."""
    return row.tolist() if row.dtype == np.float64 else list(row)


def find_unit(module: ModuleOp) -> Unit:
    """The `dsp.program` or `dsp.lowered` of a module; InterpreterError if there is none."""
    for op in module.body.block.ops:
        if isinstance(op, interface.ProgramOp | interface.LoweredOp):
            return op
    raise InterpreterError("the module has neither a dsp.program nor a dsp.lowered")


def widgets_of(unit: Unit) -> list[tuple[str, UiWidget]]:
    """The program's widgets with their paths."""
    return list(widget_paths(read_ui(unit.ui)))


def _widget(path: str, widget: UiWidget) -> InstanceWidget:
    ranges = (widget.init, widget.min, widget.max, widget.step)
    return InstanceWidget(path, widget.symbol, widget.kind, *ranges, metadata=widget.metadata)
