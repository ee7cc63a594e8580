"""Agreement between raters: Krippendorff's alpha for ordinal ratings, missing ones allowed.

alpha = 1 - observed / expected disagreement, over all pairs of ratings of the same post; Krippendorff (2011), *Computing Krippendorff's
Alpha-Reliability*. It is worked out from coincidence matrices, one a post, so that a thousand bootstrap samples take a moment; tests compare it with
the published examples and with `nltk.metrics.agreement`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from toneguide.calibrate.merge import RatedPost, rater_weights
from toneguide.interface import decimal, tr

__all__ = ["MEASURABLE", "Agreement", "Disputed", "PairAgreement", "krippendorff_alpha", "measure_agreement"]

Floats = npt.NDArray[np.float64]
Level = Literal["nominal", "ordinal", "interval"]
# Below it a dimension says more about the raters than about the posts.
MEASURABLE: Final = 0.4
_DRAWS: Final = 1000
_INTERVAL: Final = (2.5, 97.5)
_FEWEST_SHARED: Final = 5
_DISPUTE: Final = 2.0
_FEWEST_FOR_DOUBT: Final = 10


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two raters: alpha, how many posts both rated, and how much higher the first one rates."""

    raters: tuple[str, str]
    alpha: float
    n: int
    difference: float


@dataclass(frozen=True, slots=True)
class Disputed:
    """A post that raters see differently."""

    text: str
    ratings: Mapping[str, float]

    @property
    def spread(self) -> float:
        """Steps between the lowest and the highest rating."""
        return max(self.ratings.values()) - min(self.ratings.values())


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement on one dimension.

    Attributes
    ----------
    dimension : str
        ``"corporate"`` or ``"warmth"``.
    alpha, low, high : float
        Krippendorff's alpha and its 95 % bootstrap interval over posts; NaN where fewer than two raters share posts.
    n_posts, n_raters : int
        Posts with two ratings or more, and raters.
    pairs : list of PairAgreement
        The best first.
    disputed : list of Disputed
        Posts with two steps or more between ratings, the worst first.
    against : list of str
        Raters whose ratings run against all others': they are left out of all this, and of the calibration.
    """

    dimension: str
    alpha: float
    low: float
    high: float
    n_posts: int
    n_raters: int
    pairs: list[PairAgreement] = field(default_factory=list)
    disputed: list[Disputed] = field(default_factory=list)
    against: list[str] = field(default_factory=list)

    @property
    def measurable(self) -> bool | None:
        """Whether raters agree enough for a number to mean something; None where nobody can tell."""
        return None if math.isnan(self.alpha) else self.alpha >= MEASURABLE

    @property
    def hopeless(self) -> bool:
        """Whether raters surely disagree: on enough posts, and even the upper end of the interval is below `MEASURABLE`."""
        return self.n_posts >= _FEWEST_FOR_DOUBT and self.high < MEASURABLE

    @property
    def told(self) -> str:
        """One sentence for people: how well raters agree, and what to do."""
        name = tr(self.dimension)
        if self.measurable is None:
            return tr("{name}: agreement unknown, because no two people have rated the same posts. Ask a second rater.", name=name)
        fields = {"name": name, "alpha": decimal(self.alpha, 2), "low": decimal(self.low, 2), "high": decimal(self.high, 2)}
        if not self.measurable:
            return tr(
                "{name}: not measurable yet, alpha {alpha} ({low} to {high}). Sharpen the definition together: start from the posts you see differently.",
                **fields,
            )
        return tr("{name}: raters agree, alpha {alpha} ({low} to {high}).", **fields)


def krippendorff_alpha(ratings: Sequence[Sequence[float]], *, level: Level = "ordinal") -> float:
    """Krippendorff's alpha.

    Parameters
    ----------
    ratings : sequence of sequence of float
        For each post the ratings it got; posts with fewer than two say nothing.
    level : {"nominal", "ordinal", "interval"}
        How far two ratings are apart.

    Returns
    -------
    float
        1 for perfect agreement, 0 for chance; NaN where nothing can be compared.

    Examples
    --------
    >>> round(krippendorff_alpha([[1, 1], [5, 4], [2, 2], [4, 4]]), 3)
    0.91
    """
    return _alpha(_coincidences(ratings), _categories(ratings), level)


def measure_agreement(posts: Sequence[RatedPost], dimension: str, *, seed: int = 0) -> Agreement:
    """How well raters agree on one dimension.

    Parameters
    ----------
    posts : sequence of RatedPost
        In one language, or in several.
    dimension : {"corporate", "warmth"}
        Which ratings.
    seed : int
        Of the bootstrap.
    """
    weights = rater_weights(posts, dimension)
    against = [rater for rater, weight in weights.items() if not weight]
    posts = [_without(post, dimension, against) for post in posts] if against else posts
    rated = [post for post in posts if len(post.ratings.get(dimension, {})) > 1]
    raters = [rater for rater in weights if rater not in against]
    ratings = [list(post.ratings[dimension].values()) for post in rated]
    if not rated:
        return Agreement(dimension, math.nan, math.nan, math.nan, 0, len(raters), against=against)
    each, categories = _coincidences(ratings), _categories(ratings)
    rng = np.random.default_rng(seed)
    drawn = [_alpha(each[rng.integers(len(each), size=len(each))], categories, "ordinal") for _ in range(_DRAWS)]
    drawn = [alpha for alpha in drawn if not math.isnan(alpha)]
    low, high = np.percentile(drawn, _INTERVAL) if drawn else (math.nan, math.nan)
    disputed = [Disputed(post.text, post.ratings[dimension]) for post in rated]
    disputed = sorted((d for d in disputed if d.spread >= _DISPUTE), key=lambda d: -d.spread)
    alpha = _alpha(each, categories, "ordinal")
    return Agreement(
        dimension, alpha, float(low), float(high), len(rated), len(raters), _pairs(rated, dimension, raters), disputed, against
    )


def _without(post: RatedPost, dimension: str, raters: Sequence[str]) -> RatedPost:
    kept = {rater: rating for rater, rating in post.ratings.get(dimension, {}).items() if rater not in raters}
    return replace(post, ratings={**post.ratings, dimension: kept})


def _pairs(posts: Sequence[RatedPost], dimension: str, raters: Sequence[str]) -> list[PairAgreement]:
    found = []
    for one, other in combinations(raters, 2):
        both = [(r[one], r[other]) for post in posts if one in (r := post.ratings[dimension]) and other in r]
        if len(both) >= _FEWEST_SHARED:
            difference = float(np.mean([a - b for a, b in both]))
            found.append(PairAgreement((one, other), krippendorff_alpha(both), len(both), difference))
    return sorted(found, key=lambda pair: -pair.alpha if not math.isnan(pair.alpha) else math.inf)


def _categories(ratings: Sequence[Sequence[float]]) -> Floats:
    return np.unique([rating for row in ratings if len(row) > 1 for rating in row])


def _coincidences(ratings: Sequence[Sequence[float]]) -> Floats:
    """For each post the pairs of ratings it got, counted in a square of categories; each rating counts once."""
    categories = _categories(ratings)
    index = {rating: i for i, rating in enumerate(categories.tolist())}
    rows = [row for row in ratings if len(row) > 1]
    found = np.zeros((len(rows), len(categories), len(categories)))
    for matrix, row in zip(found, rows, strict=True):
        counts = np.bincount([index[rating] for rating in row], minlength=len(categories))
        matrix[:] = (np.outer(counts, counts) - np.diag(counts)) / (len(row) - 1)
    return found


def _alpha(each: Floats, categories: Floats, level: Level) -> float:
    pairs = each.sum(axis=0)
    counts = pairs.sum(axis=0)
    n = counts.sum()
    if n <= 1:
        return math.nan
    apart = _apart(counts, categories, level)
    expected = float((np.outer(counts, counts) * apart).sum() / (n - 1))
    return 1 - float((pairs * apart).sum()) / expected if expected else math.nan


def _apart(counts: Floats, categories: Floats, level: Level) -> Floats:
    if level == "nominal":
        return 1 - np.eye(len(counts))
    # Two ranks are as far apart as there are ratings between them.
    place = np.cumsum(counts) - counts / 2 if level == "ordinal" else categories
    apart: Floats = (place[:, None] - place[None, :]) ** 2
    return apart
