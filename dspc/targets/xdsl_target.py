"""Targets of dspc as xDSL targets: `xdsl-opt -t 'dspc-cpp{class_name=osc}'`."""

from __future__ import annotations

from dataclasses import dataclass, field, make_dataclass
from functools import cache
from typing import IO, Any, ClassVar

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.utils.target import Target as XdslTarget

from dspc.pipelines.verification import verify_module
from dspc.targets.base import Target
from dspc.targets.registry import load


@dataclass(frozen=True)
class PrintedTarget(XdslTarget):
    """Prints a module at the level of loops; the fields of subclasses are `Target.printing`."""

    target: ClassVar[Target]

    def emit(self, ctx: Context, module: ModuleOp, output: IO[str]) -> None:
        from dspc.targets.option_tables import compile_table

        target = self.target
        settings = {name: getattr(self, name) for name in target.printing}
        table = compile_table(target)
        options = table(target=target.name, **target.printing_options(settings))
        options.check_loops()
        target.check(options)
        # Whoever printed without verification would get a fault of the printer.
        verify_module(module, "before it is printed")
        output.write(target.text(module, options))


@cache
def xdsl_target(name: str) -> type[XdslTarget]:
    """The class of `dspc-NAME`; raises DspcError E0003 if the target cannot be loaded."""
    target = load(name)
    options: list[Any] = [
        (option, type(default), field(default=default))
        for option, default in target.printing.items()
    ]
    printed = make_dataclass(
        type(target).__name__,
        options,
        bases=(PrintedTarget,),
        frozen=True,
        namespace={"name": f"dspc-{name}", "target": target, "__doc__": type(target).__doc__},
    )
    assert issubclass(printed, PrintedTarget)
    return printed
