"""The parts of `dsp-split-loops`: the dependence graph of a frame, its loops, their lowering."""
