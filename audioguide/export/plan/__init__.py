"""The plan as a file: JSON, picture, subtitles, the index of a programme."""
