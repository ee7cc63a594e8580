"""How good a calibrated model is, on labelled posts that it has not seen, beside its peers."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from toneguide.calibrate.conformal import Doubt, measure_doubt
from toneguide.calibrate.labelled import Labelled
from toneguide.calibrate.merge import RatedPost, to_share
from toneguide.model.adapt import Decision, decide, grouped_folds, mean_ranks, rank_correlation
from toneguide.model.calibration import Design, FeatureTable
from toneguide.model.tone_model import DIMENSIONS, ToneModel

__all__ = ["Bin", "Figure", "Figures", "Quality", "WorstPost", "auc", "figures_of", "held_out_scores", "measure_quality"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
FOLDS: Final = 5
_DRAWS: Final = 400
_INTERVAL: Final = (2.5, 97.5)
_BINS: Final = 5
_FEWEST: Final = 10
_WORST: Final = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its 95 % bootstrap interval; NaN where it cannot be told."""

    value: float
    low: float = math.nan
    high: float = math.nan


@dataclass(frozen=True, slots=True)
class Figures:
    """Agreement of scores with ratings.

    Attributes
    ----------
    auc : Figure
        Chance that a post rated above the middle scores higher than one rated below it.
    spearman : Figure
        Rank correlation.
    points : Figure
        Mean absolute error, 0-100.
    n : int
        Posts.
    """

    auc: Figure
    spearman: Figure
    points: Figure
    n: int


@dataclass(frozen=True, slots=True)
class Bin:
    """Posts with similar scores: their mean score and mean rating (0-100), with a 95 % interval of the rating."""

    score: float
    rating: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class WorstPost:
    """A post whose score is far from its rating, both 0-100."""

    text: str
    score: float
    rating: float


@dataclass(frozen=True, slots=True)
class Quality:
    """How good one dimension is, cross-validated: everything chosen anew in every fold.

    Attributes
    ----------
    dimension : str
        ``"corporate"`` or ``"warmth"``.
    ours, shipped, peer, human : Figures or None
        The calibrated model, the shipped one, TF-IDF with logistic regression on the same folds, and one rater against the mean of the others.
    no_hits : Figures or None
        The calibrated model on the posts without a word that the lists rate for this dimension; None with fewer than ten.
    n_no_hits : int
        How many such posts there are.
    reliability : list of Bin
        Whether a score of 70 is rated 70.
    worst : list of WorstPost
        The posts it gets most wrong.
    doubt : Doubt or None
        Interval around a score; None with fewer than 20 posts.
    scores, ratings : numpy.ndarray of shape (n,)
        Cross-validated scores and ratings, 0-100, for charts and targets.
    """

    dimension: str
    ours: Figures
    shipped: Figures
    peer: Figures | None
    human: Figures | None
    no_hits: Figures | None
    n_no_hits: int
    reliability: list[Bin]
    worst: list[WorstPost]
    doubt: Doubt | None
    scores: Floats = field(repr=False, compare=False)
    ratings: Floats = field(repr=False, compare=False)


def measure_quality(model: ToneModel, labelled: Labelled, dimension: str, *, peer: bool = True, seed: int = 0) -> Quality | None:
    """Measure one dimension on posts held out.

    Parameters
    ----------
    model : ToneModel
        The shipped model: the prior.
    labelled : Labelled
        Rated posts.
    dimension : {"corporate", "warmth"}
        Which ratings.
    peer : bool
        Whether to fit TF-IDF with logistic regression beside it.
    seed : int
        Of the bootstrap.

    Returns
    -------
    Quality or None
        None with fewer than ten rated posts.
    """
    keep = labelled.rated(dimension)
    if len(keep) < _FEWEST:
        return None
    design = FeatureTable(model, [labelled.texts[i] for i in keep]).design(dimension, np.arange(len(keep)))
    shares, counts, groups = labelled.shares[dimension][keep], labelled.counts[dimension][keep], labelled.groups[keep]
    folds = grouped_folds(groups, FOLDS)
    margins = held_out_scores(dimension, design, shares, groups, counts, folds)
    posts = [labelled.posts[i] for i in keep]
    ratings, scores = 100 * shares, 100 * expit(margins)
    bare = np.array([not _has_hit(model, labelled, i, dimension) for i in keep], dtype=bool)

    def figures(values: Floats, among: npt.NDArray[np.bool_] | None = None) -> Figures:
        which = slice(None) if among is None else among
        return figures_of(values[which], ratings[which], groups[which], seed=seed)

    return Quality(
        dimension, figures(scores), figures(100 * expit(design.start)), figures(_peer_scores(posts, shares, folds)) if peer else None,
        _human(posts, dimension, labelled, seed), figures(scores, bare) if bare.sum() >= _FEWEST else None, int(bare.sum()),
        _reliability(scores, ratings), _worst(posts, scores, ratings), measure_doubt(scores, ratings, folds), scores, ratings,
    )  # fmt: skip


def held_out_scores(dimension: str, design: Design, shares: Floats, groups: Ints, counts: Floats, folds: Sequence[Ints]) -> Floats:
    """Margins of posts by models that saw none of their fold; strength and sigmoid are chosen without it too."""
    margins = np.zeros(len(shares))
    for fold in folds:
        known = np.setdiff1d(np.arange(len(shares)), fold)
        part = design.among(known)
        decided: Decision = decide(dimension, part, shares[known], groups[known], counts[known])
        moved = design.start
        if decided.moves:
            after = design.margins_after(shares, sample_weight=counts, strength=decided.strength, among=known)
            moved = decided.slope * after + decided.shift
        margins[fold] = moved[fold]
    return margins


