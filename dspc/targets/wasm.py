"""The target `wasm`: a WebAssembly module, and the JSON that describes it to a host.

The code is LLVM's, or with `--no-llvm` that of dspc's own encoder; both have one interface.
"""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dspc.messages import usage_error
from dspc.output import Document, output_path
from dspc.support.diagnostics import DspcError
from dspc.support.files.input_record import is_folder
from dspc.targets.base import Instance, OptionsT, Target
from dspc.targets.llvm_family import LlvmFamily

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp
    from xdsl.ir import Operation

    from dspc.backends.description.content import Memory
    from dspc.backends.llvm.printer import LlvmProgram
    from dspc.backends.wasm.printer import WasmProgram
    from dspc.backends.wasm.wasm_image import WasmImage
    from dspc.options.compile_options import CompileOptions
    from dspc.options.loop_options import LoopOptions

SUFFIX = ".wasm"


class WasmTarget(LlvmFamily):
    """WebAssembly: prints assembly; writes a linked module and its JSON."""

    name = "wasm"
    ending = SUFFIX
    endings = (SUFFIX, ".s")
    only = {"no_simd": "--no-simd", "no_llvm": "--no-llvm"}

    def option_table(self) -> type[LoopOptions]:
        from dspc.targets.wasm_options import WasmOptions

        return WasmOptions

    def check(self, options: CompileOptions) -> None:
        super().check(options)
        _check_modes(options)
        path = output_path(options)
        if path is not None and options.prints_target and not path.endswith((SUFFIX, ".s")):
            raise usage_error(7, f"--target wasm writes FILE.wasm or FILE.s, not {path}")

    def adapt(self, options: OptionsT, voices: int | None = None) -> OptionsT:
        """Scalar code where there are no SIMD instructions and no width is asked for."""
        if _is_without_llvm(options) and options.lanes is None:
            return replace(options, lanes=0)
        return super().adapt(options, voices)

    def text(self, module: ModuleOp, options: CompileOptions) -> str:
        if options.no_llvm:
            return encoded(module, options).module.text()
        from dspc.backends.llvm.wasm import wasm_assembly

        return wasm_assembly(wasm_program(module, options), not options.no_simd)

    def files(self, module: ModuleOp, options: CompileOptions) -> list[Document] | None:
        path = output_path(options)
        if path is None or not path.endswith(SUFFIX):
            return None
        code, text = linked(module, options)
        return [Document(path, code), Document(f"{os.path.splitext(path)[0]}.json", text)]

    def settings(self, options: LoopOptions, is_placed: bool) -> dict[str, Any]:
        from dspc.options.compile_options import CompileOptions

        return {"options": options} if isinstance(options, CompileOptions) else {}

    def open_printed(
        self, module: ModuleOp, rate: int, folder: str, run: int = 0, **settings: Any
    ) -> Instance:
        from dspc.options.compile_options import CompileOptions
        from dspc.running.wasm_programs import WasmInstance

        options = settings.get("options") or CompileOptions(target=self.name)
        return WasmInstance(wasm_image(module, options), rate, folder)


class WebTarget(WasmTarget):
    """A page that plays the program: the WebAssembly module with its interface."""

    name = "web"
    ending = ".html"
    endings = (".html", ".htm")
    only = {}
    shared = frozenset({"no_simd", "no_llvm"})
    takes_effect = True

    def __init__(self, effect: ModuleOp | None = None) -> None:
        """`effect` is the lowered module that mixed voices pass through."""
        self._effect = effect

    def with_effect(self, effect: ModuleOp | None) -> WebTarget:
        return WebTarget(effect)

    def check(self, options: CompileOptions) -> None:
        Target.check(self, options)
        _check_modes(options)

    def traced_text(
        self, module: ModuleOp, options: CompileOptions
    ) -> tuple[list[str], list[list[Operation]]]:
        """The assembly: the page is no code that a reader looks for."""
        lines = super().text(module, options).splitlines()
        return lines, [[] for _ in lines]

    def text(self, module: ModuleOp, options: CompileOptions) -> str:
        from dspc.player import player_page

        effect = None if self._effect is None else linked(self._effect, options)
        return player_page(linked(module, options), effect)

    def files(self, module: ModuleOp, options: CompileOptions) -> list[Document] | None:
        path = output_path(options)
        if path is None or not (is_folder(path) or path.endswith(os.sep)):
            return None
        return [Document(os.path.join(path, "index.html"), self.text(module, options))]


def _is_without_llvm(options: LoopOptions) -> bool:
    from dspc.targets.wasm_options import WasmOptions

    return isinstance(options, WasmOptions) and options.no_llvm


def _check_modes(options: CompileOptions) -> None:
    if options.threads:
        mode = "-omp" if options.omp else "-sch"
        raise usage_error(7, f"{mode} needs threads, which WebAssembly's audio thread has not")
    if options.no_llvm and options.fast_math:
        raise usage_error(7, "--fast-math is done by LLVM, which --no-llvm does without")


def wasm_program(module: ModuleOp, options: CompileOptions) -> LlvmProgram:
    """A module printed as LLVM IR, from which WebAssembly is made."""
    from dspc.backends.llvm.printer import LlvmPrinting, print_llvm

    return print_llvm(module, LlvmPrinting(options.class_name, options.fast_math))


def encoded(module: ModuleOp, options: CompileOptions) -> WasmProgram:
    """The WebAssembly module of a lowered program by dspc's own encoder."""
    from dspc.backends.wasm.printer import print_wasm

    return print_wasm(module, options.class_name)


def linked(module: ModuleOp, options: CompileOptions) -> tuple[bytes, str]:
    """The WebAssembly module of a lowered program, and the JSON that describes it."""
    from dspc.backends.description.content import Memory

    image = wasm_image(module, options)
    offsets = {path: offset for path, (_, offset) in image.widgets.items()}
    return image.code, _description(module, options, Memory(image.size, offsets))


def wasm_image(module: ModuleOp, options: CompileOptions) -> WasmImage:
    """The WebAssembly module of a lowered program, with the places of its widgets."""
    from dspc.backends.wasm.wasm_image import WasmImage
    from dspc.dialects.dsp.ui import widget_paths

    name = options.class_name
    if options.no_llvm:
        made = encoded(module, options)
        paths = dict(widget_paths(made.unit.tree))
        widgets = {path: (widget, made.offsets[path]) for path, widget in paths.items()}
        return WasmImage(made.module.binary(), made.unit, made.size, widgets, name)
    from dspc.backends.llvm.wasm import wasm_module

    program = wasm_program(module, options)
    try:
        code = wasm_module(program, not options.no_simd)
    except DspcError as error:
        if error.code == "E0015":
            error.hint = f"{error.hint}; --no-llvm needs neither LLVM nor its linker"
        raise
    layout = program.layout
    widgets = {path: (one, layout.places[one.symbol].offset) for path, one in layout.zones}
    return WasmImage(code, program.unit, layout.size, widgets, name)


def _description(module: ModuleOp, options: CompileOptions, memory: Memory) -> str:
    """The JSON of a program, with the offsets of its widgets."""
    from dspc.backends.common.lowered import read_unit
    from dspc.backends.description.json_text import print_json
    from dspc.documents import module_description

    about = module_description(module, options)
    assert about is not None
    return print_json(replace(about, memory=memory, single=read_unit(module).single))
