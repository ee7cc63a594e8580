"""How far labels justify to move a model, found by cross-validation; where they justify nothing, the prior stays and that is said."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from toneguide.interface import tr
from toneguide.language.analysis import Analysed
from toneguide.model.calibration import Change, Design, FeatureTable, fold_sigmoid, to_change
from toneguide.model.fit import Fitted, fit_around
from toneguide.model.tone_model import DIMENSIONS, ToneModel

__all__ = [
    "FEWEST_POSTS",
    "STRENGTHS",
    "Adapted",
    "Decision",
    "Verdict",
    "adapt",
    "decide",
    "grouped_folds",
    "mean_ranks",
    "rank_correlation",
]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Verdict = Literal["moved", "rescaled", "too few", "all the same", "contradictory", "reversed", "disagreed"]

FEWEST_POSTS: Final = 10
FOLDS: Final = 8
# Shares of the usual prior spread that cross-validation chooses from; with the rule below the choice was best on few-shot splits of
# the public development sets and lost nothing against the prior (grid 0 to 3, rules from the least loss to one standard error).
STRENGTHS: Final = (0.0, 0.1, 0.2, 0.35, 0.6, 1.0, 1.7, 3.0)
# The least move whose loss is within this many standard errors of the best one's.
CAUTION: Final = 0.25
# Standard errors of a rank correlation without any order behind it; shuffled ratings pass this about once in a hundred.
_SURELY: Final = 2.6
_LIKELY: Final = 1.645
_LEAST_SCALE: Final = 0.1
_LEAST_SLOPE: Final = 0.2
_SLOPE_SPREAD: Final = 0.5
_SHIFT_SPREAD: Final = 1.0
_CLOSE: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Decision:
    """What the labels justify for one dimension.

    Attributes
    ----------
    dimension : str
        ``"corporate"`` or ``"warmth"``.
    verdict : str
        ``"moved"``: weights move. ``"rescaled"``: only scale and level of the scores follow the labels. Otherwise nothing moves:
        ``"too few"`` posts, ratings ``"all the same"``, ``"contradictory"`` ones (no order that could be found again in posts held out),
        ``"reversed"`` ones (they run against the model, as if the scale had been turned round), or raters who ``"disagreed"`` too much for a
        mean of theirs to say anything.
    n : int
        Posts with a rating.
    strength : float
        How far weights moved, as a share of the usual prior spread.
    before, after : float
        Spearman correlation of ratings and margins: shipped model, and cross-validated after the move; NaN where there is none.
    losses : mapping of float to float
        Cross-validated cross-entropy per post for every strength.
    slope, shift : float
        The sigmoid that was folded into weights and bias.
    held_out : numpy.ndarray of shape (n,)
        Cross-validated margins after the move and the sigmoid; the prior's where nothing moved.
    """

    dimension: str
    verdict: Verdict
    n: int
    strength: float = 0.0
    before: float = math.nan
    after: float = math.nan
    losses: Mapping[float, float] = field(default_factory=dict)
    slope: float = 1.0
    shift: float = 0.0
    held_out: Floats = field(default_factory=lambda: np.zeros(0), repr=False, compare=False)

    @property
    def moves(self) -> bool:
        """Whether anything of this dimension changes."""
        return self.verdict in ("moved", "rescaled")

    @property
    def told(self) -> str:
        """One sentence for people: what was done, why, and what to do next."""
        name, n = tr(self.dimension), self.n
        if self.verdict == "moved":
            return tr("{name}: words and signals moved towards your {n} ratings.", name=name, n=n)
        if self.verdict == "rescaled":
            return tr("{name}: the order stays, the level follows your {n} ratings; other words would not have helped.", name=name, n=n)
        if self.verdict == "too few":
            return tr("{name}: unchanged. {n} ratings are too few: rate at least 10 different posts, better 25 and more.", name=name, n=n)
        if self.verdict == "disagreed":
            return tr(
                "{name}: unchanged. Raters see the {n} rated posts too differently: talk the definition over, then rate again.",
                name=name,
                n=n,
            )
        if self.verdict == "all the same":
            return tr("{name}: unchanged. All {n} ratings are the same: rate posts that differ.", name=name, n=n)
        if self.verdict == "reversed":
            return tr("{name}: unchanged. The {n} ratings run against the words: was the scale read the wrong way round?", name=name, n=n)
        return tr(
            "{name}: unchanged. The {n} ratings show no order that holds for posts held out: rate more, or talk the definition over.",
            name=name, n=n,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Adapted:
    """A change and, for each rated dimension, why it is as large as it is."""

    change: Change
    decisions: Mapping[str, Decision]


def adapt(
    model: ToneModel, texts: Sequence[Analysed], labels: Mapping[str, Floats], *, groups: Ints | None = None,
    weights: Mapping[str, Floats] | None = None, trust_few: bool = False,
) -> Adapted:  # fmt: skip
    """Move a model towards labels, as far as cross-validation justifies.

    Parameters
    ----------
    model : ToneModel
        Where to start: the prior.
    texts : sequence of Analysed
        Labelled posts in the model's language.
    labels : mapping of str to numpy.ndarray of shape (n,)
        Ratings in 0..1 for one dimension or both; NaN where a post has none.
    groups : numpy.ndarray of shape (n,), optional
        Near-copies share a number and are held out together; see `toneguide.language.near_copies`.
    weights : mapping of str to numpy.ndarray of shape (n,), optional
        How much each rating counts.
    trust_few : bool
        With fewer than `FEWEST_POSTS` rated posts make the usual small move, which nobody can check, instead of keeping the prior.
    """
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    if not len(texts):
        return Adapted(to_change(model, []), {d: Decision(d, "too few", 0) for d in labels})
    # Hundreds of small matrices: threads of a linear algebra library cost more than they bring, a hundredfold on a busy machine.
    with threadpool_limits(limits=1, user_api="blas"):
        table = FeatureTable(model, texts)
        each = np.arange(len(texts)) if groups is None else groups
        slope, shift = np.ones(len(DIMENSIONS)), np.zeros(len(DIMENSIONS))
        moves: list[tuple[str, Design, Fitted]] = []
        decisions = {}
        for dimension, column in labels.items():
            keep = np.flatnonzero(~np.isnan(column))
            design = table.design(dimension, keep)
            counts = weights[dimension][keep] if weights and dimension in weights else np.ones(len(keep))
            decided = decisions[dimension] = decide(dimension, design, column[keep], each[keep], counts)
            if trust_few and decided.verdict == "too few" and len(keep):
                decided = decisions[dimension] = replace(decided, verdict="moved", strength=1.0)
            if decided.moves:
                moves.append((dimension, design, design.fit(column[keep], sample_weight=counts, strength=decided.strength)))
                j = DIMENSIONS.index(dimension)
                slope[j], shift[j] = decided.slope, decided.shift
        return Adapted(fold_sigmoid(model, to_change(model, moves), slope, shift), decisions)


def decide(dimension: str, design: Design, ratings: Floats, groups: Ints, counts: Floats) -> Decision:
    """What the labels of one dimension justify.

    Parameters
    ----------
    dimension : str
        Its name.
    design : Design
        Features of the rated posts.
    ratings, counts : numpy.ndarray of shape (n,)
        Ratings in 0..1 and how much each counts.
    groups : numpy.ndarray of shape (n,)
        Posts held out together.
    """
    n, used = len(ratings), counts > 0
    distinct = len(np.unique(groups[used]))
    if distinct < FEWEST_POSTS:
        return Decision(dimension, "too few", n, held_out=design.start)
    if np.ptp(ratings[used]) < _CLOSE:
        return Decision(dimension, "all the same", n, held_out=design.start)
    before = rank_correlation(design.start[used], ratings[used])
    if before < -_SURELY / math.sqrt(distinct - 1):
        return Decision(dimension, "reversed", n, before=before, held_out=design.start)
    folds = grouped_folds(groups, FOLDS)
    held = {strength: _held_out(design, ratings, counts, folds, strength) for strength in STRENGTHS}
    losses = {strength: _losses(margins, ratings) for strength, margins in held.items()}
    found = {s: float(np.average(loss, weights=counts)) for s, loss in losses.items()}
    strength, shown = _least_sufficient(losses, counts), math.sqrt(distinct - 1)
    after = rank_correlation(held[strength][used], ratings[used])
    if max(before, after) < _SURELY / shown:
        # Not sure enough to change the order of posts; their level may follow where the order is likely.
        strength, after = 0.0, rank_correlation(held[0.0][used], ratings[used])
    scale = 1 + design.fit(ratings, sample_weight=counts, strength=strength).weights[0]
    if max(before, after) < _LIKELY / shown or (not strength and scale < _LEAST_SCALE):
        return Decision(dimension, "contradictory", n, before=before, after=after, losses=found, held_out=design.start)
    sigmoid = _fit_sigmoid(held[strength], ratings, counts)
    slope, shift = float(sigmoid.weights[0]), sigmoid.bias
    verdict: Verdict = "moved" if strength else "rescaled"
    return Decision(dimension, verdict, n, strength, before, after, found, slope, shift, slope * held[strength] + shift)


def grouped_folds(groups: Ints, n_folds: int) -> list[Ints]:
    """Parts of about the same size; members of a group stay together.

    Parameters
    ----------
    groups : numpy.ndarray of shape (n,)
        Group of each post.
    n_folds : int
        How many parts; fewer where there are fewer groups.

    Examples
    --------
    >>> [fold.tolist() for fold in grouped_folds(np.array([0, 0, 2, 3, 4]), 2)]
    [[0, 1, 4], [2, 3]]
    """
    names, sizes = np.unique(groups, return_counts=True)
    filled = [0] * min(n_folds, len(names))
    fold_of = {}
    for i in np.argsort(-sizes, kind="stable").tolist():
        lightest = filled.index(min(filled))
        fold_of[names[i]] = lightest
        filled[lightest] += int(sizes[i])
    part = np.array([fold_of[group] for group in groups])
    return [np.flatnonzero(part == k) for k in range(len(filled))]


def rank_correlation(one: Floats, other: Floats) -> float:
    """Spearman's correlation; NaN where either does not vary.

    Examples
    --------
    >>> round(rank_correlation(np.array([1.0, 2.0, 9.0]), np.array([0.1, 0.2, 0.3])), 3)
    1.0
    """
    if len(one) < 2 or np.ptp(one) == 0 or np.ptp(other) == 0:
        return math.nan
    return float(np.corrcoef(mean_ranks(one), mean_ranks(other))[0, 1])


def mean_ranks(values: Floats) -> Floats:
    """Ranks from 1, equal values sharing their mean; quicker on short arrays than scipy's, and asked thousands of times in a bootstrap.

    Examples
    --------
    >>> mean_ranks(np.array([3.0, 1.0, 3.0])).tolist()
    [2.5, 1.0, 2.5]
    """
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks: Floats = (np.cumsum(counts) - (counts - 1) / 2)[place]
    return ranks


def _held_out(design: Design, ratings: Floats, counts: Floats, folds: Sequence[Ints], strength: float) -> Floats:
    margins = np.zeros(len(ratings))
    for fold in folds:
        known = np.setdiff1d(np.arange(len(ratings)), fold)
        margins[fold] = design.margins_after(ratings, sample_weight=counts, strength=strength, among=known)[fold]
    return margins


def _losses(margins: Floats, ratings: Floats) -> Floats:
    losses: Floats = np.logaddexp(0.0, margins) - ratings * margins
    return losses


def _least_sufficient(losses: Mapping[float, Floats], counts: Floats) -> float:
    best = min(losses, key=lambda strength: float(counts @ losses[strength]))
    for strength in sorted(losses):
        worse = losses[strength] - losses[best]
        mean = float(np.average(worse, weights=counts))
        error = math.sqrt(float(np.average((worse - mean) ** 2, weights=counts)) / len(counts))
        if mean <= CAUTION * error:
            return strength
    return best


def _fit_sigmoid(margins: Floats, ratings: Floats, counts: Floats) -> Fitted:
    """Platt's sigmoid on held-out margins, drawn towards leaving them as they are."""
    fitted = fit_around(
        margins[:, None], ratings, prior=np.ones(1), spread=np.array([_SLOPE_SPREAD]), bias_spread=_SHIFT_SPREAD, sample_weight=counts
    )  # fmt: skip
    return Fitted(np.maximum(fitted.weights, _LEAST_SLOPE), fitted.bias)
