"""Bytes of the private arrays of kernels, read from the code."""

from __future__ import annotations

import re
from typing import Any

from dspc.dialects.dsp_mem import Space
from dspc.dialects.dsp_mem.machine import load_machine
from dspc.driver import Clock, compile_text
from dspc.options.compile_options import CompileOptions
from dspc.support.diagnostics import DspcError

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
DEFAULT = "default"
MACHINES = (DEFAULT, "66ak2h", "66ak2l", "66ak2e", "66ak2g", "am572x", "gpu")
"""Machines whose kernels have a stack; the default one is a 66AK2H without copies in l2."""
STACKS = {
    machine: load_machine("66ak2h" if machine == DEFAULT else machine).spaces[Space.STACK].bytes
    for machine in MACHINES
}
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


def options_of(mode: str, machine: str) -> CompileOptions:
    """The options of a mode on a machine."""
    named = None if machine == DEFAULT else machine
    device = "portable" if machine == "gpu" else "ti"
    return CompileOptions(**MODES[mode], target="opencl", device=device, machine=named)


def largest(path: str, mode: str, machine: str) -> int | None:
    """The private bytes of a program's hungriest kernel; None if it is refused."""
    try:
        code = compile_text(path, options_of(mode, machine), Clock())
    except DspcError as error:
        if error.code not in ("E0605", "E0801"):
            raise
        return None
    return max(private_bytes(code).values())
