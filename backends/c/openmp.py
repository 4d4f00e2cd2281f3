"""Teams of threads as OpenMP directives. Compiled without OpenMP, the same text is serial code.

The team starts once a call, around the loop over chunks, which all its threads run in step. What
they share lies in memory; each has its own copies of the numbers and pointers from before.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from xdsl.ir import Operation

from dspc.dialects.dsp_mem.buffers import GetOp, Lifetime
from dspc.dialects.dsp_par import (
    LoopKind,
    LoopOp,
    ParallelOp,
    SectionOp,
    SectionsOp,
    SingleOp,
    TeamForOp,
)

if TYPE_CHECKING:
    from dspc.backends.c.functions import FunctionPrinter
    from dspc.backends.c.storage import Storage


def has_team(function: Operation) -> bool:
    """Whether a team of threads runs some of a function."""
    return any(isinstance(op, ParallelOp) for op in function.walk())


def _directive(printer: FunctionPrinter, text: str) -> None:
    """Emit a directive that compilers without OpenMP don't see."""
    for line in ("#ifdef _OPENMP", f"#pragma omp {text}", "#endif"):
        printer.emit(line)


def parallel(printer: FunctionPrinter, op: Operation) -> None:
    """A team, and the numbers and pointers of which each thread has a copy."""
    assert isinstance(op, ParallelOp)
    printer.settle_memory()
    used = _used_names(printer, op)
    copied = [name for name in _own_names(printer) if name in used]
    clause = f" firstprivate({', '.join(copied)})" if copied else ""
    _directive(printer, f"parallel{clause}")
    printer.open("{", op.body.block.ops, lambda: printer.close("}"))


def _own_names(printer: FunctionPrinter) -> list[str]:
    """The local variables that are numbers or pointers, in the order of their declaration."""
    pointers = [memory.name for memory in printer.arrays.values() if _is_local_pointer(memory)]
    return list(dict.fromkeys(["count", *pointers, *printer.locals]))


def _used_names(printer: FunctionPrinter, team: Operation) -> set[str]:
    """The variables from outside of a team's region that it uses."""
    used: set[str] = set()
    for op in team.walk():
        if op is team or printer.is_dead(op):
            continue
        if isinstance(op, GetOp):
            used.add(printer.storage_of(op).name)
        for value in op.operands:
            if value in printer.arrays:
                used.add(printer.arrays[value].name)
            elif value in printer.values:
                used.add(printer.values[value].text)
    return used


def _is_local_pointer(memory: Storage) -> bool:
    """Whether `compute` holds a pointer to the memory, and not the memory itself."""
    op = memory.op
    if op is None:
        return memory.is_host_float and memory.extent is not None
    if memory.extent is None:
        return False
    if memory.is_pointer:
        return True
    return op.lifetime.data != Lifetime.BLOCK and not memory.is_static


def sections(printer: FunctionPrinter, op: Operation) -> None:
    assert isinstance(op, SectionsOp)
    _directive(printer, "sections")
    printer.open("{", op.body.block.ops, lambda: printer.close("}"))


def section(printer: FunctionPrinter, op: Operation) -> None:
    assert isinstance(op, SectionOp)
    _directive(printer, "section")
    printer.open("{", op.body.block.ops, lambda: printer.close("}"))


def single(printer: FunctionPrinter, op: Operation) -> None:
    assert isinstance(op, SingleOp)
    _directive(printer, "single")
    printer.open("{", op.body.block.ops, lambda: printer.close("}"))


def team_for(printer: FunctionPrinter, op: Operation) -> None:
    """A loop whose frames are split: its own directive is that of the loop over frames."""
    assert isinstance(op, TeamForOp)
    printer.parallel_loop(op.loop)


def mark_loop(printer: FunctionPrinter, loop: LoopOp) -> None:
    """Tell the compiler that frames may run at once, on several threads or as lanes, or that a loop
    is to keep its form."""
    if loop.kind.data != LoopKind.FREE:
        if printer.language.marks_serial_loops:
            printer.uses.free_loops = True
            printer.emit("DSPC_SERIAL_LOOP")
        return
    if isinstance(loop.parent_op(), TeamForOp):
        _directive(printer, "for simd schedule(static)")
        return
    printer.uses.free_loops = True
    printer.emit("DSPC_FREE_LOOP")


HANDLERS: dict[str, Callable[[FunctionPrinter, Operation], None]] = {
    "dsp_par.parallel": parallel,
    "dsp_par.sections": sections,
    "dsp_par.section": section,
    "dsp_par.single": single,
    "dsp_par.for": team_for,
}
