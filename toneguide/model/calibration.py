"""Calibration of the weights: the company's labels move the shipped model, as far as they justify."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack

from toneguide.language.analysis import Analysed
from toneguide.model.features import categories, feature_rows, signal_names, strengths
from toneguide.model.fit import fit_around
from toneguide.model.tone_model import DIMENSIONS, ToneModel

__all__ = ["adapt"]

Floats = npt.NDArray[np.float64]
# How far each kind of weight may move (prior standard deviations, in margins of a typical post); chosen on our own corpora
# with the shipped models as they are, by cross-validation over simulated teams (`poe evaluate`).
SCALE_SPREAD: Final = 0.5
CATEGORY_SPREAD: Final = 4.0
SIGNAL_SPREAD: Final = 0.12
SUBWORD_SPREAD: Final = 60.0
ENTRY_SPREAD: Final = 6.0


def adapt(model: ToneModel, texts: Sequence[Analysed], labels: Mapping[str, Floats]) -> ToneModel:
    """A model moved towards labelled posts.

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
    ToneModel
        The same model where there is nothing to learn from.
    """
    rows = feature_rows(texts, model)
    margins = np.array([model.margins(text) for text in texts]).reshape(-1, len(DIMENSIONS))
    names, signals = categories(model.lexicon), signal_names(model.language)
    index = {name: i for i, name in enumerate(names)}
    of_entry = np.array([index[entry.category] for entry in model.lexicon.entries])
    rated = strengths(model.lexicon)
    bias, entry_weights, subwords = model.bias.copy(), model.entry_weights.copy(), model.subword_weights.copy()
    signal_weights = {name: weight.copy() for name, weight in model.signal_weights.items()}
    for j, dimension in enumerate(DIMENSIONS):
        known = labels.get(dimension)
        keep = np.flatnonzero(~np.isnan(known)) if known is not None else np.array([], dtype=int)
        if known is None or not len(keep):
            continue
        start = margins[keep, j]
        words = _only_seen(rows.subwords[keep])
        entries = _only_seen(rows.entries[keep])
        blocks = [start[:, None] - model.bias[j], rows.categories[j][keep], rows.signals[keep]]
        features = hstack([csr_matrix(np.hstack(blocks)), words.block, entries.block]).tocsr()
        widths = [1, len(names), len(signals), len(words.columns), len(entries.columns)]
        spread = np.repeat([SCALE_SPREAD, CATEGORY_SPREAD, SIGNAL_SPREAD, SUBWORD_SPREAD, ENTRY_SPREAD], widths)
        fitted = fit_around(features, known[keep], prior=np.zeros(sum(widths)), spread=spread, offset=start, bias_spread=2.0)
        scale, by_category, by_signal, by_subword, by_entry = np.split(fitted.weights, np.cumsum(widths)[:-1])
        grown = 1 + scale[0]
        bias[j] += fitted.bias
        entry_weights[:, j] = grown * entry_weights[:, j] + rated[:, j] * by_category[of_entry]
        entry_weights[entries.columns, j] += by_entry
        subwords[:, j] *= grown
        subwords[words.columns, j] += by_subword
        for name, moved in zip(signals, by_signal, strict=True):
            signal_weights[name][j] = grown * signal_weights[name][j] + moved
    return model.with_weights(bias=bias, entry_weights=entry_weights, subword_weights=subwords, signal_weights=signal_weights)


class _Seen:
    def __init__(self, block: csr_matrix, columns: npt.NDArray[np.int64]) -> None:
        self.block, self.columns = block, columns


def _only_seen(matrix: csr_matrix) -> _Seen:
    columns = np.unique(matrix.indices).astype(np.int64)
    return _Seen(matrix[:, columns], columns)
