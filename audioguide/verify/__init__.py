"""A finished MP3 decoded, measured, and held against its plan."""
