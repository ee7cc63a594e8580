"""Batches: many posts in, rows out."""
