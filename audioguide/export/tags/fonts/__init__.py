"""The font of the cover's words; README.md beside it says where it is from."""
