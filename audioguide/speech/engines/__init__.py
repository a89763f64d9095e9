"""The speech engines, and the worker processes in which they run."""
