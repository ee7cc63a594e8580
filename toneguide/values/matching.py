"""Values in a post: named by their words, shown by deeds, contradicted by words that go against them.

A value is *named* where its words stand, in any inflected form; it is *shown* where somebody did something of its kind;
its *alignment* is both, less what goes *against* it. A negation lowers the alignment, never what is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt

from toneguide.language.analysis import Analysed, TypeTable
from toneguide.language.flat import FlatTexts
from toneguide.values.deeds import PAST, marks_of, narrative
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
_KINDRED, _LEAST_KIN, _MOST_KIN = 0.45, 0.15, 2.0
# What it is worth by itself that a deed is told: 20 points, the same for all values, and nothing for their alignment.
_STORY: Final = 0.223

Negated = Callable[[Analysed], Iterable[int]]


class _Types:
    """What every type of a table means to the phrases, worked out once per type."""

    def __init__(self, index: PhraseIndex, kindred: Kindred, n_values: int, table: TypeTable) -> None:
        self._index, self._kindred, self._table = index, kindred, table
        self.kin: npt.NDArray[np.float32] = np.zeros((256, 2 * n_values), dtype=np.float32)
        self.past: npt.NDArray[np.int8] = np.zeros(256, dtype=np.int8)
        self.titles: npt.NDArray[np.int8] = np.zeros(256, dtype=np.int8)
        self.flags: npt.NDArray[np.int8] = np.zeros(256, dtype=np.int8)
        self.elements: list[dict[str, float]] = []
        self.singles: list[tuple[int, ...]] = []
        self.anchored: list[tuple[int, ...]] = []
        self.halves: list[tuple[int, ...]] = []
        self.marks: list[int] = []

    def upto_date(self) -> _Types:
        types, filled = self._table.types, len(self.elements)
        if filled < len(types):
            if len(types) > len(self.flags):
                more = max(len(types), 2 * len(self.flags)) - len(self.flags)
                self.flags = np.concatenate([self.flags, np.zeros(more, dtype=np.int8)])
                self.past = np.concatenate([self.past, np.zeros(more, dtype=np.int8)])
                self.titles = np.concatenate([self.titles, np.zeros(more, dtype=np.int8)])
                self.kin = np.concatenate([self.kin, np.zeros((more, self.kin.shape[1]), dtype=np.float32)])
            for i in range(filled, len(types)):
                elements = self._index.elements_of(types[i])
                self.elements.append(elements)
                self.singles.append(self._index.singles(elements) if elements else ())
                self.anchored.append(self._index.anchored(elements) if elements else ())
                self.halves.append(self._index.halves(elements) if elements else ())
                self.marks.append(marks_of(types[i], self._table.language))
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
        found = self.find(text, lambda _: negated)
        unseen = self.unseen(text) if self.values else NOTHING
        return tuple(found.get(v, unseen) for v in range(len(self.values)))

    def find(self, text: Analysed, negated: Negated) -> dict[int, ValueScore]:
        """Scores of the values that a text touches, by their number; most texts touch few.

        Parameters
        ----------
        text : Analysed
            The text.
        negated : callable
            Gives the tokens in the scope of a negation; asked only where a value is touched.
        """
        types = self._types(text.table)
        flags = types.flags[text.ids]
        begins = np.flatnonzero(flags & _BEGINS).tolist()
        story = self._story(types, text)
        shown, against = self._kin(types, text, flags & _KIN, story) if story else ({}, {})
        if not begins and not shown:
            return {}
        ids = text.ids.tolist()
        hits: dict[int, list[Hit]] = {}
        longer: dict[int, None] = {}
        halves: dict[int, None] = {}
        for i in begins:
            t = ids[i]
            for n in types.singles[t]:
                phrase = self._index.phrases[n]
                hits.setdefault(phrase.value, []).append(Hit(phrase, (i,)))
            longer |= dict.fromkeys(types.anchored[t])
            halves |= dict.fromkeys(types.halves[t])
        inside = np.flatnonzero(flags & _INSIDE).tolist()
        if longer:
            present = frozenset().union(*(types.elements[ids[i]] for i in inside))
            longer = {n: None for n in longer if self._index.sets[n] <= present}
        found: dict[int, ValueScore] = {}
        if hits or longer or halves:
            view = View(text, [types.marks[t] for t in ids], negated)
            if longer or halves:
                view.look(types.elements, ids, inside)
            for n in sorted(longer):
                phrase = self._index.phrases[n]
                whole = self._whole(view, phrase)
                if whole:
                    hits.setdefault(phrase.value, []).extend(whole)
            hints: dict[int, list[Phrase]] = {}
            for n in halves:
                hints.setdefault(self._index.phrases[n].value, []).append(self._index.phrases[n])
            for v in hits.keys() | hints.keys():
                kin = (
                    *self._told(types, text, v, shown.get(v, 0.0), "shown"),
                    *self._told(types, text, v, against.get(v, 0.0), "against"),
                    *_deed(types, text, story),
                )
                addends = (*addends_of(view, hits.get(v, []), hints.get(v, [])), *kin)
                if addends:
                    found[v] = score_of(((text.tokens, addends),))
        for v, amount in shown.items():
            if v not in found:
                found[v] = score_of_deed(amount, _STORY * story, text.tokens, partial(self._later, types, text, v, amount, story))
        return found

    def touched(self, texts: FlatTexts) -> list[int]:
        """Texts that may touch a value; the alignment of all others is 0."""
        types = self._types(texts.whole.table)
        told = (types.flags[texts.whole.ids] & (_BEGINS | _KIN)) != 0
        post = np.repeat(np.arange(len(texts)), np.diff(texts.bounds))
        touched: list[int] = np.unique(post[told]).tolist()
        return touched

    def unseen(self, text: Analysed) -> ValueScore:
        """The score of the values that a text does not touch: a deed may be told, of whatever kind."""
        types = self._types(text.table)
        story = self._story(types, text)
        return score_of_deed(0.0, _STORY * story, text.tokens, partial(_deed, types, text, story)) if story else NOTHING

    def _story(self, types: _Types, text: Analysed) -> float:
        """0-1: how far a text tells what somebody did."""
        n_past = int(types.past[text.ids].sum())
        return narrative(n_past, _names(types, text)) if n_past else 0.0

    def _kin(
        self, types: _Types, text: Analysed, of_kin: npt.NDArray[np.int8], story: float
    ) -> tuple[dict[int, float], dict[int, float]]:  # fmt: skip
        """What kindred words add to the values shown and gone against, in a text that tells what happened."""
        # A word counts once, however often it stands.
        ids = np.unique(text.ids[of_kin != 0])
        sums = types.kin[ids].sum(axis=0)
        n = len(self.values)
        places = np.flatnonzero(sums >= _LEAST_KIN).tolist()
        margins = {v: story * _KINDRED * min(float(sums[v]), _MOST_KIN) for v in places}
        return {v: m for v, m in margins.items() if v < n}, {v - n: m for v, m in margins.items() if v >= n}

    def _later(self, types: _Types, text: Analysed, v: int, amount: float, story: float) -> tuple[Addend, ...]:
        return (*self._told(types, text, v, amount, "shown"), *_deed(types, text, story))

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
    titles = np.flatnonzero(types.titles[text.ids])
    return int(len(titles) - np.isin(titles, text.tokens.sentences).sum()) if len(titles) else 0


def _deed(types: _Types, text: Analysed, story: float) -> tuple[Addend, ...]:
    """What it is worth that something is told, shared by the past verbs."""
    places = np.flatnonzero(types.past[text.ids]).tolist() if story else []
    return tuple(Addend("told", _STORY * story / len(places), "past", (i,)) for i in places)
