"""The fork-join form: a team of threads and its work-sharing constructs, as in OpenMP."""

from __future__ import annotations

from collections.abc import Iterator

from xdsl.dialects import memref, scf
from xdsl.ir import Block, Operation, Region, SSAValue
from xdsl.irdl import IRDLOperation, irdl_op_definition, region_def
from xdsl.traits import is_side_effect_free
from xdsl.utils.exceptions import VerifyException

from dspc.dialects.dsp_par.footprints import footprint, memory_text, verify_no_conflict
from dspc.dialects.dsp_par.loops import LoopKind, LoopOp, YieldOp, memory_of, touched


def loops_of(block: Block, owner: str) -> list[LoopOp]:
    """The loops of a region; VerifyException if it contains any other op."""
    if not isinstance(block.last_op, YieldOp):
        raise VerifyException(f"the region of {owner} must end in dsp_par.yield")
    loops: list[LoopOp] = []
    for op in block.ops:
        if isinstance(op, LoopOp):
            loops.append(op)
        elif op is not block.last_op:
            raise VerifyException(f"{owner} contains loops only, not {op.name}")
    return loops


def verify_in_team(op: Operation) -> None:
    """A work-sharing op is nested in a parallel region, through `scf.for` and `scf.if` only."""
    parent = op.parent_op()
    while isinstance(parent, scf.ForOp | scf.IfOp):
        parent = parent.parent_op()
    if not isinstance(parent, ParallelOp):
        raise VerifyException(
            f"{op.name} must be in a dsp_par.parallel, where all threads reach it"
        )


@irdl_op_definition
class SectionOp(IRDLOperation):
    """Loops that one thread of the team runs in order."""

    name = "dsp_par.section"
    body = region_def("single_block")
    assembly_format = "$body attr-dict"

    def verify_(self) -> None:
        loops_of(self.body.block, "a section")
        if not isinstance(self.parent_op(), SectionsOp):
            raise VerifyException("a section must be in dsp_par.sections")

    @property
    def loops(self) -> list[LoopOp]:
        """The loops, which run in order; VerifyException if it holds any other op."""
        return loops_of(self.body.block, "a section")


@irdl_op_definition
class SectionsOp(IRDLOperation):
    """Sections that the threads of the team run in parallel, with a barrier at the end.

        dsp_par.sections {
          dsp_par.section { dsp_par.loop ... dsp_par.yield }
          dsp_par.section { dsp_par.loop ... dsp_par.yield }
          dsp_par.yield
        }

    No section writes memory that another accesses; this is verified.
    """

    name = "dsp_par.sections"
    body = region_def("single_block")
    assembly_format = "$body attr-dict"

    def verify_(self) -> None:
        verify_in_team(self)
        block = self.body.block
        if not isinstance(block.last_op, YieldOp):
            raise VerifyException("the region of sections must end in dsp_par.yield")
        if len(self.sections) != len(block.ops) - 1:
            raise VerifyException("sections contain dsp_par.section only")
        parts = [footprint(*section.loops) for section in self.sections]
        verify_no_conflict(parts, lambda one, other: False, "section")

    @property
    def sections(self) -> list[SectionOp]:
        """The sections, which may run concurrently, in program order."""
        return [op for op in self.body.block.ops if isinstance(op, SectionOp)]


@irdl_op_definition
class SingleOp(IRDLOperation):
    """Loops that the first thread to arrive runs in order, with a barrier at the end."""

    name = "dsp_par.single"
    body = region_def("single_block")
    assembly_format = "$body attr-dict"

    def verify_(self) -> None:
        verify_in_team(self)
        loops_of(self.body.block, "a single")

    @property
    def loops(self) -> list[LoopOp]:
        """The loops that one thread runs in order; VerifyException if it holds any other op."""
        return loops_of(self.body.block, "a single")


