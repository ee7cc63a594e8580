"""Kindred words: the vocabulary of a value's behaviours, so that a deed told in other words than the lists' is seen too.

A word weighs the more the rarer it is in the language and the fewer values it speaks for. The value's own names weigh nothing here: saying is not
doing.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from toneguide.values.library import library_ids, library_value
from toneguide.values.phrases import AGAINST, NAME, NEGATOR, RELATED, SHOWN, WORD, Phrase, parse_phrase, rank_of

__all__ = ["Kindred"]

_LEAST: Final = 0.12
_RAREST: Final = 60_000
# So fine that nobody sees it, so coarse that sums are the same in any order.
_STEPS: Final = 2**30


class Kindred:
    """Weights of words for what shows each value and what goes against it.

    Parameters
    ----------
    phrases : iterable of Phrase
        Of a guide.
    n_values : int
        How many values it has.
    language : {"fi", "en"}
        Of the phrases.
    """

    def __init__(self, phrases: Iterable[Phrase], n_values: int, language: str) -> None:
        own: dict[int, set[str]] = {}
        told: list[tuple[int, int, str]] = []
        for phrase in phrases:
            if phrase.role in (NAME, WORD, RELATED):
                own.setdefault(phrase.value, set()).update(phrase.elements)
            elif phrase.role in (SHOWN, AGAINST):
                told += [(phrase.value, int(phrase.role == AGAINST), element) for element in phrase.elements]
        self._weights: dict[str, dict[int, float]] = {}
        for value, side, element in dict.fromkeys(told):
            weight = _weight(element, language)
            if weight >= _LEAST and element not in own.get(value, ()):
                self._weights.setdefault(element, {})[side * n_values + value] = round(weight * _STEPS) / _STEPS

    def weights(self, elements: Mapping[str, float]) -> dict[int, float]:
        """What a word weighs for showing each value, then for going against each, where it weighs anything."""
        found: dict[int, float] = {}
        for element in elements:
            for place, weight in self._weights.get(element, {}).items():
                found[place] = max(found.get(place, 0.0), weight)
        return found


def _weight(element: str, language: str) -> float:
    if element == NEGATOR:
        return 0.0
    shared, n_values = _shared(language)
    particular = 1 - math.log(max(1, shared.get(element, 1))) / math.log(n_values)
    rank = rank_of(element.removeprefix("="), language)
    return particular * math.log(2 + min(rank, _RAREST)) / math.log(2 + _RAREST)


@lru_cache(maxsize=None)
def _shared(language: str) -> tuple[dict[str, int], int]:
    """How many of the library's values a word speaks for."""
    counts: Counter[str] = Counter()
    ids = library_ids(language)
    for wanted in ids:
        record = library_value(wanted, language)
        if record is not None:
            wording = record.wording
            phrases = (*wording.words, *wording.shown_by, *wording.against)
            counts.update({element for phrase in phrases for element in parse_phrase(phrase, language)[0]})
    return dict(counts), max(2, len(ids))
