"""The languages in which sessions are spoken and printed, one folder each."""
