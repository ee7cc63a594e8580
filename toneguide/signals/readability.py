"""Readability columns by textstat, for those who ask: the formulas that need no syllables and no downloads.

Flesch, Fog and SMOG count English syllables with a dictionary that textstat looks for on the network; they are left out.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any, Final

__all__ = ["READABILITY", "readability"]

READABILITY: Final = ("lix", "rix", "automated_readability_index", "coleman_liau_index")


@lru_cache(maxsize=1)
def _textstat() -> Any:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import textstat
    return textstat


def readability(text: str) -> dict[str, float | None]:
    """LIX, RIX, ARI and Coleman-Liau of a text.

    Parameters
    ----------
    text : str
        Any language; without a word the values are None.

    Returns
    -------
    dict of str to float or None
        LIX and RIX: share and number of long words (over six letters) with sentence length; above 50 LIX is hard.
        ARI and Coleman-Liau: school grades, made for English.
    """
    if not any(c.isalpha() for c in text):
        return dict.fromkeys(READABILITY)
    clean = text.encode("utf-8", "replace").decode("utf-8")
    values = {name: float(getattr(_textstat(), name)(clean)) for name in READABILITY}
    return {name: value if math.isfinite(value) else None for name, value in values.items()}
