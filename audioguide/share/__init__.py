"""Serves finished sessions to phones in the same network; needs the extra `share`."""
