"""The options of lowering to loops, shared by `dspc`, `dspc-run` and the Python API."""

# No `from __future__ import annotations`: the annotations are read as objects, from any module.

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar

from dspc.dialects.heap_option import HEAPS
from dspc.messages import usage_error
from dspc.options.pass_options import PassOptions
from dspc.options.source_options import OptionalText
from dspc.options.specs import option

if TYPE_CHECKING:
    from dspc.dialects.dsp_mem.machine import Machine

MOST_LANES = 64
"""The largest number of SIMD lanes."""

VECTOR_SIZE = 32
"""The default frames of a chunk: few enough that rows stay in the first-level cache."""
TASK_SIZE = 512
"""The default with -sch, where a task must outweigh the cost of handing it to a thread."""


@dataclass(frozen=True)
class LoopOptions(PassOptions):
    """The options of lowering to loops, for every command that generates or runs code."""

    HEADING: ClassVar[str] = "Loops, memory and threads"

    scalar: Annotated[
        bool,
        option(
            "-scal", "--scalar", help="Generate one loop over the frames [several where faster]."
        ),
    ] = False
    vec: Annotated[
        bool,
        option(
            "-vec",
            "--vectorize",
            help="Distribute the work over small loops that compilers vectorize.",
        ),
    ] = False
    vector_size: Annotated[
        int | None,
        option(
            "-vs",
            "--vec-size",
            metavar="N",
            help=f"With -vec, frames of a chunk [{VECTOR_SIZE}; with -sch, {TASK_SIZE}].",
        ),
    ] = None
    loop_variant: Annotated[
        int,
        option(
            "-lv",
            "--loop-variant",
            metavar="0|1|2",
            help="With -vec, 0, 2: separate loops for the remaining frames; 1: one for all [0].",
        ),
    ] = 0
    max_copy_delay: Annotated[
        int,
        option(
            "-mcd",
            "--max-copy-delay",
            metavar="N",
            help="With -vec, longer delay lines are ring buffers, shorter ones copied [16].",
        ),
    ] = 16
    delay_line_threshold: Annotated[
        int | None,
        option(
            "-dlt",
            "--delay-line-threshold",
            metavar="N",
            help="Ring buffers of more than N elements have the exact size, not a power of two "
            "[no limit].",
        ),
    ] = None
    flush_to_zero: Annotated[
        int,
        option(
            "-ftz",
            "--flush-to-zero",
            metavar="0|1|2",
            help="1, 2: flush subnormals in recursions to zero; 1: NaN as well [0].",
        ),
    ] = 0
    lanes: Annotated[
        int | None,
        option(
            "--lanes",
            metavar="N",
            help="Run recursions of one shape as N SIMD lanes at most; 0: never [8; 4 in double].",
        ),
    ] = None

    heap: Annotated[
        str,
        option(
            "--heap",
            metavar="|".join(HEAPS),
            help="Memory space of the program; auto: the one of least access cost [auto].",
        ),
    ] = "auto"
    machine: Annotated[
        OptionalText,
        option(
            "--machine",
            metavar="NAME|FILE.toml",
            help="Place memory for a machine: cpu, gpu, 66ak2h, 66ak2l, 66ak2e, 66ak2g, am572x, "
            "or a board: daisy, teensy41, esp32s3, rp2350, bela, raspberrypi; or "
            "estimate costs for a processor: sse2, avx2, avx512, neon, cortex-a8, cortex-m7, "
            "cortex-m33, xtensa-lx7.",
        ),
    ] = None

    fast_math: Annotated[
        bool,
        option(
            "--fast-math",
            help="Allow reassociation of floating-point sums, like -ffast-math (llvm).",
        ),
    ] = False

    omp: Annotated[
        bool,
        option("-omp", "--openmp", help="Run the loops on a team of threads (OpenMP, fork-join)."),
    ] = False
    sch: Annotated[
        bool,
        option("-sch", "--scheduler", help="Run the loops as a task graph (work stealing)."),
    ] = False
    group_tasks: Annotated[
        bool,
        option(
            "-g",
            "--group-tasks",
            "--groupTasks",
            help="With -omp or -sch, merge loops that are too small for a thread of their own.",
        ),
    ] = False
    par_loop: Annotated[
        bool,
        option(
            "-pl",
            "--par-loop",
            help="With -omp, split all free loops over the team, not only those that run alone.",
        ),
    ] = False

    @property
    def chunk(self) -> int:
        """The frames of a chunk."""
        if self.vector_size is not None:
            return self.vector_size
        return TASK_SIZE if self.sch else VECTOR_SIZE

    @property
    def threads(self) -> bool:
        """Whether several threads run the loops."""
        return self.omp or self.sch

    @property
    def placed_machine(self) -> str:
        """The machine of `--machine` if it has memory spaces, else the empty text."""
        return self.machine if self.machine and _described(self.machine).spaces else ""

    @property
    def costed_machine(self) -> str | None:
        """The machine of `--machine` if it describes its processor, for cost models."""
        if not self.machine or not _described(self.machine).has_processor:
            return None
        return self.machine

    @property
    def is_for_scalars(self) -> bool:
        """Whether `--machine` describes a processor, and that it has no vectors."""
        machine = self.costed_machine
        return machine is not None and _described(machine).vector_bits == 0

    def names_memory(self) -> bool:
        """Whether an option selects or asks for a placement of memory."""
        return bool(self.placed_machine) or self.heap != "auto"

    def check_loops(self) -> None:
        """Refuse invalid and contradictory options; raises DspcError, exit status 2."""
        if self.single and self.double:
            raise usage_error(7, "-single and -double exclude each other")
        if self.scalar and (self.vec or self.threads):
            raise usage_error(7, "-scal excludes -vec, -omp and -sch")
        if self.omp and self.sch:
            raise usage_error(7, "-omp and -sch exclude each other")
        if self.chunk < 1 or self.loop_variant not in (0, 1, 2) or self.max_copy_delay < 0:
            raise usage_error(7, "-vs is at least 1, -lv 0, 1 or 2, and -mcd at least 0")
        if self.delay_line_threshold is not None and self.delay_line_threshold < 0:
            raise usage_error(7, "-dlt is at least 0")
        if self.flush_to_zero not in (0, 1, 2) or self.gates not in (0, 1):
            raise usage_error(7, "-ftz is 0, 1 or 2, and -es 0 or 1")
        if self.lanes is not None and not 0 <= self.lanes <= MOST_LANES:
            raise usage_error(7, f"--lanes is 0 to {MOST_LANES}")
        if self.heap not in HEAPS:
            raise usage_error(8, f"--heap is one of {', '.join(HEAPS)}, not {self.heap}")


def _described(machine: str) -> "Machine":
    from dspc.dialects.dsp_mem.machine import load_machine

    return load_machine(machine)
