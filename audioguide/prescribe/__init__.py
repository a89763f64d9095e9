"""The doses for this person: layers of changes, ranges, minutes, progression, training days, equipment."""
