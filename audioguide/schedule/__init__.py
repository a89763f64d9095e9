"""When each thing is said and done."""
