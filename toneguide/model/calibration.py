"""Calibration of the weights: the company's labels move the shipped model, as far as they justify."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack

from toneguide.language.analysis import Analysed
from toneguide.model.features import categories, feature_rows, strengths
from toneguide.model.fit import Fitted
from toneguide.model.kernel_fit import fit_over_posts
from toneguide.model.tone_model import DIMENSIONS, ToneModel
from toneguide.signals import signal_names

__all__ = ["Change", "Design", "FeatureTable", "apply", "fold_sigmoid", "learn", "only", "to_change"]

Floats = npt.NDArray[np.float64]
_Key = TypeVar("_Key", str, int)
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


def learn(
    model: ToneModel,
    texts: Sequence[Analysed],
    labels: Mapping[str, Floats],
    *,
    weights: Mapping[str, Floats] | None = None,
    strength: Mapping[str, float] | None = None,
) -> Change:
    """How labelled posts would move a model.

    Parameters
    ----------
    model : ToneModel
        Where to start.
    texts : sequence of Analysed
        Labelled posts in the model's language.
    labels : mapping of str to numpy.ndarray of shape (n,)
        For each dimension that was rated, ratings in 0..1; NaN where a post has none.
    weights : mapping of str to numpy.ndarray of shape (n,), optional
        How much each rating counts; 1 where left out.
    strength : mapping of str to float, optional
        For each dimension, how far weights may move, as a share of the usual; 0 moves scale and bias only.

    Returns
    -------
    Change
        One that changes nothing where there is nothing to learn from.
    """
    rated = {d: column for d, column in labels.items() if len(column) and not np.isnan(column).all()}
    table = FeatureTable(model, texts) if rated else None
    moves = []
    for dimension, column in rated.items():
        keep = np.flatnonzero(~np.isnan(column))
        design = table.design(dimension, keep) if table else None
        if design is not None:
            counts = weights[dimension][keep] if weights and dimension in weights else None
            fitted = design.fit(column[keep], sample_weight=counts, strength=(strength or {}).get(dimension, 1.0))
            moves.append((dimension, design, fitted))
    return to_change(model, moves)


class FeatureTable:
    """Features of labelled posts, made once for all fits on them.

    Parameters
    ----------
    model : ToneModel
        Where to start.
    texts : sequence of Analysed
        Labelled posts in the model's language.
    """

    def __init__(self, model: ToneModel, texts: Sequence[Analysed]) -> None:
        self._model = model
        self._rows = feature_rows(texts, model)
        self.margins: Floats = np.array([model.margins(text) for text in texts]).reshape(len(texts), len(DIMENSIONS))

    def design(self, dimension: str, keep: npt.NDArray[np.int64]) -> Design:
        """The fit of one dimension on some of the posts."""
        j, rows = DIMENSIONS.index(dimension), self._rows
        start = self.margins[keep, j]
        grams, hits = _only_seen(rows.subwords[keep]), _only_seen(rows.entries[keep])
        signals = rows.signals[keep]
        dense = np.hstack([start[:, None] - self._model.bias[j], rows.categories[j][keep], signals])
        widths = (1, rows.categories.shape[2], signals.shape[1], len(grams.columns), len(hits.columns))
        features = hstack([csr_matrix(dense), grams.block, hits.block]).tocsr()
        return Design(start, features, widths, grams.columns, hits.columns)


@dataclass(frozen=True, eq=False)
class Design:
    """Features and starting margins of the posts that one dimension was rated on.

    Attributes
    ----------
    start : numpy.ndarray of shape (n,)
        Margins before the move.
    features : csr_matrix of shape (n, p)
        What each weight that may move adds: scale, lists, signals, n-grams, entries.
    widths : tuple of int
        How many weights of each kind.
    grams, hits : numpy.ndarray of int
        Which n-grams and entries occur.
    """

    start: Floats
    features: csr_matrix
    widths: tuple[int, ...]
    grams: npt.NDArray[np.int64]
    hits: npt.NDArray[np.int64]

    def among(self, rows: npt.NDArray[np.int64]) -> Design:
        """The same for some of the posts."""
        part = Design(self.start[rows], self.features[rows], self.widths, self.grams, self.hits)
        level, weights = self._kernels
        # Products of posts stay what they are; working them out again is most of the time.
        part.__dict__["_kernels"] = level[np.ix_(rows, rows)], weights[np.ix_(rows, rows)]
        return part

    def fit(
        self, ratings: Floats, *, sample_weight: Floats | None = None, strength: float = 1.0, among: npt.NDArray[np.int64] | None = None
    ) -> Fitted:
        """Fit the move on all posts, or on those `among` them; `margins_after` is quicker where only the margins are wanted."""
        rows = np.arange(len(ratings)) if among is None else among
        pull = self._pull(ratings, rows, sample_weight, strength)
        weights: Floats = self._spread(strength) ** 2 * (self.features[rows].T @ pull)
        return Fitted(weights, float(BIAS_SPREAD**2 * pull.sum()))

    def margins_after(
        self, ratings: Floats, *, sample_weight: Floats | None = None, strength: float = 1.0, among: npt.NDArray[np.int64] | None = None
    ) -> Floats:
        """Margins of all posts after a move that was fitted on some."""
        rows = np.arange(len(ratings)) if among is None else among
        pull = self._pull(ratings, rows, sample_weight, strength)
        moved: Floats = self.start + self._kernel(strength)[:, rows] @ pull
        return moved

    def _pull(self, ratings: Floats, rows: npt.NDArray[np.int64], sample_weight: Floats | None, strength: float) -> Floats:
        counts = np.ones(len(rows)) if sample_weight is None else sample_weight[rows]
        return fit_over_posts(self._kernel(strength)[np.ix_(rows, rows)], ratings[rows], self.start[rows], counts)

    def _spread(self, strength: float) -> Floats:
        usual = np.array([SCALE_SPREAD, *(s * strength for s in (LIST_SPREAD, SIGNAL_SPREAD, SUBWORD_SPREAD, ENTRY_SPREAD))])
        return np.repeat(usual, self.widths)

    def _kernel(self, strength: float) -> Floats:
        level, weights = self._kernels
        kernel: Floats = level + strength**2 * weights
        return kernel

    @cached_property
    def _kernels(self) -> tuple[Floats, Floats]:
        """What scale and bias share between posts, and what the weights do at full strength."""
        level = SCALE_SPREAD**2 * (self.features[:, :1] @ self.features[:, :1].T).toarray() + BIAS_SPREAD**2
        scaled = csr_matrix(self.features[:, 1:].multiply(self._spread(1.0)[1:]))
        return level, (scaled @ scaled.T).toarray()


def to_change(model: ToneModel, moves: Sequence[tuple[str, Design, Fitted]]) -> Change:
    """Fitted moves of some dimensions as one change; the others stay."""
    names, signals, n = categories(model.lexicon), signal_names(model.language), len(DIMENSIONS)
    scale, bias, lists, moved = np.ones(n), np.zeros(n), np.zeros((len(names), n)), np.zeros((len(signals), n))
    entries: dict[int, Floats] = defaultdict(lambda: np.zeros(n))
    subwords: dict[int, Floats] = defaultdict(lambda: np.zeros(n))
    for dimension, design, fitted in moves:
        j = DIMENSIONS.index(dimension)
        grown, lists[:, j], moved[:, j], by_gram, by_entry = np.split(fitted.weights, np.cumsum(design.widths)[:-1])
        scale[j] += grown[0]
        bias[j] = fitted.bias
        for columns, found, into in ((design.grams, by_gram, subwords), (design.hits, by_entry, entries)):
            for column_number, weight in zip(columns.tolist(), found, strict=True):
                into[column_number][j] = weight
    return Change(scale, bias, dict(zip(names, lists, strict=True)), dict(zip(signals, moved, strict=True)), dict(entries), dict(subwords))


def fold_sigmoid(model: ToneModel, change: Change, slope: Floats, shift: Floats) -> Change:
    """The change after which every margin is ``slope * margin + shift``, so that the score map can stay as it is.

    Parameters
    ----------
    model : ToneModel
        What the change is made to.
    change : Change
        The change so far.
    slope, shift : numpy.ndarray of shape (2,)
        One for each dimension.
    """

    def grown(weights: Mapping[_Key, Floats]) -> dict[_Key, Floats]:
        # Four digits are a thousandth of a point at most, and a file half as long to review.
        return {key: np.round(weight * slope, 4) for key, weight in weights.items()}

    return Change(
        change.scale * slope, slope * (model.bias + change.bias) + shift - model.bias,
        grown(change.lists), grown(change.signals), grown(change.entries), grown(change.subwords),
    )  # fmt: skip


def only(change: Change, dimensions: Collection[str]) -> Change:
    """The part of a change that moves these dimensions; the others stay."""
    mine = np.array([dimension in dimensions for dimension in DIMENSIONS])

    def kept(weights: Mapping[_Key, Floats]) -> dict[_Key, Floats]:
        return {key: weight * mine for key, weight in weights.items()}

    return Change(
        np.where(mine, change.scale, 1.0), change.bias * mine,
        kept(change.lists), kept(change.signals), kept(change.entries), kept(change.subwords),
    )  # fmt: skip


class _Seen:
    def __init__(self, block: csr_matrix, columns: npt.NDArray[np.int64]) -> None:
        self.block, self.columns = block, columns


def _only_seen(matrix: csr_matrix) -> _Seen:
    columns = np.unique(matrix.indices).astype(np.int64)
    return _Seen(matrix[:, columns], columns)
