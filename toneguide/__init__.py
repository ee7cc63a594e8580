"""toneguide: tone of voice for Finnish and English posts: corporate-speak, warmth, and the company's own values."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toneguide.errors import CallError, GuideError, InputError, ModelError, ToneguideError
    from toneguide.features import ToneFeatures
    from toneguide.guide import ToneGuide
    from toneguide.interface import use_language
    from toneguide.model.tone_model import Part
    from toneguide.post_frame import read_posts
    from toneguide.score import ToneScore
    from toneguide.suggest.records import apply_edits

__all__ = [
    "CallError", "GuideError", "InputError", "ModelError", "Part", "ToneFeatures", "ToneGuide", "ToneScore", "ToneguideError", "__version__", "apply_edits",
    "read_posts", "use_language",
]  # fmt: skip

__version__ = "0.1.0"

_HOMES = {
    "CallError": "toneguide.errors",
    "GuideError": "toneguide.errors",
    "InputError": "toneguide.errors",
    "ModelError": "toneguide.errors",
    "Part": "toneguide.model.tone_model",
    "ToneFeatures": "toneguide.features",
    "ToneGuide": "toneguide.guide",
    "ToneScore": "toneguide.score",
    "ToneguideError": "toneguide.errors",
    "read_posts": "toneguide.post_frame",
    "use_language": "toneguide.interface",
    "apply_edits": "toneguide.suggest.records",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'toneguide' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])


def load_ipython_extension(shell: Any) -> None:
    """What ``%load_ext toneguide`` does: the magic ``%%tone``, little bars in frames of scores, everyday mistakes told in one line."""
    from toneguide.widgets.magics import load_magics
    from toneguide.widgets.mistakes import show_mistakes

    load_magics(shell)
    show_mistakes(shell)
