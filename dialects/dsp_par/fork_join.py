"""The fork-join form: a team of threads, and how it shares the work."""

from __future__ import annotations

from collections.abc import Iterator

from xdsl.dialects import memref, scf
from xdsl.ir import Block, Operation, Region, SSAValue
from xdsl.irdl import IRDLOperation, irdl_op_definition, region_def
from xdsl.traits import is_side_effect_free
from xdsl.utils.exceptions import VerifyException

from dspc.dialects.dsp_par.loops import LoopKind, LoopOp, YieldOp, memory_of, touched
from dspc.dialects.dsp_par.memory import footprint, no_clash, told


def loops_of(block: Block, what: str) -> list[LoopOp]:
    """The loops of a region that holds nothing but loops; VerifyException where it holds more."""
    if not isinstance(block.last_op, YieldOp):
        raise VerifyException(f"the region of {what} ends in dsp_par.yield")
    found: list[LoopOp] = []
    for op in block.ops:
        if isinstance(op, LoopOp):
            found.append(op)
        elif op is not block.last_op:
            raise VerifyException(f"{what} holds loops, not {op.name}")
    return found


def verify_in_team(op: Operation) -> None:
    """What shares work stands in a parallel region, below nothing but plain loops and branches."""
    parent = op.parent_op()
    while isinstance(parent, scf.ForOp | scf.IfOp):
        parent = parent.parent_op()
    if not isinstance(parent, ParallelOp):
        raise VerifyException(f"{op.name} stands in a dsp_par.parallel, where all threads reach it")


@irdl_op_definition
class SectionOp(IRDLOperation):
    """Loops that one thread of the team runs, one after the other."""

    name = "dsp_par.section"
    body = region_def("single_block")
    assembly_format = "$body attr-dict"

    def verify_(self) -> None:
        loops_of(self.body.block, "a section")
        if not isinstance(self.parent_op(), SectionsOp):
            raise VerifyException("a section stands in dsp_par.sections")

    @property
    def loops(self) -> list[LoopOp]:
        return loops_of(self.body.block, "a section")


@irdl_op_definition
class SectionsOp(IRDLOperation):
    """Sections that the threads of the team run at once; all threads wait for the last.

        dsp_par.sections {
          dsp_par.section { dsp_par.loop ... dsp_par.yield }
          dsp_par.section { dsp_par.loop ... dsp_par.yield }
          dsp_par.yield
        }

    No section writes what another touches: that is verified.
    """

    name = "dsp_par.sections"
    body = region_def("single_block")
    assembly_format = "$body attr-dict"

    def verify_(self) -> None:
        verify_in_team(self)
        block = self.body.block
        if not isinstance(block.last_op, YieldOp):
            raise VerifyException("the region of sections ends in dsp_par.yield")
        if len(self.sections) != len(block.ops) - 1:
            raise VerifyException("sections hold dsp_par.section and nothing else")
        parts = [footprint(*section.loops) for section in self.sections]
        no_clash(parts, lambda one, other: False, "section")

    @property
    def sections(self) -> list[SectionOp]:
        return [op for op in self.body.block.ops if isinstance(op, SectionOp)]


@irdl_op_definition
class SingleOp(IRDLOperation):
    """Loops that one thread of the team runs, whichever comes first; the others wait for it."""

    name = "dsp_par.single"
    body = region_def("single_block")
    assembly_format = "$body attr-dict"

    def verify_(self) -> None:
        verify_in_team(self)
        loops_of(self.body.block, "a single")

    @property
    def loops(self) -> list[LoopOp]:
        return loops_of(self.body.block, "a single")


