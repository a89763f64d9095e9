"""Files of translated texts: written from the English ones, and compared with them."""
