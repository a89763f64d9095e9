"""Built-in files, read through `audioguide.library`."""
