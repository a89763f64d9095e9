"""Every sound a session is mixed from: the spoken clips, the beeps, the breath tone, the user's own sounds."""
