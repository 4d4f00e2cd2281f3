"""The gain of placement: packing compared with a TVM-style greedy, programs with simpler maps.

    python benchmarks/placement.py packing [FILE.csv ...] [--capacity BYTES] [--seconds 8]
        [--methods tvm,gaps,climb,search,cp-sat,all]
    python benchmarks/placement.py programs [FILE.dsp ...] [--machines 66ak2h,am572x]

`packing` reads instances in MiniMalloc's format, or generates some of that size, and prints the
peak over the lower bound and each method's CPU seconds; methods with a time limit stop at the
capacity, and the last, all methods together, may take twice as long. `programs` prints Markdown:
cycles of memory access in a block by the cost model. The TVM-style greedy places the largest buffer
first, above all placed buffers that are live at the same time, as TVM's greedy_by_size.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from xdsl.context import Context

from dspc.dialects.dsp_mem.machine import load_machine
from dspc.driver import read_program
from dspc.frontends.faust.options import FrontendOptions
from dspc.passes.placement.check import faults
from dspc.passes.placement.exact import exact
from dspc.passes.placement.greedy import greedy
from dspc.passes.placement.minimalloc import SPACE, generate, lower_bound, read_csv
from dspc.passes.placement.model import Answer, DoesNotFitError, Item, Problem, round_up
from dspc.passes.placement.packing import best_order, climb_peak, pack, search_peak
from dspc.passes.placement.peak import STRATEGIES
from dspc.passes.placement.problem import housing
from dspc.passes.placement.solve import solve
from dspc.pipelines.standard import LOOP_PASSES, load_pass
from dspc.support.diagnostics import DspcError

EXAMPLES = Path("/usr/share/faust/examples")
PROGRAMS = (
    "reverb/freeverb.dsp",
    "reverb/zitaRev.dsp",
    "reverb/greyhole.dsp",
    "physicalModeling/faust-stk/clarinet.dsp",
)
CAPACITY = 1 << 20


def tvm_style(items: Sequence[Item]) -> Answer:
    """The largest first, each above the highest end of the buffers live at the same time."""
    placed: list[tuple[tuple[int, int], int]] = []
    offsets: list[tuple[int, ...]] = [()] * len(items)
    peak = 0
    for index in sorted(range(len(items)), key=lambda index: -items[index].size):
        item = items[index]
        live = item.choices[0].rooms[0].live
        assert live is not None
        ends = [end for other, end in placed if other[0] < live[1] and live[0] < other[1]]
        offset = round_up(max(ends, default=0), item.align)
        placed.append((live, offset + item.size))
        offsets[index] = (offset,)
        peak = max(peak, offset + item.size)
    return Answer([0] * len(items), offsets, 0, "TVM-style greedy", peak={SPACE: peak})


def packing(files: Sequence[str], capacity: int, seconds: float, chosen: Sequence[str]) -> None:
    """Print a table of all methods on all instances; those with a limit of time stop at the
    capacity, or the lower bound where that is higher."""
    if files:
        problems = [(Path(f).stem, read_csv(Path(f).read_text(), capacity)) for f in files]
    else:
        sizes = ((50, 1), (150, 2), (300, 3), (450, 4))
        problems = [(f"cut-{n}", generate(n, CAPACITY, seed)) for n, seed in sizes]
    print(f"| instance | buffers | capacity | {' | '.join(chosen)} |")
    print("| --- " * (3 + len(chosen)) + "|")
    for name, problem in problems:
        least = lower_bound(problem.items)
        enough = max(problem.capacity[SPACE], least)
        methods = _methods(problem, enough, seconds)
        results = [_cell(problem.items, least, methods[method]) for method in chosen]
        cells = [name, str(len(problem.items)), f"{enough / least:.3f}", *results]
        print(f"| {' | '.join(cells)} |", flush=True)


METHODS = ("tvm", "gaps", "climb", "search", "cp-sat", "all")


def _methods(
    problem: Problem, enough: int, seconds: float
) -> dict[str, Callable[[], Answer | None]]:
    items = problem.items
    ways: list[Callable[[], Answer | None]] = [
        lambda: tvm_style(items),
        lambda: best_order(items)[0],
        lambda: climb_peak(items, seconds, enough=enough),
        lambda: search_peak(items, best_order(items)[0], enough, seconds),
        lambda: exact(Problem(items, {SPACE: enough}), seconds, strategies=STRATEGIES),
        lambda: pack(items, 2 * seconds, enough),
    ]
    return dict(zip(METHODS, ways, strict=True))


def _cell(items: Sequence[Item], least: int, run: Callable[[], Answer | None]) -> str:
    """The peak that a method finds over the lower bound, checked, and its seconds of a core."""
    start = time.process_time()
    answer = run()
    spent = time.process_time() - start
    if answer is None:
        return f"none, {spent:.1f} s"
    wrong = faults(Problem(items, {SPACE: answer.peak[SPACE]}), answer)
    assert not wrong, wrong[0]
    return f"{answer.peak[SPACE] / least:.3f}, {spent:.1f} s"


def programs(files: Sequence[str], machines: Sequence[str], seconds: float) -> None:
    """Print cycles per block of each program on each machine, by the cost model."""
    print("| program | machine | all in ddr | all in msmc | greedy | best | won over greedy, ddr |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for file in files or [str(EXAMPLES / name) for name in PROGRAMS]:
        module = read_program(file, FrontendOptions(precision="single"))
        for name in LOOP_PASSES:
            load_pass(name)().apply(Context(), module)
        for machine in machines:
            facts = load_machine(machine)
            far: list[str] = []
            for heap in ("ddr", "msmc"):
                try:
                    far.append(str(greedy(housing(module, facts, heap, 512).problem).cost))
                except (DoesNotFitError, DspcError):
                    far.append("-")
            problem = housing(module, facts, "auto", 512).problem
            first, best = greedy(problem), solve(problem, seconds)
            won = f"{1 - best.cost / first.cost:.1%}, {1 - best.cost / int(far[0]):.1%}"
            proved = " (optimal)" if best.is_optimal else ""
            print(
                f"| {Path(file).stem} | {machine} | {far[0]} | {far[1]} | {first.cost} "
                f"| {best.cost}{proved} | {won} |",
                flush=True,
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("packing", "programs"))
    parser.add_argument("files", nargs="*")
    parser.add_argument("--capacity", type=int, default=CAPACITY)
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--methods", default=",".join(METHODS), help="of packing")
    parser.add_argument("--machines", default="66ak2h,66ak2e,am572x")
    arguments = parser.parse_args()
    if arguments.what == "packing":
        methods = arguments.methods.split(",")
        packing(arguments.files, arguments.capacity, arguments.seconds, methods)
    else:
        programs(arguments.files, arguments.machines.split(","), arguments.seconds)


if __name__ == "__main__":
    main()
