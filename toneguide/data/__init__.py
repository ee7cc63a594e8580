"""Shipped models and the sample archive."""
