"""Several raters' labels put together: one rated post each, doubles listed, raters who read the scale backwards found."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from toneguide.calibrate.labels import Label, text_key
from toneguide.interface import tr
from toneguide.model.adapt import rank_correlation
from toneguide.model.tone_model import DIMENSIONS

__all__ = ["Double", "Merged", "RatedPost", "merge_labels", "post_id", "rater_weights", "to_share"]

Floats = npt.NDArray[np.float64]
_FEWEST_SHARED: Final = 8
_FEWEST_RATERS: Final = 3
_AGAINST: Final = -0.3
_FEWEST_WORDS: Final = 6
_SURE_LEAD: Final = 0.4


@dataclass(frozen=True, slots=True)
class RatedPost:
    """One post and what raters said of it.

    Attributes
    ----------
    text, language, channel : str
        The post.
    ratings : mapping of str to mapping of str to float
        For each dimension, rating (1-5) by rater.
    values : tuple of str
        Values that any rater saw in it.
    """

    text: str
    language: str
    channel: str = ""
    ratings: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Double:
    """A post that one rater rated twice, differently; the later rating counts."""

    text: str
    rater: str
    dimension: str
    first: float
    last: float


@dataclass(frozen=True, slots=True)
class Merged:
    """Labels by post.

    Attributes
    ----------
    posts : list of RatedPost
        In order of first appearance.
    doubles : list of Double
        Where a rater changed his or her mind.
    left_out : list of str
        One sentence for each post in a language that is not scored, or in another one than its language column says.
    """

    posts: list[RatedPost]
    doubles: list[Double] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def merge_labels(labels: Iterable[Label]) -> Merged:
    """Labels of one post by one rater each, the latest where there are several.

    A post without a language has it identified.

    Examples
    --------
    >>> merged = merge_labels([Label("Kiitos kaikille!", "fi", warmth=4, rater="a"), Label("Kiitos  kaikille!", "fi", warmth=5, rater="b")])
    >>> merged.posts[0].ratings["warmth"]
    {'a': 4, 'b': 5}
    """
    found: dict[str, _Gathered] = {}
    doubles = []
    for label in labels:
        post = found.setdefault(text_key(label.text), _Gathered(label.text))
        post.language, post.channel = post.language or label.language, post.channel or label.channel
        post.values.update(dict.fromkeys(label.values))
        for dimension in DIMENSIONS:
            rating = getattr(label, dimension)
            if rating is None:
                continue
            before = post.ratings[dimension].get(label.rater)
            if before is not None and before != rating:
                doubles.append(Double(post.text, label.rater, dimension, before, rating))
            post.ratings[dimension][label.rater] = rating
    posts, left_out = [], []
    for post in found.values():
        language = post.language or _identified(post.text)
        if language in ("fi", "en") and _clearly_other(post.text, language):
            left_out.append(
                tr('"{text}": its language column says {said}, and the text is in {found}; mend the column, or leave it empty',
                   text=post.text[:40], said=language, found="en" if language == "fi" else "fi")
            )  # fmt: skip
        elif language in ("fi", "en"):
            posts.append(RatedPost(post.text, language, post.channel, {d: dict(r) for d, r in post.ratings.items()}, tuple(post.values)))
        elif language:
            left_out.append(tr('"{text}": its language is {language}; only Finnish (fi) and English (en) are scored', text=post.text[:40],
                               language=language))  # fmt: skip
        else:
            left_out.append(tr('"{text}": nobody can tell its language; write fi or en in its language column', text=post.text[:40]))
    return Merged(posts, doubles, left_out)


class _Gathered:
    def __init__(self, text: str) -> None:
        self.text, self.language, self.channel = text, "", ""
        self.ratings: dict[str, dict[str, float]] = defaultdict(dict)
        self.values: dict[str, None] = {}


def _identified(text: str) -> str:
    from toneguide.language.identify import identify, words_of
    from toneguide.language.tokens import tokenize

    return identify(words_of(tokenize(text))).language


def _clearly_other(text: str, language: str) -> bool:
    """Whether a post said to be in one of our languages is in the other; a doubtful or short one is believed."""
    from toneguide.language.identify import identify, words_of
    from toneguide.language.tokens import tokenize

    words = words_of(tokenize(text))
    found = identify(words)
    lead = found.scores.get(found.language, 0.0) - found.scores.get(language, 0.0)
    return found.language in ("fi", "en") and found.language != language and len(words.split()) >= _FEWEST_WORDS and lead > _SURE_LEAD


def post_id(text: str) -> str:
    """A short name for a post that does not show it: the first digits of its hash."""
    import hashlib

    return hashlib.sha256(text_key(text).encode("utf-8", "replace")).hexdigest()[:8]


def to_share(rating: float) -> float:
    """A rating of 1-5 as a share, 0-1."""
    return (rating - 1) / 4


def rater_weights(posts: Sequence[RatedPost], dimension: str) -> dict[str, float]:
    """How much each rater counts: by agreement with the mean of the others, where three or more share enough posts.

    Parameters
    ----------
    posts : sequence of RatedPost
        One language.
    dimension : str
        ``"corporate"`` or ``"warmth"``.

    Returns
    -------
    dict of str to float
        1 for the best; 0 for one whose ratings run against all others', who probably read the scale the wrong way round.
    """
    raters = sorted({rater for post in posts for rater in post.ratings.get(dimension, {})})
    agreed = {rater: _agreement_with_others(posts, dimension, rater) for rater in raters}
    if len(raters) < _FEWEST_RATERS or sum(not math.isnan(a) for a in agreed.values()) < _FEWEST_RATERS:
        return dict.fromkeys(raters, 1.0)
    against = {rater for rater, a in agreed.items() if a < _AGAINST}
    if len(against) * 2 < len(raters) and against:
        # The others look worse than they are while one of them is turned round.
        rest = [_without(post, dimension, against) for post in posts]
        agreed = {rater: math.nan if rater in against else _agreement_with_others(rest, dimension, rater) for rater in raters}
    elif against:
        return dict.fromkeys(raters, 1.0)
    best = max((a for a in agreed.values() if not math.isnan(a)), default=1.0)
    share = {rater: 1.0 if math.isnan(a) or best <= 0 else max(0.1, a / best) for rater, a in agreed.items()}
    return {rater: 0.0 if rater in against else share[rater] for rater in raters}


def _without(post: RatedPost, dimension: str, raters: set[str]) -> RatedPost:
    kept = {rater: rating for rater, rating in post.ratings.get(dimension, {}).items() if rater not in raters}
    return RatedPost(post.text, post.language, post.channel, {**post.ratings, dimension: kept}, post.values)


def _agreement_with_others(posts: Sequence[RatedPost], dimension: str, rater: str) -> float:
    pairs = []
    for post in posts:
        ratings = post.ratings.get(dimension, {})
        others = [rating for name, rating in ratings.items() if name != rater]
        if rater in ratings and others:
            pairs.append((ratings[rater], float(np.mean(others))))
    if len(pairs) < _FEWEST_SHARED:
        return math.nan
    mine, theirs = np.array(pairs).T
    return rank_correlation(mine, theirs)
