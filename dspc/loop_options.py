"""How a program becomes loops, as options that `dspc`, `dspc-run` and the Python API share."""

# No `from __future__ import annotations`: typer reads the annotations as objects, from any module.

from dataclasses import dataclass
from typing import Annotated

from dspc.diagnostics import usage_error
from dspc.dialects.heaps import HEAPS
from dspc.source_options import OptionalText, SourceOptions, option

MOST_LANES = 64
"""The most numbers of a vector."""

VECTOR_SIZE = 32
"""The frames of a chunk: few enough that the rows between loops stay in the fastest cache."""
TASK_SIZE = 512
"""Those with -sch, where a task must take longer than it takes to hand it to another thread."""


@dataclass(frozen=True)
class LoopOptions(SourceOptions):
    """How a program becomes loops: what every command that makes or runs code takes."""

    scalar: Annotated[
        bool,
        option(
            "-scal", "--scalar", help="One loop over the frames (by default as many as are faster)."
        ),
    ] = False
    vec: Annotated[
        bool,
        option("-vec", "--vectorize", help="Many small loops that compilers turn into vectors."),
    ] = False
    vector_size: Annotated[
        int | None,
        option(
            "-vs",
            "--vec-size",
            metavar="N",
            help=f"Frames in each turn of them [{VECTOR_SIZE}; with -sch, {TASK_SIZE}].",
        ),
    ] = None
    loop_variant: Annotated[
        int,
        option(
            "-lv",
            "--loop-variant",
            metavar="0|1",
            help="0: the frames left over run in loops of their own (the default); 1: they don't.",
        ),
    ] = 0
    max_copy_delay: Annotated[
        int,
        option(
            "-mcd",
            "--max-copy-delay",
            metavar="N",
            help="With -vec, longer delays are rings, others copied [16].",
        ),
    ] = 16
    delay_line_threshold: Annotated[
        int | None,
        option(
            "-dlt",
            "--delay-line-threshold",
            metavar="N",
            help="Rings that would take more than N places have no more than they need [no limit].",
        ),
    ] = None
    flush_to_zero: Annotated[
        int,
        option(
            "-ftz",
            "--flush-to-zero",
            metavar="0|1|2",
            help="1, 2: recursions hold no subnormal numbers; 1: no NaN either [0].",
        ),
    ] = 0
    lanes: Annotated[
        int | None,
        option(
            "--lanes",
            metavar="N",
            help="Recursions of one shape run in vectors of at most N numbers; 0: never [8; 4].",
        ),
    ] = None

    heap: Annotated[
        str,
        option(
            "--heap",
            metavar="|".join(HEAPS),
            help="The space of the program's memory; auto: where it costs least [auto].",
        ),
    ] = "auto"
    machine: Annotated[
        OptionalText,
        option(
            "--machine",
            metavar="NAME|FILE.toml",
            help="Place for a machine: cpu, gpu, 66ak2h, 66ak2l, 66ak2e, 66ak2g, am572x.",
        ),
    ] = None

    fast_math: Annotated[
        bool, option("--fast-math", help="With llvm, let sums be reordered, as -ffast-math does.")
    ] = False

    omp: Annotated[
        bool,
        option("-omp", "--openmp", help="With -vec, a team of threads shares the loops (OpenMP)."),
    ] = False
    sch: Annotated[
        bool,
        option("-sch", "--scheduler", help="With -vec, threads run the loops as a graph of tasks."),
    ] = False
    group_tasks: Annotated[
        bool,
        option(
            "-g",
            "--group-tasks",
            help="With -omp or -sch, join what is too small to be worth a thread.",
        ),
    ] = False
    par_loop: Annotated[
        bool,
        option(
            "-pl",
            "--par-loop",
            help="With -omp, split every free loop over the team, not only lone ones.",
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

    def names_memory(self) -> bool:
        """Whether it is said where memory lies, or asked."""
        return bool(self.machine) or self.heap != "auto"

    def check_loops(self) -> None:
        """Refuse what contradicts itself; raises DspcError, exit status 2."""
        if self.single and self.double:
            raise usage_error(7, "-single and -double exclude each other")
        if self.scalar and (self.vec or self.threads):
            raise usage_error(7, "-scal excludes -vec, -omp and -sch")
        if self.omp and self.sch:
            raise usage_error(7, "-omp and -sch exclude each other")
        if self.chunk < 1 or self.loop_variant not in (0, 1) or self.max_copy_delay < 0:
            raise usage_error(7, "-vs is at least 1, -lv 0 or 1, and -mcd at least 0")
        if self.delay_line_threshold is not None and self.delay_line_threshold < 0:
            raise usage_error(7, "-dlt is at least 0")
        if self.flush_to_zero not in (0, 1, 2) or self.gates not in (0, 1):
            raise usage_error(7, "-ftz is 0, 1 or 2, and -es 0 or 1")
        if self.lanes is not None and not 0 <= self.lanes <= MOST_LANES:
            raise usage_error(7, f"--lanes is 0 to {MOST_LANES}")
        if self.heap not in HEAPS:
            raise usage_error(8, f"--heap is one of {', '.join(HEAPS)}, not {self.heap}")
