"""Files: what is cached between builds, and results written whole."""
