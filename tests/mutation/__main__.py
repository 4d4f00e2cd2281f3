"""python -m tests.mutation: faults seeded in the compiler, and what `--validate code` says of them.

    python -m tests.mutation --count 300
    python -m tests.mutation --count 2000 --visible 150
    python -m tests.mutation --count 300 --only 17,23
    python -m tests.mutation --count 20 --programs filters,delays --spread 3

A fault changes one place of one function of a pass, an analysis, the rewrite rules or a printer. It
is visible in a cell (a program in a mode) if the code of the target, run for longer than validation
does, sounds otherwise than that of the right compiler, by more than disturbances of one unit of
roundoff explain. Equal seeds give equal faults.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from .campaign import Campaign, Verdict
from .faults import difference
from .programs import LARGE, SMALL, SPREAD
from .report import Report


def main() -> int:
    """0 if nothing visible was missed and there is no false alarm."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--count", type=int, default=100, help="faults (100)")
    parser.add_argument("--seed", type=int, default=1, help="of the choice of faults (1)")
    parser.add_argument("--visible", type=int, help="end when as many are visible")
    parser.add_argument("--only", default="", help="numbers of faults, separated by commas")
    parser.add_argument("--programs", default=",".join([*SMALL, *LARGE]), help="their names")
    parser.add_argument("--spread", type=int, default=SPREAD, help="modes of each program (4)")
    parser.add_argument("--keep", type=Path, help="folder for the survivors' diffs")
    parser.add_argument("--alarms", action="store_true", help="also validate without faults")
    options = parser.parse_args()
    report = Report()
    with tempfile.TemporaryDirectory(prefix="dspc-mutation-") as folder:
        names = options.programs.split(",")
        campaign = Campaign(names, options.spread, options.seed, Path(folder))
        if options.alarms:
            campaign.check_right()
            report.alarms = campaign.wrong
        only = [int(number) for number in options.only.split(",") if number]
        for verdict in campaign.verdicts(options.count, only, options.visible):
            report.add(verdict)
            print(report.line(verdict), flush=True)
            if verdict.missed or only:
                _keep(verdict, options.keep)
    print(report)
    return 1 if report.missed or report.alarms else 0


def _keep(verdict: Verdict, folder: Path | None) -> None:
    report = "\n".join(
        f"{one.cell}: {one.heard}; {one.message or 'passed'}" for one in verdict.judged
    )
    text = f"{difference(verdict.fault)}\n\n{report}\n"
    print(text, flush=True)
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{verdict.number}.diff").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
