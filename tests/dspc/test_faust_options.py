"""Each option of Faust's is taken or refused with what to do, and the page of them is complete."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from commands import output

from dspc.api import load
from dspc.cli import advice_for
from dspc.options.compile_options import CompileOptions
from dspc.options.faust_option_rows import DONE_ROWS
from dspc.options.faust_options import ACCEPTED, REFUSED, RENAMED, FaustOption, without_accepted
from dspc.options.typer_command import typer_command
from dspc.support.diagnostics import DspcError
from tests.docs import option_page

PAGE = Path(__file__).parents[2] / "docs" / "faust_options.md"
PROGRAM = """g = hslider("gain", 0.5, 0, 1, 0.1);
process = vgroup("channel", *(g) : + ~ *(0.5) : hbargraph("level", 0, 1));
"""


def ours() -> set[str]:
    command = typer_command(CompileOptions, "dspc")
    return {name for parameter in command.params for name in parameter.opts}


@pytest.fixture
def program(tmp_path: Path) -> str:
    path = tmp_path / "strip.dsp"
    path.write_text(PROGRAM)
    return str(path)


def tabled() -> set[str]:
    return {name for row in (*ACCEPTED, *RENAMED, *REFUSED) for name in row.names}


@pytest.mark.conformance
@pytest.mark.skipif(shutil.which("faust") is None, reason="needs the Faust compiler")
def test_all_options_of_faust_are_known() -> None:
    help_text = subprocess.run(["faust", "-h"], capture_output=True, text=True, check=True).stdout
    options = re.findall(
        r"^  (-[\w-]+) .*?(--[\w-]+)?(?: <\w+>| [01]\|[01])? {2,}", help_text, re.MULTILINE
    )
    assert len(options) > 90
    names = {name for pair in options for name in pair if name} - {"-h", "--help"}
    # dspc's own --fast-math takes no file.
    assert names - ours() - tabled() == set()
    words = set(re.findall(r"(?<![\w-])-[\w-]+", PAGE.read_text()))
    assert {name for name, _ in options} - words == set()


def test_the_page_is_that_of_the_table(pytestconfig: pytest.Config) -> None:
    if pytestconfig.getoption("--update-golden"):
        PAGE.write_text(option_page.page())
    assert PAGE.read_text() == option_page.page()


def test_no_option_is_in_the_table_twice() -> None:
    assert tabled() & ours() == set()
    named = {name for names, *_ in DONE_ROWS for name in names.split()}
    assert named - ours() - {"-h", "-lang"} == set()


@pytest.mark.parametrize(("names", "use"), [row[:2] for row in DONE_ROWS])
def test_options_of_the_table_are_taken(
    names: str,
    use: str,
    program: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FAUST_ARCH_PATH", str(Path(program).parent))
    Path(program).with_name("minimal.cpp").write_text("<<includeclass>>\n")
    Path(program).with_name("stdfaust.lib").write_text("")
    code, _, errors = output(
        capsys, *use.split(), "-I", str(Path(program).parent), "-o", "/dev/stdout", program
    )
    assert (code, errors) == (0, "")


def test_accepted_options_change_nothing(program: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = [word for row in ACCEPTED for word in (row.names[0], *["0"] * row.values)]
    plain = output(capsys, program)
    assert plain[0] == 0
    assert output(capsys, *words, program) == plain


@pytest.mark.parametrize("row", RENAMED, ids=lambda row: row.names[0])
def test_renamed_options_are_the_others(
    row: FaustOption, program: str, capsys: pytest.CaptureFixture[str]
) -> None:
    there = output(capsys, *row.instead, program)
    assert there[0] == 0
    assert [output(capsys, name, program) for name in row.spellings] == [there] * 3


def test_only_the_option_and_its_value_are_dropped() -> None:
    arguments = ["-ct", "1", "--check-table=0", "--wi", "3", "-vec", "--", "-inpl"]
    assert without_accepted(arguments) == ["-vec", "--", "-inpl"]


@pytest.mark.parametrize("name", [name for row in REFUSED for name in row.spellings])
def test_refused_options_say_advice_for(
    name: str, program: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, errors = output(capsys, name, program)
    assert (code, out) == (2, "")
    assert errors == f"dspc: error[E0009]: {name} is not supported: {advice_for(name)}\n"


def test_macros_and_namespace(
    program: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, text, _ = output(capsys, "-uim", "-ns", "strips", program)
    assert code == 0
    assert "\t#define FAUST_ACTIVES 1\n\t#define FAUST_PASSIVES 1\n" in text
    assert 'p(HORIZONTALSLIDER, gain, "channel/gain", gain, 0.5f, 0.0f, 1.0f, 0.1f)' in text
    if shutil.which("g++") is None:
        return
    source = tmp_path / "host.cpp"
    source.write_text(
        "#include <cstdio>\nstruct UI; struct Meta; struct dsp { virtual ~dsp() {} };\n"
        "#define FAUST_UIMACROS\n"
        "#define FAUST_ADDHORIZONTALSLIDER(path, zone, init, low, high, step) "
        "const char* const zone##_path = path;\n"
        "#define FAUST_ADDHORIZONTALBARGRAPH(path, zone, low, high)\n"
        "struct Meta { void declare(const char*, const char*) {} };\n"
        "struct UI { void openVerticalBox(const char*) {} void closeBox() {}\n"
        "  void addHorizontalSlider(const char*, float*, float, float, float, float) {}\n"
        "  void addHorizontalBargraph(const char*, float*, float, float) {} };\n"
        f"{text}\n#define TELL(kind, name, path, zone, init, low, high, step) "
        'std::printf("%s %g\\n", path, double(mine.zone));\n'
        "int main() { strips::mydsp mine; mine.gain = 0.25f; FAUST_LIST_ACTIVES(TELL)\n"
        "std::puts(strips::gain_path); }\n"
    )
    subprocess.run(["g++", "-std=c++17", source, "-o", tmp_path / "host"], check=True)
    printed = subprocess.run([tmp_path / "host"], capture_output=True, text=True, check=True).stdout
    assert printed == "channel/gain 0.25\nchannel/gain\n"


def test_files_are_listed(program: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "half.lib").write_text("half = *(0.5);")
    Path(program).write_text('import("half.lib"); process = half;')
    code, out, _ = output(capsys, "-flist", "-o", str(tmp_path / "out.cpp"), program)
    assert code == 0
    assert out.splitlines() == [program, str(tmp_path / "half.lib")]


def test_folders_are_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "stdfaust.lib").write_text("")
    (tmp_path / "minimal.cpp").write_text("")
    assert output(capsys, "-dspdir", "-I", str(tmp_path)) == (0, f"{tmp_path}\n", "")
    assert output(capsys, "-archdir", "-A", str(tmp_path)) == (0, f"{tmp_path}\n", "")
    code, out, _ = output(capsys, "-pathslist", "-I", str(tmp_path))
    assert code == 0
    assert str(tmp_path) in out.splitlines()


def test_a_file_may_be_named_twice(program: str, capsys: pytest.CaptureFixture[str]) -> None:
    once = output(capsys, program)
    assert once[0] == 0
    again = Path(program).parent / "." / "sub" / ".." / Path(program).name
    assert output(capsys, program, "-cn", "mydsp", f"{again}") == once
    code, out, errors = output(capsys, program, f"{program}x")
    assert (code, out) == (2, "")
    assert "several files need -O" in errors


def test_object_libraries_are_beside_the_headers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    header = tmp_path / "include" / "faust" / "dsp" / "dsp.h"
    header.parent.mkdir(parents=True)
    header.write_text("")
    folder = str(tmp_path / "include")
    assert output(capsys, "-libdir", "-A", folder) == (0, f"{tmp_path / 'lib'}\n", "")


def test_signals_are_drawn(program: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert output(capsys, "-sg", "-o", "/dev/null", program)[0] == 0
    text = Path(f"{program}-sig.dot").read_text()
    gain = re.search(r'(S\d+)\[label="[^"]*read_widget gain"', text)
    assert gain is not None
    assert re.search(rf"{gain[1]}->S\d+\[label=0\];", text)
    # The recursion is a cycle.
    edges = re.findall(r"(\w+)->(\w+)", text)
    reached, waiting = set[str](), [target for source, target in edges if source == gain[1]]
    while waiting:
        waiting += [t for s, t in edges if s == waiting[-1] and t not in reached]
        reached.add(waiting.pop(-1 if len(waiting) == 1 else 0))
    assert any(source in reached and target in reached for source, target in edges)


def test_diagrams_are_scaled(program: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert output(capsys, "-svg", "-sc", "-o", "/dev/null", program)[0] == 0
    text = (Path(program).with_name("strip-svg") / "process.svg").read_text()
    assert 'width="100%" height="100%" viewBox="0 0 ' in text


def test_sliders_are_frozen() -> None:
    text = 'process = hslider("a", 1, 0, 2, 1), nentry("b", 1, -1, 1, 1), button("c");'
    samples = load(text, backend="interp", freeze_ui=True)(frames=1, controls={"c": 1.0})
    np.testing.assert_array_equal(samples[:, 0], [1.0, 1.0, 1.0])


@pytest.mark.parametrize(("double", "largest"), [(False, 2147483520.0), (True, 2147483647.0)])
def test_integers_are_clamped(double: bool, largest: float) -> None:
    x = np.array([[3e9, -3e9, 1e30, -1e30, 2.5, -2.5]] * 2)
    text = "process = int, (_ : +(0.0) <: (_ & -1));"
    samples = load(text, backend="interp", double=double, check_integers=True)(x)
    wanted = [largest, -2147483648.0, largest, -2147483648.0, 2.0, -2.0]
    np.testing.assert_array_equal(samples, [np.float32(wanted) if not double else wanted] * 2)


def test_sliders_are_kept_in_their_ranges() -> None:
    text = 'process = hslider("a", 1, 0, 2, 1), nentry("b", 1, -1, 1, 1), button("c");'
    controls = {"a": 5.0, "b": -3.0, "c": 7.0}
    samples = load(text, backend="interp", range_ui=True)(frames=1, controls=controls)
    np.testing.assert_array_equal(samples[:, 0], [2.0, -1.0, 7.0])
    free = load(text, backend="interp")(frames=1, controls=controls)
    np.testing.assert_array_equal(free[:, 0], [5.0, -3.0, 7.0])


def test_gates_only_multiply() -> None:
    text = "gate = 1 - 1'; count = + (1) ~ _; process = enable(count, gate), control(count, gate);"
    samples = load(text, backend="interp", gates=0)(frames=3)
    np.testing.assert_array_equal(samples, [[1, 0, 0], [1, 2, 3]])
    samples = load(text, backend="interp")(frames=3)
    np.testing.assert_array_equal(samples, [[1, 1, 1], [1, 1, 1]])


def test_powers_of_ten() -> None:
    x = np.linspace(-2.0, 2.0, 9)[None]
    text = "process(x) = pow(10, x), pow(x, 10);"
    samples = load(text, backend="interp", double=True, exp10=True)(x)
    np.testing.assert_allclose(samples, [10 ** x[0], x[0] ** 10], rtol=1e-14)
    assert "call @exp10" in str(load(text, backend="interp", exp10=True).module)


@pytest.mark.parametrize("vec", [False, True])
@pytest.mark.parametrize("mode", [1, 2])
def test_recursions_hold_no_subnormal_numbers(mode: int, vec: bool) -> None:
    text = "process = + ~ *(0.25);"
    x = np.zeros((1, 600))
    x[0, 0] = 1.0
    plain = load(text, backend="interp", double=True, vec=vec)(x)[0]
    samples = load(text, backend="interp", double=True, vec=vec, flush_to_zero=mode)(x)[0]
    least = 2.0**-1022
    is_small = plain <= least if mode == 1 else plain < least
    assert 0.0 < plain[530] < least
    np.testing.assert_array_equal(samples, np.where(is_small, 0.0, plain))


@pytest.mark.parametrize("options", [{"flush_to_zero": 3}, {"gates": 2}])
def test_other_values_are_refused(options: dict[str, int]) -> None:
    with pytest.raises(DspcError, match="-ftz is 0, 1 or 2, and -es 0 or 1"):
        load("process = _;", **options)
