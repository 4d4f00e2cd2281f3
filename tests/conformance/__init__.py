"""Conformance with the Faust compiler: programs of third parties, compared sample by sample."""
