"""Commands over all examples that continue a file of results, and what they count."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dspc.driver import Clock, compile_text
from tests.backends.opencl.cl_private import MACHINES, STACKS, options_of

from . import c99, private_bytes, results
from .private_bytes import Kernels
from .shared_passes import SharedPasses

PROGRAM = Path("examples/two_filters.dsp").resolve()


def test_a_result_that_was_cut_off_is_measured_again(tmp_path: Path) -> None:
    path = tmp_path / "found"
    first = Kernels("a.dsp", "-vec", "am572x", "fits", 12)
    results.append(path, first)
    with path.open("a", encoding="utf-8") as file:
        file.write('{"program": "b')
    assert results.load(path, Kernels) == [first]
    assert results.load(tmp_path / "none", Kernels) == []


@pytest.mark.parametrize("mode", ["default", "-vec", "-omp", "-double -vec -vs 512"])
def test_shared_passes_give_the_text_of_the_compiler(mode: str) -> None:
    """Machines before each other must not leave anything in the modules that are kept."""
    shared = SharedPasses(PROGRAM)
    for machine in ("am572x", "default", "gpu", "am572x"):
        options = options_of(mode, machine)
        assert shared.text(options) == compile_text(str(PROGRAM), options, Clock())


def test_kernels_that_exceed_the_stack_are_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a stack of 256 bytes, beside the one that there is."""
    found = tmp_path / "found"
    command = ["private_bytes", "reverb/freeverb.dsp", "--mode=-vec", "--results", str(found)]
    monkeypatch.setattr("sys.argv", [*command, "--machine", "default"])
    assert private_bytes.main() == 0
    measured = results.load(found, Kernels)
    assert [one.status for one in measured] == ["fits"]
    assert measured[0].bytes > 256
    monkeypatch.setitem(STACKS, "am572x", 256)
    monkeypatch.setattr("sys.argv", [*command, "--machine", "default,am572x"])
    assert private_bytes.main() == 1
    assert len(results.load(found, Kernels)) == 2
    assert "1 exceeds" in capsys.readouterr().out


def test_every_machine_of_kernels_has_a_stack() -> None:
    assert set(STACKS) == set(MACHINES)
    assert {STACKS[machine] for machine in MACHINES if machine != "gpu"} == {10240}


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("In file included from x/program.h:3:\n/usr/y/pow.h:11:10: fatal error: cassert", True),
        ("x/program.h:30:4: error: unknown type name 'real'", False),
        ("x/program.h:30:4: warning: unused\n/usr/y/pow.h:1:1: note: here", False),
    ],
)
def test_faults_of_headers_are_not_of_the_code(said: str, status: bool) -> None:
    assert c99._in_header(said) is status


def test_samples_that_differ_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    samples: dict[str, Any] = {"in_c": [0.0, 1.0], "in_cpp": [0.0, 0.5]}
    for name, values in samples.items():
        monkeypatch.setattr(c99, name, lambda *_, v=values, **__: c99.np.array(v))
    pairs = list(c99.pairs_of(PROGRAM, "two", ["default", "-single"]))
    assert [one.status for one in pairs] == ["differ", "differ"]
    assert "2 pairs: 2 differ" in c99.summary(pairs)
