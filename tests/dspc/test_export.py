"""`-e`: a program as one Faust source that reads back as the same program."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from dspc.cli import _compile
from dspc.support.diagnostics import DspcError

EXAMPLES = Path("/usr/share/faust/examples")

PROGRAM = r"""
import("maths.lib");
declare author "J \ B";
declare author "other";
long(x) = sin(x * 0.77777777777777 + 1) + cos(x * 0.1234567890123456789 + 12345678);
inner(x) = \(y).(sin(x*y) + long(x) * long(x*y) <: _, (_ * long(x) : \(z).(z*x*y + long(x))) :> _);
table = waveform{1, -2, 3.5}, waveform{-1, 2}, (0, 0 : soundfile("s[url:{'a.wav'}]", 1));
ui = vgroup("é/[3]x", vslider("50%[unit:\Hz]", 0.1, -1, 1e10, 0.0000123) : hbargraph("%", -1, 2)),
    hgroup("", nentry("../n", 1, 0, 2, 1), button("b"), checkbox("c"));
process(a) = inner(a), inner(a*2), route(3, 2, 1, 2, (2, 1), 3, 1), -3, -2147483648, 1e-30, 1e20,
    -0.0, SR, tanh(a), table, ui, -, /, ^, +~_, mem, (_, 7 : @), xor, <, !, (_ <: _, _);
"""


def emitted(path: Path, *options: str) -> str:
    """The program's signals, all values named in the order of their use, without declarations."""
    output = path.with_suffix(".mlir")
    assert _compile(["--emit", "dsp", *options, str(path), "-o", str(output)]) == 0
    text = re.sub(r" metadata \[.*", "", output.read_text())
    names: dict[str, str] = {}
    return re.sub(r"%[\w$.-]+", lambda match: names.setdefault(match[0], f"%{len(names)}"), text)


def exported(path: Path) -> Path:
    output = path.with_suffix(".e.dsp")
    assert _compile(["-e", str(path), "-o", str(output)]) == 0
    return output


def written(folder: Path, text: str) -> Path:
    path = folder / "p.dsp"
    path.write_text(text)
    return path


def accepted_by_faust(path: Path) -> bool:
    command = ["faust", str(path), "-o", str(path.with_suffix(".cpp"))]
    return subprocess.run(command, capture_output=True, timeout=60).returncode == 0


def test_an_export_is_the_same_program(tmp_path: Path) -> None:
    path = written(tmp_path, PROGRAM)
    export = exported(path)
    assert "import" not in export.read_text()
    assert emitted(export) == emitted(path)


def test_an_export_exports_as_itself(tmp_path: Path) -> None:
    once = exported(written(tmp_path, PROGRAM))
    assert exported(once).read_text() == once.read_text()


def test_declarations_stay(tmp_path: Path) -> None:
    lines = exported(written(tmp_path, PROGRAM)).read_text().splitlines()
    declares = [line for line in lines if line.startswith("declare")]
    assert declares[:2] == [r'declare author "J \ B";', 'declare author "other";']
    assert 'declare filename "p.dsp";' in declares
    assert 'declare maths_lib_name "Faust Math Library";' in declares


def test_shared_expressions_are_written_once(tmp_path: Path) -> None:
    doubled = [f"d{at} = d{at - 1}, d{at - 1} : +;" for at in range(1, 40)]
    first = 'd0 = hslider("a", 0, 0, 1, 1) : sin;'
    path = written(tmp_path, "\n".join([first, *doubled, "process = d39;"]))
    assert len(exported(path).read_text()) < 4000


@pytest.mark.slow
def test_depth_is_no_limit(tmp_path: Path) -> None:
    path = written(tmp_path, f"process = {'(' * 20000}_{' : sin)' * 20000};")
    export = exported(path)
    longest = max(map(len, export.read_text().splitlines()))
    assert longest < 400
    assert emitted(export) == emitted(path)


def test_a_lambda_keeps_what_reads_its_input(tmp_path: Path) -> None:
    text = exported(written(tmp_path, PROGRAM)).read_text()
    outside = text[: text.index("\\(")]
    assert not re.search(r"\bx\d+", outside)
    assert re.search(r"with \{\nID_\d+ = .*\bx\d+", text)


def test_it_excludes_other_texts(tmp_path: Path) -> None:
    path = written(tmp_path, "process = _;")
    with pytest.raises(DspcError, match="excludes"):
        _compile(["-e", "--emit", "dsp", str(path)])


@pytest.mark.conformance
@pytest.mark.skipif(shutil.which("faust") is None, reason="needs Faust")
def test_faust_accepts_every_kind_of_box(tmp_path: Path) -> None:
    assert accepted_by_faust(exported(written(tmp_path, PROGRAM)))


@pytest.mark.conformance
@pytest.mark.skipif(shutil.which("faust") is None, reason="needs Faust")
@pytest.mark.parametrize(
    "example",
    [
        "reverb/freeverb.dsp",
        "reverb/zitaRev.dsp",
        "physicalModeling/old/karplus.dsp",
        "filtering/vcfWahLab.dsp",
        "misc/midiTester.dsp",
    ],
)
def test_examples_export(example: str, tmp_path: Path) -> None:
    path = written(tmp_path, (EXAMPLES / example).read_text())
    export = exported(path)
    assert emitted(export) == emitted(path)
    assert accepted_by_faust(export)


def test_the_effect_of_voices_is_kept(tmp_path: Path) -> None:
    text = """import("maths.lib");
    long(x) = sin(x * 0.77777777777777 + 1) + cos(x * 0.1234567890123456789 + 12345678) + tanh(x);
    gain = hslider("gain", 0.5, 0, 1, 0.1);
    process = long(_) <: *(gain) + long(_ / 3);
    effect = long(_ * gain) <: _, @(7) :> _;
    """
    path = written(tmp_path, text)
    export = exported(path)
    assert "effect = environment {" in export.read_text()
    assert emitted(export) == emitted(path)
    texts = [emitted(one, "-pn", "effect") for one in (export, path)]
    assert texts[0] == texts[1]
    assert "dsp.delay" in texts[0]
    # What is no program by itself, or missing, changes nothing.
    for more in ("", "effect = nothing;"):
        path = written(tmp_path, f"process = _;\n{more}\n")
        assert "effect" not in exported(path).read_text()
