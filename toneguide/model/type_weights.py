"""What a model knows of a word type: its weight, its signals, and its place in phrases, worked out once per type."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from toneguide.language.analysis import Analysed, TypeTable
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

Floats = npt.NDArray[np.float64]


class TypeWeights:
    """Weights, signals and phrase elements of every type of a table, worked out once per type."""

    def __init__(self, model: ToneModel, table: TypeTable) -> None:
        self._model, self._language = model, table.language
        self._filled = 0
        self._asked = [*(s.when for s in token_signals(table.language)), *(s.when or _never for s in text_signals(table.language))]
        self.weights: Floats = np.zeros((256, len(model.bias)))
        self.signals: npt.NDArray[np.int8] = np.zeros((len(self._asked), 256), dtype=np.int8)
        # The same as a list: numbers of the signals that hold for a type, type after type.
        self.fired, self.fired_starts = array("h"), array("q", (0,))
        self._thens = {s.name: s.then for s in text_signals(table.language) if s.then is not None}
        self.then: dict[str, npt.NDArray[np.int8]] = {name: np.zeros(256, dtype=np.int8) for name in self._thens}
        self.negates: npt.NDArray[np.bool_] = np.zeros(256, dtype=bool)
        self._elements: npt.NDArray[np.int64] = np.zeros((256, 3), dtype=np.int64)
        self._bits: npt.NDArray[np.uint64] = np.zeros((3, 256), dtype=np.uint64)

    def upto_date(self, table: TypeTable) -> TypeWeights:
        """The same with all types of the table in it."""
        types = table.types
        if self._filled < len(types):
            self._grow(len(types))
            for i in range(self._filled, len(types)):
                self._fill(i, types[i])
            new, finder = slice(self._filled, len(types)), self._model.lexicon.phrases
            self.weights[new] = self._model.word_weights(types[new])
            self._elements[new] = [finder.elements_of(word.form, word.lemma) for word in types[new]]
            self._bits[:, new] = finder.bits_of(self._elements[new])
            self._filled = len(types)
        return self

    def _fill(self, i: int, word: WordType) -> None:
        self.negates[i] = word.form in _NEGATORS[self._language]
        held = [number for number, when in enumerate(self._asked) if when(word)]
        self.signals[held, i] = 1
        self.fired.extend(held)
        self.fired_starts.append(len(self.fired))
        for name, then in self._thens.items():
            self.then[name][i] = then(word)

    def _grow(self, size: int) -> None:
        have = len(self.negates)
        if size > have:
            more = max(size, 2 * have) - have
            self.weights = np.concatenate([self.weights, np.zeros((more, self.weights.shape[1]))])
            self.signals = np.concatenate([self.signals, np.zeros((len(self._asked), more), dtype=np.int8)], axis=1)
            self.negates = np.concatenate([self.negates, np.zeros(more, dtype=bool)])
            self._elements = np.concatenate([self._elements, np.zeros((more, 3), dtype=np.int64)])
            self._bits = np.concatenate([self._bits, np.zeros((3, more), dtype=np.uint64)], axis=1)
            self.then = {name: np.concatenate([held, np.zeros(more, dtype=np.int8)]) for name, held in self.then.items()}

    def phrases(self, text: Analysed) -> Phrases:
        """Lexicon phrases of a text."""
        sentences = np.array(text.tokens.sentences, dtype=np.int64)
        return self._model.lexicon.phrases.find(text.ids, sentences, self._elements, self._bits)


def _never(_word: WordType) -> bool:
    return False
