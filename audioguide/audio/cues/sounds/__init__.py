"""The beeps as small WAV files, made by ``scripts/make_sounds``."""
