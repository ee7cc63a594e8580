"""Phrases of values in a row of posts: which stand whole, and which names are hinted at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from toneguide.language.chunks import Ints, gather
from toneguide.values.deeds import is_one
from toneguide.values.phrases import RELATED, PhraseIndex, together
from toneguide.values.row import Row
from toneguide.values.types import HOLDS, NUMERAL, SINGLE, STARTS, TypedRow, ValueTypes
from toneguide.values.words import COMPOUND, OWN

__all__ = ["Bools", "Floats", "Hints", "Hits", "begins", "distinct", "find_phrases", "spread"]

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
_ROOM: Final = 16
_ZERO: Final = np.zeros(1, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Hits:
    """Phrases that stand whole.

    Attributes
    ----------
    post, number : numpy.ndarray of shape (n_hits,)
        Where each stands, and which phrase it is.
    starts : numpy.ndarray of shape (n_hits + 1,)
        Where its tokens begin in `places`.
    places : numpy.ndarray
        Tokens, rising within a hit.
    """

    post: Ints
    number: Ints
    starts: Ints
    places: Ints

    def __len__(self) -> int:
        return len(self.post)

    @property
    def first(self) -> Ints:
        """First token of each."""
        return self.places[self.starts[:-1]]

    @property
    def last(self) -> Ints:
        """Last token of each."""
        return self.places[self.starts[1:] - 1]

    def take(self, which: Ints) -> Hits:
        """Some of them."""
        places, sizes = gather(self.starts, which)
        return Hits(self.post[which], self.number[which], np.append(0, np.cumsum(sizes)), self.places[places])


@dataclass(frozen=True, slots=True)
class Hints:
    """Names that are at least hinted at, and where: an entry for each token that stands for an element of one.

    Attributes
    ----------
    post, number : numpy.ndarray of shape (n_hints,)
        As in `Hits`.
    of, element, token : numpy.ndarray of shape (n_entries,)
        Which hint, which of its elements, where.
    strength : numpy.ndarray of shape (n_entries,)
        How fully the token stands for the element.
    """

    post: Ints
    number: Ints
    of: Ints
    element: Ints
    token: Ints
    strength: Floats


def begins(keys: Ints) -> Ints:
    """Where each run of equal numbers begins."""
    if len(keys) < 2:
        return np.arange(len(keys))
    return np.concatenate((_ZERO, (keys[1:] != keys[:-1]).nonzero()[0] + 1))


def distinct(keys: Ints) -> Ints:
    """Numbers without repetition, rising."""
    keys = np.sort(keys)
    return keys[begins(keys)]


def spread(first: Ints, sizes: Ints) -> Ints:
    """So many numbers from each first one on, one run after the other."""
    ends = np.cumsum(sizes)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(first - ends + sizes, sizes)


def find_phrases(typed: TypedRow, index: PhraseIndex) -> tuple[Hits, Hints]:
    """What posts have of values: phrases that stand whole, and names that are hinted at.

    Parameters
    ----------
    typed : TypedRow
        The posts.
    index : PhraseIndex
        All phrases.
    """
    row, types, flags, _ = typed
    at = _begins(flags, row)
    alone, more = at[(flags[at] & SINGLE) != 0], at[(flags[at] & STARTS) != 0]
    singles, sizes = types.singles.of(row.text.ids[alone])
    alone = np.repeat(alone, sizes)
    standing = _Standing(typed, index)
    scopes, numbers = standing.likely(types, more)
    halves, sizes = types.halves.of(row.text.ids[more])
    hinted = distinct(row.post[np.repeat(more, sizes)] * max(1, len(index.phrases)) + halves)
    hinted_in, hinted = np.divmod(hinted, max(1, len(index.phrases)))
    n = len(numbers)
    if not n and not len(hinted):
        return Hits(row.post[alone], singles, np.arange(len(alone) + 1), alone), _no_hints()
    of, element, token, strength = standing.of(np.concatenate((scopes, hinted_in)), np.concatenate((numbers, hinted)))
    longer = _whole(index, row, numbers, of[of < n], element[of < n], token[of < n], strength[of < n])
    of, element, token, strength = of[of >= n] - n, element[of >= n], token[of >= n], strength[of >= n]
    hits = Hits(
        np.concatenate((row.post[alone], longer.post)),
        np.concatenate((singles, longer.number)),
        np.concatenate((np.arange(len(alone)), longer.starts + len(alone))),
        np.concatenate((alone, longer.places)),
    )
    return hits, Hints(hinted_in, hinted, of, element, token, strength)


def _no_hints() -> Hints:
    none = _ZERO[:0]
    return Hints(none, none, none, none, none, none.astype(float))


def _begins(flags: npt.NDArray[np.int8], row: Row) -> Ints:
    """Tokens at which there is something to look at."""
    at = np.flatnonzero(flags & (SINGLE | STARTS))
    numerals = [i for i in at[(flags[at] & NUMERAL) != 0].tolist() if is_one(row.text, i)]
    return at[~np.isin(at, numerals)] if numerals else at


class _Standing:
    """All elements that stand in the posts: at which token, which, and how fully.

    A scope is a post, or a sentence numbered on from the posts; the words of a name may stand in any sentence of its post.
    """

    def __init__(self, typed: TypedRow, index: PhraseIndex) -> None:
        row, types, flags, _ = typed
        self._index, self._row = index, row
        at = np.flatnonzero(flags & HOLDS)
        elements, strengths, sizes = types.elements.weighted(row.text.ids[at])
        at = np.repeat(at, sizes)
        named = np.flatnonzero(index.in_name[elements])
        self._n = len(index.numbers) + 1
        self._keys = np.concatenate((row.sentence[at] + row.n_posts, row.post[at[named]])) * self._n + np.concatenate(
            (elements, elements[named])
        )
        self._at, self._strengths = np.concatenate((at, at[named])), np.concatenate((strengths, strengths[named]))

    def likely(self, types: ValueTypes, at: Ints) -> tuple[Ints, Ints]:
        """Scopes and longer phrases that begin at these tokens, all of whose elements are there."""
        index, row = self._index, self._row
        numbers, sizes = types.anchored.of(row.text.ids[at])
        scope = np.repeat(row.sentence[at] + row.n_posts, sizes)
        named = np.flatnonzero(index.is_name[numbers])
        scope[named] = row.owner[scope[named] - row.n_posts]
        present, last = _present(self._keys)
        for column in index.columns:
            if not len(numbers):
                return numbers, numbers
            element = column[numbers]
            stays = np.flatnonzero((element == self._n - 1) | present[(scope * self._n + element) & last])
            scope, numbers = scope[stays], numbers[stays]
        found = distinct(scope * max(1, len(index.phrases)) + numbers)
        scope, numbers = np.divmod(found, max(1, len(index.phrases)))
        return scope, numbers

    def of(self, scopes: Ints, numbers: Ints) -> tuple[Ints, Ints, Ints, Floats]:
        """Where the elements of phrases stand: which of the phrases, which element, token and strength, by phrase, element and token."""
        elements = self._index.elements[numbers]
        of, element = np.nonzero(elements < self._n - 1)
        wanted = scopes[of] * self._n + elements[of, element]
        present, last = _present(wanted)
        held = np.flatnonzero(present[self._keys & last])
        held = held[np.argsort(self._keys[held], kind="stable")]
        keys = self._keys[held]
        first = np.searchsorted(keys, wanted)
        sizes = np.searchsorted(keys, wanted, side="right") - first
        which = held[spread(first, sizes)]
        return np.repeat(of, sizes), np.repeat(element, sizes), self._at[which], self._strengths[which]


def _present(keys: Ints) -> tuple[Bools, int]:
    """A table of what there is. Two may share a place in one this small: then something too many is looked at."""
    present: Bools = np.zeros(1 << (_ROOM * len(keys)).bit_length(), dtype=bool)
    last = len(present) - 1
    present[keys & last] = True
    return present, last


def _whole(index: PhraseIndex, row: Row, numbers: Ints, of: Ints, element: Ints, token: Ints, strength: Floats) -> Hits:
    """Places where longer phrases stand whole."""
    if not len(numbers):
        return Hits(numbers, numbers, _ZERO, numbers)
    particular = index.is_name[numbers] | (index.roles[numbers] == RELATED)
    full = (strength == OWN) | ((strength == COMPOUND) & ~particular[of])
    of, element, token = of[full], element[full], token[full]
    n, wanted = len(numbers), index.sizes[numbers]
    held = np.bincount(of[begins(of * index.elements.shape[1] + element)], minlength=n)
    n_tokens = np.bincount(of, minlength=n)
    clear = (held == wanted) & (n_tokens == wanted)
    # Each element stands once: then this is where. A token may stand for two of them.
    places = distinct((of * max(1, len(row.post)) + token)[clear[of]])
    which, places = np.divmod(places, max(1, len(row.post)))
    starts = begins(which)
    which, sizes = which[starts], np.diff(np.append(starts, len(which)))
    near = places[starts + sizes - 1] - places[starts] <= index.reaches[numbers[which]] if len(which) else which > 0
    found = Hits(row.post[places[starts]], numbers[which], np.append(starts, len(places)), places).take(np.flatnonzero(near))
    several = (held == wanted) & (n_tokens > wanted)
    return _joined(found, _search(index, row, numbers, several, of, element, token)) if several.any() else found


def _search(index: PhraseIndex, row: Row, numbers: Ints, several: Bools, of: Ints, element: Ints, token: Ints) -> Hits:
    """Places of phrases of which some element stands more than once."""
    standing: dict[int, list[tuple[int, int]]] = {}
    which = np.flatnonzero(several[of])
    for n, e, i in zip(of[which].tolist(), element[which].tolist(), token[which].tolist(), strict=True):
        standing.setdefault(n, []).append((i, e))
    found = [
        (numbers[n], places)
        for n, held in standing.items()
        for places in together(sorted(held), int(index.sizes[numbers[n]]), int(index.reaches[numbers[n]]))
    ]
    places = np.array([i for _, those in found for i in those], dtype=np.int64)
    starts = np.cumsum([0, *(len(those) for _, those in found)])
    return Hits(row.post[places[starts[:-1]]], np.array([number for number, _ in found], dtype=np.int64), starts, places)


def _joined(one: Hits, other: Hits) -> Hits:
    return Hits(
        np.concatenate((one.post, other.post)), np.concatenate((one.number, other.number)), np.concatenate((one.starts, other.starts[1:] + one.starts[-1])),
        np.concatenate((one.places, other.places)),
    )  # fmt: skip
