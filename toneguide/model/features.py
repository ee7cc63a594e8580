"""Training features: what a post adds to each weight that may move."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from toneguide.language.analysis import Analysed
from toneguide.lexicons.lexicon import Lexicon
from toneguide.model.subwords import N_BUCKETS, buckets, has_subwords
from toneguide.model.tone_model import COMPOUND_PART, DIMENSIONS, NEGATED, WARMTH, ToneModel

__all__ = ["FeatureRows", "categories", "feature_rows", "strengths"]

Floats = npt.NDArray[np.float64]


class FeatureRows(NamedTuple):
    """Features of many posts; every block is a sum over units, divided by n + k as in the model.

    Attributes
    ----------
    categories : numpy.ndarray of shape (2, n, n_categories)
        Sum of lexicon strengths by category, for each dimension.
    signals : numpy.ndarray of shape (n, n_signals)
        Signal values per spread.
    subwords : csr_matrix of shape (n, n_buckets)
        Mean n-gram counts of the words in no list.
    entries : csr_matrix of shape (n, n_entries)
        How often each lexicon entry stands; negation is left to the categories.
    """

    categories: Floats
    signals: Floats
    subwords: csr_matrix
    entries: csr_matrix


def categories(lexicon: Lexicon) -> list[str]:
    """Names of the lists, sorted."""
    return sorted({entry.category for entry in lexicon.entries})


def strengths(lexicon: Lexicon) -> Floats:
    """Rated strengths, shape (n_entries, 2)."""
    return np.array([(entry.corporate, entry.warmth) for entry in lexicon.entries], dtype=float)


def feature_rows(texts: Iterable[Analysed], model: ToneModel) -> FeatureRows:
    """Features of analysed posts; `model` lends its lexicon, its k and its negations."""
    names = categories(model.lexicon)
    index: Final = {name: i for i, name in enumerate(names)}
    of_entry = np.array([index[entry.category] for entry in model.lexicon.entries])
    rated = strengths(model.lexicon)
    sums, signals = [], []
    sub, ent = _Sparse(), _Sparse()
    for text in texts:
        row = np.zeros((len(DIMENSIONS), len(names)))
        below = text.n_words + model.k
        for entry, factor, turned in _hits(text, model):
            amount = rated[entry] * (factor / below)
            if turned:
                amount[WARMTH] *= NEGATED
            row[:, of_entry[entry]] += amount
            ent.add(entry, factor / below)
        for form in _subword_forms(text, model):
            rows = buckets(form)
            for bucket in rows:
                sub.add(int(bucket), 1.0 / len(rows) / below)
        sub.close()
        ent.close()
        sums.append(row)
        signals.append(model.signal_values(text))
    shape = (len(sums), len(DIMENSIONS), len(names))
    stacked = np.array(sums).reshape(shape).transpose(1, 0, 2)
    return FeatureRows(stacked, np.array(signals), sub.matrix(N_BUCKETS), ent.matrix(len(model.lexicon)))


def _hits(text: Analysed, model: ToneModel) -> Iterable[tuple[int, float, bool]]:
    phrases, negated = model.units(text)
    covered = {place for match in phrases for place in match.places}
    turned = set(negated)
    for match in phrases:
        yield match.entry, 1.0, False
    for i in range(len(text.tokens)):
        if i not in covered:
            for entry in model.lexicon.of_type(text.type_at(i)):
                shown = model.lexicon.entries[entry].text
                yield entry, COMPOUND_PART if "-" in (shown[:1], shown[-1:]) else 1.0, i in turned


def _subword_forms(text: Analysed, model: ToneModel) -> Iterable[str]:
    phrases, _ = model.units(text)
    covered = {place for match in phrases for place in match.places}
    for i in range(len(text.tokens)):
        word = text.type_at(i)
        if i not in covered and has_subwords(word) and not model.lexicon.of_type(word):
            yield word.form


class _Sparse:
    """Rows of a sparse matrix, built one value at a time."""

    def __init__(self) -> None:
        self._values: list[float] = []
        self._columns: list[int] = []
        self._ends = [0]

    def add(self, column: int, value: float) -> None:
        self._columns.append(column)
        self._values.append(value)

    def close(self) -> None:
        self._ends.append(len(self._values))

    def matrix(self, width: int) -> csr_matrix:
        return csr_matrix((self._values, self._columns, self._ends), shape=(len(self._ends) - 1, width))
