"""audioguide turns an exercise protocol into an MP3 that a person follows hands-free."""
