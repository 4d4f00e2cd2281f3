"""The command line of campaigns that compare random programs."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable
from typing import Any

Compare = Callable[[int, int, Any, Counter[str]], list[str]]
"""Seed, number of programs, precision and counts to add to -> the findings."""


def parser(module: str, count: int) -> argparse.ArgumentParser:
    """The options of a campaign; `count` programs by default."""
    result = argparse.ArgumentParser(prog=f"python -m tests.conformance.fuzz.{module}")
    result.add_argument("--count", type=int, default=count)
    result.add_argument("--seed", type=int, default=1)
    result.add_argument("--precision", default="double,single")
    return result


def run(compare: Compare, options: Any) -> int:
    """Compare the requested programs, and print findings and counts; 0 without findings."""
    counts: Counter[str] = Counter()
    findings: list[str] = []
    for precision in options.precision.split(","):
        findings += compare(options.seed, options.count, precision, counts)
    print("\n".join(findings))
    print(", ".join(f"{n} {what}" for what, n in counts.most_common()))
    return 1 if findings else 0
