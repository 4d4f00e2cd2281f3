"""`python -m tests.conformance.fuzz --minutes N --seed S`: random programs until time is up."""

from __future__ import annotations

import argparse
import sys

from .run import fuzz


def main() -> int:
    """Fuzz, print the findings; 0 when there are none."""
    parser = argparse.ArgumentParser(prog="python -m tests.conformance.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=2.0)
    parser.add_argument("--batches", type=int, help="stop after so many batches of 50 programs")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    report = fuzz(options.seed, options.minutes, options.batches)
    for finding in report.findings:
        print(finding, flush=True)
    print(", ".join(f"{count} {what}" for what, count in report.counts.most_common()))
    return 1 if report.findings else 0


if __name__ == "__main__":
    sys.exit(main())
