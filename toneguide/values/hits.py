"""Phrases of values in a row of posts: which stand whole, and which names are hinted at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from toneguide.language.chunks import Ints
from toneguide.values.deeds import is_one
from toneguide.values.phrases import NAME, WORD, Phrase, PhraseIndex, together
from toneguide.values.row import Row
from toneguide.values.types import NUMERAL, SINGLE, STARTS, ValueTypes
from toneguide.values.words import COMPOUND, OWN

__all__ = ["Found", "Hit", "There", "find_phrases"]

# Where the elements of phrases stand in a post, and how fully.
There = dict[str, list[tuple[int, float]]]
_NAMES: Final = (NAME, WORD)
_ROOM: Final = 50


class Hit(NamedTuple):
    """A phrase that stands whole, at tokens ``places``."""

    phrase: Phrase
    places: tuple[int, ...]


class Found(NamedTuple):
    """What a post has of a value: phrases that stand whole, and names that are hinted at."""

    hits: list[Hit]
    halves: list[Phrase]


def find_phrases(types: ValueTypes, index: PhraseIndex, row: Row) -> tuple[dict[tuple[int, int], Found], dict[int, There]]:
    """What the posts have of the values, by post and value, and where the elements of what was looked at stand, by post.

    Parameters
    ----------
    types : ValueTypes
        Of the row's table.
    index : PhraseIndex
        All phrases.
    row : Row
        The posts.
    """
    phrases, ids = index.phrases, row.text.ids
    flags = types.flags[ids]
    at = np.flatnonzero(flags & (SINGLE | STARTS))
    numerals = [i for i in at[(flags[at] & NUMERAL) != 0].tolist() if is_one(row.text, i)]
    if numerals:
        at = at[~np.isin(at, numerals)]
    found: dict[tuple[int, int], Found] = {}
    alone = at[(flags[at] & SINGLE) != 0]
    numbers, sizes = types.singles.of(ids[alone])
    for post, i, n in _triples(np.repeat(row.post[alone], sizes), np.repeat(alone, sizes), numbers):
        _at(found, post, phrases[n].value).hits.append(Hit(phrases[n], (i,)))
    at = at[(flags[at] & STARTS) != 0]
    elements = _Standing(types, row)
    longer, halves = _longer(types, index, elements, at), _halves(types, row, at)
    there = _there(index, elements, [*longer, *halves])
    for post, n in longer:
        whole = _whole(row, there.get(post, {}), phrases[n], index)
        if whole:
            _at(found, post, phrases[n].value).hits.extend(whole)
    for post, n in halves:
        _at(found, post, phrases[n].value).halves.append(phrases[n])
    return found, there


def _at(found: dict[tuple[int, int], Found], post: int, value: int) -> Found:
    one = found.get((post, value))
    if one is None:
        one = found[post, value] = Found([], [])
    return one


class _Standing:
    """All elements that stand in the posts: at which token, which, and how fully."""

    def __init__(self, types: ValueTypes, row: Row) -> None:
        self.row = row
        self.elements, self.strengths, sizes = types.elements.weighted(row.text.ids)
        self.at = np.repeat(np.arange(len(row.post)), sizes)


def _triples(*columns: Ints) -> Iterable[tuple[int, int, int]]:
    return zip(*(column.tolist() for column in columns), strict=True)


def _longer(types: ValueTypes, index: PhraseIndex, standing: _Standing, at: Ints) -> list[tuple[int, int]]:
    """Posts, and phrases of several words whose elements are all there: in one sentence, but for those that name a value."""
    row = standing.row
    numbers, sizes = types.anchored.of(row.text.ids[at])
    if not len(numbers):
        return []
    at = np.repeat(at, sizes)
    n_posts, n_elements = row.n_posts, len(index.numbers)
    full = (standing.strengths == OWN) | (standing.strengths == COMPOUND)
    held, where = standing.elements[full], standing.at[full]
    places = np.concatenate([row.post[where] * n_elements + held, (row.sentence[where] + n_posts) * n_elements + held])
    # Two may share a place in a table this small: then a phrase too many is looked at.
    present: npt.NDArray[np.bool_] = np.zeros(1 << (_ROOM * len(places)).bit_length(), dtype=bool)
    last = len(present) - 1
    present[places & last] = True
    scope = np.where(index.is_name[numbers], row.post[at], row.sentence[at] + n_posts) * n_elements
    for k in range(index.elements.shape[1]):
        element = index.elements[numbers, k]
        stays = (element == n_elements) | present[(scope + element) & last]
        scope, numbers, at = scope[stays], numbers[stays], at[stays]
    return sorted(set(zip(row.post[at].tolist(), numbers.tolist(), strict=True)))


def _halves(types: ValueTypes, row: Row, at: Ints) -> list[tuple[int, int]]:
    """Posts, and names that some of their words hint at, in the order of those words."""
    numbers, sizes = types.halves.of(row.text.ids[at])
    return list(dict.fromkeys(zip(np.repeat(row.post[at], sizes).tolist(), numbers.tolist(), strict=True)))


def _there(index: PhraseIndex, standing: _Standing, wanted: list[tuple[int, int]]) -> dict[int, There]:
    """Where the elements of phrases stand in the posts in which they are wanted."""
    found: dict[int, There] = {}
    if not wanted:
        return found
    row = standing.row
    posts, numbers = np.array(wanted, dtype=np.int64).T
    asked: npt.NDArray[np.bool_] = np.zeros((row.n_posts, len(index.numbers) + 1), dtype=bool)
    asked[posts[:, None], index.elements[numbers]] = True
    held = np.flatnonzero(asked[row.post[standing.at], standing.elements])
    at = standing.at[held]
    columns = row.post[at], at, standing.elements[held], standing.strengths[held]
    for post, i, n, strength in zip(*(column.tolist() for column in columns), strict=True):
        found.setdefault(post, {}).setdefault(index.names[n], []).append((i, strength))
    return found


def _whole(row: Row, there: There, phrase: Phrase, index: PhraseIndex) -> list[Hit]:
    """Places where a longer phrase stands whole, within a sentence unless it names a value."""
    standing = sorted((i, e) for e in phrase.elements for i, strength in there.get(e, ()) if index.is_whole(strength, phrase.role))
    places = together(standing, len(phrase.elements), phrase.reach)
    return [Hit(phrase, p) for p in places if phrase.role in _NAMES or row.sentence[p[0]] == row.sentence[p[-1]]]
