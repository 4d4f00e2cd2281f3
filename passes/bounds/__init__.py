"""The bounds checker: ranges, linear forms, proofs. It imports dialects only."""
