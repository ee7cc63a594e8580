"""Subwords: character n-grams of a word type, hashed into a fixed table of weights."""

from __future__ import annotations

from functools import lru_cache
from typing import Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

from toneguide.language.words import WordType

__all__ = ["N_BUCKETS", "buckets", "has_subwords"]

N_BUCKETS: Final = 2**16
SHORTEST, LONGEST = 3, 5
_WORD_POS: Final = frozenset("NOUN VERB ADJ ADV INTJ AUX X PART".split())


def has_subwords(word: WordType) -> bool:
    """Whether the inside of a word may speak: numbers, function words, and whatever may be a name, stay silent."""
    return word.pos in _WORD_POS and len(word.form) >= SHORTEST and word.shape not in ("Title", "Upper")


@lru_cache(maxsize=20_000)
def buckets(form: str) -> npt.NDArray[np.int64]:
    """Rows of the weight table that a form averages over.

    Parameters
    ----------
    form : str
        Lower case.

    Returns
    -------
    numpy.ndarray of int64
        One row per n-gram of 3 to 5 characters of ``<form>``, and one for the whole word; repeats kept.

    Examples
    --------
    >>> len(buckets("kiva"))
    10
    """
    # One byte a letter for Finnish and English; what Latin-1 does not hold counts as one unknown letter.
    padded = b"<" + form.encode("latin-1", "replace") + b">"
    length = len(padded)
    rows = [crc32(padded[i : i + n]) % N_BUCKETS for n in range(SHORTEST, LONGEST + 1) for i in range(length - n + 1)]
    rows.append(crc32(padded + b"$") % N_BUCKETS)
    return np.array(rows, dtype=np.int64)
