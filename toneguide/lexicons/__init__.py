"""Lexicons: rated words and phrases as plain text, and where they stand in a post."""
