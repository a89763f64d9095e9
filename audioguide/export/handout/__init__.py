"""The page to print that goes with the recording."""
