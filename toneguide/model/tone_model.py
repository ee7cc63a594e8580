"""The tone model: every word carries its weight, and a score is the sum of parts that can be pointed at.

    margin = bias + sum over units of w(unit) / (n + k) + sum over signals of w_s * x_s

A unit is a word, a phrase or a negated word. A word's weight depends on its type alone, so it is computed once per
type; scoring a post is a table look-up.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from toneguide.language.analysis import Analysed, TypeTable
from toneguide.language.words import WordType
from toneguide.lexicons.lexicon import Lexicon, Match
from toneguide.model.subwords import buckets, has_subwords
from toneguide.signals import measures, text_signals, token_signals

__all__ = ["DIMENSIONS", "NEGATED", "Part", "ToneModel", "Units", "to_score"]

DIMENSIONS: Final = ("corporate", "warmth")
WARMTH: Final = DIMENSIONS.index("warmth")
# What is left of a word's warmth under a negation: "not proud" is a little cold, "not bad" a little warm.
NEGATED: Final = -0.5
NEGATION_REACH: Final = 3
COMPOUND_PART: Final = 0.6
_STOPS_NEGATION: Final = frozenset((",", ";", ":", "mutta", "vaan", "but", "because", "koska", "että", "that"))
_NEGATORS: Final = {
    "fi": frozenset("en et ei emme ette eivät enkä etkä eikä emmekä ettekä eivätkä älä älkää tuskin".split()),
    "en": frozenset("not n't never no hardly nor cannot dont cant didnt isnt wont".split()),
}

Floats = npt.NDArray[np.float64]


class Part(NamedTuple):
    """One addend of a margin.

    Attributes
    ----------
    dimension : str
        ``"corporate"`` or ``"warmth"``.
    amount : float
        What it adds to the margin.
    kind : {"word", "phrase", "negated", "signal"}
        What stands behind it.
    name : str
        Lexicon category or signal; ``"subwords"`` where a word is in no list.
    spans : tuple of (int, int)
        Where it stands in the text; empty for a measure of the whole post.
    text : str
        The words themselves, or the signal's meaning.
    """

    dimension: str
    amount: float
    kind: str
    name: str
    spans: tuple[tuple[int, int], ...]
    text: str


class Units(NamedTuple):
    """The units of a text beyond its single words.

    Attributes
    ----------
    phrases : list of Match
        Lexicon phrases, none overlapping.
    negated : list of int
        Tokens whose warmth is turned by a negation.
    """

    phrases: list[Match]
    negated: list[int]


class _TypeWeights:
    """Weights and signals of every type of a table, computed once per type."""

    def __init__(self, model: ToneModel, table: TypeTable) -> None:
        self._model, self._table = model, table
        self._filled = 0
        n_signals = len(token_signals(table.language))
        self.weights: Floats = np.zeros((256, len(DIMENSIONS)))
        self.signals: npt.NDArray[np.int16] = np.zeros((256, n_signals), dtype=np.int16)
        self.flags: npt.NDArray[np.int8] = np.zeros(256, dtype=np.int8)

    def upto_date(self) -> _TypeWeights:
        types = self._table.types
        if self._filled < len(types):
            self._grow(len(types))
            signals = token_signals(self._table.language)
            negators = _NEGATORS[self._table.language]
            for i in range(self._filled, len(types)):
                word = types[i]
                self.weights[i] = self._model.word_weight(word)
                self.flags[i] = self._model.lexicon.starts_phrase(word) + 2 * (word.form in negators)
                if word.is_word:
                    self.signals[i] = [signal.when(word) for signal in signals]
            self._filled = len(types)
        return self

    def _grow(self, size: int) -> None:
        have = len(self.flags)
        if size > have:
            more = max(size, 2 * have) - have
            self.weights = np.concatenate([self.weights, np.zeros((more, self.weights.shape[1]))])
            self.signals = np.concatenate([self.signals, np.zeros((more, self.signals.shape[1]), dtype=np.int16)])
            self.flags = np.concatenate([self.flags, np.zeros(more, dtype=np.int8)])


@dataclass(frozen=True)
class ToneModel:
    """Weights for one language; data only.

    Parameters
    ----------
    language : str
        ``"fi"`` or ``"en"``.
    lexicon : Lexicon
        The entries that `entry_weights` belongs to.
    bias : numpy.ndarray of shape (2,)
        Margin of a post without any part.
    entry_weights : numpy.ndarray of shape (n_entries, 2)
        Weight of each lexicon entry for corporate and warmth.
    subword_weights : numpy.ndarray of shape (n_buckets, 2)
        Weight of each hashed n-gram; a word takes their mean.
    signal_weights : mapping of str to numpy.ndarray of shape (2,)
        Weight of each signal, per spread.
    k : float
        Words added to the length, so that one strong word does not settle a short post.
    """

    language: str
    lexicon: Lexicon
    bias: Floats
    entry_weights: Floats
    subword_weights: Floats
    signal_weights: Mapping[str, Floats]
    k: float
    _tables: dict[int, _TypeWeights] = field(default_factory=dict, repr=False, compare=False)

    def with_weights(self, **changes: object) -> ToneModel:
        """A copy with other weights and an empty cache."""
        return replace(self, _tables={}, **changes)  # type: ignore[arg-type]

    def word_weight(self, word: WordType) -> Floats:
        """Weight of a word type for (corporate, warmth), before division by length."""
        weight = np.zeros(len(DIMENSIONS))
        entries = self.lexicon.of_type(word)
        for entry in entries:
            compound = "-" in (self.lexicon.entries[entry].text[:1], self.lexicon.entries[entry].text[-1:])
            weight += self.entry_weights[entry] * (COMPOUND_PART if compound else 1.0)
        if not entries and has_subwords(word):
            weight += self.subword_weights[buckets(word.form)].mean(axis=0)
        return weight

    def _types(self, table: TypeTable) -> _TypeWeights:
        found = self._tables.get(id(table))
        if found is None:
            found = self._tables[id(table)] = _TypeWeights(self, table)
        return found.upto_date()

    def units(self, text: Analysed) -> Units:
        """Phrases and negated words of a text."""
        types = self._types(text.table)
        flags = types.flags[text.ids]
        if not flags.any():
            return Units([], [])
        starts = np.flatnonzero(flags & 1).tolist()
        phrases = list(self.lexicon.phrases(text, starts)) if starts else []
        covered = {place for match in phrases for place in match.places}
        negators = [i for i in np.flatnonzero(flags & 2).tolist() if i not in covered]
        return Units(phrases, list(self._negated(text, types, negators, covered)))

    def _negated(self, text: Analysed, types: _TypeWeights, negators: list[int], covered: set[int]) -> Iterator[int]:
        words, sentences = text.tokens.words, set(text.tokens.sentences)
        free = 0
        for negator in negators:
            reach = NEGATION_REACH
            j = max(free, negator + 1)
            while j < len(words) and reach and j not in sentences and words[j].lower() not in _STOPS_NEGATION:
                if j not in covered and types.weights[text.ids[j], WARMTH]:
                    yield j
                reach -= text.type_at(j).is_word
                j += 1
            free = j

    def negated_words(self, text: Analysed) -> list[int]:
        """All tokens in the scope of a negation, whether they carry weight or not."""
        types = self._types(text.table)
        flags = types.flags[text.ids]
        negators = np.flatnonzero(flags & 2).tolist()
        return [j for i in negators for j in range(i + 1, min(i + 1 + NEGATION_REACH, len(text.tokens)))]

    def signal_values(self, text: Analysed) -> Floats:
        """Values of all signals per spread, token signals first; undefined ones are 0.

        Returns
        -------
        numpy.ndarray of shape (n_signals,)
        """
        counts = self._types(text.table).signals[text.ids].sum(axis=0)
        typical, spread = measures(self.language)
        raw = [*(counts / text.n_words if text.n_words else typical[: len(counts)]), *self._text_values(text, typical[len(counts) :])]
        values: Floats = (np.array(raw) - typical) / spread
        return values

    def _text_values(self, text: Analysed, typical: Floats) -> Iterator[float]:
        for signal, usual in zip(text_signals(self.language), typical, strict=True):
            value = signal.value(text)
            yield usual if value is None else value

    def margins(self, text: Analysed) -> Floats:
        """Margins for (corporate, warmth)."""
        types = self._types(text.table)
        weights = types.weights[text.ids]
        total = weights.sum(axis=0)
        phrases, negated = self.units(text)
        for match in phrases:
            total += self.entry_weights[match.entry] - weights[list(match.places)].sum(axis=0)
        if negated:
            total[WARMTH] += (NEGATED - 1) * weights[negated, WARMTH].sum()
        margins: Floats = self.bias + total / (text.n_words + self.k) + self.signal_values(text) @ self._signal_matrix
        return margins

    @property
    def _signal_matrix(self) -> Floats:
        names = [s.name for s in (*token_signals(self.language), *text_signals(self.language))]
        return np.array([self.signal_weights[name] for name in names])

    def parts(self, text: Analysed) -> list[Part]:
        """Every addend of the margins beside the bias, in text order, signals last."""
        return [*self._unit_parts(text), *self._signal_parts(text)]

    def _unit_parts(self, text: Analysed) -> Iterator[Part]:
        weights = self._types(text.table).weights[text.ids]
        phrases, negated = self.units(text)
        at = {match.places[0]: match for match in phrases}
        covered = {place for match in phrases for place in match.places}
        turned = set(negated)
        below = text.n_words + self.k
        for i in range(len(text.tokens)):
            if i in at:
                match = at[i]
                entry = self.lexicon.entries[match.entry]
                yield from self._amounts(text, match.places, self.entry_weights[match.entry] / below, "phrase", entry.category)
            elif i not in covered and weights[i].any():
                amounts = weights[i] / below
                kind = "word"
                if i in turned:
                    amounts = amounts * np.array([1.0, NEGATED])
                    kind = "negated"
                found = self.lexicon.of_type(text.type_at(i))
                name = self.lexicon.entries[found[0]].category if found else "subwords"
                yield from self._amounts(text, (i,), amounts, kind, name)

    def _amounts(self, text: Analysed, places: tuple[int, ...], amounts: Floats, kind: str, name: str) -> Iterator[Part]:
        spans = tuple((text.tokens.starts[i], text.tokens.ends[i]) for i in places)
        words = " … ".join(text.tokens.text[a:b] for a, b in _joined(spans, text.tokens.text))
        for dimension, amount in zip(DIMENSIONS, amounts, strict=True):
            if amount:
                yield Part(dimension, float(amount), kind, name, spans, words)

    def _signal_parts(self, text: Analysed) -> Iterator[Part]:
        values = self.signal_values(text)
        both = (*token_signals(self.language), *text_signals(self.language))
        for signal, value in zip(both, values, strict=True):
            if not value:
                continue
            spans = tuple((text.tokens.starts[a], text.tokens.ends[b - 1]) for a, b in self._places(signal, text))
            for dimension, weight in zip(DIMENSIONS, self.signal_weights[signal.name], strict=True):
                if weight:
                    yield Part(dimension, float(weight * value), "signal", signal.name, spans, signal.meaning)

    def _places(self, signal: object, text: Analysed) -> Iterator[tuple[int, int]]:
        when, find = getattr(signal, "when", None), getattr(signal, "find", None)
        if when is not None:
            yield from ((i, i + 1) for i in range(len(text.tokens)) if text.type_at(i).is_word and when(text.type_at(i)))
        elif find is not None:
            yield from find(text)


def _joined(spans: tuple[tuple[int, int], ...], text: str) -> list[tuple[int, int]]:
    """Spans with nothing but space between them, made one."""
    out: list[tuple[int, int]] = []
    for start, end in spans:
        if out and not text[out[-1][1] : start].strip():
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out


def to_score(margin: float) -> float:
    """The one fixed map from a margin to 0-100.

    Examples
    --------
    >>> to_score(0.0)
    50.0
    """
    return 100.0 / (1.0 + math.exp(-margin)) if margin > -700 else 0.0
