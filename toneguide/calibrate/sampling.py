"""What to label next: few posts that tell much.

First a spread over score, channel, length and language; once there are labels, posts where the model is unsure, far from those labelled. Near-copies
of one another or of a labelled post are never chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from toneguide.guide import ToneGuide
from toneguide.language.near_copies import near_copies

__all__ = ["Choice", "choose_posts"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
_CHANNEL: Final = 0.5
_LENGTH: Final = 0.7
# From here on half of a batch goes by doubt.
_LABELS_FOR_DOUBT: Final = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """A post to label.

    Attributes
    ----------
    place : int
        Where it stands in the archive, from 0.
    why : {"spread", "unsure"}
        Unlike those chosen before, or hard for the model.
    """

    place: int
    why: str


def choose_posts(
    guide: ToneGuide, texts: Sequence[str], n: int = 50, *, channels: Sequence[str] | None = None, labelled: Sequence[str] = (),
    language: str | None = None, seed: int = 0,
) -> list[Choice]:  # fmt: skip
    """Choose posts to label.

    Parameters
    ----------
    guide : ToneGuide
        Scores the posts.
    texts : sequence of str
        The archive.
    n : int
        How many; fewer where there are not so many different ones.
    channels : sequence of str, optional
        Channel of each post.
    labelled : sequence of str
        Posts that have labels already.
    language : {"fi", "en"}, optional
        Only posts in this language.
    seed : int
        The same seed gives the same posts.

    Examples
    --------
    >>> from toneguide.lab import sample_posts
    >>> chosen = choose_posts(ToneGuide.default("fast"), list(sample_posts("en")["text"]), 5)
    >>> len({choice.place for choice in chosen})
    5
    """
    if n < 1:
        raise ValueError("n is the number of posts to choose: 1 or more")
    known = len(labelled)
    groups = near_copies([*labelled, *texts])
    fresh = np.flatnonzero(groups == np.arange(len(groups)))
    places = fresh[fresh >= known] - known
    scores = list(guide.score_many([texts[i] for i in places]))
    ok = [i for i, score in enumerate(scores) if score.status == "ok" and (language is None or score.language == language)]
    places = places[ok]
    if not len(places):
        return []
    chosen_scores = [scores[i] for i in ok]
    margins = np.array([(score.margin["corporate"], score.margin["warmth"]) for score in chosen_scores])
    words = np.array([score.n_words for score in chosen_scores], dtype=float)
    languages = [score.language for score in chosen_scores]
    channel = [str(channels[i] or "") for i in places] if channels is not None else [""] * len(places)
    where = np.hstack([_by_language(np.c_[margins, _LENGTH * words], languages), _CHANNEL * _one_hot(channel), _one_hot(languages)])
    doubt = 4 * _middle(margins) if known >= _LABELS_FOR_DOUBT else np.ones(len(places))
    return _pick(where, doubt, places, n, np.random.default_rng(seed), unsure=known >= _LABELS_FOR_DOUBT)


def _pick(where: Floats, doubt: Floats, places: Ints, n: int, rng: np.random.Generator, *, unsure: bool) -> list[Choice]:
    """Far from those picked before; every second one weighed by doubt, where there is any."""
    order = rng.permutation(len(places))
    where, doubt, places = where[order], doubt[order], places[order]
    centre = np.linalg.norm(where - np.median(where, axis=0), axis=1)
    first = int(np.argmin(centre))
    away = np.full(len(places), np.inf)
    found: list[Choice] = []
    free = np.ones(len(places), dtype=bool)
    while len(found) < min(n, len(places)):
        by_doubt = unsure and len(found) % 2 == 0
        worth = np.where(free, (away if found else -centre) * (doubt if by_doubt and found else 1.0), -np.inf)
        best = int(np.argmax(worth)) if found else first
        free[best] = False
        away = np.minimum(away, np.linalg.norm(where - where[best], axis=1))
        found.append(Choice(int(places[best]), "unsure" if by_doubt else "spread"))
    return found


def _by_language(columns: Floats, languages: Sequence[str]) -> Floats:
    """Ranks within a language, 0 to 1: what is rare does not crowd out what is usual."""
    from scipy.stats import rankdata

    out = np.zeros_like(columns)
    for language in set(languages):
        rows = np.array([one == language for one in languages])
        out[rows] = (rankdata(columns[rows], axis=0) - 0.5) / rows.sum()
    return out


def _one_hot(names: Sequence[str]) -> Floats:
    kinds = sorted(set(names))
    hot: Floats = np.array([[name == kind for kind in kinds] for name in names], dtype=float) / np.sqrt(2)
    return hot


def _middle(margins: Floats) -> Floats:
    """How near to 50 the nearer of the two scores is, 0 to 1/4."""
    share = 1 / (1 + np.exp(-margins))
    near: Floats = (share * (1 - share)).max(axis=1)
    return near
