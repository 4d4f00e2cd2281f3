"""Other people's programs, held to the Faust compiler's own output, sample by sample."""
