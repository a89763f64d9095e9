"""Speech: text to clip through one engine interface."""
