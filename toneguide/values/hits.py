"""Phrases of values in a row of posts: which stand whole, and which names are hinted at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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

# Where the elements of a post stand, and how fully.
There = Mapping[str, list[tuple[int, float]]]
_NAMES: Final = (NAME, WORD)
_NOWHERE: Final[There] = {}
_ROOM: Final = 50


class Hit(NamedTuple):
    """A phrase that stands whole, at tokens ``places``."""

    phrase: Phrase
    places: tuple[int, ...]


class Found(NamedTuple):
    """What a post has of a value: phrases that stand whole, names that are hinted at, and where their elements stand."""

    hits: list[Hit]
    halves: list[Phrase]
    there: There


def find_phrases(types: ValueTypes, index: PhraseIndex, row: Row) -> dict[tuple[int, int], Found]:
    """What the posts have of the values, by post and value.

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
    longer, halves = _longer(types, index, row, at), _halves(types, row, at)
    there = _there(types, index, row, [*longer, *halves])
    for post, n in longer:
        whole = _whole(row, there.get(post, _NOWHERE), phrases[n], index)
        if whole:
            _at(found, post, phrases[n].value).hits.extend(whole)
    for post, n in halves:
        _at(found, post, phrases[n].value).halves.append(phrases[n])
    return {key: one._replace(there=there.get(key[0], _NOWHERE)) for key, one in found.items()} if halves else found


def _at(found: dict[tuple[int, int], Found], post: int, value: int) -> Found:
    one = found.get((post, value))
    if one is None:
        one = found[post, value] = Found([], [], _NOWHERE)
    return one


def _triples(*columns: Ints) -> Iterable[tuple[int, int, int]]:
    return zip(*(column.tolist() for column in columns), strict=True)


def _longer(types: ValueTypes, index: PhraseIndex, row: Row, at: Ints) -> list[tuple[int, int]]:
    """Posts, and phrases of several words whose elements are all there: in one sentence, but for those that name a value."""
    numbers, sizes = types.anchored.of(row.text.ids[at])
    if not len(numbers):
        return []
    at = np.repeat(at, sizes)
    n_posts, n_elements = row.n_posts, len(index.numbers)
    elements, strengths, each = types.elements.weighted(row.text.ids)
    full = (strengths == OWN) | (strengths == COMPOUND)
    held = elements[full]
    # Two elements may share a place in a table this small: a phrase too many is looked at.
    places = np.concatenate([np.repeat(where, each)[full] * n_elements + held for where in (row.post, row.sentence + n_posts)])
    present: npt.NDArray[np.bool_] = np.zeros(max(1, min((n_posts + len(row.sentences)) * n_elements, _ROOM * len(places))), dtype=bool)
    present[places % len(present)] = True
    scope = np.where(index.is_name[numbers], row.post[at], row.sentence[at] + n_posts) * n_elements
    for k in range(index.elements.shape[1]):
        element = index.elements[numbers, k]
        stays = (element == n_elements) | present[(scope + element) % len(present)]
        scope, numbers, at = scope[stays], numbers[stays], at[stays]
    return sorted(set(zip(row.post[at].tolist(), numbers.tolist(), strict=True)))


def _halves(types: ValueTypes, row: Row, at: Ints) -> list[tuple[int, int]]:
    """Posts, and names that some of their words hint at, in the order of those words."""
    numbers, sizes = types.halves.of(row.text.ids[at])
    return list(dict.fromkeys(zip(np.repeat(row.post[at], sizes).tolist(), numbers.tolist(), strict=True)))


def _there(types: ValueTypes, index: PhraseIndex, row: Row, wanted: list[tuple[int, int]]) -> dict[int, dict[str, list[tuple[int, float]]]]:
    """Where the elements of phrases stand in the posts in which they are wanted."""
    found: dict[int, dict[str, list[tuple[int, float]]]] = {}
    if not wanted:
        return found
    posts, numbers = np.array(wanted, dtype=np.int64).T
    asked: npt.NDArray[np.bool_] = np.zeros((row.n_posts, len(index.numbers) + 1), dtype=bool)
    asked[posts[:, None], index.elements[numbers]] = True
    elements, strengths, sizes = types.elements.weighted(row.text.ids)
    at = np.repeat(np.arange(len(row.post)), sizes)
    held = asked[row.post[at], elements]
    at = at[held]
    for post, i, n, strength in zip(row.post[at].tolist(), at.tolist(), elements[held].tolist(), strengths[held].tolist(), strict=True):
        found.setdefault(post, {}).setdefault(index.names[n], []).append((i, strength))
    return found


def _whole(row: Row, there: There, phrase: Phrase, index: PhraseIndex) -> list[Hit]:
    """Places where a longer phrase stands whole, within a sentence unless it names a value."""
    standing = sorted((i, e) for e in phrase.elements for i, strength in there.get(e, ()) if index.is_whole(strength, phrase.role))
    places = together(standing, len(phrase.elements), phrase.reach)
    return [Hit(phrase, p) for p in places if phrase.role in _NAMES or row.sentence[p[0]] == row.sentence[p[-1]]]
