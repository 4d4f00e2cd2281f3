"""Packs: isomorphic recursions that run as SIMD lanes of one loop."""
