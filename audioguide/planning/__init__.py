"""From protocol to timeline: prescribe doses, compose words and order, schedule times."""
