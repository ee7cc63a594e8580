"""A value's score and the parts it is the sum of."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from toneguide.language.tokens import Tokens

__all__ = [
    "ALIGNING",
    "NOTHING",
    "SIDES",
    "Addend",
    "ValuePart",
    "ValueScore",
    "combine",
    "margin_of",
    "overall",
    "overall_of_many",
    "points",
    "points_of_many",
    "score_of",
    "score_of_deed",
]

# What one unit of each dimension adds to the alignment's margin.
ALIGNING: Final = {"named": 1.0, "related": 1.0, "shown": 0.8, "told": 0.0, "against": -1.0, "withdrawn": -1.0, "contrary": -0.5}
SIDES: Final = tuple(ALIGNING)
_NAMED: Final = 50.0
_SHOWN: Final = 25.0


class Addend(NamedTuple):
    """What some tokens add to a dimension's margin, and why."""

    dimension: str
    amount: float
    kind: str
    places: tuple[int, ...]


Addends = tuple[Addend, ...]
Told = tuple[Tokens, Addends | Callable[[], Addends]]


class ValuePart(NamedTuple):
    """One addend of a value's score.

    Attributes
    ----------
    dimension : str
        ``"named"``; ``"related"``, a word of the value's kin; ``"shown"``; ``"told"``, a deed told, of whatever kind; ``"against"``;
        ``"contrary"``, conduct contrary to values, of whatever kind; ``"withdrawn"``, a name that is denied.
    amount : float
        What it adds to the margin of its dimension.
    kind : str
        ``"word"``, ``"hint"``, ``"phrase"``, ``"kindred"``, ``"somebody"``, ``"past"``, ``"specific"``, ``"kept"``, ``"doubted"`` or ``"negated"``.
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

    With the sum of the parts of a dimension as its margin, ``named``, ``shown`` (with what is ``told``) and ``against`` are
    ``100 * (1 - exp(-margin))``; so is ``alignment``, whose margin is the sum over all parts of ``ALIGNING[dimension] * amount``, at least 0.

    Attributes
    ----------
    alignment : float
        How well the post carries the value: named and shown, less what goes against it.
    named : float
        How clearly the value's own words are there: 50 and more only where all of them are.
    shown : float
        How far the post tells a deed of the value: somebody, in the past, something specific (20 points at most by themselves, the same for all
        values), and the value's behaviours nearby.
    against : float
        How far it contradicts the value.
    told : tuple
        What `parts` is made from.
    """

    alignment: float
    named: float
    shown: float
    against: float = 0.0
    told: tuple[Told, ...] = ()

    def __eq__(self, other: object) -> bool:
        # Two scores are one where their numbers are; where these come from is worked out when asked.
        return isinstance(other, ValueScore) and self[:4] == other[:4]

    def __hash__(self) -> int:
        return hash(self[:4])

    @property
    def named_not_shown(self) -> bool:
        """Whether the value is only talk here."""
        return self.named >= _NAMED and self.shown < _SHOWN

    @property
    def parts(self) -> tuple[ValuePart, ...]:
        """What the numbers are made of, with spans of the text."""
        return tuple(_part(tokens, addend) for tokens, addends in self.told for addend in _addends(addends))


def _addends(addends: Addends | Callable[[], Addends]) -> Addends:
    return addends() if callable(addends) else addends


def _part(tokens: Tokens, addend: Addend) -> ValuePart:
    spans = tuple((tokens.starts[i], tokens.ends[i]) for i in addend.places)
    return ValuePart(addend.dimension, addend.amount, addend.kind, spans, " … ".join(tokens.text[a:b] for a, b in spans))


NOTHING: Final = ValueScore(0.0, 0.0, 0.0)


def points(margin: float) -> float:
    """0-100 of a margin; what is below 0 is 0."""
    return -100 * math.expm1(-margin) if margin > 0 else 0.0


def points_of_many(margins: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """`points` of margins above 0."""
    # Not an array's own exponential: it may differ in the last bit from machine to machine.
    return -100 * np.fromiter(map(math.expm1, (-margins).tolist()), np.float64, len(margins))


def margin_of(sums: Iterable[Any]) -> Any:
    """The alignment's margin of what is added to each of `SIDES`: numbers, or arrays of them."""
    named, related, shown, _, against, withdrawn, contrary = sums
    return named + related + ALIGNING["shown"] * shown - against - withdrawn + ALIGNING["contrary"] * contrary


def score_of(sums: Sequence[float], told: Told) -> ValueScore:
    """The score that addends make up.

    Parameters
    ----------
    sums : sequence of float
        What is added to each of `SIDES`.
    told : tuple
        What the words of the text are, and the addends themselves, or what gives them when asked.
    """
    named, _, shown, deed, against, _, contrary = sums
    return ValueScore(points(margin_of(sums)), points(named), points(shown + deed), points(against + contrary), (told,))


def score_of_deed(shown: float, told: float, contrary: float, tokens: Tokens, later: Callable[[], Addends]) -> ValueScore:
    """The score of a value that no word names: `shown`, `told` and `contrary` are the sums of what `later` gives."""
    margin = ALIGNING["shown"] * shown + ALIGNING["contrary"] * contrary
    return ValueScore(points(margin), 0.0, points(shown + told), points(contrary), ((tokens, later),))


def combine(one: ValueScore, other: ValueScore) -> ValueScore:
    """The score of a post from those of its two languages: the one that says more of the value, and what goes against it in both."""
    first, second = sorted((one, other), key=lambda score: score[:4], reverse=True)
    against = [a for _, addends in second.told for a in _addends(addends) if a.dimension in ("against", "contrary")]
    if not against:
        return first
    (tokens, addends), more = first.told[0] if first.told else (second.told[0][0], ()), (second.told[0][0], tuple(against))
    sums = [sum([a.amount for a in (*_addends(addends), *against) if a.dimension == side]) for side in SIDES]
    both = score_of(sums, (tokens, ()))
    return both._replace(told=((tokens, addends), more))


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


def overall_of_many(weights: Sequence[float], alignments: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """`overall` of many posts.

    Parameters
    ----------
    weights : sequence of float
        Of the values.
    alignments : numpy.ndarray of shape (n_posts, n_values)
        Alignment of each post with each value.
    """
    left = np.ones(len(alignments))
    for weight, column in zip(weights, alignments.T, strict=True):
        kept = 1 - column / 100
        # Not an array's own power: it may differ in the last bit from machine to machine.
        left *= kept if weight == 1 else [one**weight for one in kept.tolist()]
    return 100 * (1 - left)
