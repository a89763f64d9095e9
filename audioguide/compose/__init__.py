"""What is said, and in which order."""
