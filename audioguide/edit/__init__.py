"""Serves a page on this machine on which a protocol is written without knowing TOML; needs the extra `share`."""
