"""The programs that the suite runs: the examples that Debian's faust package installs."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

EXAMPLES = Path("/usr/share/faust/examples")

FAUST_CRASHES = ("physicalModeling/fds/2dKirchhoffThinPlate.dsp",)
"""Faust 2.54.9 ends by a segmentation fault on these."""


def without_process(path: Path) -> bool:
    """Whether an example is a layout that others read: it defines no `process`."""
    return path.name.startswith("layout")


def example_names() -> list[str]:
    """The names, relative to the examples' folder, of all that Faust compiles."""
    names = (path.relative_to(EXAMPLES).as_posix() for path in _files())
    return sorted(name for name in names if name not in FAUST_CRASHES)


def _files() -> list[Path]:
    return [path for path in EXAMPLES.rglob("*.dsp") if not without_process(path)]


@dataclass(frozen=True)
class KnownDifference:
    """A program that may differ by more than the rule allows, and why."""

    reason: str
    tolerance: float


def known_differences() -> dict[str, KnownDifference]:
    """What known_differences.toml states, by program."""
    table = tomllib.loads((Path(__file__).parent / "known_differences.toml").read_text())
    return {
        name: KnownDifference(entry["reason"], float(entry["tolerance"]))
        for name, entry in table.items()
    }