@irdl_op_definition
class TeamForOp(IRDLOperation):
    """A free loop whose frames are split over the team; all threads wait for the last.

        dsp_par.for { dsp_par.loop free ... { windows; scf.for ... } dsp_par.yield }

    Every thread runs what prepares the loop over frames, so that has no effects, and nothing
    follows it. A frame writes elements of its own.
    """

    name = "dsp_par.for"
    body = region_def("single_block")
    assembly_format = "$body attr-dict"

    def verify_(self) -> None:
        verify_in_team(self)
        loops = loops_of(self.body.block, "a for")
        if len(loops) != 1 or loops[0].kind.data != LoopKind.FREE:
            raise VerifyException("a for holds one free loop")
        if frames_loop(loops[0]) is None:
            raise VerifyException(
                "of a loop that is split over the team, only the frames have effects"
            )
        if not has_own_elements(self.frames):
            raise VerifyException("two frames of a for write the same element")

    @property
    def loop(self) -> LoopOp:
        return loops_of(self.body.block, "a for")[0]

    @property
    def frames(self) -> scf.ForOp:
        """The loop over frames."""
        found = frames_loop(self.loop)
        assert found is not None
        return found


def frames_loop(loop: LoopOp) -> scf.ForOp | None:
    """The loop over frames, where all else in a loop has no effects and reads nothing written.

    None where there is more to it: no frames, or steps before or after that only one may take.
    """
    written = {memory_of(row) for row in loop.writes}
    found: scf.ForOp | None = None
    for op in loop.body.block.ops:
        if isinstance(op, scf.ForOp):
            if found is not None or op.results:
                return None
            found = op
        elif isinstance(op, memref.LoadOp):
            if memory_of(op.memref) in written:
                return None
        elif not isinstance(op, YieldOp) and not is_side_effect_free(op):
            return None
    return found


def has_own_elements(frames: scf.ForOp) -> bool:
    """Whether each store of a loop goes to a place that hangs on the frame.

    What is stored anywhere else, all frames would write.
    """
    changing: set[SSAValue] = set(frames.body.block.args)
    for op in frames.body.walk():
        if any(operand in changing for operand in op.operands):
            changing.update(op.results)
        changing.update(arg for region in op.regions for b in region.blocks for arg in b.args)
        if isinstance(op, memref.StoreOp) and not changing.intersection(op.indices):
            return False
    return True


@irdl_op_definition
class ParallelOp(IRDLOperation):
    """A region that all threads of a team run in step.

        dsp_par.parallel {
          scf.for %first = ... { dsp_par.sections {...} dsp_par.for {...} dsp_par.single {...} }
          dsp_par.yield
        }

    What stands outside of `sections`, `for` and `single` is run by every thread with the same
    results: it has no effects, and reads no memory that the team writes. Values from outside the
    region are each thread's own; memory is shared.
    """

    name = "dsp_par.parallel"
    body = region_def("single_block")
    assembly_format = "$body attr-dict"

    def verify_(self) -> None:
        if not isinstance(self.body.block.last_op, YieldOp):
            raise VerifyException("a parallel region ends in dsp_par.yield")
        verify_outside(self)
        written: set[object] = set()
        read: list[object] = []
        for op in _common_ops(self.body):
            if isinstance(op, SectionsOp | SingleOp | TeamForOp):
                written.update(memory_of(row) for _, row, writes in touched(op.body) if writes)
            elif isinstance(op, memref.LoadOp):
                read.append(memory_of(op.memref))
            elif isinstance(op, LoopOp):
                raise VerifyException("a loop that all threads of a team would run")
            elif not isinstance(op, YieldOp | scf.YieldOp | scf.ForOp | scf.IfOp) and (
                not is_side_effect_free(op)
            ):
                raise VerifyException(f"all threads of a team would run {op.name}")
        for memory in read:
            if memory in written:
                raise VerifyException(f"all threads read {told(memory)}, which one of them writes")


def _common_ops(region: Region) -> Iterator[Operation]:
    """The ops that every thread of a team reaches."""
    work = [region]
    while work:
        for block in work.pop().blocks:
            for op in block.ops:
                yield op
                if isinstance(op, scf.ForOp | scf.IfOp):
                    work.extend(op.regions)


def verify_outside(op: Operation) -> None:
    """A team, or a graph, stands in no other op of this dialect."""
    parent = op.parent_op()
    while parent is not None:
        if parent.name.startswith("dsp_par."):
            raise VerifyException(f"{op.name} stands in no {parent.name}")
        parent = parent.parent_op()
