"""Suggestions: plainer words that fit the sentence, and advice on how a text is built."""
