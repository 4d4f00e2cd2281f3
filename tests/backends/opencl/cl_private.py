"""Bytes of the private arrays of kernels: `cl_private.py [--all] [PART...]`.

Prints, for each mode and machine, the largest sum of a kernel over Faust's examples whose names
have one of the parts (`--all`: every one), and ends with 1 if one exceeds the machine's stack.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any

from dspc.dialects.dsp_mem import Space
from dspc.dialects.dsp_mem.machine import load_machine
from dspc.driver import Clock, compile_text
from dspc.options.compile_options import CompileOptions
from dspc.support.diagnostics import DspcError
from tests.conformance.programs import CORE, EXAMPLES

MODES: dict[str, dict[str, Any]] = {
    "default": {},
    "-vec": {"vec": True},
    "-vec -vs 512": {"vec": True, "vector_size": 512},
    "-omp": {"omp": True},
    "-sch": {"sch": True},
    "--lanes 8": {"lanes": 8},
    "-vec --lanes 8": {"vec": True, "lanes": 8},
    "-double -vec -vs 512": {"double": True, "vec": True, "vector_size": 512},
}
MACHINES = ("", "66ak2h", "66ak2l", "66ak2e", "66ak2g", "am572x", "gpu")
"""The first is the machine of OpenCL code where none is named: TI's 66AK2H."""
BYTES = {
    "float": 4,
    "int": 4,
    "uint": 4,
    "bool": 1,
    "char": 1,
    "double": 8,
    "ulong": 8,
    "event_t": 8,
}
ARRAY = re.compile(
    rf"^\s+(?:const )?({'|'.join(BYTES)})(\d*) \w+\[([^\]]+)\](?:\[([^\]]+)\])?(?: = .*)?;$", re.M
)
FUNCTION = re.compile(
    r"^(?:static inline|kernel)[^\n;{]*?\b(\w+)\((?:[^{;]*?)\)\s*\{\n(.*?)^\}", re.M | re.S
)


def _extent(text: str | None) -> int:
    """Lanes are voices, of which TI's devices have one."""
    return int(text.replace("DSPC_LANES", "1")) if text else 1


def _own_bytes(body: str) -> int:
    return sum(
        BYTES[kind] * int(lanes or 1) * _extent(first) * _extent(second)
        for kind, lanes, first, second in ARRAY.findall(body)
    )


def private_bytes(code: str) -> dict[str, int]:
    """The bytes of each kernel's private arrays, with those of the functions that it calls."""
    bodies = dict(FUNCTION.findall(code))
    own = {name: _own_bytes(body) for name, body in bodies.items()}
    called = {
        name: {word for word in re.findall(r"\b(\w+)\(", body) if word in bodies and word != name}
        for name, body in bodies.items()
    }
    kernels = re.findall(r"^kernel[^\n;{]*?\b(\w+)\(", code, re.M)
    return {kernel: own[kernel] + sum(own[one] for one in called[kernel]) for kernel in kernels}


def stack_bytes(machine: str) -> int:
    return load_machine(machine or "66ak2h").spaces[Space.STACK].bytes


def largest(path: str, mode: str, machine: str) -> int | None:
    """The private bytes of a program's hungriest kernel; None if it is refused."""
    settings = {**MODES[mode], "target": "opencl", "device": "ti", "machine": machine or None}
    try:
        code = compile_text(path, CompileOptions(**settings), Clock())
    except DspcError as error:
        if error.code not in ("E0605", "E0801"):
            raise
        return None
    return max(private_bytes(code).values())


def programs(parts: list[str]) -> Iterator[str]:
    paths = sorted(EXAMPLES.rglob("*.dsp")) if "--all" in parts else [EXAMPLES / n for n in CORE]
    for path in paths:
        name = str(path.relative_to(EXAMPLES))
        if "--all" in parts or not parts or any(part in name for part in parts):
            yield str(path)


def main() -> None:
    chosen = list(programs(sys.argv[1:]))
    is_bad = False
    for mode in MODES:
        for machine in MACHINES:
            sizes: dict[str, int] = {}
            refused = 0
            for path in chosen:
                try:
                    size = largest(path, mode, machine)
                except Exception as error:  # a program that does not compile at all
                    print(f"{path}: {error}", flush=True)
                    continue
                refused += size is None
                sizes[path] = size or 0
            most = max(sizes, key=sizes.__getitem__)
            is_bad |= sizes[most] > stack_bytes(machine)
            summary = f"{len(sizes)} programs, {refused} refused, at most {sizes[most]} ({most})"
            print(f"{mode}, {machine or 'default'}: {summary}", flush=True)
    sys.exit(is_bad)


if __name__ == "__main__":
    main()
