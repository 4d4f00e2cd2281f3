"""Faust's options that dspc accepts without effect, and those that it refuses with advice.

docs/faust_options.md lists all of Faust's options; a test compares it and these tables with
`faust -h`.
"""

from __future__ import annotations

from collections.abc import Sequence

ACCEPTED: dict[str, tuple[tuple[str, ...], int, str]] = {
    "-ct": (("--check-table",), 1, "indices of tables are always kept inside"),
    "-inpl": (("--in-place",), 0, "inputs and outputs may always be the same arrays"),
    "-sts": (("--strict-select",), 0, "both branches are always computed"),
    "-wi": (("--widening-iterations",), 1, "intervals are found without"),
    "-ni": (("--narrowing-iterations",), 1, "intervals are found without"),
    "-mapp": (("--math-approximation",), 0, "the functions stay exact"),
    "-fun": (("--fun-tasks",), 0, "-sch makes a method of each task anyway"),
    "-dfs": (("--deep-first-scheduling",), 0, "loops stand in an order chosen by cost"),
    "-light": (("--light-mode",), 0, "Faust's own C++ is the same with it"),
    "-clang": (("--clang",), 0, "loops that may be vectors are marked for all compilers"),
    "-fp": (("--full-parentheses",), 0, "expressions have the parentheses that they need"),
    "-wall": (("--warning-all",), 0, "there are errors, and no warnings"),
    "-mdlang": (("--mathdoc-lang",), 1, "it is about -mdoc only"),
    "-stripmdoc": (("--strip-mdoc-tags",), 0, "it is about -mdoc only"),
    "-sd": (("--simplify-diagrams",), 0, "diagrams are drawn simplified"),
    "-drf": (("--draw-route-frame",), 0, "routes are drawn in frames"),
    "-sn": (("--simple-names",), 0, "boxes have their plain names"),
    "-mns": (("--max-name-size",), 1, "long names are cut to fit their boxes"),
    "-blur": (("--shadow-blur",), 0, "boxes have no shadows"),
}
"""Accepted options without effect: other spellings, number of values, and the reason."""

NO_VHDL = "dspc makes no VHDL"
REFUSED: dict[str, tuple[tuple[str, ...], str]] = {
    "-L": (("--library",), "link the module with the compiled program instead"),
    "-quad": (("--quad-precision-floats",), "there are -single and -double"),
    "-fx": (("--fixed-point",), "there are -single and -double"),
    "-lcc": (("--local-causality-check",), "recursions are checked as a whole; leave it out"),
    "-os": (("--one-sample",), "call compute with a count of 1"),
    "-os0": (("--one-sample0",), "call compute with a count of 1"),
    "-os1": (("--one-sample1",), "call compute with a count of 1"),
    "-os2": (("--one-sample2",), "call compute with a count of 1; -dlt and -mem shape its memory"),
    "-os3": (
        ("--one-sample3",),
        "call compute with a count of 1; -mem2 takes memory from the host",
    ),
    "-cm": (("--compute-mix",), "compute into arrays of your own, and add them"),
    "-inj": (("--inject",), "put the class into the architecture file yourself"),
    "-ocl": (("--opencl",), "give -lang opencl"),
    "-cuda": (("--cuda",), "give -lang opencl, which NVIDIA devices run"),
    "-fm": ((), "compile the C++ with -ffast-math, or give -lang llvm --fast-math"),
    "-vhdl": (("--vhdl",), NO_VHDL),
    "-vhdl-trace": (("--vhdl-trace",), NO_VHDL),
    "-vhdl-type": (("--vhdl-type",), NO_VHDL),
    "-vhdl-msb": (("--vhdl-msb",), NO_VHDL),
    "-vhdl-lsb": (("--vhdl-lsb",), NO_VHDL),
    "-ps": (("--postscript",), "-svg draws the program"),
    "-mdoc": (("--mathdoc",), "-svg draws the program, --emit signals prints its signals"),
    "-sg": (("--signal-graph",), "--emit signals prints the signals, -tg draws the loops"),
    "-norm": (("--normalized-form",), "--emit signals prints the signals"),
    "-me": (("--math-exceptions",), "dspc does not look for them; leave it out"),
    "-mem3": (("--memory-manager3",), "there are -mem, -mem1 and -mem2"),
    "-libdir": (("--libdir",), "dspc has no library to link with; -dspdir and -archdir are there"),
}
"""Refused options: other spellings, and what to do instead."""


def without_accepted(arguments: Sequence[str]) -> list[str]:
    """The arguments without the options of `ACCEPTED` and their values."""
    counts = {name: count for first, (others, count, _) in ACCEPTED.items()
              for name in (first, f"-{first}", *others)}  # fmt: skip
    kept: list[str] = []
    at = 0
    while at < len(arguments):
        word = arguments[at]
        if word == "--":
            return [*kept, *arguments[at:]]
        name, equals, _ = word.partition("=")
        if name in counts:
            at += 1 if equals else 1 + counts[name]
            continue
        kept.append(word)
        at += 1
    return kept


def advice_for(name: str) -> str | None:
    """What to do instead of a refused option of Faust's; None for any other option."""
    for first, (others, advice) in REFUSED.items():
        if name in (first, f"-{first}", *others):
            return advice
    return None
