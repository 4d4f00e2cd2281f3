"""The console script `dspc`: writes the cached output, or else starts the compiler."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run the command line of the process and exit."""
    from dspc.output_cache import request_of
    from dspc.support.files.input_record import record

    arguments = sys.argv[1:]
    request = request_of(arguments)
    try:
        if request is not None and request.replay():
            sys.exit(0)
        if request is not None:
            record()
    except Exception as error:
        from dspc.failures import fail

        sys.exit(fail(error, "dspc", arguments))
    from dspc.deferred_modules import DeferredModules
    from dspc.module_code import ModuleCode

    modules = ModuleCode()
    sys.meta_path.insert(0, DeferredModules())
    if "--no-cache" not in arguments:
        sys.meta_path.insert(0, modules)
    from dspc.imports import quick_imports

    # A compilation is short and keeps nearly all objects: cyclic collection costs time for nothing.
    gc.disable()
    with quick_imports(arguments, modules):
        from dspc.cli import main

        main(arguments, request)
