"""States and constants of an instance, and where in memory a function accesses them."""

from __future__ import annotations

from dataclasses import dataclass, field

from xdsl.dialects.builtin import Float32Type, Float64Type, ModuleOp
from xdsl.dialects.func import FuncOp
from xdsl.dialects.memref import LoadOp, StoreOp
from xdsl.dialects.scf import ForOp
from xdsl.ir import Operation, SSAValue
from xdsl.transforms.canonicalization_patterns.utils import const_evaluate_operand

from dspc.dialects.dsp.tables import slot_name
from dspc.dialects.dsp_mem.buffers import BufferOp, GetOp, Role
from dspc.dialects.regions import outer_values

Place = tuple[str, int]
"""An element of a buffer: the name of the buffer, and the index (0 in a scalar)."""


@dataclass(slots=True)
class ElementAccesses:
    """The ops of a function that access one element."""

    loads: list[LoadOp] = field(default_factory=list[LoadOp])
    stores: list[StoreOp] = field(default_factory=list[StoreOp])


class Homes:
    """The elements that a function accesses by constant indices, of buffers that it accesses in no
    other way."""

    def __init__(self, module: ModuleOp, function: FuncOp) -> None:
        self._buffers = {op.sym_name.data: op for op in module.ops if isinstance(op, BufferOp)}
        self._accesses: dict[Place, ElementAccesses] = {}
        self._written: set[str] = set()
        self._others: set[str] = set()
        for op in function.walk():
            if isinstance(op, GetOp):
                for use in op.results[0].uses:
                    self._add(slot_name(op.buffer), use.operation, op.results[0])

    def _add(self, name: str, op: Operation, memory: SSAValue) -> None:
        is_access = isinstance(op, LoadOp) or (isinstance(op, StoreOp) and op.value is not memory)
        index = _index(op) if is_access else None
        if not isinstance(op, LoadOp):
            self._written.add(name)
        if index is None:
            self._others.add(name)
            return
        accesses = self._accesses.setdefault((name, index), ElementAccesses())
        if isinstance(op, LoadOp):
            accesses.loads.append(op)
        elif isinstance(op, StoreOp):
            accesses.stores.append(op)

    def place(self, load: LoadOp) -> Place | None:
        """The element of an instance that is loaded; None where it may be another or a widget's."""
        owner, index = load.memref.owner, _index(load)
        if not isinstance(owner, GetOp) or index is None:
            return None
        name = slot_name(owner.buffer)
        is_known = name not in self._others and self._role(name) in (Role.STATE, Role.CONSTANT)
        return (name, index) if is_known else None

    def _role(self, name: str) -> Role:
        return self._buffers[name].role.data

    def is_constant(self, place: Place) -> bool:
        """Whether the function does not write to an element's buffer."""
        return place[0] not in self._written and self._role(place[0]) == Role.CONSTANT

    def accesses(self, place: Place) -> ElementAccesses:
        return self._accesses[place]


def _index(op: Operation) -> int | None:
    """The constant index of a load or store; 0 for a scalar."""
    assert isinstance(op, LoadOp | StoreOp)
    return const_evaluate_operand(op.indices[0]) if op.indices else 0


@dataclass(frozen=True, slots=True)
class CarriedElement:
    """A number that a loop carries in place of an element: the `number`th of its values."""

    number: int
    load: LoadOp
    """Before the loop."""
    store: StoreOp
    """After the loop."""


def is_real(value: SSAValue) -> bool:
    """Whether a value takes a floating-point register."""
    return isinstance(value.type, Float32Type | Float64Type)


def states_of(loop: ForOp, homes: Homes) -> list[CarriedElement]:
    """The numbers that a loop carries, and whose elements nothing else accesses."""
    states: list[CarriedElement] = []
    for number, (start, result) in enumerate(zip(loop.iter_args, loop.results, strict=True)):
        load, end = start.owner, next((use.operation for use in result.uses), None)
        if not isinstance(load, LoadOp) or not isinstance(end, StoreOp) or not is_real(start):
            continue
        place = homes.place(load)
        if place is None or len(list(start.uses)) != 1 or len(list(result.uses)) != 1:
            continue
        accesses = homes.accesses(place)
        is_alone = accesses.loads == [load] and accesses.stores == [end]
        if is_alone and load.parent is loop.parent is end.parent:
            states.append(CarriedElement(number, load, end))
    return states


def constants_of(loop: ForOp, homes: Homes) -> list[LoadOp]:
    """The loads, before a loop, of constants that it uses."""
    loads: dict[LoadOp, None] = {}
    for value in outer_values(loop):
        load = value.owner
        if isinstance(load, LoadOp) and is_real(value):
            place = homes.place(load)
            if place is not None and homes.is_constant(place):
                loads[load] = None
    return list(loads)
