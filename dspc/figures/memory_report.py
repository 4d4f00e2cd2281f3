"""The output of `--memory-map`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dspc.figures.memory_map import map_json, map_text, target_map

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp

    from dspc.options.compile_options import CompileOptions


def report_placement(module: ModuleOp, options: CompileOptions) -> str:
    """The output of `--memory-map` in the requested format."""
    placement = target_map(module, options)
    if options.memory_map == "json":
        return json.dumps(map_json(placement), indent=2) + "\n"
    if options.memory_map == "svg":
        from dspc.figures.memory_svg import map_svg  # only this format needs it

        return map_svg(placement)
    return map_text(placement)
