"""Many people at once: a table of people becomes a folder of sessions."""
