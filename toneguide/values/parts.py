"""A value's score and the parts it is the sum of."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final, NamedTuple

__all__ = ["ALIGNING", "NOTHING", "ValuePart", "ValueScore", "combine", "overall", "score_of"]

# What one unit of each dimension adds to the alignment's margin.
ALIGNING: Final = {"named": 1.0, "related": 1.0, "shown": 0.8, "against": -1.0, "withdrawn": -1.0}
_NAMED: Final = 50.0
_SHOWN: Final = 25.0


class ValuePart(NamedTuple):
    """One addend of a value's score.

    Attributes
    ----------
    dimension : str
        ``"named"``; ``"related"``, a word of the value's kin; ``"shown"``; ``"against"``; ``"withdrawn"``, a word that is there but
        taken back with regret.
    amount : float
        What it adds to the margin of its dimension.
    kind : str
        ``"word"``, ``"hint"``, ``"phrase"``, ``"somebody"``, ``"past"``, ``"specific"``, ``"kept"`` or ``"negated"``.
    spans : tuple of (int, int)
        Where it stands in the text.
    text : str
        The words themselves.
    """

    dimension: str
    amount: float
    kind: str
    spans: tuple[tuple[int, int], ...]
    text: str


class ValueScore(NamedTuple):
    """One value in one post, each 0-100.

    With the sum of the parts of a dimension as its margin, ``named``, ``shown`` and ``against`` are ``100 * (1 - exp(-margin))``; so is
    ``alignment``, whose margin is the sum over all parts of ``ALIGNING[dimension] * amount``, at least 0.

    Attributes
    ----------
    alignment : float
        How well the post carries the value: named and shown, less what goes against it.
    named : float
        How clearly the value's own words are there: 50 and more only where all of them are.
    shown : float
        How far the post tells a deed of the value: somebody, in the past, something specific, and the value's behaviours nearby.
    against : float
        How far it contradicts the value.
    parts : tuple of ValuePart
        What the numbers are made of.
    """

    alignment: float
    named: float
    shown: float
    against: float = 0.0
    parts: tuple[ValuePart, ...] = ()

    @property
    def named_not_shown(self) -> bool:
        """Whether the value is only talk here."""
        return self.named >= _NAMED and self.shown < _SHOWN


NOTHING: Final = ValueScore(0.0, 0.0, 0.0)


def _points(margin: float) -> float:
    return -100 * math.expm1(-max(0.0, margin))


def score_of(parts: Iterable[ValuePart]) -> ValueScore:
    """The score that parts add up to.

    Examples
    --------
    >>> round(score_of([ValuePart("named", 0.6931, "word", (), "")]).named)
    50
    """
    parts = tuple(parts)
    if not parts:
        return NOTHING
    sums = dict.fromkeys(ALIGNING, 0.0)
    for part in parts:
        sums[part.dimension] += part.amount
    margin = sum(ALIGNING[dimension] * amount for dimension, amount in sums.items())
    return ValueScore(_points(margin), _points(sums["named"]), _points(sums["shown"]), _points(sums["against"]), parts)


def combine(one: ValueScore, other: ValueScore) -> ValueScore:
    """The score of a post from those of its two languages: the one that says more of the value, and what goes against it in both."""
    if not one.parts or not other.parts:
        return one if one.parts else other
    first, second = sorted((one, other), reverse=True)
    return score_of((*first.parts, *(part for part in second.parts if part.dimension == "against")))


def overall(scored: Iterable[tuple[float, float]]) -> float:
    """Alignment with a guide: one value carried well is much, a second adds, none is needed twice.

    Parameters
    ----------
    scored : iterable of (float, float)
        Weight, relative to the guide's mean weight, and alignment of each value that has any.

    Examples
    --------
    >>> overall([(1.0, 60.0)]), overall([(1.0, 60.0), (1.0, 50.0)]), round(overall([(2.0, 60.0)]))
    (60.0, 80.0, 84)
    """
    left = 1.0
    for weight, alignment in scored:
        left *= (1 - alignment / 100) ** weight if weight != 1 else 1 - alignment / 100
    return 100 * (1 - left)
