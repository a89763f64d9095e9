"""Text made ready for a voice: cleaned, normalised, split."""
