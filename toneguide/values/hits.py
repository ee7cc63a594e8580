"""Phrases of values in a row of posts: which stand whole, and which names are hinted at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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


def find_phrases(types: ValueTypes, index: PhraseIndex, row: Row) -> Iterator[tuple[int, dict[int, Found], There]]:
    """Posts that have something of a value: what they have, by value, and where the elements of what was looked at stand.

    Parameters
    ----------
    types : ValueTypes
        Of the row's table.
    index : PhraseIndex
        All phrases.
    row : Row
        The posts.
    """
    at, flags = _begins(types, row)
    standing = _Standing(types, row)
    alone, more = at[(flags & SINGLE) != 0], at[(flags & STARTS) != 0]
    singles, sizes = types.singles.of(row.text.ids[alone])
    alone = np.repeat(alone, sizes)
    longer, longer_in = _longer(types, index, standing, more)
    halves, sizes = types.halves.of(row.text.ids[more])
    halves_in = row.post[np.repeat(more, sizes)]
    where = standing.of(index, np.append(longer_in, halves_in), np.append(longer, halves))
    # Post by post, each forgotten when it is done: an archive's worth of small objects would keep the garbage collector busy.
    lists = [
        (numbers.tolist(), _bounds(posts, row)) for numbers, posts in ((singles, row.post[alone]), (longer, longer_in), (halves, halves_in))
    ]
    places = alone.tolist()
    for post in np.unique(np.concatenate((row.post[alone], longer_in, halves_in))).tolist():
        first, last = lists[0][1][post : post + 2]
        of = [[index.phrases[n] for n in numbers[bounds[post] : bounds[post + 1]]] for numbers, bounds in lists]
        there = where(post) if of[1] or of[2] else {}
        hits = [Hit(phrase, (i,)) for phrase, i in zip(of[0], places[first:last], strict=True)]
        for phrase in of[1]:
            hits += _whole(row, there, phrase, index)
        found: dict[int, Found] = {}
        for hit in hits:
            found.setdefault(hit.phrase.value, Found([], [])).hits.append(hit)
        for phrase in dict.fromkeys(of[2]):
            found.setdefault(phrase.value, Found([], [])).halves.append(phrase)
        if found:
            yield post, found, there


def _begins(types: ValueTypes, row: Row) -> tuple[Ints, npt.NDArray[np.int8]]:
    """Tokens at which there is something to look at, and their flags."""
    flags = types.flags[row.text.ids]
    at = np.flatnonzero(flags & (SINGLE | STARTS))
    numerals = [i for i in at[(flags[at] & NUMERAL) != 0].tolist() if is_one(row.text, i)]
    if numerals:
        at = at[~np.isin(at, numerals)]
    return at, flags[at]


def _bounds(posts: Ints, row: Row) -> list[int]:
    """Where each post begins in a rising list of posts."""
    bounds: list[int] = np.searchsorted(posts, np.arange(row.n_posts + 1)).tolist()
    return bounds


class _Standing:
    """All elements that stand in the posts: at which token, which, and how fully."""

    def __init__(self, types: ValueTypes, row: Row) -> None:
        self.row = row
        self.elements, self.strengths, sizes = types.elements.weighted(row.text.ids)
        self.at = np.repeat(np.arange(len(row.post)), sizes)

    def of(self, index: PhraseIndex, posts: Ints, numbers: Ints) -> Callable[[int], There]:
        """Gives where the elements of some phrases stand in the post that each is wanted in."""
        row = self.row
        asked: npt.NDArray[np.bool_] = np.zeros((row.n_posts, len(index.numbers) + 1), dtype=bool)
        asked[posts[:, None], index.elements[numbers]] = True
        held = np.flatnonzero(asked[row.post[self.at], self.elements])
        bounds = _bounds(row.post[self.at[held]], row)
        at, elements, strengths = self.at[held].tolist(), self.elements[held].tolist(), self.strengths[held].tolist()

        def there(post: int) -> There:
            found: There = {}
            for k in range(bounds[post], bounds[post + 1]):
                found.setdefault(index.names[elements[k]], []).append((at[k], strengths[k]))
            return found

        return there


def _longer(types: ValueTypes, index: PhraseIndex, standing: _Standing, at: Ints) -> tuple[Ints, Ints]:
    """Phrases of several words whose elements are all there, and the posts they are in, by post: in one sentence, but for those that name a value."""
    row = standing.row
    numbers, sizes = types.anchored.of(row.text.ids[at])
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
    found = np.sort(row.post[at] * len(index.phrases) + numbers)
    posts, numbers = np.divmod(found[np.diff(found, prepend=-1) != 0], max(1, len(index.phrases)))
    return numbers, posts


def _whole(row: Row, there: There, phrase: Phrase, index: PhraseIndex) -> list[Hit]:
    """Places where a longer phrase stands whole, within a sentence unless it names a value."""
    whole = index.is_whole
    standing = sorted([(i, e) for e in phrase.elements for i, strength in there.get(e, ()) if whole(strength, phrase.role)])
    if len({e for _, e in standing}) < len(phrase.elements):
        return []
    places = together(standing, len(phrase.elements), phrase.reach)
    return [Hit(phrase, p) for p in places if phrase.role in _NAMES or row.sentence[p[0]] == row.sentence[p[-1]]]
