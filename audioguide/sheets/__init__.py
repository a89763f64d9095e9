"""Sheets of exercises as clinics write them, and timers of another app, made into protocols and back."""
