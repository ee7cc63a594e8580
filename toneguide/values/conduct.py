"""Conduct: how far a post tells of somebody going against what companies call their values, whatever the value.

Weights of words, of pairs of neighbours and of grammatical tags, learnt from example posts (``corpora/values``) and added up over a post. The
weights lie in a file that people can read (``data/conduct_fi.tsv``): ``=form`` is that form alone, ``lemma`` any form, ``a ... b`` has one word
between, ``#tag`` is a property of the word.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from toneguide.language.analysis import TypeTable
from toneguide.language.chunks import Ints
from toneguide.language.words import WordType
from toneguide.values.deeds import marks_of
from toneguide.values.row import Row

__all__ = ["LENGTH", "Conduct", "ToldAgainst", "Unit", "load_conduct", "unit_keys"]

_Floats = npt.NDArray[np.float64]
# Posts of very few words say little of what was done.
LENGTH: Final = 4.0
# Margins are those of a balanced set, while little in an archive goes against anything: 0 or 1 point for an ordinary post (margin -1.7), 12 for one
# that goes against a value more likely than not (0.6), 36 for a clear case (2.3), and none for the least likely.
_UNUSUAL, _WORTH, _LEAST = 1.2, 0.33, -2.0
_SLOTS: Final = 2**17
_SPREAD, _SHIFT = np.uint64(0x9E3779B97F4A7C15), np.uint64(64 - 17)
_MARKS: Final = "somebody past specific plan be lowering only regret title doubt state asks".split()


class Unit(NamedTuple):
    """A word or a pair that has a weight: where it stands, and what it adds to the margin."""

    places: tuple[int, ...]
    amount: float


def elements_of(word: WordType) -> tuple[str, str]:
    """What a word is in pairs: as it is written, and in any form; all names are one, all numbers, and all nouns that may be names."""
    if word.pos == "NUM" or (word.pos in ("PROPN", "NOUN", "X") and word.shape in ("Title", "Upper")):
        return f"=#{word.pos}", f"#{word.pos}"
    form = word.form.lower().replace(" ", "_")
    return f"={form}", word.lemma.lower().replace(" ", "_") or form


def single_keys(word: WordType, language: str) -> tuple[str, ...]:
    """Keys of a word by itself."""
    tags = [f"#{name}" for bit, name in enumerate(_MARKS) if marks_of(word, language) >> bit & 1]
    if word.is_word:
        tags.append(f"#{word.pos}")
        if word.person or word.tense or word.mood:
            tags.append(f"#{word.person or ''}{word.tense}{word.mood}")
    return tuple(dict.fromkeys((*elements_of(word), *tags)))


def unit_keys(words: list[WordType], language: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Keys of all words and pairs of a post, with where they stand."""
    elements = [elements_of(word) for word in words]
    for i, word in enumerate(words):
        yield from ((key, (i,)) for key in single_keys(word, language))
    for i, ((form, lemma), (next_form, next_lemma)) in enumerate(pairwise(elements)):
        yield f"{form} {next_form}", (i, i + 1)
        yield f"{lemma} {next_lemma}", (i, i + 1)
    for i, ((_, lemma), (_, later)) in enumerate(zip(elements, elements[2:], strict=False)):
        yield f"{lemma} ... {later}", (i, i + 2)


class ToldAgainst(NamedTuple):
    """How far posts tell of conduct against values.

    Attributes
    ----------
    amounts : numpy.ndarray of shape (n_posts,)
        What each adds to the margin of *against*: nothing for some, little for most, growing with its own margin.
    likely : numpy.ndarray of shape (n_posts,)
        0-1: how likely it is one that goes against a value, were half of all posts such.
    """

    amounts: _Floats
    likely: _Floats


