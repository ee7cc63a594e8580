"""What a model knows of a word type: its weight, its signals, and its place in phrases, worked out once per type."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final, overload
from zlib import crc32

import numpy as np
import numpy.typing as npt

from toneguide.language.analysis import TypeTable
from toneguide.language.words import WordType
from toneguide.lexicons.lexicon import ANY, LONGEST_GAP
from toneguide.signals import text_signals, token_signals

if TYPE_CHECKING:
    from toneguide.model.tone_model import ToneModel

__all__ = ["PhraseKeys", "TypeWeights"]

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
        self.signals: npt.NDArray[np.int8] = np.zeros((256, len(self._asked)), dtype=np.int8)
        # The same as a list: numbers of the signals that hold for a type, type after type.
        self.fired, self.fired_starts = array("h"), array("q", (0,))
        self._thens = {s.name: s.then for s in text_signals(table.language) if s.then is not None}
        self.then: dict[str, npt.NDArray[np.int8]] = {name: np.zeros(256, dtype=np.int8) for name in self._thens}
        self.negates: npt.NDArray[np.bool_] = np.zeros(256, dtype=bool)
        # What a type can stand for inside phrases, what must follow it there, and what must follow after a gap: sets of elements, each
        # element one bit of 64, so that one look at two neighbours rules most phrases out.
        self.bits: npt.NDArray[np.uint64] = np.zeros((256, 3), dtype=np.uint64)
        self.keys: list[tuple[str, ...]] = []
        self.seconds: list[tuple[dict[str, frozenset[str]], frozenset[str]]] = []

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
        keys, seconds = lexicon.phrase_keys(word), lexicon.second_keys(word)
        self.keys.append(keys)
        self.seconds.append(seconds)
        self.negates[i] = word.form in _NEGATORS[self._language]
        if keys:
            self.bits[i] = [_bits(elements) for elements in (keys, *seconds)]
        held = [number for number, when in enumerate(self._asked) if when(word)]
        self.signals[i, held] = 1
        self.fired.extend(held)
        self.fired_starts.append(len(self.fired))
        for name, then in self._thens.items():
            self.then[name][i] = then(word)

    def _grow(self, size: int) -> None:
        have = len(self.negates)
        if size > have:
            more = max(size, 2 * have) - have
            self.weights = np.concatenate([self.weights, np.zeros((more, self.weights.shape[1]))])
            self.signals = np.concatenate([self.signals, np.zeros((more, self.signals.shape[1]), dtype=np.int8)])
            self.negates = np.concatenate([self.negates, np.zeros(more, dtype=bool)])
            self.bits = np.concatenate([self.bits, np.zeros((more, 3), dtype=np.uint64)])
            self.then = {name: np.concatenate([held, np.zeros(more, dtype=np.int8)]) for name, held in self.then.items()}

    def phrase_starts(self, ids: npt.NDArray[np.int64]) -> list[int]:
        """Tokens where a phrase's first two elements stand one after the other, or its first with a gap."""
        stands, wants, wants_later = self.bits[ids].T
        later = np.zeros_like(stands)
        for step in range(1, LONGEST_GAP + 2):
            later[:-step] |= stands[step:]
        likely = wants_later & later
        likely[:-1] |= wants[:-1] & stands[1:]
        at, places = ids.tolist(), np.flatnonzero(likely).tolist()
        return [i for i in places if self._may_begin(at[i : i + LONGEST_GAP + 2])]

    def _may_begin(self, ids: list[int]) -> bool:
        keys = self.keys
        following, later = self.seconds[ids[0]]
        if later and any(not later.isdisjoint(keys[i]) for i in ids[1:]):
            return True
        for key in keys[ids[1]] if len(ids) > 1 else ():
            thirds = following.get(key)
            if thirds and (not thirds.isdisjoint(ANY) or (len(ids) > 2 and not thirds.isdisjoint(keys[ids[2]]))):
                return True
        return False


class PhraseKeys(Sequence[tuple[str, ...]]):
    """Phrase elements of every token, looked up where they are asked for."""

    def __init__(self, types: TypeWeights, ids: npt.NDArray[np.int64]) -> None:
        self._keys, self._ids = types.keys, ids

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, at: int) -> tuple[str, ...]: ...
    @overload
    def __getitem__(self, at: slice) -> list[tuple[str, ...]]: ...
    def __getitem__(self, at: int | slice) -> tuple[str, ...] | list[tuple[str, ...]]:
        return [self._keys[i] for i in self._ids[at].tolist()] if isinstance(at, slice) else self._keys[self._ids[at]]


def _bits(elements: Collection[str]) -> int:
    if not elements:
        return 0
    bits = 0
    for element in elements:
        bits |= 1 << (crc32(element.encode()) & 63)
    return bits


def _never(_word: WordType) -> bool:
    return False
