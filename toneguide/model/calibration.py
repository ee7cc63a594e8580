"""Calibration of the weights: the company's labels move the shipped model, as far as they justify."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack

from toneguide.language.analysis import Analysed
from toneguide.model.features import categories, feature_rows, strengths
from toneguide.model.fit import fit_around
from toneguide.model.tone_model import DIMENSIONS, ToneModel
from toneguide.signals import signal_names

__all__ = ["Change", "apply", "learn"]

Floats = npt.NDArray[np.float64]
# How far each kind of weight may move (prior standard deviations, in margins of a typical post); chosen on our own corpora
# with the shipped models as they are, by cross-validation over simulated teams (`poe evaluate`).
SCALE_SPREAD: Final = 0.5
LIST_SPREAD: Final = 4.0
SIGNAL_SPREAD: Final = 0.12
SUBWORD_SPREAD: Final = 60.0
ENTRY_SPREAD: Final = 6.0
BIAS_SPREAD: Final = 2.0


@dataclass(frozen=True)
class Change:
    """What calibration does to a model: few numbers, readable in a pull request.

    Attributes
    ----------
    scale : numpy.ndarray of shape (2,)
        Every weight is multiplied by it.
    bias : numpy.ndarray of shape (2,)
        Added to the bias.
    lists : mapping of str to numpy.ndarray of shape (2,)
        Added to every entry of a lexicon category, per step of its rated strength.
    signals : mapping of str to numpy.ndarray of shape (2,)
        Added to the weight of a signal.
    entries : mapping of int to numpy.ndarray of shape (2,)
        Added to single lexicon entries, by number.
    subwords : mapping of int to numpy.ndarray of shape (2,)
        Added to single n-gram rows.
    """

    scale: Floats
    bias: Floats
    lists: Mapping[str, Floats]
    signals: Mapping[str, Floats]
    entries: Mapping[int, Floats]
    subwords: Mapping[int, Floats]


def apply(model: ToneModel, change: Change) -> ToneModel:
    """The model with a change made to it."""
    entry_weights, subwords = model.entry_weights * change.scale, model.subword_weights * change.scale
    by_list = np.array([change.lists.get(entry.category, np.zeros(len(DIMENSIONS))) for entry in model.lexicon.entries])
    entry_weights += strengths(model.lexicon) * by_list
    for weights, moved in ((entry_weights, change.entries), (subwords, change.subwords)):
        if moved:
            weights[list(moved)] += np.array(list(moved.values()))
    signals = {name: weight * change.scale + change.signals.get(name, 0.0) for name, weight in model.signal_weights.items()}
    return model.with_weights(bias=model.bias + change.bias, entry_weights=entry_weights, subword_weights=subwords, signal_weights=signals)


def learn(model: ToneModel, texts: Sequence[Analysed], labels: Mapping[str, Floats]) -> Change:
    """How labelled posts would move a model.

    Parameters
    ----------
    model : ToneModel
        Where to start.
    texts : sequence of Analysed
        Labelled posts in the model's language.
    labels : mapping of str to numpy.ndarray of shape (n,)
        For each dimension that was rated, ratings in 0..1; NaN where a post has none.

    Returns
    -------
    Change
        One that changes nothing where there is nothing to learn from.
    """
    names, signals = categories(model.lexicon), signal_names(model.language)
    n = len(DIMENSIONS)
    scale, bias, lists, moved = np.ones(n), np.zeros(n), np.zeros((len(names), n)), np.zeros((len(signals), n))
    entries: dict[int, Floats] = defaultdict(lambda: np.zeros(n))
    subwords: dict[int, Floats] = defaultdict(lambda: np.zeros(n))
    rated = {d: column for d, column in labels.items() if len(column) and not np.isnan(column).all()}
    if rated:
        rows = feature_rows(texts, model)
        margins = np.array([model.margins(text) for text in texts])
    for dimension, column in rated.items():
        j = DIMENSIONS.index(dimension)
        keep = np.flatnonzero(~np.isnan(column))
        start = margins[keep, j]
        grams, hits = _only_seen(rows.subwords[keep]), _only_seen(rows.entries[keep])
        dense = np.hstack([start[:, None] - model.bias[j], rows.categories[j][keep], rows.signals[keep]])
        features = hstack([csr_matrix(dense), grams.block, hits.block]).tocsr()
        widths = [1, len(names), len(signals), len(grams.columns), len(hits.columns)]
        spread = np.repeat([SCALE_SPREAD, LIST_SPREAD, SIGNAL_SPREAD, SUBWORD_SPREAD, ENTRY_SPREAD], widths)
        fitted = fit_around(features, column[keep], prior=np.zeros(sum(widths)), spread=spread, offset=start, bias_spread=BIAS_SPREAD)
        grown, lists[:, j], moved[:, j], by_gram, by_entry = np.split(fitted.weights, np.cumsum(widths)[:-1])
        scale[j] += grown[0]
        bias[j] = fitted.bias
        for seen, weights, into in ((grams, by_gram, subwords), (hits, by_entry, entries)):
            for column_number, weight in zip(seen.columns.tolist(), weights, strict=True):
                into[column_number][j] = weight
    return Change(scale, bias, dict(zip(names, lists, strict=True)), dict(zip(signals, moved, strict=True)), dict(entries), dict(subwords))


class _Seen:
    def __init__(self, block: csr_matrix, columns: npt.NDArray[np.int64]) -> None:
        self.block, self.columns = block, columns


def _only_seen(matrix: csr_matrix) -> _Seen:
    columns = np.unique(matrix.indices).astype(np.int64)
    return _Seen(matrix[:, columns], columns)