class Conduct:
    """Weights of one language.

    Parameters
    ----------
    weights : mapping of str to float
        By key; ``""`` is the bias.
    language : {"fi", "en"}
        Of the posts.
    """

    def __init__(self, weights: Mapping[str, float], language: str) -> None:
        self._weights, self._language = dict(weights), language
        self._bias = self._weights.pop("", 0.0)
        # Two pairs that want one slot: the weightier has it, wherever this is worked out.
        pairs = [
            (_pair(key), weight) for key, weight in sorted(self._weights.items(), key=lambda item: (abs(item[1]), item[0])) if " " in key
        ]
        names = sorted({element for (first, second, _), _ in pairs for element in (first, second)})
        self._numbers = {element: number for number, element in enumerate(names, 1)}
        codes = np.array([self._numbers[a] << 32 | self._numbers[b] << 1 | apart for (a, b, apart), _ in pairs], dtype=np.int64)
        self._codes: Ints = np.full(_SLOTS, -1, dtype=np.int64)
        self._amounts: _Floats = np.zeros(_SLOTS)
        self._codes[_slots(codes)] = codes
        self._amounts[_slots(codes)] = [weight for _, weight in pairs]
        self._tables: dict[TypeTable, _Types] = {}

    def margins(self, row: Row) -> _Floats:
        """Margins of all posts of a row: above 0 where a post is more like those that go against a value.

        Returns
        -------
        numpy.ndarray of shape (n_posts,)
        """
        return self._margins(row)[0]

    def told(self, row: Row) -> ToldAgainst:
        """What the margins of all posts of a row are worth; nothing where no word of the post says so."""
        margins, speaks = self._margins(row)
        amounts = [_amount(margin) if spoken else 0.0 for margin, spoken in zip(margins.tolist(), speaks.tolist(), strict=True)]
        # Not an array's own exponential: it may differ in the last bit from machine to machine.
        likely = [1 / (1 + math.exp(min(-margin, 30.0))) for margin in margins.tolist()]
        return ToldAgainst(np.array(amounts), np.array(likely))

    def _margins(self, row: Row) -> tuple[_Floats, npt.NDArray[np.bool_]]:
        """Margins, and whether any word or pair of a post speaks for going against a value."""
        n = row.n_posts
        weights = self._types(row.text.table).weights[row.text.ids]
        total = np.bincount(row.post, weights, minlength=n)
        speaks = np.zeros(n, dtype=bool)
        speaks[row.post[weights > 0]] = True
        for places, _, amounts in self._pairs(row):
            total += np.bincount(row.post[places], amounts, minlength=n)
            speaks[row.post[places[amounts > 0]]] = True
        margins: _Floats = self._bias + total / np.sqrt(row.n_words + LENGTH)
        return margins, speaks

    def units(self, row: Row) -> list[Unit]:
        """The words and pairs of a row of one post that speak for going against a value, in text order."""
        weights = self._types(row.text.table).weights[row.text.ids].tolist()
        found = [Unit((i,), weight) for i, weight in enumerate(weights)]
        for places, step, amounts in self._pairs(row):
            found += [Unit((i, i + step), amount) for i, amount in zip(places.tolist(), amounts.tolist(), strict=True)]
        return sorted(unit for unit in found if unit.amount > 0)

    def _pairs(self, row: Row) -> Iterator[tuple[Ints, int, _Floats]]:
        """First places of pairs that have a weight, how far apart their words are, and the weights."""
        types, ids, post = self._types(row.text.table), row.text.ids, row.post
        for elements, step in ((types.forms, 1), (types.lemmas, 1), (types.lemmas, 2)):
            if len(ids) <= step:
                continue
            numbers = elements[ids]
            first, second = numbers[:-step], numbers[step:]
            at = np.flatnonzero((first > 0) & (second > 0) & (post[step:] == post[:-step]))
            codes = first[at] << 32 | second[at] << 1 | (step > 1)
            slots = _slots(codes)
            held = self._codes[slots] == codes
            yield at[held], step, self._amounts[slots[held]]

    def _types(self, table: TypeTable) -> _Types:
        found = self._tables.get(table)
        if found is None:
            # A pipeline forgets its table when it grows large; what was worked out for the old one goes with it.
            found = _Types(table)
            self._tables = {table: found}
        return found.upto_date(self._weights, self._numbers, self._language)


class _Types:
    """What the types of one table weigh by themselves, and their numbers in pairs; 0 where they are in none."""

    def __init__(self, table: TypeTable) -> None:
        self._table, self._filled = table, 0
        self.weights: _Floats = np.zeros(256)
        self.forms: Ints = np.zeros(256, dtype=np.int64)
        self.lemmas: Ints = np.zeros(256, dtype=np.int64)

    def upto_date(self, weights: Mapping[str, float], numbers: Mapping[str, int], language: str) -> _Types:
        size = len(self._table.types)
        if size > len(self.weights):
            more = max(size, 2 * len(self.weights)) - len(self.weights)
            self.weights = np.append(self.weights, np.zeros(more))
            self.forms, self.lemmas = (np.append(a, np.zeros(more, dtype=np.int64)) for a in (self.forms, self.lemmas))
        for i in range(self._filled, size):
            word = self._table.types[i]
            form, lemma = elements_of(word)
            self.weights[i] = sum(weights.get(key, 0.0) for key in single_keys(word, language))
            self.forms[i], self.lemmas[i] = numbers.get(form, 0), numbers.get(lemma, 0)
        self._filled = size
        return self


def _amount(margin: float) -> float:
    # Not an array's own exponential: it may differ in the last bit from machine to machine.
    return _WORTH * (_softplus(margin) - _softplus(_LEAST)) if margin > _LEAST else 0.0


def _softplus(margin: float) -> float:
    return math.log1p(math.exp(min(margin, 30.0) - _UNUSUAL))


def _pair(key: str) -> tuple[str, str, int]:
    first, *gap, second = key.split(" ")
    return first, second, int(bool(gap))


def _slots(codes: Ints) -> Ints:
    slots: Ints = ((codes.view(np.uint64) * _SPREAD) >> _SHIFT).view(np.int64)
    return slots


@lru_cache(maxsize=None)
def load_conduct(language: str) -> Conduct:
    """The shipped weights of a language."""
    text = (resources.files("toneguide.values") / "data" / f"conduct_{language}.tsv").read_text(encoding="utf-8")
    pairs = (line.rpartition("\t") for line in text.splitlines())
    return Conduct({key: float(weight) for key, _, weight in pairs}, language)
