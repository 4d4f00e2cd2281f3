"""The task form: a graph of tasks, each of which starts after its predecessors have ended."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects.builtin import DenseArrayBase, IntAttr, i64
from xdsl.ir import Region
from xdsl.irdl import IRDLOperation, irdl_op_definition, prop_def, region_def
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.utils.exceptions import VerifyException

from dspc.dialects.dsp.types import array_values
from dspc.dialects.dsp_par.footprints import footprint, verify_no_conflict
from dspc.dialects.dsp_par.fork_join import loops_of, verify_outside
from dspc.dialects.dsp_par.loops import LoopOp, YieldOp


@irdl_op_definition
class TaskOp(IRDLOperation):
    """Loops that one thread runs in order after the predecessors of the task have ended.

    dsp_par.task 2 after [0, 1] { dsp_par.loop ... dsp_par.yield }
    """

    name = "dsp_par.task"
    number = prop_def(IntAttr)
    after = prop_def(DenseArrayBase)
    body = region_def("single_block")

    def __init__(self, number: int, after: Sequence[int], body: Region) -> None:
        super().__init__(
            properties={
                "number": IntAttr(number),
                "after": DenseArrayBase.from_list(i64, list(after)),
            },
            regions=[body],
        )

    @classmethod
    def parse(cls, parser: Parser) -> TaskOp:
        number = parser.parse_integer(allow_boolean=False, allow_negative=False)
        after: list[int] = []
        if parser.parse_optional_keyword("after") is not None:
            after = parser.parse_comma_separated_list(
                parser.Delimiter.SQUARE,
                lambda: parser.parse_integer(allow_boolean=False, allow_negative=False),
            )
        body = parser.parse_region()
        task = TaskOp(number, after, body)
        task.attributes.update(parser.parse_optional_attr_dict())
        return task

    def print(self, printer: Printer) -> None:
        printer.print_string(f" {self.number.data} ")
        if self.predecessors:
            printer.print_string(f"after [{', '.join(map(str, self.predecessors))}] ")
        printer.print_region(self.body)
        printer.print_op_attributes(self.attributes)

    def verify_(self) -> None:
        loops_of(self.body.block, "a task")
        if not isinstance(self.parent_op(), GraphOp):
            raise VerifyException("a task must be in dsp_par.graph")
        if len(set(self.predecessors)) != len(self.predecessors):
            raise VerifyException("a task names each predecessor once")

    @property
    def predecessors(self) -> tuple[int, ...]:
        """The numbers of the tasks that this one directly depends on."""
        return tuple(int(number) for number in array_values(self.after))

    @property
    def loops(self) -> list[LoopOp]:
        """The loops, which run in order; VerifyException if it holds any other op."""
        return loops_of(self.body.block, "a task")


@irdl_op_definition
class GraphOp(IRDLOperation):
    """Tasks that run in parallel, in any topological order of their dependences.

        dsp_par.graph {
          dsp_par.task 0 { ... }
          dsp_par.task 1 after [0] { ... }
          dsp_par.yield
        }

    The op ends when all its tasks have ended. Of two tasks without a path of dependences between
    them, neither writes memory that the other accesses; this is verified.
    """

    name = "dsp_par.graph"
    body = region_def("single_block")
    assembly_format = "$body attr-dict"

    def verify_(self) -> None:
        block = self.body.block
        if not isinstance(block.last_op, YieldOp):
            raise VerifyException("the region of a graph must end in dsp_par.yield")
        tasks = self.tasks
        if len(tasks) != len(block.ops) - 1:
            raise VerifyException("a graph contains dsp_par.task only")
        verify_outside(self)
        position = {task.number.data: at for at, task in enumerate(tasks)}
        if len(position) != len(tasks):
            raise VerifyException("two tasks have the same number")
        for task in tasks:
            for number in task.predecessors:
                if number not in position:
                    raise VerifyException(
                        f"task {task.number.data} comes after task {number}, which does not exist"
                    )
        before = earlier_tasks([[position[n] for n in task.predecessors] for task in tasks])
        numbers = [task.number.data for task in tasks]
        if before is None:
            raise VerifyException("the dependences of the tasks form a cycle")
        parts = [footprint(*task.loops) for task in tasks]
        verify_no_conflict(
            parts,
            lambda one, other: bool(before[one] >> other & 1 or before[other] >> one & 1),
            "task",
            numbers,
        )

    @property
    def tasks(self) -> list[TaskOp]:
        """The tasks of the graph in program order, a topological order of their dependences."""
        return [op for op in self.body.block.ops if isinstance(op, TaskOp)]


def earlier_tasks(after: Sequence[Sequence[int]]) -> list[int] | None:
    """The transitive predecessors of each task, as a bit set in an int.

    `after` holds the direct predecessors; returns None if they form a cycle.
    """
    left = [len(direct) for direct in after]
    followers: list[list[int]] = [[] for _ in after]
    for task, direct in enumerate(after):
        for other in direct:
            followers[other].append(task)
    before = [0] * len(after)
    ready = [task for task, count in enumerate(left) if not count]
    done = 0
    while ready:
        task = ready.pop()
        done += 1
        for follower in followers[task]:
            before[follower] |= before[task] | 1 << task
            left[follower] -= 1
            if not left[follower]:
                ready.append(follower)
    return before if done == len(after) else None
