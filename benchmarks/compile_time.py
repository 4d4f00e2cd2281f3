"""Compile time beside Faust's: CPU seconds (user and system) of the whole process, per program.

    python benchmarks/compile_time.py [FILES] [--markdown] [--top 10] [--repeat 1]

Without FILES, every example of Debian's faust package that Faust compiles. For each program the
two compilers run one after the other, under the same load of the machine; the libraries are in
dspc's cache (one program is compiled beforehand to fill it), finished output is not taken from its
cache (`--time-passes` compiles always). Programs that only one compiles are counted separately and
excluded from the sums.

    python benchmarks/compile_time.py --cxx "g++ -O3 -march=native -ffast-math" [FILES] [--markdown]

measures the C++ compiler on the text of both instead, in single precision with the harness of
`run_time.py`. Without FILES, on fifteen programs.
"""

from __future__ import annotations

import argparse
import math
import os
import shlex
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from variants import Variant, generated

EXAMPLES = Path("/usr/share/faust/examples")
TIME_LIMIT = 300.0
WARM_UP = 'import("stdfaust.lib"); process = fi.lowpass(2, 1000) : re.mono_freeverb(.5, .5, .5, 0);'
SOME = (
    "delayEcho/tapiir", "dynamic/compressor", "filtering/graphicEqLab", "filtering/lowBoost",
    "filtering/moogLadder", "filtering/vocoder", "gameaudio/bubble", "generator/osc",
    "phasing/phaser", "physicalModeling/karplus", "pitchShifting/pitchShifter", "reverb/dattorro",
    "reverb/freeverb", "reverb/zitaRev", "spat/spat",
)  # fmt: skip
"""The examples whose C++ text is compiled."""


@dataclass
class Row:
    """CPU seconds of both compilers for one program; None where the compiler failed."""

    name: str
    faust: float | None
    dspc: float | None


