"""Resolution of foreign functions and variables for code in this process."""

from __future__ import annotations

import ctypes
import ctypes.util
import re
from collections.abc import Mapping

from xdsl.dialects.func import FuncOp

from dspc.backends.common.lowered import text_attribute
from dspc.backends.llvm.jit import binding
from dspc.dialects.places import span_of
from dspc.support.diagnostics import DspcError, warn

_LIBRARIES = ("c", "m")
"""Libraries that C programs are linked with by default, or that come with the compiler."""
_LINKED = re.compile(r"-l(\S+)")


def find_foreign(declared: Mapping[str, FuncOp]) -> None:
    """Load the libraries of foreign names; DspcError E0906 for a name that cannot be resolved."""
    llvm = binding()
    names = {
        name: (text_attribute(op, "library") or "").strip('"') for name, op in declared.items()
    }
    for library in dict.fromkeys(names.values()):
        for short in _LINKED.findall(library):
            path = ctypes.util.find_library(short)
            if path is not None:
                llvm.load_library_permanently(path)
    for name, library in names.items():
        if llvm.address_of_symbol(name) is None:
            where = f"neither in this process nor in {library}" if library else "in no library here"
            raise DspcError(
                "E0906",
                f"the program uses {name} from C, which is {where}",
                span_of(declared[name]),
                hint="what only a C header defines needs a C++ compiler: --backend cpp",
            )


def warn_of_unknown(declared: Mapping[str, FuncOp]) -> None:
    """Warn of each name that neither C's libraries here have nor a library the program names.

    An object file may leave such names open; whoever links it has to define them.
    """
    for name, op in declared.items():
        if not (text_attribute(op, "library") or "").strip('"') and not _in_c(name):
            message = (
                f"the program uses {name} from C, which C's libraries do not have here and for "
                "which it names no library: the code can be linked only with what defines it"
            )
            warn(message, span_of(op))


def _in_c(name: str) -> bool:
    """Whether the C library or its mathematics defines a name on this machine."""
    if hasattr(ctypes.CDLL(None), name):
        return True
    paths = [ctypes.util.find_library(short) for short in _LIBRARIES]
    return any(hasattr(ctypes.CDLL(path), name) for path in paths if path is not None)
