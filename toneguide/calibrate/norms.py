"""Norms: what is usual in a team's own archive, per language and channel.

Raw scores compare posts within a language. Across languages only places among a language's own posts compare; asking for more is an error.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from toneguide.model.tone_model import DIMENSIONS

if TYPE_CHECKING:
    from toneguide.score import ToneScore

__all__ = ["PERCENTILES", "Norm", "compare_scores", "find_norms", "percentile"]

PERCENTILES: Final = (5, 10, 25, 50, 75, 90, 95)
FEWEST: Final = 20


@dataclass(frozen=True, slots=True)
class Norm:
    """Usual scores of one language and channel.

    Attributes
    ----------
    language, channel : str
        ``""`` stands for all channels.
    dimension : str
        ``"corporate"`` or ``"warmth"``.
    n : int
        Posts.
    scores : tuple of float
        Scores at `PERCENTILES`.
    """

    language: str
    channel: str
    dimension: str
    n: int
    scores: tuple[float, ...]


def find_norms(scores: Iterable[ToneScore], channels: Sequence[str] | None = None) -> list[Norm]:
    """Norms of scored posts, for each language and each channel with 20 posts or more.

    Parameters
    ----------
    scores : iterable of ToneScore
        Of an archive; those without a score are passed over.
    channels : sequence of str, optional
        The posts' channels, in the same order.

    Examples
    --------
    >>> from toneguide import ToneGuide
    >>> from toneguide.lab import sample_posts
    >>> posts = sample_posts("fi")
    >>> norms = find_norms(ToneGuide.default("fast").score_many(posts["text"], language="fi"), list(posts["channel"]))
    >>> [norm.channel for norm in norms if norm.dimension == "warmth"]
    ['', 'instagram', 'internal', 'linkedin', 'x']
    """
    found: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for i, score in enumerate(scores):
        if score.corporate is not None and score.warmth is not None:
            for channel in {"", (channels[i] or "") if channels is not None else ""}:
                found[score.language, channel].append((score.corporate, score.warmth))
    norms = []
    for (language, channel), rows in sorted(found.items()):
        if len(rows) >= FEWEST:
            at = np.percentile(np.array(rows), PERCENTILES, axis=0).T
            norms += [Norm(language, channel, d, len(rows), tuple(map(float, at[j]))) for j, d in enumerate(DIMENSIONS)]
    return norms


def percentile(score: ToneScore, dimension: str, norms: Iterable[Norm], *, channel: str = "") -> float | None:
    """Where a score stands among the team's own posts of its language and channel, 0-100.

    The channel's norm is taken where there is one, else the language's.

    Returns
    -------
    float or None
        Between 5 and 95, beyond which a norm does not reach; None without a score or a norm.
    """
    value = getattr(score, _checked(dimension))
    fitting: Mapping[str, Norm] = {n.channel: n for n in norms if n.language == score.language and n.dimension == dimension}
    norm = fitting.get(channel) or fitting.get("")
    if value is None or norm is None:
        return None
    return float(np.interp(value, norm.scores, PERCENTILES))


def compare_scores(one: ToneScore, other: ToneScore, dimension: str) -> float:
    """How many points the first score is above the second.

    Raises
    ------
    ValueError
        For posts in different languages, or without a score.

    Examples
    --------
    >>> from toneguide import ToneGuide
    >>> guide = ToneGuide.default("fast")
    >>> thanks = guide.score("Thanks so much for coming, it was great to see you all!")
    >>> compare_scores(thanks, guide.score("Kiitos kun tulitte, oli kiva nähdä teitä kaikkia!"), "warmth")
    Traceback (most recent call last):
    ...
    ValueError: 'en' and 'fi' scores are on different scales: the same text scores differently in two languages; compare percentiles (norms) instead
    """
    _checked(dimension)
    if one.language != other.language:
        raise ValueError(
            f"{one.language!r} and {other.language!r} scores are on different scales: the same text scores differently in two languages; "
            "compare percentiles (norms) instead"
        )
    first, second = getattr(one, dimension), getattr(other, dimension)
    if first is None or second is None:
        raise ValueError(f"no score to compare: {one.reason or other.reason}")
    return float(first - second)


def _checked(dimension: str) -> str:
    if dimension not in DIMENSIONS:
        raise ValueError(f"no dimension {dimension!r}: choose one of {', '.join(DIMENSIONS)}")
    return dimension
