"""Output of commands in the documentation is what the commands print.

A block follows a comment `<!-- dspc OPTIONS | FROM ... TO -->`: the lines from the first that has
FROM to the next that has TO, without common indentation, of what dspc prints for PROGRAM. With
TO equal to FROM, all consecutive lines that contain it. `--update-golden` writes the blocks anew.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "examples" / "one_pole.dsp"
BLOCK = re.compile(r"<!-- dspc (.*?) \| (.*?) \.\.\. (.*?) -->\n```(\w+)\n(.*?)```", re.DOTALL)


def selected(text: str, start: str, end: str) -> str:
    lines = text.splitlines()
    first = next(at for at, line in enumerate(lines) if start in line)
    if start == end:
        chosen = [line for line in lines if start in line]
    else:
        last = next(at for at in range(first + 1, len(lines)) if end in lines[at])
        # With the brace that closes what the first line opens.
        closed = lines[last + 1 : last + 2] == [lines[first][: -len(lines[first].lstrip())] + "}"]
        chosen = lines[first : last + 1 + closed]
    return textwrap.dedent("\n".join(chosen)).expandtabs(4) + "\n"


def printed(options: str) -> str:
    command = [sys.executable, "-m", "dspc", *options.split(), str(PROGRAM)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("page", ["architecture.md"])
def test_blocks_are_what_commands_print(page: str, pytestconfig: pytest.Config) -> None:
    path = ROOT / "docs" / page
    text = path.read_text()

    def current(block: re.Match[str]) -> str:
        options, start, end, language, _ = block.groups()
        body = selected(printed(options), start, end)
        return f"<!-- dspc {options} | {start} ... {end} -->\n```{language}\n{body}```"

    assert len(BLOCK.findall(text)) > 3
    updated = BLOCK.sub(current, text)
    if pytestconfig.getoption("--update-golden"):
        path.write_text(updated)
    assert path.read_text() == updated, f"{page}: see pytest --update-golden"


@pytest.mark.slow
def test_commands_of_the_readme_run(tmp_path: Path) -> None:
    """The first block, each command in a folder with the examples."""
    block = re.search(r"\n\n((?:    .*\n)+)", (ROOT / "README.md").read_text())
    assert block is not None
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    commands = [line.split("#")[0].split() for line in block[1].splitlines()]
    assert [command[0] for command in commands].count("pip") == 1
    for name, *arguments in commands:
        if name == "pip":
            continue
        module = name.replace("-", ".")
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert done.returncode == 0, (name, arguments, done.stderr)
