"""The parts of `dsp-split-loops`: the graph of what runs each frame, its loops, their lowering."""
