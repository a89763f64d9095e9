"""Benchmarks: whole processes, timed in turn in one run, so that ratios hold when the machine's speed drifts."""
