"""WebAssembly modules by dspc's own encoder: their formats, interface and limits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import wasmtime
from xdsl.dialects import test
from xdsl.dialects.builtin import MemRefType, ModuleOp, i16
from xdsl.dialects.func import FuncOp

import dspc
from dspc.backends.wasm.instructions import signed, unsigned
from dspc.backends.wasm.printer import print_wasm
from dspc.support.diagnostics import DspcError
from tests.conformance.programs import EXAMPLES
from tests.dspc.commands import output

FREEVERB = EXAMPLES / "reverb" / "freeverb.dsp"
SOUND = """
process = 0, _ : soundfile("s[url:{'missing.wav'}]", 1) : \
    (!, _, _) :> + + hslider("x", 2, 0, 9, 1);
"""


def lowered(source: str | Path, **options: Any) -> ModuleOp:
    return dspc.compile(source, target="wasm", no_llvm=True, **options).module


@pytest.mark.parametrize("value", [0, 1, 63, 64, 127, 128, 16384, 2**31 - 1])
def test_numbers_in_leb128(value: int) -> None:
    number = shift = 0
    for byte in unsigned(value):
        number |= (byte & 127) << shift
        shift += 7
    assert number == value
    for one in (value, -value, -value - 1):
        number = shift = 0
        for byte in signed(one):
            number |= (byte & 127) << shift
            shift += 7
        assert (number - (1 << shift) if number >> (shift - 1) else number) == one


@pytest.mark.parametrize("options", [{}, {"double": True, "vec": True}], ids=str)
@pytest.mark.parametrize("source", [FREEVERB, SOUND], ids=["freeverb", "soundfile"])
def test_the_text_is_the_binary(source: str | Path, options: dict[str, Any]) -> None:
    module = print_wasm(lowered(source, **options)).module
    assert wasmtime.wat2wasm(module.text()) == module.binary()


def test_the_command_writes_a_module_with_the_interface_of_llvms(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("llvmlite")
    words = [str(FREEVERB), "-double", "-cn", "Verb"]
    path = tmp_path / "verb.wasm"
    found: list[tuple[Any, list[str]]] = []
    for more in ([], ["--no-llvm"]):
        if more:
            monkeypatch.setenv("PATH", str(tmp_path))  # where no linker is
        assert output(capsys, "--target", "wasm", *words, *more, "-o", str(path)) == (0, "", "")
        about = json.loads(path.with_suffix(".json").read_text())
        module = wasmtime.Module(wasmtime.Engine(), path.read_bytes())
        found.append((about, sorted(one.name for one in module.exports)))
    (llvms, exports), (ours, own_exports) = found
    assert own_exports == exports
    assert (ours["prefix"], ours["real"]) == ("Verb", "double")

    def without_places(item: Any) -> Any:
        if isinstance(item, list):
            return [without_places(one) for one in item]
        if not isinstance(item, dict):
            return item
        left_out = ("index", "size", "compile_options")
        return {key: without_places(one) for key, one in item.items() if key not in left_out}

    assert without_places(ours) == without_places(llvms)


def test_the_hint_of_a_missing_linker_names_the_option(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("llvmlite")
    monkeypatch.setenv("PATH", str(tmp_path))
    path = str(tmp_path / "verb.wasm")
    status, _, error = output(capsys, "--target", "wasm", str(FREEVERB), "-o", path)
    assert status == 2
    assert "--no-llvm needs neither LLVM nor its linker" in error


@pytest.mark.parametrize("words", [["--fast-math"], ["-sch"], ["-omp"]], ids=str)
def test_modes_that_it_has_not(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    status, text, error = output(capsys, "--target", "wasm", "--no-llvm", *words, str(FREEVERB))
    assert (status, text) == (2, "")
    assert "error[E0007]" in error


def test_the_option_is_one_of_webassembly(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, error = output(capsys, "--no-llvm", str(FREEVERB))
    assert status == 2
    assert "--no-llvm requires the target wasm" in error


def test_functions_of_other_libraries_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program = tmp_path / "p.dsp"
    program.write_text('process = ffunction(float mine(float), "mine.h", "");\n')
    status, _, error = output(capsys, "--target", "wasm", "--no-llvm", str(program))
    assert status == 1
    assert "p.dsp:1:11: error[E0906]: the program uses mine from C" in error


def test_ops_and_types_without_code_are_refused() -> None:
    module = lowered("process = _;")
    compute = next(op for op in module.walk() if isinstance(op, FuncOp) and op.body.blocks)
    block = compute.body.block
    last = block.last_op
    assert last is not None
    other = test.TestOp()
    block.insert_op_before(other, last)
    with pytest.raises(DspcError, match=r"can't be made of test\.op") as caught:
        print_wasm(module)
    assert caught.value.code == "E0902"
    other.detach()
    module = lowered("process = @(100);")
    buffer = next(op for op in module.ops if op.name == "dsp_mem.buffer")
    buffer.properties["type"] = MemRefType(i16, [100])
    with pytest.raises(DspcError, match="can't hold a value of type i16") as caught:
        print_wasm(module)
    assert caught.value.code == "E0901"


def test_names_are_those_of_c() -> None:
    with pytest.raises(DspcError) as caught:
        print_wasm(lowered("process = _;"), "9")
    assert caught.value.code == "E0904"


def test_memory_has_to_be_addressable() -> None:
    source = "process = rwtable(400000000, 0.0, int(_), _, int(_));"
    with pytest.raises(DspcError, match="can't have 32000") as caught:
        print_wasm(lowered(source, double=True))
    assert caught.value.code == "E0901"


def test_variables_are_used_again() -> None:
    """Browsers allow 50 000 variables in a function."""
    source = "process = _ <: seq(i, 300, _ <: sin(_ * i) + cos(_ + i));"
    compute = print_wasm(lowered(source)).module.functions[4]
    assert compute.name == "mydsp_compute"
    assert sum(one[0] == "call" for one in compute.code) >= 590
    assert len(compute.kinds) < 20
