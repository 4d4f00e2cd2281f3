"""Translation validation (Pnueli, Siegel and Singerman, TACAS 1998), by running the interpreter.

The program before and after a pass is run on the same random inputs and controls. A pass that may
change floating-point rounding has the class attribute `REASSOCIATES = True`, one that replaces
subnormal numbers by 0 `FLUSHES = True`, and their results are compared within a tolerance; all
others must preserve every bit.

Errors: E0501 a pass changed the results, E0502 the module cannot be run after a pass.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from typing import TYPE_CHECKING

from xdsl.dialects.builtin import FileLineColLoc, ModuleOp
from xdsl.ir import Operation, SSAValue

from dspc.backends.interp.compare import EXACT, Mismatch, Policy, compare
from dspc.backends.interp.errors import InterpreterError
from dspc.backends.interp.machine import find_unit
from dspc.backends.interp.scalars import element_name
from dspc.dialects.diagnostics import DspcError, Note, Source, Span
from dspc.dialects.dsp import arithmetic, interface, time
from dspc.dialects.dsp.types import SignalType, signal_type
from dspc.dialects.dsp_mem.machine import Machine, load_machine
from dspc.dialects.texts import text_bytes
from dspc.output import write_all

if TYPE_CHECKING:
    from xdsl.passes import ModulePass

LOOSE = {"f64": Policy(ulps=1 << 24, absolute=2e-6), "f32": Policy(ulps=1 << 10, absolute=2e-3)}
"""Tolerances for passes that reassociate, by precision. Feedback amplifies a change of one ulp."""
FLUSHED = {"f64": Policy(absolute=2.0**-1000), "f32": Policy(absolute=2.0**-104)}
"""Those for passes that flush: 2**22 smallest normal numbers, since feedback accumulates."""
MOST_PROBES = 2000


class Validation:
    """Validates passes that change a module in place.

    With `each`, the module is compared after each pass; otherwise once, after the pipeline.
    """

    def __init__(
        self, module: ModuleOp, each: bool = True, seed: int = 0, folder: str | None = None
    ) -> None:
        self.module = module
        self.each = each
        self.seed = seed
        self.folder = folder
        self.before = module.clone()
        self.unchecked: list[ModulePass] = []
        self.machine: Machine | None = None

    def after(self, one: ModulePass) -> None:
        """Call after each pass. Raises DspcError E0501 or E0502."""
        self.unchecked.append(one)
        name = getattr(one, "machine", None)
        if isinstance(name, str):
            # From here on memory is placed: the interpreter simulates the spaces of the machine.
            self.machine = load_machine(name)
        if self.each:
            self._check()

    def finish(self) -> None:
        """Call after the last pass. Raises DspcError E0501 or E0502."""
        if self.unchecked:
            self._check()

    def _check(self) -> None:
        passes, self.unchecked = self.unchecked, []
        policy = policy_of(passes, self.before)
        if not self._runs(self.before):
            # It has ops that only later passes make executable, such as `lowest`.
            self.before = self.module.clone()
            return
        try:
            mismatch = compare(self.before, self.module, policy, self.seed, machine=self.machine)
        except InterpreterError as error:
            raise self._broken(passes, error) from None
        if mismatch is not None:
            raise self._changed(passes, mismatch, policy)
        self.before = self.module.clone()

    def _runs(self, module: ModuleOp) -> bool:
        try:
            compare(module, module, EXACT, self.seed, frames=1, machine=self.machine)
        except InterpreterError:
            return False
        return True

    def _broken(self, passes: Sequence[ModulePass], error: InterpreterError) -> DspcError:
        span = None if error.op is None else span_of(error.op)
        message = f"{_names(passes)} made a module that cannot be run: {error.message}"
        return DspcError("E0502", message, span, HINT, self._files(passes))

    def _changed(
        self, passes: Sequence[ModulePass], mismatch: Mismatch, policy: Policy
    ) -> DspcError:
        culprit = find_culprit(self.before, passes, policy, self.seed)
        if culprit is None and isinstance(mismatch.output, int):
            culprit = _source_of(self.before, mismatch.output)
        where = "meter" if isinstance(mismatch.output, str) else "output"
        message = (
            f"{_names(passes)} changed the results: in frame {mismatch.frame}, {where} "
            f"{mismatch.output} was {mismatch.first!r} and is {mismatch.second!r} "
            f"(difference {mismatch.difference:g})"
        )
        notes = self._files(passes)
        if culprit is not None:
            hint = culprit.results[0].name_hint if culprit.results else None
            named = f" of {hint}" if hint else ""
            notes.insert(0, Note(f"the first value that differs is that of {culprit.name}{named}"))
        if mismatch.controls:
            values = ", ".join(f"{name}={value:g}" for name, value in mismatch.controls.items())
            notes.append(Note(f"with the controls {values}"))
        return DspcError("E0501", message, culprit and span_of(culprit), HINT, notes)

    def _files(self, passes: Sequence[ModulePass]) -> list[Note]:
        """Write both modules to files, and name them in notes."""
        name = passes[-1].name
        modules = {"before": self.before, "after": self.module}
        try:
            folder = self.folder or tempfile.mkdtemp(prefix="dspc-")
            paths = {when: os.path.join(folder, f"{name}.{when}.mlir") for when in modules}
            write_all([(paths[when], text_bytes(f"{modules[when]}\n")) for when in modules])
        except (OSError, DspcError) as error:
            return [Note(f"the modules could not be written: {error}")]
        return [Note(f"the module {when} it was written to {path}") for when, path in paths.items()]


HINT = "this is an error in the compiler, not in the program: please report it with both modules"


def _names(passes: Sequence[ModulePass]) -> str:
    names = ", ".join(one.name for one in passes)
    return f"the pass {names}" if len(passes) == 1 else f"one of the passes {names}"


def policy_of(passes: Sequence[ModulePass], module: ModuleOp) -> Policy:
    """The strictest policy that all of the passes guarantee."""
    for attribute, policies in (("REASSOCIATES", LOOSE), ("FLUSHES", FLUSHED)):
        if any(getattr(one, attribute, False) for one in passes):
            return policies[element_name(find_unit(module).precision)]
    return EXACT


def find_culprit(
    before: ModuleOp, passes: Sequence[ModulePass], policy: Policy, seed: int
) -> Operation | None:
    """The first op of a program of signals whose value the passes change, or None.

    Each signal is added as an output, the passes are run on that program, and the first output
    that differs is the answer.
    """
    from dspc.pass_runner import pass_context

    program = find_unit(before)
    if not isinstance(program, interface.ProgramOp):
        return None
    values = _probes(program)[:MOST_PROBES]
    probed = before.clone()
    _expose(find_unit(probed), len(values))
    changed = probed.clone()
    context = pass_context(passes)
    try:
        for one in passes:
            one.apply(context, changed)
        mismatch = compare(probed, changed, policy, seed)
    except DspcError:
        return None
    if mismatch is None or not isinstance(mismatch.output, int):
        return None
    if mismatch.output >= len(values):
        return None
    owner = values[mismatch.output].owner
    return owner if isinstance(owner, Operation) else None


def _probes(program: interface.ProgramOp) -> list[SSAValue]:
    """The signals of the block of the program, in program order, without constants."""
    ops = list(program.body.block.ops)[:-1]
    plain = [op for op in ops if not isinstance(op, arithmetic.ConstantOp)]
    return [v for op in plain for v in op.results if isinstance(v.type, SignalType)]


def _expose(program: Operation, count: int) -> None:
    """Add the first `count` probes of a program before its outputs, as floating-point numbers."""
    assert isinstance(program, interface.ProgramOp)
    outputs: list[SSAValue] = []
    block, end = program.body.block, program.body.block.last_op
    assert end is not None
    for value in _probes(program)[:count]:
        type = value.type
        assert isinstance(type, SignalType)
        if type.element != program.precision:
            floating = signal_type(program.precision, type.rate.data)
            cast = arithmetic.FloatOp.create(operands=[value], result_types=[floating])
            block.insert_op_before(cast, end)
            value = cast.result
        outputs.append(value)
    block.insert_op_before(time.YieldOp.create(operands=[*outputs, *end.operands]), end)
    end.detach()
    end.erase()


def _source_of(module: ModuleOp, output: int) -> Operation | None:
    """The op that computes an output."""
    program = find_unit(module)
    if not isinstance(program, interface.ProgramOp):
        return None
    owner = program.outputs()[output].owner
    return owner if isinstance(owner, Operation) else None


def span_of(op: Operation) -> Span | None:
    """The source location of an op, if the file can be read."""
    place = op.location
    if not isinstance(place, FileLineColLoc):
        return None
    name = place.filename.data
    try:
        with open(name, encoding="utf-8", errors="replace") as file:
            source = Source(name, file.read())
    except OSError:
        return None
    line = min(place.line.data, len(source.line_starts))
    start = source.line_starts[line - 1] + place.column.data - 1
    return Span(source, start, start + 1)
