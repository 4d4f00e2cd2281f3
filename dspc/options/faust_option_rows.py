"""The rows of the table of Faust's options: data only."""

from __future__ import annotations

DONE_ROWS: tuple[tuple[str, str, str], ...] = (
    ("-a -i -A", "-a minimal.cpp -i", "architecture files"),
    ("-I -t -pn", "-I . -t 60 -pn process", ""),
    ("-o -O -e", "-e", "output; `-e` prints the program with its imports expanded"),
    ("-xml -json", "", "descriptions of the interface; with `-mem...`, of memory and cost as well"),
    ("-cn -scn -nvi", "-cn Strip -scn dsp -nvi", "the generated class"),
    ("-single -double", "-double", ""),
    (
        "-scal -vec -vs -omp -pl -sch -g",
        "-vec -vs 64",
        "the form of the loops: [loops](loops.md), [threads](parallel.md); `-vs` is 32, with "
        "`-sch` 512",
    ),
    ("-lv", "-vec -lv 2", "0, 1 or 2; 2 is 0, whose code takes any number of frames"),
    (
        "-mcd",
        "-vec -mcd 32",
        "with `-vec`, `-omp` and `-sch`; scalar code carries delays of up to 8 frames in variables",
    ),
    (
        "-dlt",
        "-dlt 16",
        "in all modes and targets, where Faust has it in scalar code only: [memory.md](memory.md)",
    ),
    ("-mem -mem0 -mem1 -mem2", "-mem", "[memory_manager.md](memory_manager.md)"),
    (
        "-mem3",
        "-lang c -mem3 -ec",
        "with `-lang c`: as `-mem2`, and functions take the zones as parameters",
    ),
    ("-fpga-mem-th", "-mem1 -fpga-mem-th 8", "shorter arrays are members of the object"),
    (
        "-fpga-mem",
        "-mem1 -fpga-mem 4096",
        "with `-mem1` and `-mem2`, the smallest arrays are members, N elements in all",
    ),
    (
        "-os",
        "-os -ec",
        "`frame(inputs, outputs)` computes [one frame](backends.md#one-frame-a-call)",
    ),
    (
        "-ec",
        "-ec -vec",
        "`control()` computes what depends on controls only, and is called after they changed; "
        "`init` calls it once",
    ),
    (
        "-me",
        "-me",
        "warns, with the place, where intervals do not exclude a division by 0 or a square root, "
        "logarithm, ... outside of its domain",
    ),
    ("-es", "-es 0", "with 0, `enable(x,y)` is `x*y` and `control(x,y)` is `x`"),
    (
        "-ftz",
        "-ftz 2",
        "recursions flush subnormal numbers to 0 "
        "([`dsp-flush-recursions`](passes.md#dsp-flush-recursions)), for processors without such "
        "a mode",
    ),
    ("-rui", "-rui", "values of sliders and number entries are clamped to their ranges"),
    ("-fui", "-fui", "sliders and number entries keep their initial values, and are not shown"),
    (
        "-cir",
        "-cir",
        "`int(x)` is clamped to the range of integers; without it, what is out of range becomes "
        "-2147483648",
    ),
    ("-exp10", "-exp10", "`pow(10,x)` is `exp10(x)`. Faust 2.54.9 takes `pow(x,10)` for it"),
    ("-ns", "-ns strips", "the class is in a C++ namespace"),
    ("-uim", "-uim", "the macros `FAUST_ADD...` and `FAUST_LIST_...`; members are public"),
    ("-cm", "-cm", "`compute` adds to what the output arrays hold"),
    ("-inj", "-inj /dev/null -a minimal.cpp", "a source file is put in the architecture file"),
    (
        "-fm",
        "-fm arch",
        "functions are `fast_sinf`, ... of the file; `def` is Faust's `faust/dsp/fastmath.cpp`, "
        "`arch` says that the architecture file has them",
    ),
    ("-svg -f -fc", "-svg -f 10 -fc 1", "block diagrams"),
    ("-sc", "-svg -sc", "diagrams are as wide as the page"),
    ("-sg", "-sg", "the signals as a graph, in `FILE-sig.dot`"),
    ("-tg", "-tg", "the graph of loops in `.dot` and `.svg`"),
    ("-time -d", "", "as `--time-passes` and `-v`; the output differs from Faust's"),
    ("-flist", "-flist", "the paths of the imported files, one a line, before the code"),
    ("-h -v -dspdir -archdir -includedir -libdir -pathslist", "-dspdir", ""),
    (
        "-lang",
        "-lang interp",
        "`cpp`, `c`, `llvm`, `interp` (a Python program, not Faust's byte code); besides `opencl` "
        "and `mlir`",
    ),
)
"""Options that dspc has: their names, a use of them, and what to know."""

