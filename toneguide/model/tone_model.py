"""The tone model: every word carries its weight, and a score is the sum of parts that can be pointed at.

    margin = bias + sum over units of w(unit) / (n + k) + sum over signals of w_s * x_s

A unit is a word, a phrase or a negated word. A word's weight depends on its type alone, so it is computed once per
type; scoring a post is a table look-up.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from toneguide.language.analysis import Analysed, TypeTable
from toneguide.language.words import WordType
from toneguide.lexicons.lexicon import Lexicon
from toneguide.lexicons.phrases import Phrases
from toneguide.model.subwords import buckets_of, has_subwords
from toneguide.model.type_weights import TypeWeights
from toneguide.signals import measures, placing, signal_names, text_signals, token_signals
from toneguide.signals.signal import Marked, Places, Signal, TextSignal

__all__ = ["DIMENSIONS", "NEGATED", "Part", "ToneModel", "Units", "signal_places", "to_score"]

DIMENSIONS: Final = ("corporate", "warmth")
WARMTH: Final = DIMENSIONS.index("warmth")
# What is left of a word's warmth under a negation: "not proud" is a little cold, "not bad" a little warm.
NEGATED: Final = -0.5
NEGATION_REACH: Final = 3
NEGATION_BEFORE: Final = 2
COMPOUND_PART: Final = 0.6
_STOPS_NEGATION: Final = frozenset((",", ";", ":", "mutta", "vaan", "but", "because", "koska", "että", "that"))

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

    Examples
    --------
    >>> Part("warmth", 0.4, "word", "thanks_praise", ((0, 6),), "Kiitos").amount
    0.4
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
    phrases : Phrases
        Lexicon phrases, none overlapping.
    negated : list of int
        Tokens whose warmth is turned by a negation.
    """

    phrases: Phrases
    negated: list[int]


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
    _tables: WeakKeyDictionary[TypeTable, TypeWeights] = field(default_factory=WeakKeyDictionary, repr=False, compare=False)

    def with_weights(self, **changes: object) -> ToneModel:
        """A copy with other weights and an empty cache."""
        return replace(self, _tables=WeakKeyDictionary(), **changes)  # type: ignore[arg-type]

    def word_weights(self, words: Sequence[WordType]) -> Floats:
        """Weights of word types for (corporate, warmth), before division by length.

        Returns
        -------
        numpy.ndarray of shape (n_words, 2)
        """
        weights = np.zeros((len(words), len(DIMENSIONS)))
        unlisted = []
        for i, word in enumerate(words):
            entries = self.lexicon.of_type(word)
            for entry in entries:
                compound = "-" in (self.lexicon.entries[entry].text[:1], self.lexicon.entries[entry].text[-1:])
                weights[i] += self.entry_weights[entry] * (COMPOUND_PART if compound else 1.0)
            if not entries and has_subwords(word):
                unlisted.append(i)
        if unlisted:
            rows, sizes = buckets_of([words[i].form for i in unlisted])
            weights[unlisted] = np.add.reduceat(self.subword_weights[rows], np.cumsum(sizes) - sizes) / sizes[:, None]
        return weights

    def types_of(self, table: TypeTable) -> TypeWeights:
        """What is known of every type of a table."""
        found = self._tables.get(table)
        if found is None:
            found = self._tables[table] = TypeWeights(self, table)
        return found.upto_date(table)

    @property
    def turned(self) -> tuple[float, ...]:
        """What a negation leaves of a word's weight, for each dimension."""
        return tuple(NEGATED if d == WARMTH else 1.0 for d in range(len(DIMENSIONS)))

    def units(self, text: Analysed) -> Units:
        """Phrases and negated words of a text."""
        types = self.types_of(text.table)
        phrases = types.phrases(text)
        negators = np.flatnonzero(types.negates[text.ids]).tolist()
        if not negators:
            return Units(phrases, [])
        covered = set(phrases.places.tolist())
        reached = self._negated(text, [i for i in negators if i not in covered])
        return Units(phrases, [j for j in reached if j not in covered and types.weights[text.ids[j], WARMTH]])

    def _negated(self, text: Analysed, negators: list[int]) -> Iterator[int]:
        """Tokens in the scope of negations: a few words on, to the end of the clause."""
        words, sentences = text.tokens.words, set(text.tokens.sentences)
        free = 0
        for negator in negators:
            reach = NEGATION_REACH
            j = max(free, negator + 1)
            while j < len(words) and reach and j not in sentences and words[j].lower() not in _STOPS_NEGATION:
                yield j
                reach -= text.type_at(j).is_word
                j += 1
            free = j

    def negated_words(self, text: Analysed) -> list[int]:
        """All tokens in the scope of a negation, whether they carry weight or not."""
        types = self.types_of(text.table)
        negators = np.flatnonzero(types.negates[text.ids]).tolist()
        found = list(self._negated(text, negators))
        if self.language == "fi":
            # Finnish may put the negation last: rohkeita emme olleet.
            firsts = set(text.tokens.sentences) if negators else set()
            found += [j for i in negators for j in self._before(text.tokens.words, firsts, i)]
        return found

    def _before(self, words: list[str], firsts: set[int], negator: int) -> Iterator[int]:
        for j in range(negator - 1, max(-1, negator - 1 - NEGATION_BEFORE), -1):
            if j + 1 in firsts or words[j].lower() in _STOPS_NEGATION:
                return
            yield j

    def signal_values(self, text: Analysed) -> Floats:
        """Values of all signals, less the typical one, per spread; token signals first; undefined ones are 0.

        Returns
        -------
        numpy.ndarray of shape (n_signals,)
        """
        typical, spread = measures(self.language)
        if not text.n_words:
            return np.zeros(len(typical))
        marked = self.types_of(text.table).marked(text.ids)
        counts = marked.sum(axis=0).astype(float)
        firsts = marked[text.tokens.sentences].sum(axis=0)
        asked = token_signals(self.language)
        only_first, only_inside, per_sentence = placing(self.language)
        counts[only_first] = firsts[only_first]
        counts[only_inside] -= firsts[only_inside]
        raw = counts / np.where(per_sentence, len(text.tokens.sentences), text.n_words)
        for i, signal in enumerate(text_signals(self.language), len(asked)):
            if signal.measure is not None:
                value = signal.measure(text)
                raw[i] = typical[i] if value is None else value
            elif counts[i] and signal.find is not None:
                raw[i] *= sum(1 for _ in signal.find(text, marked[:, i])) / counts[i]
        values: Floats = (raw - typical) / spread
        return values

    def margins(self, text: Analysed) -> Floats:
        """Margins for (corporate, warmth)."""
        types = self.types_of(text.table)
        weights = types.weights[text.ids]
        total = weights.sum(axis=0)
        phrases, negated = self.units(text)
        for match in phrases:
            total += self.entry_weights[match.entry] - weights[list(match.places)].sum(axis=0)
        if negated:
            total[WARMTH] += (NEGATED - 1) * weights[negated, WARMTH].sum()
        margins: Floats = self.bias + total / (text.n_words + self.k) + self.signal_values(text) @ self.signal_matrix
        return margins

    @cached_property
    def signal_matrix(self) -> Floats:
        """Weights of all signals, token signals first; shape (n_signals, 2)."""
        return np.array([self.signal_weights[name] for name in signal_names(self.language)])

    def parts(self, text: Analysed) -> list[Part]:
        """Every addend of the margins beside the bias, in text order, signals last."""
        return [*self._unit_parts(text), *self._signal_parts(text)]

    def _unit_parts(self, text: Analysed) -> Iterator[Part]:
        weights = self.types_of(text.table).weights[text.ids]
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
        marked = self.types_of(text.table).marked(text.ids)
        both = (*token_signals(self.language), *text_signals(self.language))
        for i, (signal, value) in enumerate(zip(both, values, strict=True)):
            if not value or not self.signal_weights[signal.name].any():
                continue
            places = signal_places(signal, text, marked[:, i])
            spans = tuple((text.tokens.starts[a], text.tokens.ends[b - 1]) for a, b in places)
            for dimension, weight in zip(DIMENSIONS, self.signal_weights[signal.name], strict=True):
                if weight:
                    yield Part(dimension, float(weight * value), "signal", signal.name, spans, signal.meaning)


def signal_places(signal: Signal, text: Analysed, marked: Marked) -> Places:
    """Where a signal fires, as token ranges.

    Parameters
    ----------
    signal : Signal
        Any.
    text : Analysed
        The text.
    marked : numpy.ndarray of bool, shape (n_tokens,)
        Tokens that `signal.when` holds for.
    """
    if isinstance(signal, TextSignal):
        if signal.find is not None and marked.any():
            yield from signal.find(text, marked)
        return
    firsts = set(text.tokens.sentences)
    where = getattr(signal, "where", "anywhere")
    for i in np.flatnonzero(marked).tolist():
        if where == "anywhere" or (i in firsts) == (where == "first"):
            yield i, i + 1


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
