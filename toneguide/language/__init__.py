"""Language: identify, cut into tokens, analyse; Finnish and English."""
