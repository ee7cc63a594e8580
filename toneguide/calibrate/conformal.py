"""Saying "not sure": intervals around scores that hold for a stated share of posts.

Scores of labelled posts held out in cross-validation are compared with their ratings; the interval is as wide as the differences ask for, with the
finite-sample correction of split-conformal prediction (Vovk; Lei and others 2018). Small enough to be written here: MAPIE wraps scikit-learn
estimators, and ours is not one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from toneguide.decided import Band

__all__ = ["Doubt", "Place", "measure_doubt", "place_score"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Place = Literal["inside", "outside", "not sure"]
WANTED: Final = 0.9
_FEWEST: Final = 20
_SPREAD: Final = (0.025, 0.975)


@dataclass(frozen=True, slots=True)
class Doubt:
    """How far ratings are from scores, at most, in a stated share of posts.

    Attributes
    ----------
    points : float
        A post's rating is within this many points of its score.
    wanted : float
        In this share of posts.
    realised : float
        Share of the labelled posts for which it was true, each with the width from the posts of other folds.
    low, high : float
        Where the share would be in 95 of 100 repetitions with that many labels.
    n : int
        Posts it was measured on.
    """

    points: float
    wanted: float
    realised: float
    low: float
    high: float
    n: int

    def interval(self, score: float) -> tuple[float, float]:
        """Lowest and highest rating, 0-100, that a score leaves likely."""
        return max(0.0, score - self.points), min(100.0, score + self.points)


def measure_doubt(scores: Floats, ratings: Floats, folds: list[Ints], *, wanted: float = WANTED) -> Doubt | None:
    """Interval width from posts held out.

    Parameters
    ----------
    scores, ratings : numpy.ndarray of shape (n,)
        Cross-validated scores and ratings, both 0-100.
    folds : list of numpy.ndarray
        Places of the posts that were held out together.
    wanted : float
        Share of posts whose rating is to be inside.

    Returns
    -------
    Doubt or None
        None with fewer than 20 posts: they bear no interval.
    """
    from scipy.stats import beta

    n = len(scores)
    if n < _FEWEST:
        return None
    away = np.abs(scores - ratings)
    hits = np.zeros(n, dtype=bool)
    for fold in folds:
        rest = np.setdiff1d(np.arange(n), fold)
        hits[fold] = away[fold] <= _width(away[rest], wanted)
    rank = min(n, math.ceil((n + 1) * wanted))
    # The share of new posts inside, over repetitions with n labels, has a beta distribution; with few labels it is wide.
    inside = beta(rank, n + 1 - rank)
    low, high = (float(inside.ppf(q)) for q in _SPREAD)
    return Doubt(_width(away, wanted), wanted, float(hits.mean()), low, high, n)


def place_score(score: float, band: Band, doubt: Doubt | None) -> Place:
    """Whether a post is within a target, as far as can be told.

    Parameters
    ----------
    score : float
        0-100.
    band : Band
        The target.
    doubt : Doubt or None
        Of that dimension; None where nobody measured it.

    Returns
    -------
    {"inside", "outside", "not sure"}
        Not sure where the interval reaches across an end of the target.

    Examples
    --------
    >>> doubt = Doubt(points=10, wanted=0.9, realised=0.9, low=0.85, high=0.95, n=100)
    >>> [place_score(score, Band(high=40), doubt) for score in (20, 35, 60)]
    ['inside', 'not sure', 'outside']
    """
    low, high = doubt.interval(score) if doubt else (score, score)
    if low in band and high in band:
        return "inside"
    crosses = low <= band.high and high >= band.low
    return "not sure" if crosses and doubt else "outside"


def _width(away: Floats, wanted: float) -> float:
    rank = math.ceil((len(away) + 1) * wanted)
    return float(np.sort(away)[rank - 1]) if rank <= len(away) else 100.0
