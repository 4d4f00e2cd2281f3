"""The options of `dspc.load` and `dspc.compile` as types, for editors and type checkers.

They are fields of `LoopOptions` and `CompileOptions`, where each is
described; a test compares.
"""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from typing import TypedDict

COMMAND_ONLY = frozenset(
    {
        *("file", "version", "output", "output_dir", "error_format", "verbose"),
        *("json", "xml", "svg", "fold_from", "fold_over", "export_dsp", "task_graph"),
        *("file_list", "dsp_folder", "architecture_folder", "include_folder", "folder_list"),
        *("scaled_svg", "signal_graph", "library_folder", "install_faust"),
        *("more_files", "cache", "no_cache", "tune"),
        *(
            "memory_map",
            "explain",
            "time_passes",
            "print_after",
            "print_pipeline",
            "stats",
            "report",
            "target",
        ),
    }
)
"""Fields that only the command has: they name files and reports."""


class LoadOptions(TypedDict, total=False):
    """The options of `dspc.load`."""

    import_dirs: str | PathLike[str] | Sequence[str | PathLike[str]]
    single: bool
    double: bool
    process_name: str
    time_limit: float
    memory_limit: str | None
    gates: int
    range_ui: bool
    exp10: bool
    no_foreign: bool
    scalar: bool
    vec: bool
    vector_size: int | None
    loop_variant: int
    max_copy_delay: int
    delay_line_threshold: int | None
    flush_to_zero: int
    freeze_ui: bool
    math_exceptions: bool
    check_integers: bool
    lanes: int | None
    heap: str
    machine: str | PathLike[str] | None
    fast_math: bool
    omp: bool
    sch: bool
    group_tasks: bool
    par_loop: bool
    pipeline: str | None
    insert: str | Sequence[str]
    without: str | Sequence[str]
    validate: str
    validate_seconds: float


class CompilationOptions(LoadOptions, total=False):
    """The options of `dspc.compile`."""

    class_name: str
    emit: str | None
    architecture: str | PathLike[str] | None
    architecture_dirs: str | PathLike[str] | Sequence[str | PathLike[str]]
    inline: bool
    super_class: str
    no_virtual: bool
    namespace: str | None
    macros: bool
    manager: bool
    manager_zones: bool
    host_zones: bool
    zone_parameters: bool
    zone_threshold: int
    compute_mix: bool
    inject: str | None
    fast_functions: str | None
    one_sample: bool
    external_control: bool
    near_memory: int
    manager_shape: str
    allocator_api: bool
    fault_test: bool
    heap_storage: str
    device: str
    triple: str | None
    no_simd: bool
    no_llvm: bool
