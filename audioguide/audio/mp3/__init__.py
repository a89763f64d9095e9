"""MP3 written: the encoder, its frames, the Info frame and its checksums."""