ACCEPTED_ROWS: tuple[tuple[str, int, str], ...] = (
    (
        "-ct --check-table",
        1,
        "table indices are always clamped, except where intervals prove them in range",
    ),
    ("-inpl --in-place", 0, "input and output arrays may be the same in every mode"),
    ("-it --inline-table", 0, "the code of tables is always in the class itself"),
    ("-sts --strict-select", 0, "both branches of `select2` are always computed"),
    ("-wi --widening-iterations", 1, "the interval analysis has no bound on its iterations"),
    ("-ni --narrowing-iterations", 1, "the interval analysis has no bound on its iterations"),
    (
        "-mapp --math-approximation",
        0,
        "`floor`, `ceil`, `fmod` and `remainder` stay exact",
    ),
    ("-fun --fun-tasks --funTasks", 0, "with `-sch`, each task is a method anyway"),
    ("-dfs --deep-first-scheduling --deepFirstScheduling", 0, "loops are ordered by their cost"),
    ("-ss --scheduling-strategy", 1, "loops are ordered by their cost"),
    ("-mdd --max-dense-delay", 1, "dense delays are of Faust's `ocpp`; `-mcd` and `-dlt` are here"),
    ("-mdy --min-density", 1, "dense delays are of Faust's `ocpp`"),
    ("-light --light-mode", 0, "Faust's own C++ does not depend on it"),
    ("-clang --clang", 0, "free loops are annotated for g++ and clang++ alike"),
    ("-fp --full-parentheses", 0, "expressions always have the necessary parentheses"),
    ("-wall --warning-all", 0, "all warnings are printed without it"),
    ("-mdlang --mathdoc-lang", 1, "it concerns `-mdoc` only"),
    ("-stripmdoc --strip-mdoc-tags", 0, "it concerns `-mdoc` only"),
    ("-sd --simplify-diagrams", 0, "diagrams are drawn simplified"),
    ("-drf --draw-route-frame", 0, "routes are drawn in frames"),
    ("-sn --simple-names", 0, "boxes have their plain names"),
    ("-mns --max-name-size", 1, "long names are cut to fit their boxes"),
    ("-blur --shadow-blur", 0, "boxes have no shadows"),
    ("-style --svgstyle", 1, "Faust reads the name of a style, and draws as without"),
    ("-rnt --rust-no-faustdsp-trait", 0, "it concerns Rust only"),
    ("-rnlm --rust-no-libm", 0, "it concerns Rust only"),
    ("-noreprc --no-reprc", 0, "it concerns Rust only"),
    ("-lm --local-machine", 1, "it is for a host of Faust's, whose compiler ignores it"),
    ("-rm --remote-machine", 1, "it is for a host of Faust's, whose compiler ignores it"),
    ("-poly --polyphonic-mode", 1, "it is for a host of Faust's, whose compiler ignores it"),
    ("-voices --polyphonic-voices", 1, "it is for a host of Faust's, whose compiler ignores it"),
    ("-group --polyphonic-group", 1, "it is for a host of Faust's, whose compiler ignores it"),
)
"""Options accepted without effect: their names, the number of their values, and the reason."""

RENAMED_ROWS: tuple[tuple[str, str, str], ...] = (
    ("-norm --normalized-form", "--emit signals", "the simplified signals, as IR"),
    ("-norm1 --normalized-form1", "--emit signals", "as `-norm`: shared signals have names"),
    ("-norm2 --normalized-form2", "--emit signals", "as `-norm`"),
    ("-norm3 --normalized-form3", "--emit signals", "as `-norm`"),
)
"""Options for which dspc has another name: their names, that name, and the meaning."""

_NO_VHDL = "dspc makes no VHDL"
_NO_FIXED = "dspc computes in floating point: -single and -double are there"
REFUSED_ROWS: tuple[tuple[str, str], ...] = (
    ("-quad --quad-precision-floats", "there are -single and -double"),
    ("-fx --fixed-point", _NO_FIXED),
    ("-fx-size --fixed-point-size", _NO_FIXED),
    ("-lcc --local-causality-check", "leave it out: recursions are checked as a whole"),
    ("-os0 --one-sample0", "give -os -ec: frame takes the samples, control has no arrays"),
    ("-os1 --one-sample1", "give -os -ec"),
    ("-os2 --one-sample2", "give -os -ec -mem2, and -fpga-mem-th for what stays in the object"),
    ("-os3 --one-sample3", "give -os -ec -mem2"),
    ("-L --library", "link the module with the compiled program"),
    ("-diff --auto-differentiate", "leave it out: dspc does not differentiate programs"),
    ("-ocl --opencl --openCL", "give -lang opencl"),
    ("-cuda --cuda --CUDA", "give -lang opencl, which NVIDIA devices run"),
    ("-vhdl --vhdl", _NO_VHDL),
    ("-vhdl-trace --vhdl-trace", _NO_VHDL),
    ("-vhdl-type --vhdl-type", _NO_VHDL),
    ("-vhdl-msb --vhdl-msb", _NO_VHDL),
    ("-vhdl-lsb --vhdl-lsb", _NO_VHDL),
    ("-vhdl-float --vhdl-float", _NO_VHDL),
    ("-vhdl-components --vhdl-components", _NO_VHDL),
    ("-ps --postscript", "-svg draws the program"),
    ("-rg --retiming-graph", "-sg draws the signals; dspc does not retime them"),
    (
        "-mdoc --mathdoc",
        "-svg draws the program, --emit signals prints its signals; there is no LaTeX of them",
    ),
)
"""Refused options: their names, and what to do instead."""
