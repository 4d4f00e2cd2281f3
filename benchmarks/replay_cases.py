"""What `replay.py` compiles: programs by name, and command lines by name."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = {
    "examples": ROOT / "examples",
    "benchmarks": ROOT / "benchmarks" / "programs",
    "seeds": ROOT / "tests" / "conformance" / "seeds",
    "regressions": ROOT / "tests" / "conformance" / "regressions",
}
"""Where our programs lie: the first part of their names, and the folder."""
EXAMPLES = Path("/usr/share/faust/examples")

MODES: dict[str, tuple[str, ...]] = {
    "default": (),
    "scal": ("-scal",),
    "lanes0": ("--lanes", "0"),
    "double": ("-double",),
    "dlt0": ("-dlt", "0"),
    "ftz2": ("-ftz", "2"),
    "vec": ("-vec",),
    "vec8-lv1": ("-vec", "-vs", "8", "-lv", "1", "-mcd", "0"),
    "vec-dlt0": ("-vec", "-dlt", "0"),
    "vec-double": ("-vec", "-double", "--lanes", "4"),
    "omp": ("-omp",),
    "omp-pl": ("-omp", "-pl", "-vs", "24"),
    "omp-g": ("-omp", "-g"),
    "sch": ("-sch",),
    "sch-g": ("-sch", "-g", "-double"),
    "placed": ("--machine", "66ak2h"),
    "placed-scal": ("--machine", "am572x", "-scal", "-double"),
    "placed-vec": ("--machine", "66ak2h", "-vec"),
    "placed-omp": ("--machine", "66ak2g", "-omp"),
    "placed-sch": ("--machine", "66ak2h", "-sch"),
    "placed-gpu": ("--machine", "gpu"),
    "heap-msmc": ("--machine", "66ak2h", "--heap", "msmc"),
    "heap-static": ("--heap", "static"),
}
TARGETS = ("cpp", "opencl", "llvm", "interp", "mlir")

OTHERS: dict[str, tuple[str, ...]] = {
    "cpp mem": ("-mem",),
    "cpp mem-original": ("-mem", "--mem-api", "original"),
    "cpp mem-info6": ("-mem", "--mem-api", "info6", "-vec"),
    "cpp mem1": ("-mem1", "--mem-api", "info3"),
    "cpp mem2": ("-mem2", "-scal"),
    "cpp mem-placed": ("-mem", "--machine", "66ak2h", "-double"),
    "cpp mem-sch": ("-mem", "-sch"),
    "cpp allocator-api": ("--allocator-api",),
    "cpp names": ("-cn", "osc", "-scn", "base", "-nvi", "-ns", "audio", "-uim"),
    "opencl ti": ("-lang", "opencl", "--device", "ti"),
    "opencl local-arg": ("-lang", "opencl", "--heap-storage", "local-arg", "--heap", "l2"),
    "opencl local-array": ("-lang", "opencl", "--heap-storage", "local-array", "--heap", "l2"),
    "opencl msmc": ("-lang", "opencl", "--heap", "msmc"),
    "opencl host": ("-lang", "opencl", "-o", "host/"),
    "opencl data-section": ("-lang", "opencl", "--heap-storage", "data-section", "-o", "c/"),
    "llvm files": ("-lang", "llvm", "-cn", "osc", "-o", "osc.ll"),
    "llvm machine code": ("-lang", "llvm", "--triple", "aarch64-linux-gnu", "-o", "osc.s"),
    "llvm fast": ("-lang", "llvm", "--fast-math", "-vec"),
    "documents": ("-json", "-xml", "-svg", "-tg", "-O", "."),
    "documents sch": ("-sch", "-json", "-tg", "-O", "."),
    "export": ("-e",),
    "emit dsp": ("--emit", "dsp"),
    "emit signals": ("--emit", "signals"),
    "emit loops": ("--emit", "loops"),
    "emit par": ("--emit", "par"),
    "emit mem": ("--emit", "mem"),
    "emit llvm": ("--emit", "llvm"),
    "map text": ("--memory-map", "text", "--machine", "66ak2h"),
    "map json": ("--memory-map", "json"),
    "map svg opencl": ("--memory-map", "svg", "-lang", "opencl", "--machine", "66ak2h"),
    "explain delays": ("--explain", "dsp-size-delays"),
    "explain loops": ("--explain", "dsp-split-loops"),
    "explain sections": ("--explain", "dsp-section"),
    "explain tasks": ("--explain", "dsp-schedule-tasks"),
    "explain places": ("--explain", "dsp-place-allocations", "--machine", "66ak2h"),
}


def variants() -> dict[str, tuple[str, ...]]:
    """Arguments by name: `TARGET MODE` for each target in each mode, and the others."""
    product = {
        f"{target} {mode}": ("-lang", target, *arguments)
        for mode, arguments in MODES.items()
        for target in TARGETS
    }
    return product | OTHERS


def programs(folder: Path) -> dict[str, Path]:
    """Paths by name; our programs are copied or written to `folder`, which is empty."""
    # The tests are no installed package.
    sys.path.insert(0, str(ROOT))
    from tests.conformance.language_programs import PROGRAMS, SIDE_FILES

    # Copies lie outside of both checkouts, whose paths are not compared.
    for name, place in FOLDERS.items():
        shutil.copytree(place, folder / name)
    paths = {
        f"{name}/{path.relative_to(place).as_posix()}": path
        for name, place in {**{name: folder / name for name in FOLDERS}, "faust": EXAMPLES}.items()
        for path in sorted(place.rglob("*.dsp"))
    }
    language = folder / "language"
    language.mkdir()
    for name, text in SIDE_FILES.items():
        (language / name).write_text(text)
    for name, text in PROGRAMS.items():
        path = language / f"{name}.dsp"
        path.write_text(text)
        paths[f"language/{path.name}"] = path
    return paths
