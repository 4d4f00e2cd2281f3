"""`--tune`: the mode, chunk and lanes that are fastest here, measured once and remembered.

The candidates are compiled with the compiler at hand and timed in this process, in turns. The
choice replaces the options, so that the generated file names those by which it can be rebuilt
anywhere without measuring. It is kept in the cache by program, options, compiler and processor.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, fields, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from dspc.messages import usage_error
from dspc.output import write_stderr
from dspc.support.version import VERSION
from dspc.targets.lookup import find_target
from dspc.targets.registry import own_targets
from dspc.tuning import timing
from dspc.tuning.candidates import CHOSEN, lane_candidates, mode_candidates, words
from dspc.tuning.remembered import TunedOptions, recall, remember

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from xdsl.dialects.builtin import ModuleOp

    from dspc.options.compile_options import CompileOptions
    from dspc.targets.base import Instance, Target

    Lower = Callable[[ModuleOp, CompileOptions], ModuleOp]

TIE = 1.02
"""A candidate is chosen over those before it if it is faster by more than this factor."""
RATE = 48000
"""Hz, on which delays in seconds depend."""


def check_tuning(options: CompileOptions) -> None:
    """Refuse what `--tune` cannot measure; raises DspcError E0007, and E0720 without compiler."""
    target = find_target(options.target)
    if not target.is_timed:
        timed = " and ".join(one.name for one in own_targets() if one.is_timed)
        raise usage_error(7, f"--tune times code of the targets {timed}, not {target.name}")
    if not options.prints_target or options.pipeline is not None:
        raise usage_error(
            7, "--tune chooses how a target's text is made: it excludes --emit, -p, -e, --explain "
            "and --memory-map"
        )  # fmt: skip
    refused = {
        "-omp and -sch": options.threads,
        "--machine": options.machine,
        "-os": getattr(options, "one_sample", False),
        "--triple": getattr(options, "triple", None),
    }
    for flag, is_given in refused.items():
        if is_given:
            raise usage_error(7, f"--tune times loops of one thread on this machine: no {flag}")


def tuned(module: ModuleOp, options: CompileOptions, lowered: Lower) -> CompileOptions:
    """The options with the mode, chunk and lanes that are fastest for a module on this machine.

    What the options say of them already is kept. One line on standard error says what was measured,
    or remembered. `lowered` gives a copy of a module behind the passes that options select. Raises
    DspcError E0007 for a module of loops, E0720 and E0721 where the compiler is missing or fails.
    """
    from dspc.modules import level_of

    target = find_target(options.target)
    compiler = target.compiler()
    if level_of(module) != "signals":
        raise usage_error(7, "--tune chooses the loops of signals, but the module has loops")
    plain = _without_names(options, target)
    key = _key(module, plain, compiler)
    choice = recall(key)
    if choice is None:
        choice = Tuning(module, plain, target, lowered).choice(compiler.partition("\n")[0])
        remember(key, choice)
        write_stderr(f"--tune: {choice.report}\n")
    else:
        write_stderr(f"--tune: {choice.report} (remembered)\n")
    return replace(options, tune=False, **choice.options)


@dataclass(frozen=True, slots=True)
class Tuning:
    """The measurement of a module's candidates."""

    module: ModuleOp
    options: CompileOptions
    target: Target
    lowered: Lower

    def choice(self, compiler: str) -> TunedOptions:
        """The fastest candidate: first of modes and chunks, then of the number of lanes."""
        modes = mode_candidates(self.options)
        times = dict(zip(map(words, modes), self._times(modes), strict=True))
        best = _fastest(modes, times)
        lanes = lane_candidates(best)
        if lanes:
            # The winner is timed again, in turns with the others.
            again = [best, *lanes]
            times |= dict(zip(map(words, again), self._times(again), strict=True))
            best = _fastest(again, times)
        others = [f"{name} {time:.2f}" for name, time in times.items() if name != words(best)]
        report = f"{words(best)}: {times[words(best)]:.2f} ns a frame by {compiler}"
        report += f"; {', '.join(others)}" if others else ""
        return TunedOptions({name: getattr(best, name) for name in CHOSEN}, report)

    def _times(self, candidates: Sequence[CompileOptions]) -> list[float]:
        return timing.times([self._instance(candidate) for candidate in candidates])

    def _instance(self, options: CompileOptions) -> Instance:
        module = self.lowered(self.module, options)
        folder = os.path.dirname(options.file or "") or "."
        return self.target.open_timed(module, RATE, folder, **self.target.settings(options, False))


def _fastest(candidates: Sequence[CompileOptions], times: dict[str, float]) -> CompileOptions:
    best = candidates[0]
    for candidate in candidates[1:]:
        if times[words(candidate)] * TIE < times[words(best)]:
            best = candidate
    return best


def _without_names(options: CompileOptions, target: Target) -> CompileOptions:
    """The options without those of the target, of names and allocation, which move no loop."""
    table = target.option_table()
    shared = {
        field.name for base in (table.__mro__[1:] if table else ()) for field in _fields(base)
    }
    own = [field for field in _fields(table) if field.name not in shared]
    defaults = {field.name: field.default for field in own}
    return replace(
        options, tune=False, class_name="mydsp", validate="off", print_after=None, **defaults
    )


def _fields(table: Any) -> Sequence[Any]:
    return fields(table) if hasattr(table, "__dataclass_fields__") else ()


def _key(module: ModuleOp, options: CompileOptions, compiler: str) -> str:
    from dspc.pipelines.printing import print_module

    parts = (VERSION, print_module(module), options.command_line(), compiler, timing.processor())
    return sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:40]
