"""Evidence for values in a row of posts: what their words and deeds there are worth, and what a negation does to them.

Everything is worked out for all posts at once, one kind of evidence after the other; a single post is a short row.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from toneguide.language.chunks import Ints
from toneguide.values.hits import Bools, Floats, Hints, Hits, begins, distinct
from toneguide.values.parts import SIDES, Addend
from toneguide.values.phrases import PhraseIndex
from toneguide.values.scene import Found, Negated, Scene
from toneguide.values.types import TypedRow

__all__ = ["Evidence", "evidence_of"]

# Margins: 60 points for a word once, half the way to 100 for each further one, four at most; 45 points for hints alone.
_FIRST, _NEXT, _HINTS, _MOST = math.log(2.5), math.log(2), -math.log(0.55), 4
_KIN, _MOST_KIN = 0.22, 3
_DEED, _PROMISE, _TOUCHED = 1.3, 0.12, 0.1
_KEPT: Final = 0.7
_CONTRADICTED, _DENIED, _DOUBTED = 0.9, 0.35, 0.6
_SIGNS: Final = (("somebody", 0.35), ("past", 0.45), ("specific", 0.2))
_KINDS: Final = ("word", "hint", "phrase", "kept", "doubted", "negated", *(name for name, _ in _SIGNS))


@dataclass(frozen=True, slots=True)
class Evidence:
    """What posts say of values.

    Attributes
    ----------
    pairs : numpy.ndarray of shape (n_pairs,)
        Post times the number of values, and value, of every pair that has something; rising.
    sums : numpy.ndarray of shape (n_sides, n_pairs)
        What is added to each of `SIDES`.
    is_negated : numpy.ndarray of shape (n_pairs,)
        Whether something of it is denied.
    """

    pairs: Ints
    sums: Floats
    is_negated: Bools
    _hits: Hits
    _rows: tuple[Ints, Ints, Floats, Ints, Ints]

    def addends(self, pair: int) -> tuple[Addend, ...]:
        """What the sums of a pair, given by its place in `pairs`, are made of."""
        _, side, amount, kind, source = (column[self._rows[0] == pair].tolist() for column in self._rows)
        places = [(~s,) if s < 0 else tuple(self._hits.take(np.array([s])).places.tolist()) for s in source]
        return tuple(Addend(SIDES[d], a, _KINDS[k], p) for d, a, k, p in zip(side, amount, kind, places, strict=True))


class _Rows:
    """Addends as they come: to which pair and side, how much, of what kind, and where: a hit, or a token as ``~token``."""

    def __init__(self) -> None:
        self._pairs: list[Ints] = []
        self._amounts: list[Floats] = []
        self._sources: list[Ints] = []
        self._sides: list[int] = []
        self._kinds: list[int] = []

    def add(self, side: str, kind: str, pair: Ints, amount: Floats | float, source: Ints) -> None:
        if len(pair):
            self._pairs.append(pair)
            self._amounts.append(np.broadcast_to(amount, pair.shape))
            self._sources.append(source)
            self._sides.append(SIDES.index(side))
            self._kinds.append(_KINDS.index(kind))

    def columns(self) -> tuple[Ints, Ints, Floats, Ints, Ints]:
        if not self._pairs:
            none = np.zeros(0, dtype=np.int64)
            return none, none, none.astype(float), none, none
        sizes = [len(pair) for pair in self._pairs]
        amounts = np.concatenate(self._amounts)
        kept = amounts != 0
        columns = (np.concatenate(self._pairs), np.repeat(self._sides, sizes), amounts, np.repeat(self._kinds, sizes))
        pair, side, amount, kind = (column[kept] for column in columns)
        return pair, side, amount, kind, np.concatenate(self._sources)[kept]


def evidence_of(typed: TypedRow, hits: Hits, hints: Hints, index: PhraseIndex, n_values: int, negated: Negated) -> Evidence:
    """What posts say of values.

    Parameters
    ----------
    typed : TypedRow
        The posts.
    hits, hints : Hits, Hints
        What `find_phrases` found.
    index : PhraseIndex
        All phrases.
    n_values : int
        How many values the guide has.
    negated : callable
        Gives the tokens in the scope of a negation; asked about sentences that have something, if any has.
    """
    row, marks = typed.row, typed.marks
    pair, hinted = hits.post * n_values + index.values[hits.number], hints.post * n_values + index.values[hints.number]
    pairs = distinct(np.concatenate((pair, hinted)))
    rows = _Rows()
    if len(pairs):
        order = np.lexsort((hits.first, pair))
        hits = hits.take(order)
        found = Found(hits, np.searchsorted(pairs, pair[order]), len(pairs), len(marks), index)
        first, last = np.concatenate((found.first, hints.token)), np.concatenate((found.last, hints.token))
        scene = Scene(row, marks, first, last, negated)
        _say(rows, scene, found, _hints(found, hints, np.searchsorted(pairs, hinted), index))
        _show(rows, scene, found)
        if len(found.shown) or len(found.against):
            _contradict(rows, scene, found)
    columns = rows.columns()
    of, side, amount, kind, _ = columns
    sums: Floats = np.bincount(side * len(pairs) + of, amount, minlength=len(SIDES) * len(pairs)).astype(float).reshape(len(SIDES), -1)
    is_negated = np.zeros(len(pairs), dtype=bool)
    is_negated[of[kind == _KINDS.index("negated")]] = True
    return Evidence(pairs, sums, is_negated, hits, columns)


def _ranks(pair: Ints) -> Ints:
    """0 for the first of each pair, 1 for the next."""
    starts = begins(pair)
    return np.arange(len(pair)) - np.repeat(starts, np.diff(np.append(starts, len(pair))))


def _worth(pair: Ints) -> Floats:
    """Each further one of a pair is worth half as much; they need not stand in order of pairs."""
    order = np.argsort(pair, kind="stable")
    ranks = np.empty_like(pair)
    ranks[order] = _ranks(pair[order])
    return _halved(ranks)


def _halved(times: Ints) -> Floats:
    halved: Floats = np.ldexp(1.0, -times)
    return halved


def _hints(found: Found, hints: Hints, pair: Ints, index: PhraseIndex) -> tuple[Ints, Ints, Floats]:
    """Tokens that hint at a name, for values that are not named, and their share of what the best-hinted name is worth."""
    if not len(hints.of):
        return hints.of, hints.of, hints.strength
    counts = ~np.isin(pair[hints.of], found.pair[found.named]) & ~found.is_excepted(pair[hints.of], hints.token)
    of, element, token, strength = hints.of[counts], hints.element[counts], hints.token[counts], hints.strength[counts]
    if not len(of):
        return of, of, strength
    starts = begins(of * index.elements.shape[1] + element)
    partly = np.bincount(of[starts], np.maximum.reduceat(strength, starts), minlength=len(pair)) / index.sizes[hints.number]
    order = np.lexsort((-partly, pair))
    best = order[begins(pair[order])]
    worth = np.zeros(len(pair))
    worth[best] = [min(_HINTS, -math.log1p(-0.45 * min(1.0, one))) for one in partly[best].tolist()]
    counts = worth[of] > 0
    of, token, strength = of[counts], token[counts], strength[counts]
    shares = worth[of] * strength / np.bincount(of, strength)[of]
    # A token may stand for two words of a name.
    order = np.lexsort((token, of))
    same = (np.diff(of[order], prepend=-1) == 0) & (np.diff(token[order], prepend=-1) == 0)
    once = order[~same]
    return pair[of[once]], token[once], np.bincount(np.cumsum(~same) - 1, shares[order]).astype(float)


def _say(rows: _Rows, scene: Scene, found: Found, hints: tuple[Ints, Ints, Floats]) -> None:
    """Words of values, what a negation does to them, and whether they are only claimed: "so they say", on the poster, in the speech."""
    named, kin = found.named, found.kin
    kin = kin[_ranks(found.pair[kin]) < _MOST_KIN]
    times = _ranks(found.pair[named])
    pair, token, share = hints
    words = np.concatenate((named, kin))
    amounts = np.concatenate((np.where(times == 0, _FIRST, np.where(times < _MOST, _NEXT, 0.0)), np.full(len(kin), _KIN), share))
    pair, source = np.concatenate((found.pair[words], pair)), np.concatenate((words, ~token))
    rows.add("named", "word", found.pair[named], amounts[: len(named)], named)
    rows.add("related", "word", found.pair[kin], _KIN, kin)
    rows.add("named", "hint", hints[0], share, ~token)
    first, last = np.concatenate((found.first[words], token)), np.concatenate((found.last[words], token))
    denied = np.flatnonzero(scene.is_denied(first, last))
    if len(denied):
        kept = scene.is_kept(first[denied], last[denied])
        held, gone = denied[kept], denied[~kept]
        rows.add("shown", "kept", pair[held], _KEPT, source[held])
        rows.add("withdrawn", "negated", pair[gone], amounts[gone], source[gone])
        gone = gone[~scene.is_regretted(first[gone])]
        rows.add("against", "negated", pair[gone], _DENIED, source[gone])
    once = named[times == 0]
    doubt = scene.deeds.doubt[scene.sentence[found.first[once]]]
    rows.add("against", "doubted", found.pair[once[doubt >= 0]], _DOUBTED, ~doubt[doubt >= 0])


def _show(rows: _Rows, scene: Scene, found: Found) -> None:
    """Behaviours, and what is kept; where there is neither, a deed beside the value's words is worth a little."""
    shown, against = found.shown, found.against
    shown = shown[found.is_negative[shown] | ~scene.is_denied(found.first[shown], found.last[shown])]
    against = against[~found.is_negative[against] & scene.is_denied(found.first[against], found.last[against])]
    both = np.concatenate((shown, against))
    worth, n = _worth(found.pair[both]), len(shown)
    rows.add("shown", "phrase", found.pair[shown], _PROMISE * worth[:n], shown)
    rows.add("shown", "kept", found.pair[against], _PROMISE * worth[n:], against)
    words = np.concatenate((found.named, found.kin))
    words = words[~scene.is_denied(found.first[words], found.last[words])]
    # The word in the sentence that tells most; of several the last.
    order = np.lexsort((scene.deeds.degree[scene.sentence[found.first[words]]], found.pair[words]))
    touched = words[order[np.append(begins(found.pair[words[order]])[1:], len(order)) - 1]] if len(order) else order
    beside = _halved(np.bincount(found.pair[both], minlength=found.n_pairs)[found.pair[touched]])
    telling = np.concatenate((worth[:n] * (_DEED - _PROMISE), worth[n:] * _KEPT, _TOUCHED * beside))
    _tell(rows, scene, found, np.concatenate((both, touched)), telling)


