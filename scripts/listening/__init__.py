"""What a stranger hears: finished sessions through a recogniser and a predictor of naturalness that nobody tuned to us.

For development only: both need large packages, which live in an environment of their own. scripts/word_errors and
scripts/naturalness make it.
"""
