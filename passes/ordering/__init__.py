"""The parts of `dsp-order-sums`: timing of feedback, and reassociation of sums."""
