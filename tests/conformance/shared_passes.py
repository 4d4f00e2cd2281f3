"""A program behind many pipelines: what two of them begin with runs once."""

from __future__ import annotations

from pathlib import Path

from xdsl.dialects.builtin import ModuleOp

from dspc.driver import read_program
from dspc.frontends.faust.options import FrontendOptions
from dspc.options.compile_options import CompileOptions
from dspc.pipelines.runner import apply_pass, instances, pass_context
from dspc.pipelines.selection import choose_passes
from dspc.targets.lookup import find_target


class SharedPasses:
    """The modules of a program, kept by the options of the front end and the passes before."""

    def __init__(self, path: Path) -> None:
        self._path = str(path)
        self._known: dict[tuple[FrontendOptions, tuple[str, ...]], ModuleOp] = {}

    def lowered(self, options: CompileOptions) -> ModuleOp:
        """A module of the caller's own, behind the passes of the options. Raises DspcError."""
        front = options.frontend()
        passes = tuple(map(str, choose_passes(options)))
        module = self._behind(front, passes)
        return module.clone()

    def text(self, options: CompileOptions) -> str:
        """What `compile_text` gives for options without documents."""
        return find_target(options.target).text(self.lowered(options), options)

    def _behind(self, front: FrontendOptions, passes: tuple[str, ...]) -> ModuleOp:
        done = len(passes)
        while done and (front, passes[:done]) not in self._known:
            done -= 1
        if (front, passes[:done]) not in self._known:
            self._known[front, ()] = read_program(self._path, front)
        module = self._known[front, passes[:done]]
        for end in range(done + 1, len(passes) + 1):
            module = module.clone()
            for one in instances([passes[end - 1]]):
                apply_pass(one, pass_context([one]), module, False)
            self._known[front, passes[:end]] = module
        return module
