"""What the process of a command imports, and the work that imports of xDSL no longer repeat."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dspc.imports import deferred_formats, quick_imports
from dspc.kept_code import KeptCode
from tests.dspc.commands import output

PROGRAM = 'import("stdfaust.lib"); process = fi.lowpass(3, hslider("f", 500, 50, 5000, 1));'

COUNTED = """
import sys
texts = []
def hook(event, arguments):
    if event == "compile" and arguments[1] == "<string>":
        texts.append(bytes(arguments[0] or b""))
sys.addaudithook(hook)
sys.argv = ["dspc", *sys.argv[1:]]
from dspc.start import main
try:
    main()
finally:
    print(sum(b"__create_fn__" in text for text in texts), *sys.modules, file=sys.stderr)
"""

Compiled = tuple[str, int, set[str]]


@pytest.fixture
def compile_counted(tmp_path: Path) -> Callable[..., Compiled]:
    """The command in a process: its output, the texts that Python compiled, the modules loaded."""
    (tmp_path / "a.dsp").write_text(PROGRAM)

    def command(*arguments: str, file: str = "a.dsp") -> Compiled:
        done = subprocess.run(
            [sys.executable, "-c", COUNTED, file, *arguments],
            cwd=tmp_path,
            env={**os.environ, "DSPC_CACHE_DIR": str(tmp_path / "cache")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        count, *modules = done.stderr.splitlines()[-1].split()
        return done.stdout, int(count), set(modules)

    return command


@pytest.mark.slow
def test_code_of_classes_is_compiled_once(
    compile_counted: Callable[..., Compiled], tmp_path: Path
) -> None:
    plain, without, _ = compile_counted("--no-cache")
    assert not (tmp_path / "cache").exists()
    first, cold, modules = compile_counted()
    again, warm, _ = compile_counted("-time")
    # Python's own `dis` and `inspect` are imported before.
    assert (without > 500, cold > 500, warm < 5) == (True, True, True)
    assert plain == first == again
    assert len([name for name in modules if name.partition(".")[0] != "dspc"]) < 225
    assert "xdsl.irdl.declarative_assembly_format_parser" not in modules
    (entry,) = (tmp_path / "cache" / "code").iterdir()
    entry.write_bytes(entry.read_bytes()[:200])
    damaged, compiled, _ = compile_counted("-time")
    assert (damaged, compiled > 500) == (plain, True)


@pytest.mark.slow
def test_formats_are_parsed_where_operations_are_printed(
    compile_counted: Callable[..., Compiled], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, _, modules = compile_counted("--emit", "loops", "--no-cache")
    assert "xdsl.irdl.declarative_assembly_format_parser" in modules
    # This process has parsed the formats of all operations already.
    path = str(tmp_path / "a.dsp")
    assert output(capsys, path, "--emit", "loops", "--no-cache") == (0, text, "")
    loops = tmp_path / "loops.mlir"
    loops.write_text(text)
    assert output(capsys, str(loops), "--no-cache")[:2] == (
        0,
        compile_counted("--no-cache", file=loops.name)[0],
    )


def _classes() -> list[Any]:
    @dataclasses.dataclass(frozen=True, order=True)
    class Fraction:
        numerator: int
        denominator: int = 2

    @dataclasses.dataclass(slots=True)
    class Slots:
        """Some."""

        names: list[str] = dataclasses.field(default_factory=list[str])

    return [Fraction, Slots]


def test_classes_are_those_of_the_standard_library(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = _classes()
    code = KeptCode()
    monkeypatch.setitem(dataclasses.__dict__, "exec", code.run)
    for fraction, slots in (_classes(), _classes()):
        assert fraction.__init__.__annotations__ == plain[0].__init__.__annotations__
        assert (repr(fraction(1)), fraction.__doc__) == (repr(plain[0](1)), plain[0].__doc__)
        assert hash(fraction(1)) == hash(plain[0](1))
        assert fraction(1, 3) < fraction(2, 1)
        with pytest.raises(dataclasses.FrozenInstanceError):
            fraction(1).numerator = 2
        assert slots().names is not slots().names
        assert slots(["a"]) == slots(["a"]) != slots()


def test_other_processes_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    from xdsl.irdl.declarative_assembly_format import FormatProgram

    before = FormatProgram.from_str
    with deferred_formats():
        assert FormatProgram.from_str is before
    with quick_imports(["--no-cache"]), deferred_formats():
        assert FormatProgram.from_str is not before
        assert "exec" not in dataclasses.__dict__
    assert FormatProgram.from_str is before
    with quick_imports([]):
        assert "exec" in dataclasses.__dict__
    assert "exec" not in dataclasses.__dict__


def test_abstract_classes_of_others_stay_abstract() -> None:
    check = """
import abc, sys
from dspc.imports import quick_imports
plain = abc.ABC
with quick_imports(["--no-cache"]):
    class Other(abc.ABC):
        @abc.abstractmethod
        def run(self): ...
    import xdsl.dialects.hw  # It registers classes with an abstract one.
    from xdsl.dialects.builtin import VectorType
    from xdsl.ir import Attribute, Operation, SSAValue
assert abc.ABC is plain and isinstance(Other, abc.ABCMeta)
assert {type(kind) for kind in (Attribute, Operation, SSAValue, VectorType)} == {type}
try:
    Other()
except TypeError as error:
    assert "abstract" in str(error)
else:
    sys.exit("an abstract class has an instance")
"""
    done = subprocess.run(
        [sys.executable, "-c", check], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
