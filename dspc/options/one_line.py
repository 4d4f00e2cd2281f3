"""The options of a compilation as one line, by which generated files can be rebuilt."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import MISSING, fields
from typing import TYPE_CHECKING, Any, get_type_hints

from dspc.options.specs import names_of, spec_of
from dspc.targets.registry import DEFAULT, is_known, level_target, load

if TYPE_CHECKING:
    from dspc.options.compile_options import CompileOptions

_SILENT = frozenset(
    (
        *("file", "output", "output_dir", "import_dirs", "architecture_dirs", "inject"),
        *("json", "xml", "task_graph", "signal_graph", "svg", "fold_from", "fold_over"),
        *("scaled_svg", "time_limit", "memory_limit", "error_format", "verbose", "version"),
        *(
            "emit",
            "print_after",
            "time_passes",
            "file_list",
            "validate",
            "validate_seconds",
            "memory_map",
            "explain",
        ),
        *("dsp_folder", "architecture_folder", "include_folder", "library_folder"),
        *(
            "print_pipeline",
            "stats",
            "report",
            "folder_list",
            "install_faust",
            "export_dsp",
            "fault_test",
            "more_files",
            "cache",
            "no_cache",
            "tune",
            "no_foreign",
            "math_exceptions",
        ),
    )
)
"""Options that leave the text as it is, and folders, which differ between machines."""
_FIRST = frozenset(("target", "single", "double", "vec", "loop_variant", "vector_size"))


def label(options: CompileOptions) -> str:
    """The options that shape the text, by their first names, quoted as shells read them.

    The precision is always there, and with chunks their size.
    """
    words = ["-lang", options.target or DEFAULT, "-double" if options.double else "-single"]
    if options.vec or options.threads:
        words.append("-vec")
        words += ["-lv", str(options.loop_variant), "-vs", str(_chunk(options))]
    if options.emit and level_target(options.emit) is not None:
        words += ["--emit", options.emit]
    words += (word for words in _others(options) for word in words)
    return " ".join(map(shlex.quote, words))


def _chunk(options: CompileOptions) -> int:
    """The frames of a chunk, whose default the target may choose."""
    name = options.target or DEFAULT
    return (load(name).adapt(options) if is_known(name) else options).chunk


def _others(options: CompileOptions) -> Iterator[list[str]]:
    kinds = get_type_hints(type(options), include_extras=True)
    for field in fields(options):
        if field.name in _SILENT or field.name in _FIRST:
            continue
        value: Any = getattr(options, field.name)
        default = field.default_factory() if field.default_factory is not MISSING else field.default
        if value == default:
            continue
        flag = names_of(spec_of(kinds[field.name]))[0]
        values: list[Any] = list(value) if isinstance(value, (list, tuple)) else [value]  # pyright: ignore
        for item in values:
            yield [flag] if item is True else [flag, str(item)]
