"""Sound: clips, beeps, loudness, the mix, and MP3 in and out."""
