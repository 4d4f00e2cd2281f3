"""An iterative traversal of the ops of a function, for code that one thread runs in order."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from typing import Any

from xdsl.ir import Block, Operation

from dspc.backends.common.task_order import in_order
from dspc.dialects.dsp_mem.heaps import CopyOp
from dspc.dialects.dsp_par import GraphOp
from dspc.dialects.places import placed
from dspc.support.diagnostics import DspcError

Work = Iterator[Operation] | Callable[[], None]
SpecialHandlers = dict[str, Callable[[Any, Operation], None]]


class Traversal(ABC):
    """Base of code generators, op by op; handlers push the blocks of an op's regions to `_work`."""

    special: SpecialHandlers
    """Handlers of ops with memory, regions or control flow."""
    copies: SpecialHandlers
    """Handlers of the ops around staged copies, where these are synchronous."""

    def __init__(self) -> None:
        self._work: list[Work] = []

    def traverse(self, block: Block) -> None:
        """Visit the ops of a block and of its nested blocks. Errors of an op get its place."""
        self._work.append(iter(block.ops))
        while self._work:
            item = self._work[-1]
            if callable(item):
                self._work.pop()
                item()
                continue
            op = next(item, None)
            if op is None:
                self._work.pop()
                continue
            try:
                self.visit(op)
            except DspcError as error:
                raise placed(error, op) from None

    @abstractmethod
    def visit(self, op: Operation) -> None:
        """Make the code of an op, but for its regions."""

    def inline(self, op: Operation) -> None:
        """The region of a loop or work-sharing op: one thread runs all of it, in order."""
        self._work.append(iter(op.regions[0].block.ops))

    def graph(self, op: Operation) -> None:
        """The tasks of a graph in topological order."""
        assert isinstance(op, GraphOp)
        self._work += [iter(task.body.block.ops) for task in reversed(in_order(op.tasks))]

    def end(self, op: Operation) -> None:
        if op.operands:
            raise DspcError("E0902", "a function of the lowered program returns a value")

    def skip(self, op: Operation) -> None:  # noqa: B027
        """No code: copies are synchronous, and memory of its own needs no initialisation."""


Traversal.special = {
    "func.return": Traversal.end,
    "dsp_par.graph": Traversal.graph,
    "dsp_par.yield": Traversal.end,
    **{
        f"dsp_par.{name}": Traversal.inline
        for name in ("loop", "parallel", "sections", "section", "for", "single")
    },
}
Traversal.copies = {
    "dsp_mem.scope": Traversal.inline,
    "dsp_mem.wait": Traversal.skip,
    "dsp_mem.heap_init": Traversal.skip,
    "dsp_mem.end": Traversal.skip,
}


def copied_extent(op: CopyOp, code: str) -> int:
    """The elements of a copy without a count. Raises DspcError E0902, which names the `code`."""
    shape = op.target.type.get_shape()  # pyright: ignore
    if shape and shape[0] < 0:
        raise DspcError("E0902", f"{code} can't copy a row of unknown length")
    return shape[0] if shape else 1
