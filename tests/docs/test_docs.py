"""The documentation agrees with the code: snippets run, tables and pass descriptions are generated.

`pytest --update-golden` writes the generated parts anew.
"""

from __future__ import annotations

import inspect
import os
import re
import subprocess
import sys
import textwrap
import tomllib
from pathlib import Path

import pytest

from dspc.driver import Clock, compile_text
from dspc.options.compile_options import CompileOptions
from dspc.pipelines.standard import PASSES, load_pass
from dspc.support.diagnostics import Source
from tests.checkout import ROOT, located
from tests.docs import op_reference, pass_examples

DOCS = ROOT / "docs"
PASSES_HEAD = """# Passes

A program is compiled by passes over one module. This page lists them in the order in which they
run; which of them run depends on the options of `dspc`. Each has a description, which is the
docstring of its class, and at least one example: ops before the pass and after it. The examples
are excerpts of modules in `tests/passes/examples`, which a test runs through `dspc-opt`, compares
with the text, and interprets before and after.

| to | run |
| --- | --- |
| run passes by name on a program | `dspc -p dsp-simplify,dsp-rates FILE.dsp` |
| run them on MLIR text | `dspc-opt -p dsp-simplify,dsp-rates FILE.mlir`, or xDSL's `xdsl-opt` |
| see the module after a pass | `dspc --print-after PASS FILE.dsp` |
| compare samples before and after each pass | `dspc --validate each FILE.dsp` |
| learn why a pass decided as it did | `dspc --explain PASS FILE.dsp` |

`--explain` refers to the lines of the source, and knows these passes:

| pass | what it explains |
| --- | --- |
| `dsp-size-delays` | the length of each delay line, and what bounds it |
| `dsp-split-loops` | each loop's work, what prevents its vectorisation, how delay lines are kept |
| `dsp-section`, `dsp-schedule-tasks` | what may run at once, estimated times, the gain by threads |
| `dsp-place-allocations` | where each buffer lies, and what other placements would cost |
"""
PASSES_TAIL = """
## The plugin

The package's entry point `xdsl.universe` names `dspc.universe:DSPC_UNIVERSE`, from which xDSL's
own tools load the dialects `dsp`, `dsp_mem` and `dsp_par`, the passes above and the targets
`dspc-...`, each when it is used. Another package adds passes in the same way:

```toml
[project.entry-points."xdsl.universe"]
mine = "mine:UNIVERSE"
```

```python
from xdsl.universe import Universe

UNIVERSE = Universe(all_passes={"mine-count-delays": load_count_delays})
```

`load_count_delays` is a function that imports the pass and returns its class. xDSL looks names up
over all packages and refuses to start if two of them define one name: prefix yours.
"""


def blocks(page: str, language: str) -> list[str]:
    text = (DOCS / page).read_text()
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def assert_current(path: Path, text: str, config: pytest.Config) -> None:
    if config.getoption("--update-golden"):
        path.write_text(text)
    assert path.read_text() == text, f"{path.name}: see pytest --update-golden"


FAUST_BLOCKS = [
    (page, at) for page in ("language.md", "index.md") for at in range(len(blocks(page, "faust")))
]


@pytest.mark.parametrize(("page", "at"), FAUST_BLOCKS)
def test_programs_of_pages_compile(page: str, at: int) -> None:
    text = blocks(page, "faust")[at]
    options = CompileOptions(file="page.dsp")
    assert "compute" in compile_text(Source("page.dsp", text), options, Clock())


PYTHON_PAGES = [("python.md", 7), ("backends.md", 2), ("api.md", 1)]


@pytest.mark.parametrize(("page", "count"), PYTHON_PAGES)
def test_snippets_of_python_run(page: str, count: int) -> None:
    names: dict[str, object] = {}
    snippets = blocks(page, "python")
    assert len(snippets) >= count
    for snippet in snippets:
        exec(snippet, names)


def test_error_of_the_errors_page_is_printed(tmp_path: Path) -> None:
    (tmp_path / "one.dsp").write_text("process = _ * foo;\n")
    done = subprocess.run(
        [sys.executable, "-m", "dspc", "one.dsp"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 1
    assert textwrap.indent(done.stderr.rstrip(), "    ") in (DOCS / "errors.md").read_text()


def test_known_differences_are_documented(pytestconfig: pytest.Config) -> None:
    table = tomllib.loads((ROOT / "tests/conformance/known_differences.toml").read_text())
    rows = ["| program | bound | why |", "| --- | --- | --- |"]
    for name, entry in table.items():
        bounds = {
            "frames": "the first {:,} frames",
            "relative": "up to {:g} of a sample",
            "tolerance": "up to {:g}",
        }
        held = [text.format(entry[key]) for key, text in bounds.items() if key in entry]
        rows.append(f"| `{name}` | {', '.join(held)} | {' '.join(entry['reason'].split())} |")
    begin, end = "<!-- generated: known differences -->\n", "<!-- end -->"
    path = DOCS / "language.md"
    head, _, rest = path.read_text().partition(begin)
    tail = rest.partition(end)[2]
    table_text = "\n".join(rows)
    assert_current(path, f"{head}{begin}\n{table_text}\n\n{end}{tail}", pytestconfig)


def test_passes_are_documented(pytestconfig: pytest.Config) -> None:
    parts = [PASSES_HEAD]
    for name in PASSES:
        text = inspect.cleandoc(load_pass(name).__doc__ or "")
        assert text, f"{name} has no docstring"
        parts.append(f"\n## {name}\n\n{text}\n")
        parts.extend(
            example.markdown() for example in pass_examples.examples() if example.pass_name == name
        )
    assert_current(DOCS / "passes.md", "".join([*parts, PASSES_TAIL]), pytestconfig)


def test_pages_that_are_linked_exist() -> None:
    pages = [ROOT / "README.md", *DOCS.glob("*.md")]
    for page in pages:
        for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text()):
            target = os.path.relpath(page.parent / link, ROOT)
            assert located(target).exists(), f"{page.name}: {link}"


def test_ops_are_described(pytestconfig: pytest.Config) -> None:
    undocumented = [
        definition.name
        for dialect, _ in op_reference.DIALECTS
        for definition in (*dialect.operations, *dialect.attributes)
        if not op_reference.documentation(definition)
    ]
    assert undocumented == []
    assert_current(DOCS / "ops.md", op_reference.reference(), pytestconfig)


@pytest.mark.slow
def test_site_builds_strictly(tmp_path: Path) -> None:
    """Every page is in the navigation, and no link or docstring reference is broken."""
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    pages = {page.with_suffix(".html").name for page in DOCS.glob("*.md")}
    assert pages <= {page.name for page in tmp_path.glob("*.html")}
    programs = {path.stem for path in (ROOT / "examples" / "gallery").glob("*.dsp")}
    assert {path.stem for path in (tmp_path / "gallery" / "players").glob("*.html")} == programs
    assert "dsp.delay" in (tmp_path / "ops.html").read_text()
