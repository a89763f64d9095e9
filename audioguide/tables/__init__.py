"""Tables as people keep them, read into rows of text."""
