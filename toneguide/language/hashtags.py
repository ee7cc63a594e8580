"""Hashtags as the words they are made of."""

from __future__ import annotations

import math
import re
import unicodedata
from functools import lru_cache, partial
from importlib import resources
from itertools import pairwise
from typing import Final

__all__ = ["split_hashtag"]

_HUMPS: Final = re.compile(r"[A-ZÅÄÖ]+(?![a-zåäö])|[A-ZÅÄÖ]?[a-zåäö]+|\d+|[^\W\d_]+")
_ABBREVIATION: Final = re.compile(r"([A-ZÅÄÖ]{2,})([a-zåäö]+)")
_LONGEST_WORD: Final = 24
_SHORTEST_WORD: Final = 2
# One more word must pay for itself: about the price of a word ten times rarer.
_PRICE: Final = 2.3


@lru_cache(maxsize=None)
def _costs(language: str) -> dict[str, float]:
    words = (resources.files("toneguide.language") / "data" / f"{language}_words.txt").read_text(encoding="utf-8").split()
    costs = {word: math.log(rank + 2) for rank, word in enumerate(words) if len(word) >= _SHORTEST_WORD or word in ("a", "i")}
    # People type #hyvatyo for #hyvätyö; a word without its dots costs a little more than with them.
    for plain, word in _dotted(language).items():
        costs[plain] = costs[word] + 0.5
    return costs


@lru_cache(maxsize=None)
def _dotted(language: str) -> dict[str, str]:
    """Words typed without their dots, where that is no word itself, to the commonest word meant."""
    words = (resources.files("toneguide.language") / "data" / f"{language}_words.txt").read_text(encoding="utf-8").split()
    listed = set(words)
    found: dict[str, str] = {}
    for word in words:
        plain = word if word.isascii() else _without_dots(word)
        if plain not in listed and len(word) >= _SHORTEST_WORD:
            found.setdefault(plain, word)
    return found


def _without_dots(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


@lru_cache(maxsize=50_000)
def split_hashtag(tag: str, language: str) -> tuple[str, ...]:
    """Words of a hashtag, in order, together as long as the tag without its ``#``; missing dots are put back.

    Parameters
    ----------
    tag : str
        With or without ``#``.
    language : str
        ``"fi"`` or ``"en"``: whose words to look for.

    Examples
    --------
    >>> split_hashtag("#RohkeastiYhdessä", "fi"), split_hashtag("#hyvatyo", "fi")
    (('Rohkeasti', 'Yhdessä'), ('hyvä', 'työ'))
    """
    pieces = _HUMPS.findall(_ABBREVIATION.sub(partial(_part, language=language), tag.lstrip("#")))
    if len(pieces) > 1:
        return tuple(p for piece in pieces for p in (_segment(piece, language) if len(piece) > _LONGEST_WORD // 2 else (piece,)))
    return tuple(p for piece in pieces for p in _segment(piece, language))


def _part(found: re.Match[str], *, language: str) -> str:
    """HRfi is HR and fi, AIHuomenna is AI and Huomenna: the word list decides where the capitals end."""
    capitals, small = found[1], found[2]
    if (capitals[-1] + small).lower() in _costs(language):
        return f"{capitals[:-1]} {capitals[-1]}{small}"
    return f"{capitals} {small}"


def _segment(piece: str, language: str) -> tuple[str, ...]:
    """Cheapest split by word frequency; the piece whole where no split is cheaper than an unknown word."""
    costs = _costs(language)
    low = piece.lower()[:100]
    best: list[tuple[float, int]] = [(0.0, 0)] + [(math.inf, 0)] * len(low)
    for end in range(1, len(low) + 1):
        for start in range(max(0, end - _LONGEST_WORD), end):
            price = costs.get(low[start:end])
            if price is not None and best[start][0] + price + _PRICE < best[end][0]:
                best[end] = (best[start][0] + price + _PRICE, start)
    if math.isinf(best[-1][0]):
        return (piece,)
    cuts = [len(low)]
    while cuts[-1]:
        cuts.append(best[cuts[-1]][1])
    cuts.reverse()
    pieces = (*(piece[a:b] for a, b in pairwise(cuts[:-1])), piece[cuts[-2] :])
    dotted = _dotted(language)
    return tuple(dotted.get(p.lower(), p) for p in pieces)
