"""What a model knows of a word type: its weight, its signals, and its place in phrases, worked out once per type."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
import numpy.typing as npt

from toneguide.language.analysis import Analysed, TypeTable
from toneguide.language.chunks import gather
from toneguide.language.words import WordType
from toneguide.lexicons.phrases import Phrases
from toneguide.signals import text_signals, token_signals

if TYPE_CHECKING:
    from toneguide.model.tone_model import ToneModel

__all__ = ["TypeWeights"]

_NEGATORS: Final = {
    "fi": frozenset("en et ei emme ette eivät enkä etkä eikä emmekä ettekä eivätkä älä älkää tuskin".split()),
    "en": frozenset("not n't never no hardly nor cannot dont cant didnt isnt wont".split()),
}

# All that is known of a word but its letters.
_FEATURES: Final = tuple(field.name for field in fields(WordType) if field.name not in ("form", "lemma", "parts"))
_features: Final[Callable[[WordType], tuple[object, ...]]] = attrgetter(*_FEATURES)

_NEGATES: Final = ("negates", "")

Floats = npt.NDArray[np.float64]
Ids = npt.NDArray[np.int64]


class TypeWeights:
    """Weights, signals and phrase elements of every type of a table, worked out once per type."""

    def __init__(self, model: ToneModel, table: TypeTable) -> None:
        self._model = model
        self._filled = 0
        asking = text_signals(table.language)
        whens = [*(s.when for s in token_signals(table.language)), *(s.when or _never for s in asking)]
        named = {("when", s.name): s.when for s in asking} | {("then", s.name): s.then for s in asking}
        named |= {("through", s.name): s.through for s in asking}
        kept = {name: asked for name, asked in named.items() if asked is not None}
        # Nothing here may hold on to the table: it is let go of when it has grown too large.
        negators = _NEGATORS[table.language]
        self._asked: list[Callable[[WordType], bool]] = [*whens, *kept.values(), lambda word: word.form in negators]
        self._n_signals = len(whens)
        self._rows = {name: row for row, name in enumerate((*kept, _NEGATES))}
        self._by_features: dict[tuple[object, ...], tuple[list[int], list[int]]] = {}
        self.weights: Floats = np.zeros((256, len(model.bias)))
        self._answers: npt.NDArray[np.bool_] = np.zeros((len(self._rows), 256), dtype=bool)
        # Numbers of the signals that hold for a type, type after type.
        self.fired, self.fired_starts = array("h"), array("q", (0,))
        self._elements: npt.NDArray[np.int32] = np.zeros((256, 3), dtype=np.int32)
        self._bits: npt.NDArray[np.uint64] = np.zeros((3, 256), dtype=np.uint64)

    def marked(self, ids: Ids) -> npt.NDArray[np.bool_]:
        """Which signals hold for each of some tokens: a matrix with a row for each token."""
        places, sizes = gather(np.frombuffer(self.fired_starts, np.int64), ids)
        found = np.zeros((len(ids), self._n_signals), dtype=bool)
        found[np.repeat(np.arange(len(ids)), sizes), np.frombuffer(self.fired, np.int16)[places]] = True
        return found

    def answers(self, question: Literal["when", "then", "through"], signal: str) -> npt.NDArray[np.bool_]:
        """What every type answers to one of a text signal's questions."""
        held: npt.NDArray[np.bool_] = self._answers[self._rows[question, signal]]
        return held

    @property
    def negates(self) -> npt.NDArray[np.bool_]:
        """Whether each type turns what follows."""
        held: npt.NDArray[np.bool_] = self._answers[self._rows[_NEGATES]]
        return held

    def upto_date(self, table: TypeTable) -> TypeWeights:
        """The same with all types of the table in it."""
        first, words = self._filled, table.types[self._filled :]
        if words:
            self._grow(first + len(words))
            new, finder = slice(first, first + len(words)), self._model.lexicon.phrases
            self.weights[new] = self._model.word_weights(words)
            self._elements[new] = [finder.elements_of(word.form, word.lemma) for word in words]
            self._bits[:, new] = finder.bits_of(self._elements[new])
            self._ask(words, first)
            self._filled += len(words)
        return self

    def _ask(self, words: list[WordType], first: int) -> None:
        answered, sizes = array("h"), []
        for word in words:
            held, open_ones = self._told_by_features(word)
            found = [*held, *(number for number in open_ones if self._asked[number](word))]
            answered.extend(found)
            sizes.append(len(found))
        numbers, owners = np.array(answered), np.repeat(np.arange(len(words)), sizes)
        fired = numbers < self._n_signals
        self._answers[numbers[~fired] - self._n_signals, first + owners[~fired]] = True
        self.fired.frombytes(numbers[fired].tobytes())
        ends = self.fired_starts[-1] + np.cumsum(np.bincount(owners[fired], minlength=len(words)))
        self.fired_starts.frombytes(ends.tobytes())

    def _told_by_features(self, word: WordType) -> tuple[list[int], list[int]]:
        """Questions that hold for a word whatever its letters, and those that its letters must answer."""
        features = _features(word)
        told = self._by_features.get(features)
        if told is None:
            told = self._by_features[features] = [], []
            stand_in: Any = SimpleNamespace(**dict(zip(_FEATURES, features, strict=True)))
            for number, when in enumerate(self._asked):
                try:
                    if when(stand_in):
                        told[0].append(number)
                except AttributeError:
                    # It looks at the letters, which the stand-in does not have.
                    told[1].append(number)
        return told

    def _grow(self, size: int) -> None:
        have = len(self.weights)
        if size > have:
            more = max(size, have + have // 2) - have
            self.weights = np.concatenate([self.weights, np.zeros((more, self.weights.shape[1]))])
            self._answers = np.concatenate([self._answers, np.zeros((len(self._answers), more), dtype=bool)], axis=1)
            self._elements = np.concatenate([self._elements, np.zeros((more, 3), dtype=np.int32)])
            self._bits = np.concatenate([self._bits, np.zeros((3, more), dtype=np.uint64)], axis=1)

    def phrases(self, text: Analysed) -> Phrases:
        """Lexicon phrases of a text."""
        sentences = np.array(text.tokens.sentences, dtype=np.int64)
        return self._model.lexicon.phrases.find(text.ids, sentences, self._elements, self._bits)


def _never(_word: WordType) -> bool:
    return False
