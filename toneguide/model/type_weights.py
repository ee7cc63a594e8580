"""What a model knows of a word type: its weight, its signals, and its place in phrases, worked out once per type."""

from __future__ import annotations

from array import array
from collections.abc import Collection
from typing import TYPE_CHECKING, Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

from toneguide.language.analysis import TypeTable
from toneguide.language.words import WordType
from toneguide.lexicons.lexicon import LONGEST_GAP, MORE, NONE
from toneguide.signals import text_signals, token_signals

if TYPE_CHECKING:
    from toneguide.model.tone_model import ToneModel

__all__ = ["TypeWeights"]

_NEGATORS: Final = {
    "fi": frozenset("en et ei emme ette eivät enkä etkä eikä emmekä ettekä eivätkä älä älkää tuskin".split()),
    "en": frozenset("not n't never no hardly nor cannot dont cant didnt isnt wont".split()),
}

Floats = npt.NDArray[np.float64]
Ids = npt.NDArray[np.int64]
# A table of answers by the spread code of three types (Fibonacci hashing).
_SLOTS: Final = 2**17
_SPREAD, _SHIFT = np.uint64(0x9E3779B97F4A7C15), np.uint64(64 - 17)


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
        # What a type can stand for inside phrases, what must follow it there, and what must follow after a gap: sets of elements, each
        # element one bit of 64, so that one look at two neighbours rules most phrases out.
        self.bits: npt.NDArray[np.uint64] = np.zeros((256, 3), dtype=np.uint64)
        self._three: Ids = np.full(_SLOTS, -1, dtype=np.int64)
        self._settled: Ids = np.zeros(_SLOTS, dtype=np.int64)
        self.keys: list[tuple[str, ...]] = []

    def upto_date(self, table: TypeTable) -> TypeWeights:
        """The same with all types of the table in it."""
        types = table.types
        if self._filled < len(types):
            self._grow(len(types))
            for i in range(self._filled, len(types)):
                self._fill(i, types[i])
            self.weights[self._filled : len(types)] = self._model.word_weights(types[self._filled :])
            self._filled = len(types)
        return self

    def _fill(self, i: int, word: WordType) -> None:
        lexicon = self._model.lexicon
        keys = lexicon.phrase_keys(word)
        self.keys.append(keys)
        self.negates[i] = word.form in _NEGATORS[self._language]
        if keys:
            self.bits[i] = [_bits(elements) for elements in (keys, *lexicon.second_keys(word))]
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
            self.bits = np.concatenate([self.bits, np.zeros((more, 3), dtype=np.uint64)])
            self.then = {name: np.concatenate([held, np.zeros(more, dtype=np.int8)]) for name, held in self.then.items()}

    def phrase_starts(self, ids: npt.NDArray[np.int64]) -> tuple[list[int], list[int]]:
        """Tokens where a phrase may begin, and what `Lexicon.settle` says of each."""
        stands, wants, wants_later = self.bits[ids].T
        later = np.zeros_like(stands)
        for step in range(1, LONGEST_GAP + 2):
            later[:-step] |= stands[step:]
        gapped = (wants_later & later) != 0
        likely = gapped.copy()
        likely[:-1] |= (wants[:-1] & stands[1:]) != 0
        places = np.flatnonzero(likely)
        last = len(ids) - 1
        settled = self._settle(ids[places], ids[np.minimum(places + 1, last)], ids[np.minimum(places + 2, last)])
        settled[gapped[places]] = MORE
        begins = settled != NONE
        return places[begins].tolist(), settled[begins].tolist()

    def _settle(self, first: Ids, second: Ids, third: Ids) -> Ids:
        """What three types settle: worked out once for common threes, which most are."""
        codes = (first << 42) ^ (second << 21) ^ third
        slots = ((codes.view(np.uint64) * _SPREAD) >> _SHIFT).view(np.int64)
        keys, settle = self.keys, self._model.lexicon.settle
        for i in np.flatnonzero(self._three[slots] != codes).tolist():
            self._three[slots[i]] = codes[i]
            self._settled[slots[i]] = settle((keys[first[i]], keys[second[i]], keys[third[i]]))
        settled: Ids = self._settled[slots]
        # Two threes of one row may want the same slot: the later one has it, the other is asked again.
        for i in np.flatnonzero(self._three[slots] != codes).tolist():
            settled[i] = settle((keys[first[i]], keys[second[i]], keys[third[i]]))
        return settled


def _bits(elements: Collection[str]) -> int:
    if not elements:
        return 0
    bits = 0
    for element in elements:
        bits |= 1 << (crc32(element.encode()) & 63)
    return bits


def _never(_word: WordType) -> bool:
    return False
