"""The tone model: weights per word, scoring, training, storage."""
