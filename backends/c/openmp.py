"""Teams of threads as OpenMP directives. Compiled without OpenMP, the same text is serial code.

The team starts once a call, around the loop over chunks, which all its threads run in step. What
they share lies in memory; each has its own copies of the numbers and pointers from before.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from xdsl.ir import Operation

from dspc.dialects.dsp_mem.buffers import Lifetime
from dspc.dialects.dsp_par import ParallelOp, SectionOp, SectionsOp, SingleOp, TeamForOp

if TYPE_CHECKING:
    from dspc.backends.c.functions import FunctionPrinter
    from dspc.backends.c.storage import Storage

_WORD = re.compile(r"[A-Za-z_]\w*")
_DECLARED = re.compile(r"(?:const )?[A-Za-z_]\w*\*?(?: const)? ([A-Za-z_]\w*) = ")


def has_team(function: Operation) -> bool:
    """Whether a team of threads runs some of a function."""
    return any(isinstance(op, ParallelOp) for op in function.walk())


def _directive(printer: FunctionPrinter, text: str) -> int:
    """Emit a directive that compilers without OpenMP don't see; the number of its line."""
    for line in ("#ifdef _OPENMP", f"#pragma omp {text}", "#endif"):
        printer.emit(line)
    return len(printer.lines) - 2


def parallel(printer: FunctionPrinter, op: Operation) -> None:
    """A team, and the numbers and pointers of which each thread has a copy."""
    assert isinstance(op, ParallelOp)
    printer.settle_memory()
    line = _directive(printer, "parallel")
    first = len(printer.lines)
    known = _own_names(printer)

    def close() -> None:
        printer.close("}")
        used = {word for text in printer.lines[first:] for word in _WORD.findall(text)}
        copied = [name for name in known if name in used]
        if copied:
            printer.lines[line] += f" firstprivate({', '.join(copied)})"

    printer.open("{", op.body.block.ops, close)


def _own_names(printer: FunctionPrinter) -> list[str]:
    """The local variables that are numbers or pointers, in the order of their declaration."""
    pointers = [memory.name for memory in printer.arrays.values() if _is_local_pointer(memory)]
    declared = [found[1] for line in printer.lines if (found := _DECLARED.match(line))]
    return list(dict.fromkeys(["count", *pointers, *declared]))


def _is_local_pointer(memory: Storage) -> bool:
    """Whether `compute` holds a pointer to the memory, and not the memory itself."""
    op = memory.op
    if op is None:
        return memory.is_host_float and memory.extent is not None
    if memory.zone:
        return True
    if op.lifetime.data == Lifetime.BLOCK or memory.extent is None:
        return False
    return memory.is_pointer or not memory.is_static


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


def mark_free(printer: FunctionPrinter, loop: Operation) -> None:
    """Tell the compiler that frames may run at once: on several threads, or as lanes."""
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