@irdl_op_definition
class TeamForOp(IRDLOperation):
    """A free loop whose frames are distributed over the team, with a barrier at the end.

        dsp_par.for { dsp_par.loop free ... { windows; scf.for ... } dsp_par.yield }

    Every thread runs the prologue of the loop over frames, which therefore has no side effects;
    there is no epilogue. No two frames write the same element.
    """

    name = "dsp_par.for"
    body = region_def("single_block")
    assembly_format = "$body attr-dict"

    def verify_(self) -> None:
        verify_in_team(self)
        loops = loops_of(self.body.block, "a for")
        if len(loops) != 1 or loops[0].kind.data != LoopKind.FREE:
            raise VerifyException("a for contains one free loop")
        if frames_loop(loops[0]) is None:
            raise VerifyException(
                "in a loop that is distributed over the team, only the frames have side effects"
            )
        if not has_own_elements(self.frames):
            raise VerifyException("two frames of a for write the same element")

    @property
    def loop(self) -> LoopOp:
        """The loop whose frames the threads of the team share."""
        return loops_of(self.body.block, "a for")[0]

    @property
    def frames(self) -> scf.ForOp:
        """The loop over frames."""
        frames = frames_loop(self.loop)
        assert frames is not None
        return frames


def frames_loop(loop: LoopOp) -> scf.ForOp | None:
    """The loop over frames of a loop that can be distributed over a team, else None.

    It can if nothing else in it has side effects or reads memory that the loop writes.
    """
    written = {memory_of(row) for row in loop.writes}
    frames: scf.ForOp | None = None
    for op in loop.body.block.ops:
        if isinstance(op, scf.ForOp):
            if frames is not None or op.results:
                return None
            frames = op
        elif isinstance(op, memref.LoadOp):
            if memory_of(op.memref) in written:
                return None
        elif not isinstance(op, YieldOp) and not is_side_effect_free(op):
            return None
    return frames


def has_own_elements(frames: scf.ForOp) -> bool:
    """Whether the index of each store of a loop depends on the frame.

    A store with a loop-invariant index would be an output dependence between all frames.
    """
    varying: set[SSAValue] = set(frames.body.block.args)
    for op in frames.body.walk():
        if any(operand in varying for operand in op.operands):
            varying.update(op.results)
        varying.update(arg for region in op.regions for b in region.blocks for arg in b.args)
        if isinstance(op, memref.StoreOp) and not varying.intersection(op.indices):
            return False
    return True


@irdl_op_definition
class ParallelOp(IRDLOperation):
    """A region that all threads of a team run.

        dsp_par.parallel {
          scf.for %first = ... { dsp_par.sections {...} dsp_par.for {...} dsp_par.single {...} }
          dsp_par.yield
        }

    Every thread runs the ops outside of `sections`, `for` and `single`, with the same results: they
    have no side effects and read no memory that the team writes. Values defined outside the region
    are private to each thread; memory is shared.
    """

    name = "dsp_par.parallel"
    body = region_def("single_block")
    assembly_format = "$body attr-dict"

    def verify_(self) -> None:
        if not isinstance(self.body.block.last_op, YieldOp):
            raise VerifyException("a parallel region must end in dsp_par.yield")
        verify_outside(self)
        written: set[object] = set()
        read: list[object] = []
        for op in _common_ops(self.body):
            if isinstance(op, SectionsOp | SingleOp | TeamForOp):
                written.update(memory_of(row) for _, row, writes in touched(op.body) if writes)
            elif isinstance(op, memref.LoadOp):
                read.append(memory_of(op.memref))
            elif isinstance(op, LoopOp):
                raise VerifyException("all threads of a team would run this loop")
            elif not isinstance(op, YieldOp | scf.YieldOp | scf.ForOp | scf.IfOp) and (
                not is_side_effect_free(op)
            ):
                raise VerifyException(f"all threads of a team would run {op.name}")
        for memory in read:
            if memory in written:
                raise VerifyException(
                    f"all threads read {memory_text(memory)}, which one of them writes"
                )


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
    """A team or graph is not nested in another op of this dialect."""
    parent = op.parent_op()
    while parent is not None:
        if parent.name.startswith("dsp_par."):
            raise VerifyException(f"{op.name} cannot be in a {parent.name}")
        parent = parent.parent_op()
