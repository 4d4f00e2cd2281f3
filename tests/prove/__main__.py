"""Proves the rewrite rules of signals: python -m tests.prove [PART OF A RULE]."""

from __future__ import annotations

import sys
import time

from dspc.dialects.dsp.rule_table import IDENTITIES

from .rules import failure


def main() -> int:
    """Print each rule with the property it preserves; 0 if all are proved."""
    wanted = " ".join(sys.argv[1:])
    failed = 0
    for identity in IDENTITIES:
        if wanted not in f"{identity.left} -> {identity.right}":
            continue
        for kind in identity.kinds:
            start = time.process_time()
            reason = failure(identity, kind)
            failed += reason is not None
            spent = time.process_time() - start
            outcome = "proved" if reason is None else f"FAILED: {reason}"
            name = f"{identity.left} -> {identity.right} ({kind})"
            print(
                f"{spent:6.2f} s  {name:50} {identity.kept.name.lower():10} {outcome}", flush=True
            )
    print("all proved" if not failed else f"{failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
