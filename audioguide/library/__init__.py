"""Built-in protocols and exercises, and the reading of every file that a user writes."""
