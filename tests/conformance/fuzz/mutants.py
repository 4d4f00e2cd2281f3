"""One mutated input: its origin, the attempt made with it, and the outcome."""

from __future__ import annotations

import ast
import json
import random
import traceback
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dspc.documents import Document
from dspc.driver import Clock, compile_all
from dspc.frontends.faust.elaborate import elaborate
from dspc.messages import render
from dspc.options.compile_options import CompileOptions
from dspc.support.diagnostics import DspcError

from ..programs import EXAMPLES
from .mutate import CUTS, mutated

OURS = Path(__file__).parents[3] / "examples"
REGRESSIONS = Path(__file__).parents[1] / "regressions"
LIBRARIES = Path("/usr/share/faust")
OURS_TO_BLAME = ("E0099", "E0501", "E0502", "E0510", "E0512")
"""Codes of internal errors of the compiler."""
LARGEST = 60_000
"""Bytes of a text that is mutated."""

DOCUMENTS: dict[str, Any] = {"json": True, "xml": True, "svg": True, "task_graph": True}
WAYS: tuple[dict[str, Any], ...] = (
    {"target": "cpp"},
    {"target": "cpp", "vec": True, **DOCUMENTS},
    {"target": "cpp", "scalar": True, "double": True, "macros": True},
    {"target": "cpp", "vec": True, "vector_size": 8, "loop_variant": 1, "lanes": 0},
    {"target": "cpp", "omp": True, "group_tasks": True},
    {"target": "cpp", "sch": True, "double": True, **DOCUMENTS},
    {"target": "cpp", "manager": True},
    {"target": "cpp", "manager_zones": True, "delay_line_threshold": 0},
    {"target": "cpp", "allocator_api": True},
    {"target": "cpp", "machine": "am572x", "memory_map": "svg"},
    {"target": "opencl"},
    {"target": "opencl", "heap": "l2", "double": True},
    {"target": "opencl", "vec": True, "device": "ti"},
    {"target": "llvm"},
    {"target": "llvm", "vec": True, "double": True, "fast_math": True},
    {"target": "interp", "json": True},
    {"target": "interp", "vec": True, "flush_to_zero": 2},
    {"target": "mlir", "range_ui": True, "gates": 0},
    {"export_dsp": True},
    {"emit": "dsp"},
)
"""Options of every target, printer and mode; each input goes through one that chance picks, so that
all are tried in the long run."""


@dataclass(frozen=True)
class Mutant:
    """Input `number` of a seed: the text's origin, the mutated part, and the mutation."""

    seed: int
    number: int
    origin: str
    kind: str
    way: int

    def __str__(self) -> str:
        ways = ", ".join(f"{key}={value}" for key, value in WAYS[self.way].items())
        return f"{self.seed}:{self.number} {self.origin} ({self.kind}; {ways})"


@cache
def corpus() -> tuple[Path, ...]:
    """The programs that are mutated, in a fixed order."""
    folders = (EXAMPLES, OURS, REGRESSIONS)
    paths = [path for folder in folders for path in sorted(folder.rglob("*.dsp"))]
    return tuple(path for path in paths if path.stat().st_size <= LARGEST)


@cache
def libraries_of(program: Path) -> tuple[Path, ...]:
    """The libraries that a program loads, small enough to be mutated; none where it is refused."""
    try:
        loaded = elaborate(str(program), CompileOptions().frontend()).libraries
    except DspcError:
        return ()
    paths = [Path(name) for name in loaded]
    return tuple(path for path in paths if path.is_file() and path.stat().st_size <= LARGEST)


@dataclass(frozen=True)
class Outcome:
    """The outcome of an input: `kind` as counted by the report, with details."""

    kind: str
    details: str = ""


def written(seed: int, number: int, folder: Path) -> tuple[Mutant, Path, Path]:
    """Writes the input into a folder: its text, the program's path, and its original folder."""
    chance = random.Random(f"{seed}:{number}")
    program, other = chance.choice(corpus()), chance.choice(corpus())
    kind, way = chance.choice(tuple(CUTS)), chance.randrange(len(WAYS))
    target = program
    if chance.randrange(4) == 0:
        target = chance.choice((program, *libraries_of(program)))
    text = mutated(chance, target.read_bytes(), other.read_bytes(), kind)
    path = folder / program.name
    path.write_bytes(program.read_bytes())
    (folder / target.name).write_bytes(text)
    return Mutant(seed, number, str(target), kind, way), path, program.parent


def attempt(mutant: Mutant, path: Path, origin: Path) -> Outcome:
    """Compiles one input in its way; any exception but a diagnostic is a finding."""
    options = CompileOptions(
        file=str(path),
        import_dirs=[str(path.parent), str(origin)],
        output_dir=str(path.parent),
        time_limit=20.0,
        **WAYS[mutant.way],
    )
    try:
        text, documents = compile_all(str(path), options, Clock())
    except DspcError as error:
        return _diagnosed(error)
    except RecursionError:
        return Outcome("crash: RecursionError", traceback.format_exc(limit=-6))
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        name = f"{type(error).__name__} in {Path(place.filename).name}:{place.name}"
        return Outcome(f"crash: {name}", traceback.format_exc())
    try:
        _read_back(text, documents, options)
    except Exception as error:
        return Outcome(f"unreadable: {mutant.way} {type(error).__name__}", traceback.format_exc())
    return Outcome("printed")


def _diagnosed(error: DspcError) -> Outcome:
    """A diagnostic is right, unless it blames the compiler, or can't be shown."""
    try:
        text = render(error)
        json.loads(render(error, "json"))
        text.encode()
    except Exception:
        return Outcome(f"crash: {error.code} can't be shown", traceback.format_exc())
    if error.code in OURS_TO_BLAME:
        return Outcome(f"crash: {error.code}", text)
    if error.span is None and error.exit_status == 1:
        return Outcome(f"told without position: {error.code}", text)
    return Outcome("told", error.code)


def _read_back(text: str, documents: list[Document], options: CompileOptions) -> None:
    """What was printed is in its format; raises what the format's reader does."""
    text.encode()
    if options.memory_map:
        ElementTree.fromstring(text)
    elif options.target == "interp" and not options.emit and not options.export_dsp:
        ast.parse(text)
    for document in documents:
        document.text.encode()
        if document.path.endswith(".json"):
            json.loads(document.text)
        if document.path.endswith((".svg", ".xml")):
            ElementTree.fromstring(document.text)
