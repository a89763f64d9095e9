"""Files: what is kept between builds, and results written whole."""
