"""Subwords: character n-grams of a word type, hashed into a fixed table of weights."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

from toneguide.language.words import WordType

__all__ = ["N_BUCKETS", "buckets", "buckets_of", "has_subwords"]

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
    return buckets_of([form])[0]


def buckets_of(forms: Sequence[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """`buckets` of several forms in a row, and how many each has.

    Examples
    --------
    >>> rows, sizes = buckets_of(["kiva", "ilta"])
    >>> sizes.tolist(), rows[10:].tolist() == buckets("ilta").tolist()
    ([10, 10], True)
    """
    # One byte a letter for Finnish and English; what Latin-1 does not hold counts as one unknown letter.
    padded = [b"<" + form.encode("latin-1", "replace") + b">" for form in forms]
    lengths = np.array([len(word) for word in padded])
    firsts = np.cumsum(lengths) - lengths
    grams = {n: np.maximum(0, lengths - n + 1) for n in range(SHORTEST, LONGEST + 1)}
    sizes = sum(grams.values()) + 1
    free = np.cumsum(sizes) - sizes
    rows = np.empty(sizes.sum(), dtype=np.int64)
    rows[free + sizes - 1] = [crc32(word + b"$") % N_BUCKETS for word in padded]
    letters = np.frombuffer(b"".join(padded), np.uint8)
    crc = np.full(len(letters), 0xFFFFFFFF, dtype=np.uint32)
    for n in range(1, LONGEST + 1):
        # One letter further from every place: the checksum of the n letters that begin there.
        crc = crc[: len(letters) - n + 1]
        crc = _STEPS[(crc ^ letters[n - 1 :]) & 0xFF] ^ (crc >> 8)
        if n >= SHORTEST:
            nth = np.arange(grams[n].sum()) - np.repeat(np.cumsum(grams[n]) - grams[n], grams[n])
            rows[np.repeat(free, grams[n]) + nth] = (crc[np.repeat(firsts, grams[n]) + nth] ^ 0xFFFFFFFF) % N_BUCKETS
            free = free + grams[n]
    return rows, sizes


def _crc_steps() -> npt.NDArray[np.uint32]:
    """What `zlib.crc32` looks up for each byte."""
    steps = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        steps = np.where(steps & 1, (steps >> 1) ^ np.uint32(0xEDB88320), steps >> 1)
    return steps


_STEPS: Final = _crc_steps()
