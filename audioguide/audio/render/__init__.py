"""A timeline made sound, as MP3 frames."""