def figures_of(scores: Floats, ratings: Floats, groups: Ints | None = None, *, raters: Ints | None = None, seed: int = 0) -> Figures:
    """AUC, Spearman and mean absolute error, with bootstrap intervals over groups.

    Parameters
    ----------
    scores, ratings : numpy.ndarray of shape (n,)
        0-100.
    groups : numpy.ndarray of shape (n,), optional
        Drawn together.
    raters : numpy.ndarray of shape (n,), optional
        Who gave each rating: figures are worked out rater by rater and averaged, so that a stricter one is no error of order.
    seed : int
        Of the bootstrap.
    """
    whose = np.zeros(len(scores), dtype=np.int64) if raters is None else raters
    each = np.arange(len(scores)) if groups is None else groups
    members = [np.flatnonzero(each == name) for name in np.unique(each)]
    rng = np.random.default_rng(seed)
    draws = [np.concatenate([members[j] for j in rng.integers(len(members), size=len(members))]) for _ in range(_DRAWS)]

    people = [whose == one for one in np.unique(whose)]

    def mean(measure: Callable[[Floats, Floats], float], rows: Ints) -> float:
        found = [measure(scores[some], ratings[some]) for mine in people if len(some := rows[mine[rows]])]
        found = [value for value in found if not math.isnan(value)]
        return float(np.mean(found)) if found else math.nan

    def figure(measure: Callable[[Floats, Floats], float]) -> Figure:
        drawn = [value for rows in draws if not math.isnan(value := mean(measure, rows))]
        low, high = np.percentile(drawn, _INTERVAL) if drawn else (math.nan, math.nan)
        return Figure(mean(measure, np.arange(len(scores))), float(low), float(high))

    return Figures(figure(auc), figure(rank_correlation), figure(_points), len(scores))


def auc(scores: Floats, ratings: Floats) -> float:
    """Area under the ROC curve for ratings above the middle against those below it; NaN without one of the two.

    Examples
    --------
    >>> auc(np.array([10.0, 30.0, 20.0, 90.0]), np.array([0.0, 25.0, 75.0, 100.0]))
    0.75
    """
    high, low = ratings > 50, ratings < 50
    n_high, n_low = int(high.sum()), int(low.sum())
    if not n_high or not n_low:
        return math.nan
    ranks = mean_ranks(scores[high | low])
    return float((ranks[high[high | low]].sum() - n_high * (n_high + 1) / 2) / (n_high * n_low))


def _points(scores: Floats, ratings: Floats) -> float:
    return float(np.abs(scores - ratings).mean())


def _peer_scores(posts: Sequence[RatedPost], shares: Floats, folds: Sequence[Ints]) -> Floats:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_union

    texts, scores = [post.text for post in posts], np.full(len(posts), 50.0)
    for fold in folds:
        known = np.setdiff1d(np.arange(len(posts)), fold)
        union = make_union(
            TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True),
        )
        rows = union.fit_transform([texts[i] for i in known])
        # A share of agreement is two posts, a high and a low one, each counted as often as it is true.
        twice = np.concatenate([np.arange(len(known))] * 2)
        classes = np.repeat([1, 0], len(known))
        weight = np.concatenate([shares[known], 1 - shares[known]])
        used = weight > 0
        if len(np.unique(classes[used])) > 1:
            fitted = LogisticRegression(C=10, max_iter=2000).fit(rows[twice[used]], classes[used], sample_weight=weight[used])
            scores[fold] = 100 * fitted.predict_proba(union.transform([texts[i] for i in fold]))[:, 1]
    return scores


def _human(posts: Sequence[RatedPost], dimension: str, labelled: Labelled, seed: int) -> Figures | None:
    """One rater against the mean of the others, all raters in turn; those who read the scale backwards are left out."""
    weights = labelled.weights[dimension]
    mine, theirs, of_post, who = [], [], [], []
    number_of = {rater: i for i, rater in enumerate(sorted(weights))}
    for number, post in enumerate(posts):
        ratings = {rater: 100 * to_share(r) for rater, r in post.ratings.get(dimension, {}).items() if weights[rater]}
        for rater, rating in ratings.items():
            others = [r for name, r in ratings.items() if name != rater]
            if others:
                mine.append(rating)
                theirs.append(float(np.mean(others)))
                of_post.append(number)
                who.append(number_of[rater])
    if len(set(of_post)) < _FEWEST:
        return None
    return figures_of(np.array(mine), np.array(theirs), np.array(of_post), raters=np.array(who), seed=seed)


def _has_hit(model: ToneModel, labelled: Labelled, i: int, dimension: str) -> bool:
    """Whether a word or phrase of the post is rated for the dimension by any list."""
    text, entries = labelled.texts[i], model.lexicon.entries
    j = DIMENSIONS.index(dimension)
    found = {match.entry for match in model.units(text).phrases}
    for token in range(len(text.tokens)):
        found.update(model.lexicon.of_type(text.type_at(token)))
    return any((entries[e].corporate, entries[e].warmth)[j] for e in found)


def _reliability(scores: Floats, ratings: Floats) -> list[Bin]:
    order = np.argsort(scores, kind="stable")
    bins = []
    for part in np.array_split(order, min(_BINS, len(order) // 4 or 1)):
        mean, error = float(ratings[part].mean()), float(ratings[part].std(ddof=1) / math.sqrt(len(part))) if len(part) > 1 else math.nan
        bins.append(Bin(float(scores[part].mean()), mean, max(0.0, mean - 1.96 * error), min(100.0, mean + 1.96 * error), len(part)))
    return bins


def _worst(posts: Sequence[RatedPost], scores: Floats, ratings: Floats) -> list[WorstPost]:
    order = np.argsort(-np.abs(scores - ratings), kind="stable")[:_WORST]
    return [WorstPost(posts[i].text, float(scores[i]), float(ratings[i])) for i in order]
