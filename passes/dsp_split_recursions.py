"""`dsp-split-recursions`: makes each recursive group one strongly connected component."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Block, BlockArgument, Operation, Region, SSAValue
from xdsl.passes import ModulePass

from dspc.dialects.dsp import tables, time
from dspc.dialects.dsp.base import element
from dspc.dialects.dsp.interface import ProgramOp
from dspc.dialects.dsp.types import Rate, signal_type
from dspc.dialects.places import located
from dspc.support.graphs import postorder, strong_components


@dataclass(frozen=True)
class DspSplitRecursions(ModulePass):
    """Splits `dsp.rec` groups, flattens nested groups, and hoists ops that are in no cycle.

    Smaller groups can be scheduled independently, and ops outside of recursions in any order.
    """

    name = "dsp-split-recursions"
    TAKES: ClassVar[tuple[str, ...]] = ("signals",)

    @located
    def apply(self, ctx: Context, op: ModuleOp) -> None:
        for program in op.body.block.ops:
            if isinstance(program, ProgramOp):
                split_groups(program.body.block)


def split_groups(body: Block) -> None:
    """Split the groups of a body, and of the control regions and table generators in it."""
    blocks = [body]
    while blocks:
        block = blocks.pop()
        for op in list(block.ops):
            if isinstance(op, time.RecOp):
                _Splitter(op).split()
        for op in block.ops:
            inner = op.body.block.ops if isinstance(op, time.RecOp) else (op,)
            for holder in inner:
                if not isinstance(holder, time.RecOp):
                    blocks.extend(region.block for region in holder.regions if region.blocks)


class _Splitter:
    """Rebuilds one group, with the groups nested in it, as its strongly connected components."""

    def __init__(self, group: time.RecOp) -> None:
        self.group = group
        self.sources: dict[SSAValue, SSAValue] = {}
        """The value that each projection (block argument or result) is an alias of."""
        self.members: list[Operation] = []
        self.groups: list[time.RecOp] = []
        self.final: dict[SSAValue, SSAValue] = {}
        """The projection that replaces a member's value outside its new group."""
        self.readers: dict[SSAValue, set[tuple[Operation | None, bool]]] = {}
        """The readers of a value (None: outside of the group), and whether each reads it through a
        projection."""
        self._gather()
        inside = set(self.members)
        self.needs: dict[Operation, list[Operation]] = {op: [] for op in self.members}
        for op in self.members:
            for operand in operands_of(op):
                self._note_read(op, operand, inside)
        for result in group.projections:
            if result.uses:
                self.readers.setdefault(self.resolve(result)[0], set()).add((None, False))

    def _gather(self) -> None:
        work: list[Iterator[Operation]] = [iter((self.group,))]
        while work:
            op = next(work[-1], None)
            if op is None:
                work.pop()
            elif isinstance(op, time.RecOp):
                yielded = op.yielded()
                self.sources.update(zip(op.body.block.args, yielded, strict=True))
                self.sources.update(zip(op.projections, yielded, strict=True))
                self.groups.append(op)
                work.append(iter(op.body.block.ops))
            elif not isinstance(op, time.YieldOp):
                self.members.append(op)

    def _note_read(self, op: Operation, operand: SSAValue, inside: set[Operation]) -> None:
        source, is_delayed = self.resolve(operand)
        owner = source.owner
        if not isinstance(owner, Operation) or owner not in inside:
            return
        self.needs[op].append(owner)
        self.readers.setdefault(source, set()).add((op, is_delayed))
        if isinstance(owner, tables.TableWriteOp):
            # A table is no signal that a group could yield: its readers stay in its component.
            self.needs[owner].append(op)

    def resolve(self, value: SSAValue) -> tuple[SSAValue, bool]:
        """The defining value behind projections, and whether a block argument was passed."""
        is_delayed = False
        while value in self.sources:
            is_delayed |= isinstance(value, BlockArgument)
            value = self.sources[value]
        return value, is_delayed

    def split(self) -> None:
        components = strong_components(self.members, lambda op: self.needs[op])
        if len(components) == 1 and len(self.groups) == 1 and self._is_tight():
            return
        block = self.group.parent
        assert block is not None
        for op in self.members:
            op.detach()
        for component in components:
            block.insert_ops_before(self._placed(component), self.group)
        for result in list(self.group.projections):
            source, _ = self.resolve(result)
            result.replace_all_uses_with(self.final.get(source, source))
        self.group.detach()
        self.group.erase()

    def _is_tight(self) -> bool:
        """Whether every projection of the group is read."""
        arguments = self.group.body.block.args
        pairs = zip(arguments, self.group.projections, strict=True)
        return all(argument.uses or result.uses for argument, result in pairs)

    def _placed(self, component: list[Operation]) -> list[Operation]:
        """The ops that replace a component in the program."""
        inside = set(component)
        values = [result for op in component for result in op.results]
        carried = [v for v in values if self._has_reader(v, inside, is_delayed=True)]
        leaving = [v for v in values if v not in carried and self._leaves(v, inside)]
        ops = postorder(component, lambda op: self._direct(op, inside), inside)
        if not carried:
            for op in ops:
                self._redirect(op, {})
            return ops
        return [self._grouped(ops, [*carried, *leaving])]

    def _has_reader(self, value: SSAValue, inside: set[Operation], is_delayed: bool) -> bool:
        readers = self.readers.get(value, ())
        return any(reader in inside and late == is_delayed for reader, late in readers)

    def _leaves(self, value: SSAValue, inside: set[Operation]) -> bool:
        return any(reader not in inside for reader, _ in self.readers.get(value, ()))

    def _direct(self, op: Operation, inside: set[Operation]) -> list[Operation]:
        """The ops of the component that an op depends on within a frame."""
        owners: list[Operation] = []
        for operand in operands_of(op):
            source, is_delayed = self.resolve(operand)
            owner = source.owner
            if not is_delayed and isinstance(owner, Operation) and owner in inside:
                owners.append(owner)
        return owners

    def _grouped(self, ops: list[Operation], bodies: list[SSAValue]) -> time.RecOp:
        types = [signal_type(element(body), Rate.SAMPLE) for body in bodies]
        block = Block(arg_types=types)
        arguments = dict(zip(bodies, block.args, strict=True))
        for op in ops:
            self._redirect(op, arguments)
        block.add_ops([*ops, time.YieldOp.create(operands=bodies)])
        group = time.RecOp.create(
            result_types=types, regions=[Region(block)], location=self.group.location
        )
        for body, argument, result in zip(bodies, block.args, group.projections, strict=True):
            argument.name_hint = result.name_hint = body.name_hint
            self.final[body] = result
        return group

    def _redirect(self, op: Operation, arguments: Mapping[SSAValue, SSAValue]) -> None:
        """Redirect the operands of an op to the replacements of members."""
        for inner in op.walk():
            for index, operand in enumerate(inner.operands):
                source, is_delayed = self.resolve(operand)
                new = arguments.get(source) if is_delayed else None
                new = new or self.final.get(source, source)
                if new is not operand:
                    inner.operands[index] = new


def operands_of(op: Operation) -> Iterator[SSAValue]:
    """The operands of an op and of the ops in its regions."""
    for inner in op.walk():
        yield from inner.operands
