"""`check`: decodes a finished MP3, measures it, and reports it against its plan."""
