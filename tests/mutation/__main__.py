"""python -m tests.mutation: faults seeded in the compiler, and what `--validate code` says of them.

    python -m tests.mutation --count 300
    python -m tests.mutation --by-hand halves
    python -m tests.mutation --count 2000 --visible 150 --results faults.jsonl
    python -m tests.mutation --at passes/lowering/ring_indices.py:64
    python -m tests.mutation --by-hand halves
    python -m tests.mutation --count 20 --programs filters,delays --spread 3

A fault changes one place of one function of a pass, an analysis, the rewrite rules or a printer. It
is visible in a cell (a program in a mode) if the code of the target, run for longer than validation
does, sounds otherwise than that of the right compiler, by more than disturbances of one unit of
roundoff explain. The results file has one line of JSON for each fault; a command that is given it
again goes on where the last one ended. Equal seeds give equal faults.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from .campaign import Campaign
from .faults import Fault, difference
from .programs import LARGE, SMALL, SPREAD
from .report import Report, append


def main() -> int:
    """0 if nothing visible was missed and there is no false alarm."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--count", type=int, default=100, help="faults (100)")
    parser.add_argument("--seed", type=int, default=1, help="of the choice of faults (1)")
    parser.add_argument("--visible", type=int, help="end when as many are visible")
    parser.add_argument("--at", default="", help="all faults at FILE:LINE, separated by commas")
    parser.add_argument(
        "--by-hand", nargs="?", const="", metavar="TEXT", help="faults of by_hand.toml with a text"
    )
    parser.add_argument("--results", type=Path, help="file of records, which is continued")
    parser.add_argument("--programs", default=",".join([*SMALL, *LARGE]), help="their names")
    parser.add_argument("--spread", type=int, default=SPREAD, help="modes of each program (4)")
    parser.add_argument("--alarms", action="store_true", help="also validate without faults")
    options = parser.parse_args()
    report = Report()
    if options.results is not None:
        report.read(options.results)
    with tempfile.TemporaryDirectory(prefix="dspc-mutation-") as folder:
        names = options.programs.split(",")
        is_traced = options.by_hand is None
        campaign = Campaign(names, options.spread, options.seed, Path(folder), is_traced)
        if options.alarms:
            campaign.check_right()
            report.alarms = campaign.wrong
        verdicts = campaign.verdicts(report, options.count, options.visible)
        if options.at:
            verdicts = campaign.at(options.at.split(","))
        elif options.by_hand is not None:
            verdicts = campaign.by_hand(options.by_hand)
        for verdict in verdicts:
            record = verdict.record()
            report.add(record)
            print(record, flush=True)
            if options.results is not None and isinstance(verdict.fault, Fault):
                append(options.results, record)
            if isinstance(verdict.fault, Fault) and (record.outcome == "missed" or options.at):
                print(difference(verdict.fault), flush=True)
    print(report)
    return 1 if report.missed or report.alarms else 0


if __name__ == "__main__":
    sys.exit(main())