def _tell(rows: _Rows, scene: Scene, found: Found, which: Ints, telling: Floats) -> None:
    """What the deed around a hit adds, each sign of it with its share."""
    number = scene.sentence[found.first[which]]
    signs, degree = scene.deeds.signs[:, number], scene.deeds.told[number]
    shares = np.array([share for _, share in _SIGNS])[:, None] * (signs >= 0)
    total = shares[0] + shares[1] + shares[2]
    amounts = telling * degree * shares / np.where(total, total, 1.0)
    for (name, _), tokens, amount in zip(_SIGNS, signs, amounts, strict=True):
        held = tokens >= 0
        rows.add("shown", name, found.pair[which[held]], amount[held], ~tokens[held])


def _contradict(rows: _Rows, scene: Scene, found: Found) -> None:
    shown, against = found.shown, found.against
    against = against[found.is_negative[against] | ~scene.is_denied(found.first[against], found.last[against])]
    shown = shown[~found.is_negative[shown] & scene.is_denied(found.first[shown], found.last[shown])]
    shown = shown[~scene.is_regretted(found.first[shown])]
    worth, n = _worth(found.pair[np.concatenate((against, shown))]), len(against)
    eased = np.where(scene.is_regretted(found.first[against]), 0.5, 1.0)
    rows.add("against", "phrase", found.pair[against], _CONTRADICTED * worth[:n] * eased, against)
    rows.add("against", "negated", found.pair[shown], _DENIED * worth[n:], shown)
