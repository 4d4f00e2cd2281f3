"""xDSL targets of installed universes as targets of dspc: `--target 'name{option=1}'`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dspc.targets.base import Target

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp

    from dspc.options.compile_options import CompileOptions


class UniverseTarget(Target):
    """Prints modules of any level by an xDSL target, after the passes for scalar loops."""

    takes = ()

    def __init__(self, spec: str, made: Any) -> None:
        """`made` is the xDSL target with its options, `spec` their text."""
        self.spec = spec
        self.made = made

    def text(self, module: ModuleOp, options: CompileOptions) -> str:
        from io import StringIO

        from dspc.multiverse import new_context
        from dspc.support.diagnostics import DspcError

        output = StringIO()
        try:
            self.made.emit(new_context(), module, output)
        except DspcError:
            raise
        except Exception as error:
            if options.verbose:
                raise
            reason = " ".join(f"{type(error).__name__}: {error}".split())[:200]
            message = f"the target {self.made.name} failed: {reason}"
            raise DspcError("E0022", message, None, "-v shows the traceback") from None
        return output.getvalue()


def universe_target(text: str) -> Target | None:
    """The target of a name with options, if a universe has it; raises DspcError E0003."""
    from dspc.multiverse import find_target
    from dspc.pipelines.parsing import from_spec, read_target_spec

    spec = read_target_spec(text)
    kind = find_target(spec.name)
    if kind is None:
        return None
    target = from_spec(kind, spec, 3)
    described = {"name": text, "__doc__": kind.__doc__}
    return type("UniverseTarget", (UniverseTarget,), described)(text, target)
