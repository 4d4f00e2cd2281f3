"""The parts of `dsp-section` and `dsp-schedule-tasks`: scheduling of the loop DAG on threads."""
