"""Commands for people who work on audioguide, run from the checkout."""
