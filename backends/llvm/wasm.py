"""WebAssembly modules: LLVM's code for wasm32, linked by LLVM's `wasm-ld`.

A module exports its memory, the global `__heap_base` (from where memory is the host's), and the
functions of the C interface (`header.py`). It imports, from `env`, only functions of C's
mathematics that WebAssembly has no instructions for; JavaScript's `Math` has nearly all of them.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile

from dspc.backends.common.c_maths import EXACT, LIBRARY
from dspc.backends.llvm.header import FUNCTIONS
from dspc.backends.llvm.jit import compiled, llvm_version
from dspc.backends.llvm.object_cache import cached_object
from dspc.backends.llvm.printer import LlvmProgram
from dspc.backends.llvm.types import size_of
from dspc.dialects.places import span_of
from dspc.support.diagnostics import DspcError

TRIPLE = "wasm32-unknown-unknown"
_PLAIN = "+bulk-memory,+sign-ext,+nontrapping-fptoint,+mutable-globals"
"""Extensions of WebAssembly 1.0 that all browsers have had since 2021; memory.copy among them."""
_LINKER = re.compile(r"wasm-ld(-(?P<version>\d+))?")
_FRAME = 256 << 10
"""Bytes of the stack besides the scratch of a block."""


def extensions(has_simd: bool) -> str:
    """The extensions of WebAssembly that code may use."""
    return f"+simd128,{_PLAIN}" if has_simd else _PLAIN


def wasm_assembly(program: LlvmProgram, has_simd: bool = True) -> str:
    """The program as text of LLVM's assembler for WebAssembly; DspcError as `wasm_module`."""
    _check_foreign(program)
    return compiled(program.text, "s", TRIPLE, extensions(has_simd)).decode()


def wasm_module(program: LlvmProgram, has_simd: bool = True) -> bytes:
    """The linked module.

    Raises DspcError E0015 without llvmlite or wasm-ld, E0906 for foreign functions, which nothing
    here defines for WebAssembly.
    """
    _check_foreign(program)
    linker = _find_linker()
    chosen = extensions(has_simd)
    code = cached_object(
        f"{llvm_version()} {TRIPLE} {chosen}",
        program.text,
        lambda: compiled(program.text, "o", TRIPLE, chosen),
    )
    return _link(linker, code, program)


def _check_foreign(program: LlvmProgram) -> None:
    for name, op in program.foreign.items():
        if "value" in op.attributes or name.removesuffix("f") not in LIBRARY | EXACT.keys():
            raise DspcError(
                "E0906",
                f"the program uses {name} from C, which a WebAssembly module cannot be linked with",
                span_of(op),
                hint="only functions of C's mathematics are there",
            )


def _find_linker() -> str:
    """The path of wasm-ld, or of its newest version; DspcError E0015 if there is none."""
    path = shutil.which("wasm-ld")
    if path is not None:
        return path
    versions: dict[int, str] = {}
    for folder in os.get_exec_path():
        try:
            names = os.listdir(folder)
        except OSError:
            continue
        for name in names:
            match = _LINKER.fullmatch(name)
            if match is not None and match["version"]:
                versions.setdefault(int(match["version"]), os.path.join(folder, name))
    if not versions:
        raise DspcError(
            "E0015",
            "WebAssembly needs LLVM's linker wasm-ld, which is not installed",
            hint="apt-get install lld, or brew install lld",
            exit_status=2,
        )
    return versions[max(versions)]


def _link(linker: str, code: bytes, program: LlvmProgram) -> bytes:
    # The stack is below all data, so that an overflow traps instead of overwriting data.
    scratch = sum(
        size_of(place.kind) * (place.extent or 1) + 64
        for place in program.layout.places.values()
        if place.is_local
    )
    stack = -(-(_FRAME + 2 * scratch) // 65536) * 65536
    exports = ["__heap_base", *(f"{program.name}_{name}" for name in FUNCTIONS)]
    with tempfile.TemporaryDirectory() as folder:
        source, made = os.path.join(folder, "program.o"), os.path.join(folder, "program.wasm")
        with open(source, "wb") as file:
            file.write(code)
        command = [linker, "--no-entry", "--strip-all", "--stack-first", "--allow-undefined"]
        command += ["-z", f"stack-size={stack}", *(f"--export={name}" for name in exports)]
        done = subprocess.run(
            [*command, source, "-o", made],
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        if done.returncode:
            reason = " ".join(done.stderr.split())[:300]
            raise DspcError("E0906", f"wasm-ld could not link the program: {reason}")
        with open(made, "rb") as file:
            return file.read()
