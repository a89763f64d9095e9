"""The web page that plays a session in step with the recording."""
