"""The target `interp`: a standalone Python program, and the reference interpreter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dspc.targets.base import Instance, Target

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp

    from dspc.backends.interp.definition.memory import Soundfiles
    from dspc.options.compile_options import CompileOptions
    from dspc.options.loop_options import LoopOptions


class InterpTarget(Target):
    """Python: prints a standalone program, and runs the interpreter that defines all ops."""

    name = "interp"
    ending = ".py"
    endings = (".py",)
    has_vectors = True
    stages_copies = True
    run_only = {"seed": "--seed", "fail": "--fail-allocation"}
    run_settings = ("seed", "fail")

    def run_option_table(self) -> type[LoopOptions]:
        from dspc.targets.interp_options import InterpRunOptions

        return InterpRunOptions

    def text(self, module: ModuleOp, options: CompileOptions) -> str:
        from dspc.backends.interp.generated.standalone import print_python

        return print_python(module, options.command_line())

    def settings(self, options: LoopOptions, is_placed: bool) -> dict[str, Any]:
        return {"machine": options.placed_machine or "cpu"} if is_placed else {}

    def open(self, module: ModuleOp, rate: int, folder: str, **settings: Any) -> Instance:
        from dspc.backends.interp.instance import InterpInstance

        sounds = _soundfiles(module, folder)
        seed: int | None = settings.get("seed", 0)
        machine: str | None = settings.get("machine")
        if machine is None:
            return InterpInstance(module, rate, soundfiles=sounds, seed=seed)
        from dspc.backends.interp.placement.fault_plan import read_plan
        from dspc.dialects.dsp_mem.machine import load_machine

        plan = read_plan(settings.get("fail") or "")
        placed = load_machine(machine)
        return InterpInstance(module, rate, soundfiles=sounds, seed=seed, machine=placed, plan=plan)


def _soundfiles(module: ModuleOp, folder: str) -> Soundfiles:
    """The sound files that a program names, relative to a folder, as other back ends read them."""
    from dspc.backends.common.sounds import read_parts
    from dspc.backends.interp.definition.memory import SoundPart
    from dspc.backends.interp.definition.scalars import element_name
    from dspc.backends.interp.instance import find_unit, widgets_of

    unit = find_unit(module)
    single = element_name(unit.precision) == "f32"
    return {
        widget.symbol: [SoundPart(*part) for part in read_parts(widget, single, folder)]
        for _, widget in widgets_of(unit)
        if widget.kind == "soundfile"
    }
