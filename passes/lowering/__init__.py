"""The parts of `dsp-lower-to-loops`: delay line plan, buffers, arithmetic, loop bodies."""
