"""The models that come with the package."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from toneguide.language.identify import SUPPORTED

if TYPE_CHECKING:
    from toneguide.model.tone_model import ToneModel

__all__ = ["shipped_models"]

_DATA: Final = Path(__file__).parents[1] / "data"


def shipped_models() -> dict[str, ToneModel]:
    """The shipped model of every language; each is read once."""
    return {language: _shipped(language) for language in SUPPORTED}


@lru_cache(maxsize=None)
def _shipped(language: str) -> ToneModel:
    from toneguide.lexicons.lexicon import load_lexicon
    from toneguide.model.storage import load_model

    return load_model(_DATA, f"model_{language}", load_lexicon(language))
