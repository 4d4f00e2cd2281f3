"""Phases: accumulators modulo 1, in fixed point."""
