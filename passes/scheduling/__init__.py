"""The parts of `dsp-section` and `dsp-schedule-tasks`: what runs at once, what shares a thread."""
