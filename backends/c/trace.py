"""Which ops each line of printed code comes from."""

from __future__ import annotations

import re

from xdsl.ir import Operation

_MARK = re.compile(r"/\*@(\d+)\*/")


class NoTrace:
    """Records nothing."""

    def visit(self, op: Operation) -> None:
        """The printer comes to an op."""

    def mark(self) -> str:
        """The end of the line that the printer emits."""
        return ""


class LineTrace(NoTrace):
    """Marks each line by a comment with a number, which `split` takes away again.

    A line comes from the ops visited since the line before: an expression's ops are visited before
    the statement that holds it is emitted.
    """

    def __init__(self) -> None:
        self._ops: list[Operation] = []
        self._lines: list[list[Operation]] = []

    def visit(self, op: Operation) -> None:
        self._ops.append(op)

    def mark(self) -> str:
        self._lines.append(self._ops)
        self._ops = []
        return f"/*@{len(self._lines) - 1}*/"

    def split(self, text: str) -> tuple[list[str], list[list[Operation]]]:
        """The lines of the code without marks, and the ops of each."""
        lines = text.splitlines()
        ops = [
            [op for number in _MARK.findall(line) for op in self._lines[int(number)]]
            for line in lines
        ]
        return [_MARK.sub("", line) for line in lines], ops
