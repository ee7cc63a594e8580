"""What can go wrong, said so that the reader knows what to do next."""

from __future__ import annotations

__all__ = ["GuideError", "InputError", "ModelError", "ToneguideError"]


class ToneguideError(Exception):
    """Anything toneguide refuses to do; the message says why and what to do next."""


class InputError(ToneguideError):
    """An input file cannot be read as posts."""


class GuideError(ToneguideError):
    """A guide folder cannot be used."""


class ModelError(ToneguideError):
    """A model file is missing, damaged or of another version."""
