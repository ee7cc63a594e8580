"""Labelled posts of one language, analysed and put in order for fitting and measuring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from toneguide.calibrate.merge import RatedPost, rater_weights, to_share
from toneguide.guide import ToneGuide
from toneguide.language.analysis import Analysed
from toneguide.language.near_copies import near_copies
from toneguide.model.tone_model import DIMENSIONS

__all__ = ["Labelled", "prepare_posts"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
# With one rater, as much again is left to chance as with two: how much a post gains from further raters.
_ALONE: Final = 1.0


@dataclass(frozen=True, eq=False)
class Labelled:
    """Labelled posts of one language.

    Attributes
    ----------
    language : str
        ``"fi"`` or ``"en"``.
    posts : list of RatedPost
        Those with words and at least one rating.
    texts : list of Analysed
        The same posts as the guide's pipeline reads them.
    groups : numpy.ndarray of shape (n,)
        Near-copies share a number.
    shares : mapping of str to numpy.ndarray of shape (n,)
        For each rated dimension the weighted mean of its ratings, 0-1; NaN where there is none.
    counts : mapping of str to numpy.ndarray of shape (n,)
        How much each post counts, 1 on average; more with more raters who agree with the others.
    weights : mapping of str to mapping of str to float
        For each dimension, how much each rater counts.
    """

    language: str
    posts: list[RatedPost]
    texts: list[Analysed]
    groups: Ints
    shares: Mapping[str, Floats]
    counts: Mapping[str, Floats]
    weights: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def rated(self, dimension: str) -> Ints:
        """Places of the posts with a rating that counts."""
        return np.flatnonzero(~np.isnan(self.shares[dimension]))


def prepare_posts(guide: ToneGuide, posts: Sequence[RatedPost], language: str) -> Labelled:
    """Put the rated posts of one language in order.

    Parameters
    ----------
    guide : ToneGuide
        Reads the posts.
    posts : sequence of RatedPost
        In any language; only those in `language` are taken.
    language : {"fi", "en"}
        Which.
    """
    some = [post for post in posts if post.language == language and any(post.ratings.values())]
    analysed = guide.analyse([post.text for post in some], language)
    keep = [i for i, text in enumerate(analysed) if text.n_words]
    chosen = [some[i] for i in keep]
    weights = {d: rater_weights(chosen, d) for d in DIMENSIONS if any(post.ratings.get(d) for post in chosen)}
    shares, counts = {}, {}
    for dimension, of_rater in weights.items():
        pairs = [_mean(post.ratings.get(dimension, {}), of_rater) for post in chosen]
        shares[dimension] = np.array([share for share, _ in pairs])
        total = np.array([count for _, count in pairs])
        trust = (1 + _ALONE) * total / (total + _ALONE)
        counts[dimension] = trust / trust[trust > 0].mean() if (trust > 0).any() else trust
    return Labelled(language, chosen, [analysed[i] for i in keep], near_copies([p.text for p in chosen]), shares, counts, weights)


def _mean(ratings: Mapping[str, float], weights: Mapping[str, float]) -> tuple[float, float]:
    """Weighted mean as a share, and the sum of the weights."""
    total = sum(weights[rater] for rater in ratings)
    if not total:
        return float("nan"), 0.0
    return sum(weights[rater] * to_share(rating) for rater, rating in ratings.items()) / total, total
