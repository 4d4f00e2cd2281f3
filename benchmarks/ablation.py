"""The effect of each pass: the speed of the generated code without it, as ratios in one run.

    python benchmarks/ablation.py [FILES] [--quick] [--options=-vec] [--rounds 60]
                                  [--compiler g++] [--jobs 2] [--json FILE]

For each program, the code of the whole pipeline is timed in turns, in one process, with that of the
pipeline without one pass (`--without`), for each pass that it has, and without packs (`--lanes 0`)
and loop distribution (`-scal`). A ratio above 1 is how much faster the pass makes the program;
`same` means that the code is the same without it, `needed` that no code comes about without it,
`wrong` that its samples differ from those of the whole pipeline by more than a hundredth of the
peak. The last line has the geometric means, with 1 where the code is the same. FILES are those of
benchmarks/run_time.py if none is named, twelve of them with `--quick`.
"""

from __future__ import annotations

import argparse
import json
import math
import shlex
from collections.abc import Sequence
from pathlib import Path

from run_time import EXAMPLES, OURS, PROGRAMS, mean
from variants import Timing, Variant, build_all, generated, timed

from dspc.pipelines.standard import loop_passes
from dspc.targets.lookup import find_target
from dspc.targets.option_tables import compile_table

FLAGS = ("-O3", "-march=native", "-ffast-math")
LISTS_OPTIONS = ("Compilation options:", "compile_options")
QUICK = (
    "bank32", "biquad8", "comb8", "fir64", "onepole", "poly16", "modes64",
    "freeverb", "zitaRev", "vocoder", "osc", "phaser",
)  # fmt: skip
"""The programs of `--quick`: one for each kind of loops, and some of Faust's examples."""


def switches(options: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The options that switch off each pass of the pipeline that `options` select, by a name."""
    from dspc.cli import parse_arguments

    table = parse_arguments(compile_table(find_target("cpp")), list(options), "dspc")
    assert table is not None
    names = [one.partition("{")[0] for one in loop_passes(table)]
    made = {name: ("--without", name) for name in names}
    made["packs"] = ("--lanes", "0")
    if not table.vec and not table.threads:
        made["distribution"] = ("-scal",)
    return made


def worth(path: Path, arguments: argparse.Namespace) -> dict[str, float | str]:
    """By pass: the time without it over the time with it, or why there is none."""
    options = tuple(shlex.split(arguments.options))
    kinds = {"": options}
    kinds |= {name: (*options, *more) for name, more in switches(options).items()}
    variants = {
        name: Variant("dspc", words, arguments.compiler, FLAGS) for name, words in kinds.items()
    }
    whole = variants[""]
    code = code_of(path, whole)
    same = [name for name, one in variants.items() if name and code_of(path, one) == code]
    for name in same:
        del variants[name]
    libraries = build_all(path, variants.values(), arguments.jobs)
    if whole not in libraries:
        return {}
    timings = timed(libraries, libraries[whole], arguments.rounds)
    ratios = {name: _ratio(timings, whole, one) for name, one in variants.items() if name}
    return {**dict.fromkeys(same, "same"), **ratios}


def code_of(path: Path, variant: Variant) -> str | None:
    """The generated text, without the lines that list the options; None where there is none."""
    file = generated(path, variant)
    if file is None:
        return None
    lines = file.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not any(word in line for word in LISTS_OPTIONS))


def _ratio(timings: dict[Variant, Timing], whole: Variant, one: Variant) -> float | str:
    if one not in timings:
        return "needed"
    timing = timings[one]
    if math.isnan(timing.error) or timing.error > 0.01 * timing.peak:
        return "wrong"
    return timing.nanoseconds / timings[whole].nanoseconds


def shown(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.2f}"


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="*")
    parser.add_argument("--quick", action="store_true", help="twelve programs")
    parser.add_argument("--options", default="", help="of dspc, for all variants")
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--compiler", default="g++")
    parser.add_argument("--jobs", type=int, default=2, help="builds at once")
    parser.add_argument("--json", type=Path, help="save the table")
    return parser.parse_args()


def main() -> None:
    """Measures and prints a table."""
    arguments = parsed()
    files = [Path(file).resolve() for file in arguments.files]
    every = [*sorted(OURS.glob("*.dsp")), *(EXAMPLES / f"{n}.dsp" for n in PROGRAMS)]
    files = files or [path for path in every if path.stem in QUICK or not arguments.quick]
    columns = list(switches(shlex.split(arguments.options)))
    print(f"| {'without':24} | {' | '.join(columns)} |")
    print(f"| --- |{' --: |' * len(columns)}")
    table: dict[str, dict[str, float | str]] = {}
    for path in files:
        row = table[path.stem] = worth(path, arguments)
        if row:
            print(f"| {path.stem:24} | {' | '.join(shown(row[c]) for c in columns)} |", flush=True)
        else:
            print(f"  {path.stem}: does not build", flush=True)
    means: list[str] = []
    for column in columns:
        values = [1.0 if v == "same" else v for row in table.values() if (v := row.get(column))]
        ratios = [value for value in values if isinstance(value, float)]
        means.append(shown(mean(ratios)) if ratios else "")
    print(f"| {'geometric mean':24} | {' | '.join(means)} |")
    if arguments.json:
        arguments.json.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
