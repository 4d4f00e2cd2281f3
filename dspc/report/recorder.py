"""Collects the contents of a report while the passes run."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dspc.dialects.dsp.interface import WidgetKind
from dspc.dialects.dsp.ui import UiWidget, widget_paths
from dspc.explain import explain, loop_decisions
from dspc.output import Document
from dspc.pipelines.runner import apply_pass, instances, is_own, pass_context
from dspc.pipelines.standard import memory_passes, passes_before_lowering
from dspc.report.links import Links, Place
from dspc.report.module_parts import loops, memory, timeline
from dspc.report.signal_graph import signal_nodes
from dspc.report.snapshots import Snapshots
from dspc.report.source_files import source_files, spans_of
from dspc.support.diagnostics import DspcError
from dspc.targets.lookup import find_target

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp
    from xdsl.ir import Operation
    from xdsl.passes import ModulePass

    from dspc.frontends.faust.elaborate import Elaboration
    from dspc.options.compile_options import CompileOptions
    from dspc.report.page import Player


_WORDS = re.compile(r"[A-Za-z_]\w*")


class Recorder:
    """An observer of the passes, which makes the report after the last."""

    def __init__(
        self,
        options: CompileOptions,
        elaboration: Elaboration | None,
        explain: Callable[[CompileOptions], str],
        effect: Callable[[], ModuleOp | None],
    ) -> None:
        """`explain` compiles the program with other options, which ask for an explanation, `effect`
        what its mixed voices pass through."""
        self._options = options
        self._effect = effect
        self._explain = explain
        self._main = options.file or ""
        self._texts: Mapping[str, str] = {}
        self._ends: Mapping[Place, int] = {}
        if elaboration is not None:
            self._texts, self._ends = spans_of(elaboration, self._main)
        self._links = Links()
        self._snapshots = Snapshots(self._links)
        self._signals: dict[str, Any] | None = None
        self._before: ModuleOp | None = None
        """The module before the passes that decide on loops, or else lower it."""
        self._passes = 0
        self._start = time.process_time()

    @contextmanager
    def of(self, module_pass: ModulePass, module: ModuleOp) -> Generator[None]:
        """Record the module before the first pass, and after the one that runs in the block."""
        if not self._snapshots.entries:
            self._snapshots.take("front end", 0.0, module)
        if not is_own(module_pass) or getattr(module_pass, "MAKES", "signals") != "signals":
            # It may leave no signals.
            self._signals = signal_nodes(module, self._links) or self._signals
        if self._passes == self._before_lowering():
            self._before = module.clone()
        self._passes += 1
        start = time.process_time()
        yield
        self._snapshots.take(module_pass.name, (time.process_time() - start) * 1e3, module)

    def documents(self, module: ModuleOp) -> list[Document]:
        """The page of a program whose passes have run."""
        from dspc.report.page import report_page

        if not self._snapshots.entries:
            self._snapshots.take("front end", 0.0, module)
        self._signals = signal_nodes(module, self._links) or self._signals
        assert self._options.report is not None
        player = _player(module, self._effect, self._options)
        return [Document(self._options.report, report_page(self._content(module), player))]

    def _content(self, module: ModuleOp) -> dict[str, Any]:
        from dspc.dialects.dsp_mem.machine import processor_named
        from dspc.documents import module_description
        from dspc.figures.task_graph import graph_of

        options, links = self._options, self._links
        links.read(module)
        about = module_description(module, options)
        assert about is not None
        code, ops = self._code(module)
        nodes = graph_of(module, processor_named(options.costed_machine))
        widgets = [{"address": path, **_facts(widget)} for path, widget in widget_paths([about.ui])]
        return {
            "widgets": widgets,
            "name": about.name,
            "inputs": about.inputs,
            "outputs": about.outputs,
            "options": options.command_line(),
            "signals": self._signals,
            "loops": loops(module, links, self._explanation()),
            "memory": self._memory(module),
            "threads": timeline(nodes, links),
            "code": [
                [line, " ".join(self._keys(line, of))] for line, of in zip(code, ops, strict=True)
            ],
            "passes": self._snapshots.entries,
            "lines": self._snapshots.table(),
            # Last: by now all places have keys.
            "files": source_files(self._main, self._texts, self._ends, links),
        }

    def _code(self, module: ModuleOp) -> tuple[list[str], list[list[Operation]]]:
        """The lines of the target's code, and the ops that each comes from."""
        return find_target(self._options.target).traced_text(module, self._options)

    def _keys(self, line: str, ops: list[Operation]) -> list[str]:
        """The keys of a line of code: those of its ops, and of the buffers that it names."""
        keys = {key: None for op in ops for key in self._links.of_op(op)}
        for name in _WORDS.findall(line):
            if self._links.has_buffer(name):
                keys.update(dict.fromkeys(self._links.of_buffer(name)))
        return list(keys)

    def _explanation(self) -> str:
        """`--explain dsp-split-loops` for the program; nothing where that cannot be said."""
        if self._options.pipeline is not None or not self._main:
            return ""
        asked = replace(self._options, explain="dsp-split-loops", report=None, validate="off")
        with suppress(DspcError):
            if self._before is None:
                return self._explain(asked)
            adapted = find_target(asked.target).adapt(asked)
            self._run(loop_decisions(adapted), self._before)
            return explain(self._before, asked)
        return ""

    def _before_lowering(self) -> int:
        """The number of passes before those that decide on loops; -1 in an edited pipeline."""
        options = self._options
        if options.pipeline is not None or options.insert or options.without:
            return -1
        return len(passes_before_lowering(find_target(options.target).adapt(options)))

    def _run(self, passes: Sequence[str], module: ModuleOp) -> None:
        """Run passes on a copy of the module."""
        context = pass_context(passes)
        for module_pass in instances(passes):
            apply_pass(module_pass, context, module, self._options.verbose)

    def _memory(self, module: ModuleOp) -> list[dict[str, Any]]:
        """The placement of the module; of a copy of it if its memory is not placed."""
        from dspc.figures.memory_map import target_map

        options = self._options
        with suppress(DspcError):
            return memory(module, target_map(module, options), self._links)
        target = find_target(options.target)
        placing = memory_passes(target.adapt(options), target, True)
        placing = [spec for spec in placing if not spec.startswith("dsp-stage-copies")]
        twin = module.clone()
        with suppress(DspcError):
            self._run(placing, twin)
            return memory(twin, target_map(twin, options), self._links)
        return []


def _facts(widget: UiWidget) -> dict[str, Any]:
    """The properties of a widget in a table of the interface."""
    facts: dict[str, Any] = {"type": widget.kind.value}
    facts["meta"] = [{key: value} for key, value in widget.metadata]
    if widget.kind in (WidgetKind.BUTTON, WidgetKind.CHECKBOX, WidgetKind.SOUNDFILE):
        return facts
    facts |= {"min": widget.min, "max": widget.max}
    return facts if widget.kind.is_output else facts | {"init": widget.init, "step": widget.step}


def _player(
    module: ModuleOp, effect: Callable[[], ModuleOp | None], options: CompileOptions
) -> Player | str:
    """The program in WebAssembly, with its effect, or why there is none."""
    from dspc.targets.wasm import linked

    options = replace(options, no_llvm=True)
    try:
        program, after = linked(module, options), effect()
        return program, None if after is None else linked(after, options)
    except DspcError as error:
        return f"{error.message}{f': {error.hint}' if error.hint else ''}"
