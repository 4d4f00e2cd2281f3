"""Examples of passes: modules before and after, each a file in tests/passes/examples.

A file PASS.mlir, or PASS.TOPIC.mlir for a further example of a pass, is

    // What the example shows, as one paragraph.
    // pipeline: PASS{option=value}
    // before: REGEX           the ops of the first module that docs/passes.md shows
    // after: REGEX            those of the second module
    // fold: REGEX             optional: ops whose regions the page shows as `...`
    // -----
    the module before
    // -----
    the module after, or what dspc-opt prints where the pass raises an error

An op is shown with its regions, if its first line matches.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest

from dspc import opt

FOLDER = Path(__file__).resolve().parents[1] / "passes" / "examples"
MARK = "// -----\n"
KEYS = ("pipeline", "before", "after", "fold")


@dataclass(frozen=True)
class Example:
    """One file, parsed."""

    path: Path
    words: str
    keys: dict[str, str]
    before: str
    after: str

    @property
    def name(self) -> str:
        return self.path.name.removesuffix(".mlir")

    @property
    def pass_name(self) -> str:
        return self.name.partition(".")[0]

    @property
    def is_error(self) -> bool:
        """Whether the pass raises an error or warns: `after` is its message."""
        return ": error[E" in self.after.partition("\n")[0] or self.is_warning

    @property
    def is_warning(self) -> bool:
        return ": warning: " in self.after.partition("\n")[0]

    def made(self, folder: Path) -> str:
        """What `dspc-opt` prints now for the module before: the module after, or the error."""
        path = folder / "example.mlir"
        path.write_text(self.before)
        out, errors = StringIO(), StringIO()
        with redirect_stdout(out), redirect_stderr(errors), pytest.raises(SystemExit) as done:
            opt.main(["-p", self.keys["pipeline"], str(path)])
        if done.value.code == 0 and not errors.getvalue():
            return out.getvalue().rstrip() + "\n"
        return errors.getvalue().replace(f"{folder}/", "")

    def text_with(self, after: str) -> str:
        """The text of the file with another module after."""
        head = self.path.read_text().split(MARK)[0]
        return MARK.join([head, self.before, after])

    def markdown(self) -> str:
        """The example as docs/passes.md shows it."""
        fold = self.keys.get("fold")
        before = _shown(self.before, self.keys["before"], fold)
        if self.is_error:
            does = "warns" if self.is_warning else "raises an error"
            title = f"`{self.keys['pipeline']}` {does}:"
            after = f"```text\n{self.after}```\n"
        else:
            title = f"After `{self.keys['pipeline']}`:"
            after = f"```mlir\n{_shown(self.after, self.keys['after'], fold)}```\n"
        return f"\n{self.words}\n\n```mlir\n{before}```\n\n{title}\n\n{after}"


def examples() -> list[Example]:
    """All examples, by name: the first one of each pass before its further ones."""
    return sorted(map(_parsed, FOLDER.glob("*.mlir")), key=lambda example: example.name)


def _parsed(path: Path) -> Example:
    head, before, after = path.read_text().split(MARK)
    lines = [line.removeprefix("// ") for line in head.splitlines()]
    pairs = [line.partition(": ") for line in lines]
    keys = {key: value for key, _, value in pairs if key in KEYS}
    words = " ".join(
        line for line, (key, _, _) in zip(lines, pairs, strict=True) if key not in KEYS
    )
    return Example(path, "\n".join(textwrap.wrap(words, 100)), keys, before, after)


def _shown(module: str, pattern: str, fold: str | None) -> str:
    """The ops whose first line matches; `...` stands between those that are not neighbours."""
    parts: list[str] = []
    end = -1
    for first, last in _operations(module.splitlines(), pattern):
        lines = module.splitlines()[first : last + 1]
        if parts and first > end + 1:
            parts.append("...")
        parts.append(textwrap.dedent("\n".join(lines)))
        end = last
    assert parts, f"no op matches {pattern}"
    text = "\n".join(parts)
    return (_folded(text, fold) if fold else text) + "\n"


def _folded(text: str, pattern: str) -> str:
    """The text with the regions of the ops that match as `...`."""
    lines = text.splitlines()
    for first, last in reversed(list(_operations(lines, pattern))):
        if last > first:
            lines[first : last + 1] = [f"{lines[first]} ... {lines[last].lstrip()}"]
    return "\n".join(lines)


def _operations(lines: Sequence[str], pattern: str) -> Iterator[tuple[int, int]]:
    """First and last line of each op whose first line matches, but not of ops inside of it."""
    end = -1
    for first, line in enumerate(lines):
        if first <= end or not re.search(pattern, line):
            continue
        end = _last_line(lines, first)
        yield first, end


def _last_line(lines: Sequence[str], first: int) -> int:
    """The line of the brace that closes the op; the same line, if none is left open."""
    if not lines[first].endswith("{"):
        return first
    closing = lines[first][: len(lines[first]) - len(lines[first].lstrip())] + "}"
    inner = range(first + 1, len(lines))
    return next(at for at in inner if lines[at].startswith(closing))
