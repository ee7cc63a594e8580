"""What every word type of a table means to the values of a guide, worked out once per type."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from toneguide.language.analysis import TypeTable
from toneguide.language.chunks import Ints, gather
from toneguide.values.deeds import Marks, marks_of
from toneguide.values.kindred import Kindred
from toneguide.values.phrases import PhraseIndex
from toneguide.values.row import Row

__all__ = ["HOLDS", "KIN", "NUMERAL", "SINGLE", "STARTS", "TITLE", "Groups", "TypedRow", "ValueTypes"]

# A type is a whole phrase, begins something to look at, is of the kin of some value, is capitalised, may be a numeral or "together", is part of a
# longer phrase or of a name.
SINGLE, STARTS, KIN, TITLE, NUMERAL, HOLDS = (1 << n for n in range(6))
_Floats = npt.NDArray[np.float64]
_FIRST_SIZE: Final = 256


class Groups:
    """Numbers of every type, with a weight each, type after type in one flat list."""

    def __init__(self) -> None:
        # Something stands before the first, as there is no view of an empty list.
        self._starts, self._items, self._weights = array("q", (1,)), array("q", (0,)), array("d", (0.0,))

    def append(self, items: Iterable[int], weights: Iterable[float] = ()) -> None:
        """The next type's numbers; weights are all there or none is."""
        self._items.extend(items)
        self._weights.extend(weights)
        self._starts.append(len(self._items))

    def of(self, types: Ints) -> tuple[Ints, Ints]:
        """Numbers of some types, one after the other, and how many each has."""
        places, sizes = gather(np.frombuffer(self._starts, np.int64), types)
        return np.frombuffer(self._items, np.int64)[places], sizes

    def weighted(self, types: Ints) -> tuple[Ints, _Floats, Ints]:
        """The same with their weights."""
        places, sizes = gather(np.frombuffer(self._starts, np.int64), types)
        return np.frombuffer(self._items, np.int64)[places], np.frombuffer(self._weights, np.float64)[places], sizes


class ValueTypes:
    """What the types of one table mean to the values.

    Attributes
    ----------
    flags, marks : numpy.ndarray
        Bits of each type: those above, and what it says about deeds.
    elements : Groups
        Elements of longer phrases and of names that it stands for, and how fully.
    singles, anchored, halves : Groups
        Phrases that it is, that it may begin, that it hints at.
    kin : Groups
        What it weighs for showing each value, and for going against each.
    """

    def __init__(self, index: PhraseIndex, kindred: Kindred, table: TypeTable) -> None:
        self._index, self._kindred, self._table = index, kindred, table
        self._filled = 0
        self.flags: npt.NDArray[np.int8] = np.zeros(_FIRST_SIZE, dtype=np.int8)
        self.marks: Marks = np.zeros(_FIRST_SIZE, dtype=np.int16)
        self.elements, self.singles, self.anchored, self.halves, self.kin = (Groups() for _ in range(5))

    def typed(self, row: Row) -> TypedRow:
        """A row of posts with what its types mean."""
        return TypedRow(row, self, self.flags[row.text.ids], self.marks[row.text.ids])

    def upto_date(self) -> ValueTypes:
        """The same with all types of the table in it."""
        size, have = len(self._table.types), len(self.flags)
        if self._filled < size:
            if size > have:
                more = max(size, 2 * have) - have
                self.flags = np.concatenate([self.flags, np.zeros(more, dtype=np.int8)])
                self.marks = np.concatenate([self.marks, np.zeros(more, dtype=np.int16)])
            for i in range(self._filled, size):
                self._fill(i)
            self._filled = size
        return self

    def _fill(self, i: int) -> None:
        index, word = self._index, self._table.types[i]
        elements = index.elements_of(word)
        singles, anchored, halves = index.singles(elements), index.anchored(elements), index.halves(elements)
        kin = self._kindred.weights(elements)
        looked_at = [(index.numbers[e], strength) for e, strength in elements.items() if e in index.numbers]
        self.elements.append([n for n, _ in looked_at], [strength for _, strength in looked_at])
        self.singles.append(singles)
        self.anchored.append(anchored)
        self.halves.append(halves)
        self.kin.append(kin, kin.values())
        self.marks[i] = marks_of(word, self._table.language)
        self.flags[i] = (
            SINGLE * bool(singles)
            + STARTS * bool(anchored or halves)
            + KIN * bool(kin)
            + TITLE * (word.shape == "Title" and word.person == 0)
            + NUMERAL * (word.form == "yhdessä")
            + HOLDS * bool(looked_at)
        )


class TypedRow(NamedTuple):
    """A row of posts, and what each of its tokens means to the values.

    Attributes
    ----------
    row : Row
        The posts.
    types : ValueTypes
        Of their table.
    flags, marks : numpy.ndarray of shape (n_tokens,)
        As in `ValueTypes`.
    """

    row: Row
    types: ValueTypes
    flags: npt.NDArray[np.int8]
    marks: Marks
