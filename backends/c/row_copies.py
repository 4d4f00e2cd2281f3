"""Loops that only copy a row: one call of a helper each, or one statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dspc.backends.common.row_loops import row_loop, runs_once
from dspc.dialects.dsp_par import LoopOp, TeamForOp

if TYPE_CHECKING:
    from xdsl.dialects.scf import ForOp

    from dspc.backends.c.functions import FunctionPrinter

FREE, IN_ORDER = "dspc_copy", "dspc_copy_in_order"
"""The helpers: for elements in any order, and for rows that may overlap."""


def print_copy(printer: FunctionPrinter, loop: ForOp) -> bool:
    """Print a loop of a chunk as a copy of elements between its bounds, if it is no more."""
    row, parent = row_loop(loop), loop.parent_op()
    if row is None or row.source is None or not isinstance(parent, LoopOp):
        return False
    if isinstance(parent.parent_op(), TeamForOp):
        return False  # the directive that shares the iterations out needs a loop
    to, source = printer.arrays[row.target], printer.arrays[row.source]
    if to.is_host_float or source.is_host_float or to.element != source.element:
        return False
    first, end = printer.simple_all((loop.lb, loop.ub))
    printer.settle_memory()
    for op in loop.body.block.ops:
        printer.uses.trace.visit(op)
    if runs_once(loop):
        printer.emit(f"{to.name}[{first.text}] = {source.name}[{first.text}];")
        return True
    helper = FREE if row.is_free else IN_ORDER
    printer.uses.free_loops = True
    printer.uses.copies.add(helper)
    printer.emit(f"{helper}({to.name}, {source.name}, {first.text}, {end.text});")
    return True
