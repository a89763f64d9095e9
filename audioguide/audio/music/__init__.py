"""Music below the voice: pieces joined into a bed, and the bed mixed with the session."""
