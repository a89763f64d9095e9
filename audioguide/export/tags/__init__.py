"""The ID3 tags in the MP3: title, chapters, cover, lyrics, the embedded plan."""
