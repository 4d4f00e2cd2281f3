"""The documentation says what is: snippets run, tables and pass descriptions are those of the code.

`pytest --update-golden` writes the generated parts anew.
"""

from __future__ import annotations

import inspect
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from dspc.dialects.diagnostics import Source
from dspc.driver import Clock, compile_text
from dspc.options import CompileOptions
from dspc.pipelines import PASSES, load_pass
from tests.docs import op_reference

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PASSES_HEAD = """# Passes

Each pass by what it does: before, and after. This page is made of the passes' own descriptions,
in the order in which they run (which run at all, the options of `dspc` decide). By name they run
with `dspc -p dsp-simplify,dsp-rates FILE.dsp` and, on MLIR text, with `dspc-opt` or `xdsl-opt`;
`--print-after PASS` shows what one did to your program, `--validate each` checks it there.

`dspc --explain PASS FILE.dsp` says why a pass chose as it did for your program, with the lines of
source that it follows from: `dsp-size-delays` how long each delay line is, and what bounds it;
`dsp-split-loops` what each loop computes, what keeps it from running as vectors, and how each past
is kept; `dsp-section` and `dsp-schedule-tasks` what runs beside what, what it takes by estimate,
and how much several threads can gain; `dsp-place-allocations` where each buffer lies, and what
other places would cost.
"""
PASSES_TAIL = """
## The plugin

The package's entry point `xdsl.universe` names `dspc.universe:DSPC_UNIVERSE`, from which xDSL's
own tools load the dialects `dsp`, `dsp_mem` and `dsp_par`, the passes above and the targets
`dspc-...`, each when it is used. Another package adds passes beside them in the same way:

```toml
[project.entry-points."xdsl.universe"]
mine = "mine:UNIVERSE"
```

```python
from xdsl.universe import Universe

UNIVERSE = Universe(all_passes={"mine-count-delays": load_count_delays})
```

`load_count_delays` is a function that imports the pass and gives its class. xDSL looks names up
over all packages, and a name that two of them use stops every tool: start them with your own.
"""


def blocks(page: str, language: str) -> list[str]:
    text = (DOCS / page).read_text()
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def assert_current(path: Path, text: str, config: pytest.Config) -> None:
    if config.getoption("--update-golden"):
        path.write_text(text)
    assert path.read_text() == text, f"{path.name}: see pytest --update-golden"


@pytest.mark.parametrize("at", range(len(blocks("language.md", "faust"))))
def test_programs_of_the_language_page_compile(at: int) -> None:
    text = blocks("language.md", "faust")[at]
    options = CompileOptions(file="page.dsp")
    assert "compute" in compile_text(Source("page.dsp", text), options, Clock())


@pytest.mark.parametrize(("page", "count"), [("python.md", 5), ("backends.md", 2)])
def test_snippets_of_python_run(page: str, count: int) -> None:
    names: dict[str, object] = {}
    snippets = blocks(page, "python")
    assert len(snippets) >= count
    for snippet in snippets:
        exec(snippet, names)


def test_known_differences_are_told(pytestconfig: pytest.Config) -> None:
    table = tomllib.loads((ROOT / "tests/conformance/known_differences.toml").read_text())
    rows = ["| program | what is held to the rule | why |", "| --- | --- | --- |"]
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


def test_passes_are_told(pytestconfig: pytest.Config) -> None:
    parts = [PASSES_HEAD]
    for name in PASSES:
        text = inspect.cleandoc(load_pass(name).__doc__ or "")
        assert re.search("--+>|Changes nothing", text), f"{name} lacks before --> after"
        parts.append(f"\n## {name}\n\n{text}\n")
    assert_current(DOCS / "passes.md", "".join([*parts, PASSES_TAIL]), pytestconfig)


def test_pages_that_are_linked_exist() -> None:
    pages = [ROOT / "README.md", *DOCS.glob("*.md")]
    for page in pages:
        for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text()):
            assert (page.parent / link).exists(), f"{page.name}: {link}"


def test_ops_are_described(pytestconfig: pytest.Config) -> None:
    undocumented = [
        definition.name
        for dialect, _ in op_reference.DIALECTS
        for definition in (*dialect.operations, *dialect.attributes)
        if not op_reference.documentation(definition)
    ]
    assert undocumented == []
    assert_current(DOCS / "ops.md", op_reference.reference(), pytestconfig)


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
    assert "dsp.delay" in (tmp_path / "ops.html").read_text()
