"""Values in a post: named by their words, shown by deeds, contradicted by words that go against them.

A value is *named* where its words stand, in any inflected form; it is *shown* where somebody did something of its kind;
its *alignment* is both, less what goes *against* it. A negation lowers the alignment, never what is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

import numpy as np
import numpy.typing as npt

from toneguide.language.analysis import Analysed, TypeTable
from toneguide.values.deeds import marks_of
from toneguide.values.evidence import Hit, View, addends_of
from toneguide.values.parts import NOTHING, ValuePart, ValueScore, score_of
from toneguide.values.phrases import NAME, WORD, Phrase, PhraseIndex, phrases_of, together
from toneguide.values.value import Value, Values, read_value, read_values
from toneguide.values.words import content_words

__all__ = ["Value", "ValueFinder", "ValuePart", "ValueScore", "Values", "content_words", "read_value", "read_values"]

# A type begins something to look at, or may stand inside a longer phrase.
_BEGINS, _INSIDE = 1, 2
_NAMES: Final = (NAME, WORD)

Negated = Callable[[Analysed], Iterable[int]]


class _Types:
    """What every type of a table means to the phrases, worked out once per type."""

    def __init__(self, index: PhraseIndex, table: TypeTable) -> None:
        self._index, self._table = index, table
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
            for i in range(filled, len(types)):
                elements = self._index.elements_of(types[i])
                self.elements.append(elements)
                self.singles.append(self._index.singles(elements) if elements else ())
                self.anchored.append(self._index.anchored(elements) if elements else ())
                self.halves.append(self._index.halves(elements) if elements else ())
                self.marks.append(marks_of(types[i], self._table.language))
                self.flags[i] = _BEGINS * bool(self.singles[i] or self.anchored[i] or self.halves[i]) + _INSIDE * bool(elements)
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
        self._index = PhraseIndex(phrases_of(self.values, language), language, closely)
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
        return tuple(found.get(v, NOTHING) for v in range(len(self.values)))

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
        if not begins:
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
        sets = self._index.sets
        if longer:
            inside = [types.elements[ids[i]] for i in np.flatnonzero(flags).tolist()]
            present = frozenset().union(*inside)
            longer = {n: None for n in longer if sets[n] <= present}
        if not (hits or longer or halves):
            return {}
        view = View(text, [types.marks[t] for t in ids], negated)
        hints: dict[int, list[Phrase]] = {}
        if longer or halves:
            view.look(types.elements, ids, np.flatnonzero(flags).tolist())
        for n in sorted(longer):
            phrase = self._index.phrases[n]
            whole = self._whole(view, phrase)
            if whole:
                hits.setdefault(phrase.value, []).extend(whole)
        for n in halves:
            hints.setdefault(self._index.phrases[n].value, []).append(self._index.phrases[n])
        found = {}
        for v in hits.keys() | hints.keys():
            addends = addends_of(view, hits.get(v, []), hints.get(v, []))
            if addends:
                found[v] = score_of(((text.tokens, addends),))
        return found

    def _whole(self, view: View, phrase: Phrase) -> list[Hit]:
        """Places where a longer phrase stands whole, within a sentence unless it names a value."""
        whole = self._index.is_whole
        there = sorted((i, e) for e in phrase.elements for i, s in view.there.get(e, ()) if whole(s, phrase.role))
        places = together(there, len(phrase.elements), phrase.reach)
        return [Hit(phrase, p) for p in places if phrase.role in _NAMES or view.sentence(p[0]) == view.sentence(p[-1])]

    def _types(self, table: TypeTable) -> _Types:
        found = self._tables.get(table)
        if found is None:
            found = self._tables[table] = _Types(self._index, table)
        return found.upto_date()
