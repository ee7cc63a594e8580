"""Values in a post: named by their words, shown by deeds, contradicted by words that go against them.

A value is *named* where its words stand, in any inflected form; it is *shown* where somebody did something of its kind;
its *alignment* is both, less what goes *against* it. A negation lowers the alignment, never what is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt

from toneguide.language.analysis import Analysed, TypeTable
from toneguide.values.deeds import PAST, is_one, marks_of, narrative
from toneguide.values.evidence import Hit, View, addends_of
from toneguide.values.kindred import Kindred
from toneguide.values.parts import NOTHING, Addend, ValuePart, ValueScore, score_of, score_of_deed
from toneguide.values.phrases import NAME, WORD, Phrase, PhraseIndex, phrases_of, together
from toneguide.values.value import Value, Values, read_value, read_values
from toneguide.values.words import content_words

__all__ = ["Value", "ValueFinder", "ValuePart", "ValueScore", "Values", "content_words", "read_value", "read_values"]

# A type begins something to look at, may stand inside a longer phrase, or is of the kin of some value.
_BEGINS, _INSIDE, _KIN = 1, 2, 4
_NAMES: Final = (NAME, WORD)
# What a kindred word of weight 1 adds in a post that tells a deed; fewer than this much is chance, more than that much adds no more.
_KINDRED, _LEAST_KIN, _MOST_KIN = 0.45, 0.7, 2.0
# In a longer post some are there by chance.
_USUAL_WORDS: Final = 40
# What it is worth by itself that a deed is told: 20 points, the same for all values, and nothing for their alignment.
_STORY: Final = 0.223

Negated = Callable[[Analysed], Iterable[int]]


class _Types:
    """What every type of a table means to the phrases, worked out once per type."""

    def __init__(self, index: PhraseIndex, kindred: Kindred, n_values: int, table: TypeTable) -> None:
        self._index, self._kindred, self._table = index, kindred, table
        self.kin: npt.NDArray[np.float64] = np.zeros((256, 2 * n_values), dtype=np.float64)
        self.past: npt.NDArray[np.int8] = np.zeros(256, dtype=np.int8)
        self.titles: npt.NDArray[np.int8] = np.zeros(256, dtype=np.int8)
        self.flags: npt.NDArray[np.int8] = np.zeros(256, dtype=np.int8)
        self.elements: list[dict[str, float]] = []
        self.singles: list[tuple[int, ...]] = []
        self.anchored: list[tuple[int, ...]] = []
        self.halves: list[tuple[int, ...]] = []
        self.marks: list[int] = []
        self.ones: list[bool] = []

    def upto_date(self) -> _Types:
        types, filled = self._table.types, len(self.elements)
        if filled < len(types):
            if len(types) > len(self.flags):
                more = max(len(types), 2 * len(self.flags)) - len(self.flags)
                self.flags = np.concatenate([self.flags, np.zeros(more, dtype=np.int8)])
                self.past = np.concatenate([self.past, np.zeros(more, dtype=np.int8)])
                self.titles = np.concatenate([self.titles, np.zeros(more, dtype=np.int8)])
                self.kin = np.concatenate([self.kin, np.zeros((more, self.kin.shape[1]), dtype=np.float64)])
            for i in range(filled, len(types)):
                elements = self._index.elements_of(types[i])
                self.elements.append(elements)
                self.singles.append(self._index.singles(elements) if elements else ())
                self.anchored.append(self._index.anchored(elements) if elements else ())
                self.halves.append(self._index.halves(elements) if elements else ())
                self.marks.append(marks_of(types[i], self._table.language))
                self.ones.append(types[i].form == "yhdessä")
                self.past[i] = bool(self.marks[i] & PAST)
                self.titles[i] = types[i].shape == "Title" and types[i].person == 0
                row = self._kindred.row(elements)
                if row is not None:
                    self.kin[i] = row
                self.flags[i] = (
                    _KIN * (row is not None)
                    + _BEGINS * bool(self.singles[i] or self.anchored[i] or self.halves[i])
                    + _INSIDE * bool(elements)
                )
        return self


class ValueFinder:
    """Finds a guide's values in analysed texts; all values share one index of phrases.

    Parameters
    ----------
    values : iterable of Value
        In the guide's order.
    language : str
        Of the texts.
    """

    def __init__(self, values: Iterable[Value], language: str) -> None:
        self.language = language
        self.values = tuple(values)
        closely = {word for value in self.values for name in (value.name, *value.wording(language).words) for word in content_words(name)}
        phrases = tuple(phrases_of(self.values, language))
        self._index = PhraseIndex(phrases, language, closely)
        self._kindred = Kindred(phrases, len(self.values), language)
        self._tables: dict[TypeTable, _Types] = {}

    def score(self, text: Analysed, negated: Iterable[int] = ()) -> tuple[ValueScore, ...]:
        """Scores of all values, in order.

        Parameters
        ----------
        text : Analysed
            The text.
        negated : iterable of int
            Tokens in the scope of a negation.
        """
        found, unseen = self.find(text, lambda _: negated) if self.values else ({}, NOTHING)
        return tuple(found.get(v, unseen) for v in range(len(self.values)))

    def find(self, text: Analysed, negated: Negated) -> tuple[dict[int, ValueScore], ValueScore]:
        """Scores of the values that a text touches, by their number, and the one score of all others.

        Parameters
        ----------
        text : Analysed
            The text.
        negated : callable
            Gives the tokens in the scope of a negation; asked only where a value is touched.
        """
        types = self._types(text.table)
        flags = types.flags[text.ids]
        story = self._story(types, text)
        shown, against = self._kin(types, text, flags & _KIN, story) if story else ({}, {})
        found: dict[int, ValueScore] = {}
        begins = np.flatnonzero(flags & _BEGINS).tolist()
        if begins:
            ids = text.ids.tolist()
            view = View(text, [types.marks[t] for t in ids], negated)
            hits = self._hits(types, view, begins, np.flatnonzero(flags & _INSIDE).tolist())
            for v, (whole, halves) in hits.items():
                addends = addends_of(view, whole, halves)
                kin = shown.pop(v, 0.0), against.get(v, 0.0)
                if any(addend.kind == "negated" for addend in addends):
                    # A deed that is denied was not done, in whatever words.
                    kin = 0.0, kin[1]
                if addends or any(kin):
                    later = partial(self._later, types, text, v, kin, story, addends)
                    found[v] = score_of(addends, text.tokens, later, kin, _STORY * story)
        for v, amount in shown.items():
            found[v] = score_of_deed(amount, _STORY * story, text.tokens, partial(self._later, types, text, v, (amount, 0.0), story, ()))
        others = score_of_deed(0.0, _STORY * story, text.tokens, partial(_deed, types, text, story)) if story else NOTHING
        return found, others

    def _hits(self, types: _Types, view: View, begins: list[int], inside: list[int]) -> dict[int, tuple[list[Hit], list[Phrase]]]:
        """Phrases that stand whole and names that are hinted at, by value."""
        ids, phrases, sets = view.text.ids.tolist(), self._index.phrases, self._index.sets
        found: dict[int, tuple[list[Hit], list[Phrase]]] = {}
        longer: set[int] = set()
        halves: list[int] = []
        for i in begins:
            t = ids[i]
            if types.ones[t] and is_one(view.text, i):
                continue
            for n in types.singles[t]:
                found.setdefault(phrases[n].value, ([], []))[0].append(Hit(phrases[n], (i,)))
            longer.update(types.anchored[t])
            halves += types.halves[t]
        if longer:
            present = frozenset(chain.from_iterable(types.elements[ids[i]] for i in inside))
            longer = {n for n in longer if sets[n] <= present}
        if longer or halves:
            view.look(types.elements, ids, inside)
        for n in sorted(longer):
            whole = self._whole(view, phrases[n])
            if whole:
                found.setdefault(phrases[n].value, ([], []))[0].extend(whole)
        for n in dict.fromkeys(halves):
            found.setdefault(phrases[n].value, ([], []))[1].append(phrases[n])
        return found

    def _story(self, types: _Types, text: Analysed) -> float:
        """0-1: how far a text tells what somebody did."""
        n_past = int(types.past[text.ids].sum())
        return narrative(n_past, _names(types, text)) if n_past else 0.0

    def _kin(
        self, types: _Types, text: Analysed, of_kin: npt.NDArray[np.int8], story: float
    ) -> tuple[dict[int, float], dict[int, float]]:  # fmt: skip
        """What kindred words add to the values shown and gone against, in a text that tells what happened."""
        # A word counts once, however often it stands.
        ids = list(set(text.ids[of_kin != 0].tolist()))
        sums = types.kin[ids].sum(axis=0) * min(1.0, _USUAL_WORDS / max(1, text.n_words))
        n = len(self.values)
        places = np.flatnonzero(sums >= _LEAST_KIN).tolist()
        margins = {v: story * _KINDRED * min(float(sums[v]), _MOST_KIN) for v in places}
        return {v: m for v, m in margins.items() if v < n}, {v - n: m for v, m in margins.items() if v >= n}

    def _later(
        self, types: _Types, text: Analysed, v: int, kin: tuple[float, float], story: float, addends: tuple[Addend, ...]
    ) -> tuple[Addend, ...]:  # fmt: skip
        """All addends of a value, when somebody asks."""
        told = (*self._told(types, text, v, kin[0], "shown"), *self._told(types, text, v, kin[1], "against"))
        return (*addends, *told, *_deed(types, text, story))

    def _told(self, types: _Types, text: Analysed, v: int, amount: float, dimension: str) -> tuple[Addend, ...]:
        """The kindred words of one value, each with its share of what they add."""
        if not amount:
            return ()
        column = types.kin[text.ids, v + (len(self.values) if dimension == "against" else 0)]
        places = np.flatnonzero(column).tolist()
        total = float(column[places].sum())
        return tuple(Addend(dimension, amount * float(column[i]) / total, "kindred", (i,)) for i in places)

    def _whole(self, view: View, phrase: Phrase) -> list[Hit]:
        """Places where a longer phrase stands whole, within a sentence unless it names a value."""
        whole = self._index.is_whole
        there = sorted((i, e) for e in phrase.elements for i, s in view.there.get(e, ()) if whole(s, phrase.role))
        places = together(there, len(phrase.elements), phrase.reach)
        return [Hit(phrase, p) for p in places if phrase.role in _NAMES or view.sentence(p[0]) == view.sentence(p[-1])]

    def _types(self, table: TypeTable) -> _Types:
        found = self._tables.get(table)
        if found is None:
            found = self._tables[table] = _Types(self._index, self._kindred, len(self.values), table)
        return found.upto_date()


def _names(types: _Types, text: Analysed) -> int:
    """Capitalised words inside sentences."""
    return int(types.titles[text.ids].sum()) - int(types.titles[text.ids[text.tokens.sentences]].sum())


def _deed(types: _Types, text: Analysed, story: float) -> tuple[Addend, ...]:
    """What it is worth that something is told, shared by the past verbs."""
    places = np.flatnonzero(types.past[text.ids]).tolist() if story else []
    return tuple(Addend("told", _STORY * story / len(places), "past", (i,)) for i in places)
