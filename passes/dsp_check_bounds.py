"""`dsp-check-bounds`: proves that accesses stay inside their buffers, and that nothing races."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.dialects.func import FuncOp
from xdsl.ir import Operation, SSAValue
from xdsl.passes import ModulePass

from dspc.dialects.dsp_mem.buffers import GetOp
from dspc.dialects.places import location_text, span_of
from dspc.passes.bounds.checker import Bounds, Unproved
from dspc.passes.bounds.races import Race
from dspc.passes.bounds.sites import root_of
from dspc.passes.bounds.smt import HINT, has_solver
from dspc.support.diagnostics import DspcError, Note


@dataclass(frozen=True)
class DspCheckBounds(ModulePass):
    """Proves that each load, store, copy and window of a lowered module stays inside its buffer,
    for every input, control, block size and sampling rate, and that nothing races.

    It knows nothing of lowering: facts are intervals and congruences of all values that an index
    depends on, through memory and loops; goals are linear inequalities. Where these do not reach,
    Z3 decides, if it is installed. Changes nothing. Raises DspcError E0504 at the first access that
    is not proved, E0505 where sections, tasks or frames that may run at once share memory that one
    of them writes.
    """

    name = "dsp-check-bounds"
    TAKES: ClassVar[tuple[str, ...]] = ("loops", "par", "mem")

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        prove(op)


def prove(module: ModuleOp) -> int:
    """The number of accesses of a module, all proved; raises DspcError E0504 and E0505."""
    bounds = Bounds(module)
    for one in bounds.unproved():
        raise _unproved(one)
    for race in bounds.races():
        raise _race(race)
    return len(bounds.places)


def _unproved(one: Unproved) -> DspcError:
    place = one.place
    verb = {"starts": "views", "?": "uses"}.get(place.verb, place.verb)
    message = (
        f"{_function(place.op)} {verb} {_memory(place.row)}, and {one.reason} (in {place.op.name})"
    )
    hint = None if has_solver() else HINT
    return DspcError("E0504", message, span_of(place.op), hint, _notes(place.op))


def _race(race: Race) -> DspcError:
    message = (
        f"{_function(race.writer)} races: {race.writer.name} writes {race.memory}, and it may run "
        f"at once with {race.other.name}, which accesses the same memory"
    )
    return DspcError("E0505", message, span_of(race.writer), None, _notes(race.other))


def _function(op: Operation) -> str:
    parent = op.parent_op()
    while parent is not None and not isinstance(parent, FuncOp):
        parent = parent.parent_op()
    return "the module" if parent is None else parent.sym_name.data


def _memory(row: SSAValue) -> str:
    """The name of the memory behind a row, for messages."""
    root = root_of(row)
    if isinstance(root.owner, GetOp):
        return root.owner.buffer.string_value()
    return root.name_hint or "a row"


def _notes(op: Operation) -> list[Note]:
    location = location_text(op)
    return [Note(f"it is at {location}")] if location and span_of(op) is None else []
