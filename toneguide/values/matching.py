"""Values in a post: named by their words, shown by deeds, contradicted by words that go against them.

A value is *named* where its words stand, in any inflected form; it is *shown* where somebody did something of its kind;
its *alignment* is both, less what goes *against* it. A negation lowers the alignment, never what is named.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from toneguide.language.analysis import Analysed, TypeTable
from toneguide.values.deeds import LOWERING, ONLY, Deed, deed_of, marks_of
from toneguide.values.parts import NOTHING, ValuePart, ValueScore, score_of
from toneguide.values.phrases import AGAINST, EXCEPT, NAME, NEGATIONS, RELATED, SHOWN, Phrase, PhraseIndex, phrases_of, together
from toneguide.values.value import Value, Values, read_value, read_values
from toneguide.values.words import OWN, content_words

__all__ = ["Value", "ValueFinder", "ValuePart", "ValueScore", "Values", "content_words", "read_value", "read_values"]

# Margins: 60 points for a word once, half the way to 100 for each further one, four at most; 45 points for hints alone.
_FIRST, _NEXT, _HINTS, _MOST = math.log(2.5), math.log(2), -math.log(0.55), 4
_KIN: Final = 0.22
_DEED, _PROMISE, _TOUCHED, _AGAIN = 1.3, 0.12, 0.45, 0.5
_KEPT: Final = 0.7
_CONTRADICTED, _DENIED = 0.9, 0.35
_NEIGHBOUR: Final = 0.7
_ANCHOR, _ELEMENT = 1, 2

Negated = Callable[[Analysed], Iterable[int]]


class _Hit(NamedTuple):
    phrase: Phrase
    places: tuple[int, ...]


class _Types:
    """What every type of a table means to the phrases, worked out once per type."""

    def __init__(self, index: PhraseIndex, table: TypeTable) -> None:
        self._index, self._table = index, table
        self.flags: npt.NDArray[np.int8] = np.zeros(256, dtype=np.int8)
        self.elements: list[dict[str, float]] = []
        self.anchored: list[tuple[int, ...]] = []
        self.marks: list[int] = []

    def upto_date(self) -> _Types:
        types = self._table.types
        filled = len(self.elements)
        if filled < len(types):
            if len(types) > len(self.flags):
                self.flags = np.concatenate([self.flags, np.zeros(max(len(types), 2 * len(self.flags)) - len(self.flags), dtype=np.int8)])
            for i in range(filled, len(types)):
                elements = self._index.elements_of(types[i])
                anchored = self._index.anchored_by(elements)
                self.elements.append(elements)
                self.anchored.append(anchored)
                self.marks.append(marks_of(types[i], self._table.language))
                self.flags[i] = _ANCHOR * bool(anchored) + _ELEMENT * bool(elements)
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
        anchors = np.flatnonzero(flags & _ANCHOR).tolist()
        if not anchors:
            return {}
        ids = text.ids.tolist()
        numbers = dict.fromkeys(n for i in anchors for n in types.anchored[ids[i]])
        there: dict[str, list[tuple[int, float]]] = {}
        for i in np.flatnonzero(flags).tolist():
            for element, strength in types.elements[ids[i]].items():
                there.setdefault(element, []).append((i, strength))
        by_value: dict[int, list[tuple[int, Phrase]]] = {}
        for n in numbers:
            phrase = self._index.phrases[n]
            if phrase.role == NAME or all(element in there for element in phrase.elements):
                by_value.setdefault(phrase.value, []).append((n, phrase))
        if not by_value:
            return {}
        view = _View(text, [types.marks[i] for i in ids], there, negated)
        scores = ((v, score_of(_parts(view, [phrase for _, phrase in sorted(found)]))) for v, found in by_value.items())
        return {v: score for v, score in scores if score.parts}

    def _types(self, table: TypeTable) -> _Types:
        found = self._tables.get(table)
        if found is None:
            found = self._tables[table] = _Types(self._index, table)
        return found.upto_date()


class _View:
    """One text as the values see it."""

    def __init__(self, text: Analysed, marks: list[int], there: dict[str, list[tuple[int, float]]], negated: Negated) -> None:
        self.text, self.marks, self.there = text, marks, there
        self.ranges = text.tokens.sentence_ranges()
        self._ask = negated
        self._negated: frozenset[int] | None = None
        self._deeds: dict[int, Deed] = {}

    @property
    def negated(self) -> frozenset[int]:
        """Tokens under a negation that takes something away: not those of "not only"."""
        if self._negated is None:
            words, found = self.text.tokens.words, set(self._ask(self.text))
            for i, mark in enumerate(self.marks):
                if mark & ONLY and any(words[j].lower() in NEGATIONS[self.text.language] for j in range(max(0, i - 2), i)):
                    first = max(0, i - 2)
                    found -= set(range(first, self.ranges[self.sentence(i)][1]))
            self._negated = frozenset(found)
        return self._negated

    def sentence(self, i: int) -> int:
        return bisect_right(self.text.tokens.sentences, i) - 1

    def deed(self, number: int) -> Deed:
        if not 0 <= number < len(self.ranges):
            return Deed(0.0, -1, -1, -1, False)
        if number not in self._deeds:
            self._deeds[number] = deed_of(self.text, self.marks, *self.ranges[number])
        return self._deeds[number]

    def is_denied(self, places: tuple[int, ...]) -> bool:
        return not self.negated.isdisjoint(range(places[0], places[-1] + 1))

    def is_kept(self, places: tuple[int, ...]) -> bool:
        """Whether what is denied is giving the value up: "we never compromise on safety"."""
        first, last = self.ranges[self.sentence(places[0])]
        return any(self.marks[i] & LOWERING and i in self.negated for i in range(max(first, places[0] - 3), min(last, places[-1] + 4)))

    def is_regretted(self, places: tuple[int, ...]) -> bool:
        number = self.sentence(places[0])
        return self.deed(number).is_regretted or self.deed(number + 1).is_regretted

    def part(self, dimension: str, amount: float, kind: str, places: Iterable[int]) -> ValuePart:
        tokens = self.text.tokens
        spans = tuple((tokens.starts[i], tokens.ends[i]) for i in places)
        return ValuePart(dimension, amount, kind, spans, " … ".join(tokens.text[a:b] for a, b in spans))

    def hits(self, phrase: Phrase, without: set[int]) -> list[_Hit]:
        """Places where a phrase stands whole, within a sentence unless it is a name."""
        least = OWN if phrase.role == NAME else 0.0
        found = sorted((i, e) for e in phrase.elements for i, s in self.there.get(e, ()) if s >= least and i not in without)
        hits = (_Hit(phrase, places) for places in together(found, len(phrase.elements), phrase.reach))
        return [hit for hit in hits if phrase.role == NAME or self.sentence(hit.places[0]) == self.sentence(hit.places[-1])]


def _parts(view: _View, phrases: list[Phrase]) -> list[ValuePart]:
    """Parts of one value, from the phrases of it that the text may hold."""
    excepted = {i for p in phrases if p.role == EXCEPT for hit in view.hits(p, set()) for i in hit.places}
    named = _distinct([hit for p in phrases if p.role == NAME for hit in view.hits(p, excepted)])
    hints = [] if named else _hints(view, [p for p in phrases if p.role == NAME], excepted)
    taken = {i for hit in named for i in hit.places}
    kin = _distinct([hit for p in phrases if p.role == RELATED for hit in view.hits(p, excepted | taken)])
    shown = _distinct([hit for p in phrases if p.role == SHOWN for hit in view.hits(p, set())])
    against = _distinct([hit for p in phrases if p.role == AGAINST for hit in view.hits(p, set())])
    parts: list[ValuePart] = []
    for n, hit in enumerate(named):
        amount = 0.0 if n >= _MOST else _NEXT if n else _FIRST
        parts += _word_parts(view, "named", amount, "word", hit.places)
    for place, amount in hints:
        parts += _word_parts(view, "named", amount, "hint", (place,))
    for hit in kin[:3]:
        parts += _word_parts(view, "related", _KIN, "word", hit.places)
    parts += _shown_parts(view, shown, against, [*named, *kin], [place for place, _ in hints])
    parts += _against_parts(view, against, shown)
    return [part for part in parts if part.amount]


def _distinct(hits: list[_Hit]) -> list[_Hit]:
    """Hits that share no word, the longer ones first, in text order."""
    kept: list[_Hit] = []
    taken: set[int] = set()
    for hit in sorted(hits, key=lambda h: (-len(h.places), h.places)):
        if taken.isdisjoint(hit.places):
            taken.update(hit.places)
            kept.append(hit)
    return sorted(kept, key=lambda h: h.places)


def _hints(view: _View, names: list[Phrase], without: set[int]) -> list[tuple[int, float]]:
    """Tokens that hint at a name, and their share of what the best-hinted name is worth."""
    best: tuple[float, list[tuple[int, float]]] = (0.0, [])
    for phrase in names:
        found = {e: [(i, s) for i, s in view.there.get(e, ()) if i not in without] for e in phrase.elements}
        strengths = [max(s for _, s in there) for there in found.values() if there]
        partly = sum(strengths) / len(phrase.elements)
        if partly > best[0]:
            best = partly, [pair for there in found.values() for pair in there]
    partly, places = best
    total = min(_HINTS, -math.log1p(-0.45 * min(1.0, partly)))
    weight = sum(s for _, s in places)
    shares: dict[int, float] = {}
    for i, s in places:
        shares[i] = shares.get(i, 0.0) + total * s / weight
    return sorted(shares.items())


def _word_parts(view: _View, dimension: str, amount: float, kind: str, places: tuple[int, ...]) -> list[ValuePart]:
    """A word of the value, and what a negation does to it."""
    parts = [view.part(dimension, amount, kind, places)]
    if view.is_denied(places):
        if view.is_kept(places):
            parts.append(view.part("shown", _KEPT, "kept", places))
        elif view.is_regretted(places):
            parts.append(view.part("withdrawn", amount, "negated", places))
        else:
            parts += [view.part("withdrawn", amount, "negated", places), view.part("against", _DENIED, "negated", places)]
    return parts


def _shown_parts(view: _View, shown: list[_Hit], against: list[_Hit], words: list[_Hit], hints: list[int]) -> list[ValuePart]:
    parts: list[ValuePart] = []
    worth = 1.0
    for hit in shown:
        if view.is_denied(hit.places) and not hit.phrase.is_negative:
            continue
        parts += _deed_parts(view, hit.places, _PROMISE * worth, (_DEED - _PROMISE) * worth, "phrase")
        worth *= _AGAIN
    for hit in against:
        if view.is_denied(hit.places) and not hit.phrase.is_negative:
            parts += _deed_parts(view, hit.places, _PROMISE * worth, _KEPT * worth, "kept")
            worth *= _AGAIN
    places = [hit.places for hit in words if not view.is_denied(hit.places)] + [(i,) for i in hints if i not in view.negated]
    touched = {view.sentence(p[0]): p for p in reversed(places)}
    best = max(touched, key=lambda n: view.deed(n).degree, default=None)
    if best is not None:
        parts += _deed_parts(view, touched[best], 0.0, _TOUCHED * worth, "word")
    return parts


def _deed_parts(view: _View, places: tuple[int, ...], always: float, telling: float, kind: str) -> list[ValuePart]:
    """What a behaviour is worth: a little by itself, more by the deed around it, each sign of it with its share."""
    number = view.sentence(places[0])
    near = [(view.deed(number + n).degree * (_NEIGHBOUR if n else 1.0), number + n) for n in (0, -1, 1)]
    degree, of = max(near, key=lambda pair: pair[0])
    deed = view.deed(of)
    signs = [("somebody", deed.somebody, 0.35), ("past", deed.past, 0.45), ("specific", deed.specific, 0.2)]
    told = [(name, i, share) for name, i, share in signs if i >= 0]
    total = sum(share for _, _, share in told)
    parts = [view.part("shown", always, kind, places)] if always else []
    return parts + [view.part("shown", telling * degree * share / total, name, (i,)) for name, i, share in told]


def _against_parts(view: _View, against: list[_Hit], shown: list[_Hit]) -> list[ValuePart]:
    parts: list[ValuePart] = []
    worth = 1.0
    for hit in against:
        if view.is_denied(hit.places) and not hit.phrase.is_negative:
            continue
        regretted = view.is_regretted(hit.places)
        parts.append(view.part("against", _CONTRADICTED * worth * (0.5 if regretted else 1.0), "phrase", hit.places))
        worth *= _AGAIN
    denied = [hit for hit in shown if view.is_denied(hit.places) and not hit.phrase.is_negative and not view.is_regretted(hit.places)]
    return parts + [view.part("against", _DENIED * worth, "negated", hit.places) for hit in denied[:2]]


