"""Builds as pyproject.toml says, once the links of the checkout are known to be links."""

from __future__ import annotations

import sys
from pathlib import Path

from setuptools import setup

PACKAGE = Path(__file__).resolve().parent / "dspc"
LINKS = ("dialects", "passes", "frontends", "backends")

if text := [name for name in LINKS if not (PACKAGE / name / "__init__.py").is_file()]:
    sys.exit(
        f"dspc/{text[0]} is no link to ../{text[0]}: git wrote a text file in its place; "
        "run `git config core.symlinks true` and check out again"
    )
setup()