def cpu_seconds(command: Sequence[str], folder: Path) -> float | None:
    """User and system time of a process and its children; None when it fails or hangs."""
    null = subprocess.DEVNULL
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdin=null,
        stdout=null,
        stderr=null,
        start_new_session=True,
        # Installed packages come with their bytecode; let a checkout keep its own, too.
        env={key: os.environ[key] for key in os.environ if key != "PYTHONDONTWRITEBYTECODE"},
    )
    signal.signal(signal.SIGALRM, lambda *_: os.killpg(process.pid, signal.SIGKILL))
    signal.setitimer(signal.ITIMER_REAL, TIME_LIMIT)
    _, status, usage = os.wait4(process.pid, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime if process.returncode == 0 else None


def measure(path: Path, name: str, dspc: Sequence[str], output: Path, repeat: int) -> Row:
    """The best of `repeat` runs of each compiler, in turns."""
    times: dict[str, list[float]] = {"faust": [], "dspc": []}
    for _ in range(repeat):
        for compiler, command in (("faust", ["faust"]), ("dspc", list(dspc))):
            full = [*command, "-double", str(path), "-o", str(output)]
            seconds = cpu_seconds(full, path.parent)
            if seconds is not None:
                times[compiler].append(seconds)
    faust, ours = (min(times[compiler], default=None) for compiler in ("faust", "dspc"))
    return Row(name, faust, ours)


def measure_cxx(path: Path, name: str, command: Sequence[str], repeat: int) -> Row:
    """The best of `repeat` runs of a C++ compiler on the text of both, in turns."""
    texts = [generated(path, Variant(maker, (), command[0], ())) for maker in ("faust", "dspc")]
    times = [math.inf, math.inf]
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(repeat):
            for at, text in enumerate(texts):
                full = [*command, "-std=c++17", "-w", "-c", str(text), "-o", f"{folder}/out.o"]
                seconds = None if text is None else cpu_seconds(full, path.parent)
                times[at] = min(times[at], math.inf if seconds is None else seconds)
    return Row(name, *(None if seconds == math.inf else seconds for seconds in times))


def cxx_table(rows: list[Row]) -> list[list[str]]:
    """The times of each program with their ratio, and the geometric mean of the ratios."""
    table = [["program", "Faust", "dspc", "ratio"]]
    ratios: list[float] = []
    for row in sorted(rows, key=lambda row: row.name):
        cell = "-"
        if row.faust and row.dspc:
            ratios.append(row.dspc / row.faust)
            cell = f"{ratios[-1]:.2f}"
        table.append([row.name, _seconds(row.faust), _seconds(row.dspc), cell])
    if ratios:
        mean = statistics.geometric_mean(ratios)
        table.append([f"geometric mean of {len(ratios)}", "", "", f"{mean:.2f}"])
    return table


def percentile(values: list[float], share: float) -> float:
    """The quantile `share` of sorted values."""
    return values[min(len(values) - 1, int(share * len(values)))]


def statistics_table(rows: list[Row]) -> list[list[str]]:
    """Total, median, 90th percentile and largest of both, over the programs that both compile."""
    both = [(row.faust, row.dspc) for row in rows if row.faust is not None and row.dspc is not None]
    columns = [sorted(pair[i] for pair in both) for i in (0, 1)]
    table = [["", "Faust", "dspc"]]
    if not both:
        return table
    measures = (
        ("total", sum),
        ("median", statistics.median),
        ("90th percentile", lambda values: percentile(values, 0.9)),
        ("largest", max),
    )
    for title, of in measures:
        table.append([title, *(f"{of(column):.2f}" for column in columns)])
    return table


def top_table(rows: list[Row], count: int) -> list[list[str]]:
    """The programs with the longest times of either compiler."""
    ranked = sorted(rows, key=lambda row: -max(row.faust or 0.0, row.dspc or 0.0))
    cells = [[row.name, _seconds(row.faust), _seconds(row.dspc)] for row in ranked[:count]]
    return [["program", "Faust", "dspc"], *cells]


def _seconds(value: float | None) -> str:
    return "fails" if value is None else f"{value:.2f}"


def text(table: list[list[str]], markdown: bool) -> str:
    """The table as aligned columns, or as Markdown."""
    widths = [max(len(row[i]) for row in table) for i in range(len(table[0]))]
    lines: list[str] = []
    for index, row in enumerate(table):
        cells = [
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("| " + " | ".join(cells) + " |" if markdown else "  ".join(cells))
        if markdown and index == 0:
            marks = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
            lines.append("| " + " | ".join(marks) + " |")
    return "\n".join(lines) + "\n"


def choose(files: Sequence[str]) -> list[tuple[Path, str]]:
    """The files given, or every example but the layouts, which define no `process`."""
    if files:
        return [(Path(name).resolve(), name) for name in files]
    paths = sorted(path for path in EXAMPLES.rglob("*.dsp") if not path.name.startswith("layout"))
    return [(path, path.relative_to(EXAMPLES).as_posix()) for path in paths]


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--markdown", action="store_true", help="tables for a page of docs/")
    parser.add_argument("--top", type=int, default=10, help="how many of the slowest to list")
    parser.add_argument("--repeat", type=int, default=1, help="runs of each; the best counts")
    parser.add_argument("--cxx", metavar="COMMAND", help="measure a C++ compiler on both texts")
    options = parser.parse_args()
    if options.cxx:
        files = options.files or [str(EXAMPLES / f"{name}.dsp") for name in SOME]
        command = shlex.split(options.cxx)
        rows = [measure_cxx(path, path.stem, command, options.repeat) for path, _ in choose(files)]
        print(text(cxx_table(rows), options.markdown))
        return
    dspc = [sys.executable, "-m", "dspc", "--time-passes"]
    with tempfile.TemporaryDirectory() as folder:
        warm = Path(folder) / "warm.dsp"
        warm.write_text(WARM_UP)
        output = Path(folder) / "output.cpp"
        measure(warm, "", dspc, output, 1)
        rows: list[Row] = []
        work = choose(options.files)
        for index, (path, name) in enumerate(work, 1):
            rows.append(measure(path, name, dspc, output, options.repeat))
            faust, ours = _seconds(rows[-1].faust), _seconds(rows[-1].dspc)
            print(f"{index}/{len(work)} {name}: {faust} {ours}", file=sys.stderr, flush=True)
    report(rows, options.markdown, options.top)


def report(rows: list[Row], markdown: bool, top: int) -> None:
    """Prints the sums, the slowest programs, and those that failed."""
    fails = {"Faust": [r.name for r in rows if r.faust is None]}
    fails["dspc"] = [r.name for r in rows if r.dspc is None]
    both = sum(row.faust is not None and row.dspc is not None for row in rows)
    print(f"CPU seconds, whole process, over {both} programs that both compile:\n")
    print(text(statistics_table(rows), markdown))
    print(text(top_table(rows, top), markdown))
    for compiler, names in fails.items():
        if names:
            print(f"{compiler} fails on {len(names)}: {', '.join(names)}")


if __name__ == "__main__":
    main()
