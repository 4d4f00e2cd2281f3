"""Running of single passes: their context and errors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from xdsl.context import Context
from xdsl.utils.exceptions import DiagnosticException, PassFailedException

from dspc.multiverse import new_context
from dspc.pipelines.parsing import parse_pipeline
from dspc.pipelines.standard import PASSES, load_pass
from dspc.pipelines.verification import message_of, verify_module
from dspc.support.diagnostics import DspcError

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp
    from xdsl.passes import ModulePass


def instances(passes: Sequence[str | ModulePass]) -> Iterator[ModulePass]:
    """The passes, each imported when it is its turn."""
    for entry in passes:
        if not isinstance(entry, str):
            yield entry
        elif entry in PASSES:
            yield load_pass(entry)()
        else:
            yield from parse_pipeline(entry)


def is_own(module_pass: ModulePass) -> bool:
    """Whether a pass is dspc's."""
    return type(module_pass).__module__.startswith("dspc.")


def pass_context(passes: Sequence[str | ModulePass]) -> Context:
    """The context of passes; with the dialects of all universes for passes of other packages."""
    own = all(isinstance(entry, str) or is_own(entry) for entry in passes)
    return Context() if own else new_context()


def apply_pass(
    module_pass: ModulePass, context: Context, module: ModuleOp, is_verbose: bool
) -> None:
    """Run a pass in place. Raises DspcError E0022 where it gives up.

    Any exception of a pass of another package counts as giving up, unless `is_verbose`. One of
    dspc's that fails on a module which an earlier pass has made invalid raises E0503.
    """
    try:
        module_pass.apply(context, module)
    except DspcError:
        raise
    except (DiagnosticException, PassFailedException) as error:
        raise DspcError("E0022", f"{module_pass.name}: {message_of(error)}") from None
    except Exception as error:
        if is_verbose:
            raise
        if is_own(module_pass):
            verify_module(module, f"in {module_pass.name}")
            raise
        message = f"{module_pass.name} failed: {type(error).__name__}: {message_of(error)}"
        raise DspcError("E0022", message, None, "-v shows the traceback") from None
