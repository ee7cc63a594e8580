"""The nearest posts on tone: a real sentence says more than a rule."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib import resources
from typing import Final, NamedTuple

from toneguide.language.analysis import Analysed, load_pipeline
from toneguide.language.tokens import tokenize
from toneguide.suggest.records import Example

__all__ = ["nearest_examples"]

_CONTENT: Final = frozenset(("NOUN", "VERB", "ADJ", "PROPN"))
# Words every post has say nothing of what it is about.
_LEAST: Final = 0.03
_SAME: Final = 0.98
_COMPOUND_PART: Final = 0.5

Vector = dict[str, float]


class _Posts(NamedTuple):
    texts: tuple[str, ...]
    vectors: tuple[Vector, ...]
    rarity: Vector


def nearest_examples(text: Analysed, n: int = 2, *, own: Iterable[str] = ()) -> list[Example]:
    """Posts of the same language that speak of like things, nearest first.

    Parameters
    ----------
    text : Analysed
        The post.
    n : int
        At most so many; posts with nothing in common are not shown.
    own : iterable of str
        The guide's own examples; at equal nearness they come first.

    Returns
    -------
    list of Example
        Nearness is the cosine of TF-IDF vectors of lemmas, compound parts counted by half.

    Examples
    --------
    >>> [post] = load_pipeline("fast").analyse([tokenize("The night train from Kolari was three hours late.")], "en")
    >>> nearest_examples(post, 1)[0].nearness > 0.1
    True
    """
    found: list[Example] = []
    for texts, source in ((tuple(own), "guide"), (None, "corpora")):
        posts = _posts(text.language, texts)
        wanted = _weighted(_counts(text), posts.rarity)
        nearness = [_cosine(wanted, vector) for vector in posts.vectors]
        found += [Example(t, c, source) for t, c in zip(posts.texts, nearness, strict=True) if _LEAST < c < _SAME]
    return sorted(found, key=lambda example: (-example.nearness, example.source != "guide"))[:n]


@lru_cache(maxsize=8)
def _posts(language: str, texts: tuple[str, ...] | None) -> _Posts:
    """Posts with their vectors; the shipped ones where no texts are given."""
    chosen = _shipped(language) if texts is None else texts
    analysed = list(load_pipeline("fast").analyse([tokenize(one) for one in chosen], language))
    counts = [_counts(one) for one in analysed]
    among = Counter(word for one in counts for word in one)
    rarity = {word: math.log((1 + len(chosen)) / (1 + n)) + 1 for word, n in among.items()}
    return _Posts(chosen, tuple(_weighted(one, rarity) for one in counts), rarity)


def _shipped(language: str) -> tuple[str, ...]:
    path = resources.files("toneguide.suggest") / "data" / f"examples_{language}.jsonl"
    return tuple(json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())


def _counts(text: Analysed) -> Vector:
    counts: Vector = {}
    for i in range(len(text.tokens)):
        word = text.type_at(i)
        if word.is_word and word.pos in _CONTENT and word.lemma not in ("be", "olla", "have", "do"):
            parts: Sequence[tuple[str, float]] = [(word.lemma, 1.0)]
            if len(word.parts) > 1:
                parts = [(word.lemma, 1.0), *((part, _COMPOUND_PART) for part in word.parts)]
            for piece, amount in parts:
                counts[piece] = counts.get(piece, 0.0) + amount
    return counts


def _weighted(counts: Vector, rarity: Vector) -> Vector:
    vector = {word: (1 + math.log(n) if n > 1 else n) * rarity[word] for word, n in counts.items() if word in rarity}
    size = math.sqrt(sum(value * value for value in vector.values()))
    return {word: value / size for word, value in vector.items()} if size else {}


def _cosine(one: Vector, other: Vector) -> float:
    small, large = (one, other) if len(one) < len(other) else (other, one)
    return sum(value * large.get(word, 0.0) for word, value in small.items())
