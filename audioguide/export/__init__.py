"""What is written from a plan: tags in the MP3, JSON, lyrics, subtitles, a picture."""
