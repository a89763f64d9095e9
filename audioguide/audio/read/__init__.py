"""Any sound file a user gives, read block by block."""
