"""The plan as a file: JSON, picture, subtitles, lyrics."""
