"""The parts of `dsp-lower-to-loops`: plan, storage, arithmetic, bodies."""
