"""Loudness and peaks, measured and set: BS.1770 loudness, true peak, the limiter, ducking."""
