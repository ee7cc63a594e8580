"""Evidence for one value in one text: what its words and deeds there are worth, and what a negation does to them."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Final

import numpy as np

from toneguide.language.analysis import Analysed
from toneguide.values.deeds import DOUBT, LOWERING, ONLY, Deed, Deeds, Marks
from toneguide.values.hits import Found, Hit, There
from toneguide.values.parts import Addend
from toneguide.values.phrases import AGAINST, EXCEPT, NAME, NEGATIONS, RELATED, SHOWN, WORD, Phrase
from toneguide.values.row import Row

__all__ = ["View", "addends_of"]

# Margins: 60 points for a word once, half the way to 100 for each further one, four at most; 45 points for hints alone.
_FIRST, _NEXT, _HINTS, _MOST = math.log(2.5), math.log(2), -math.log(0.55), 4
_KIN, _MOST_KIN = 0.22, 3
_DEED, _PROMISE, _TOUCHED, _AGAIN = 1.3, 0.12, 0.1, 0.5
_KEPT: Final = 0.7
_CONTRADICTED, _DENIED, _DOUBTED = 0.9, 0.35, 0.6
_NEIGHBOUR: Final = 0.7
_SIGNS: Final = (("somebody", 0.35), ("past", 0.45), ("specific", 0.2))


class View:
    """A row of posts as the values see it.

    Parameters
    ----------
    row : Row
        The posts.
    marks : numpy.ndarray of shape (n_tokens,)
        What each token says about deeds.
    negated : callable
        Gives the tokens in the scope of a negation; asked when first wanted.
    """

    def __init__(self, row: Row, marks: Marks, negated: Callable[[Analysed], Iterable[int]]) -> None:
        self._text, self._marks = row.text, marks
        self._starts, self._owner = row.sentences.tolist(), row.owner.tolist()
        self._ends = [*self._starts[1:], len(marks)]
        doubts = np.flatnonzero(marks & DOUBT)[::-1]
        self._doubts: dict[int, int] = dict(zip(row.sentence[doubts].tolist(), doubts.tolist(), strict=True))
        self._deeds = Deeds(marks, row.sentences)
        self._told: dict[int, tuple[float, Deed]] = {}
        self._ask = negated

    @cached_property
    def negated(self) -> frozenset[int]:
        """Tokens under a negation that takes something away: not those of "not only"."""
        words, found = self._text.tokens.words, set(self._ask(self._text))
        for i in np.flatnonzero(self._marks & ONLY).tolist() if found else ():
            number = self.sentence(i)
            first = max(self._starts[number], i - 2)
            if any(words[j].lower() in NEGATIONS[self._text.language] for j in range(first, i)):
                found -= set(range(first, self._ends[number]))
        return frozenset(found)

    def sentence(self, i: int) -> int:
        """Number of the sentence that a token is in."""
        return bisect_right(self._starts, i) - 1

    def deed(self, number: int) -> Deed:
        """What a sentence tells."""
        return self._deeds[number]

    def told(self, number: int) -> tuple[float, Deed]:
        """What a sentence tells, or the one before or after where that tells more."""
        found = self._told.get(number)
        if found is None:
            deed = self.deed(number)
            degree = deed.degree
            for near in map(self.deed, self.beside(number)):
                if near.degree * _NEIGHBOUR > degree:
                    degree, deed = near.degree * _NEIGHBOUR, near
            found = self._told[number] = degree, deed
        return found

    def beside(self, number: int) -> tuple[int, ...]:
        """The sentences before and after, in the same post."""
        owner = self._owner
        near: tuple[int, ...] = ()
        if number and owner[number - 1] == owner[number]:
            near = (number - 1,)
        if number + 1 < len(owner) and owner[number + 1] == owner[number]:
            return (*near, number + 1)
        return near

    def doubt(self, places: tuple[int, ...]) -> int:
        """The first word around that doubts what is said; -1 where none does."""
        number = self.sentence(places[0])
        return next((self._doubts[n] for n in sorted((number, *self.beside(number))) if n in self._doubts), -1) if self._doubts else -1

    def is_denied(self, places: tuple[int, ...]) -> bool:
        """Whether a negation covers these tokens."""
        return not self.negated.isdisjoint(places if len(places) == 1 else range(places[0], places[-1] + 1))

    def is_kept(self, places: tuple[int, ...]) -> bool:
        """Whether what is denied is giving the value up: "we never compromise on safety"."""
        number = self.sentence(places[0])
        near = range(max(self._starts[number], places[0] - 3), min(self._ends[number], places[-1] + 4))
        return any(self._marks[i] & LOWERING and i in self.negated for i in near)

    def is_regretted(self, places: tuple[int, ...]) -> bool:
        """Whether somebody is sorry about it, in the same sentence or the next."""
        number = self.sentence(places[0])
        return self.deed(number).is_regretted or any(n > number and self.deed(n).is_regretted for n in self.beside(number))


def addends_of(view: View, found: Found, there: There) -> tuple[Addend, ...]:
    """What a post says of one value.

    Parameters
    ----------
    view : View
        The posts.
    found : Found
        What the post has of the value.
    there : There
        Where the elements of its names stand.
    """
    roles: list[list[Hit]] = [[], [], [], [], [], []]
    for hit in found.hits:
        roles[hit.phrase.role].append(hit)
    excepted = {i for hit in roles[EXCEPT] for i in hit.places}
    named = _distinct(_without(roles[NAME] + roles[WORD], excepted))
    hints = [] if named or not found.halves else _hints(there, found.halves, excepted)
    kin = roles[RELATED] and _distinct(_without(roles[RELATED], excepted.union(*(hit.places for hit in named))))
    shown, against = _distinct(roles[SHOWN]), _distinct(roles[AGAINST])
    out: list[Addend] = []
    for n, hit in enumerate(named):
        _say(view, out, Addend("named", 0.0 if n >= _MOST else _NEXT if n else _FIRST, "word", hit.places))
    for place, amount in hints:
        _say(view, out, Addend("named", amount, "hint", (place,)))
    for hit in kin[:_MOST_KIN]:
        _say(view, out, Addend("related", _KIN, "word", hit.places))
    _doubt(view, out, named)
    _show(view, out, shown, against, [hit.places for hit in (*named, *kin)])
    if against or shown:
        _contradict(view, out, against, shown)
    return tuple([addend for addend in out if addend.amount])


def _without(hits: list[Hit], taken: set[int]) -> list[Hit]:
    return [hit for hit in hits if taken.isdisjoint(hit.places)] if taken else hits


def _distinct(hits: list[Hit]) -> list[Hit]:
    """Hits that share no word, the longer ones first, in text order."""
    if len(hits) < 2:
        return hits
    kept: list[Hit] = []
    taken: set[int] = set()
    for hit in sorted(hits, key=lambda h: (-len(h.places), h.places)):
        if taken.isdisjoint(hit.places):
            taken.update(hit.places)
            kept.append(hit)
    return sorted(kept, key=lambda h: h.places)


def _hints(there: There, names: list[Phrase], without: set[int]) -> list[tuple[int, float]]:
    """Tokens that hint at a name, and their share of what the best-hinted name is worth."""
    best: tuple[float, list[tuple[int, float]]] = (0.0, [])
    for phrase in names:
        found = [[(i, s) for i, s in there.get(e, ()) if i not in without] for e in phrase.elements]
        partly = sum(max(s for _, s in places) for places in found if places) / len(phrase.elements)
        if partly > best[0]:
            best = partly, [pair for places in found for pair in places]
    partly, places = best
    total = min(_HINTS, -math.log1p(-0.45 * min(1.0, partly)))
    weight = sum(s for _, s in places)
    shares: dict[int, float] = {}
    for i, s in places:
        shares[i] = shares.get(i, 0.0) + total * s / weight
    return sorted(shares.items())


def _say(view: View, out: list[Addend], said: Addend) -> None:
    """A word of the value, and what a negation does to it."""
    out.append(said)
    if not view.is_denied(said.places):
        return
    if view.is_kept(said.places):
        out.append(Addend("shown", _KEPT, "kept", said.places))
        return
    out.append(Addend("withdrawn", said.amount, "negated", said.places))
    if not view.is_regretted(said.places):
        out.append(Addend("against", _DENIED, "negated", said.places))


def _doubt(view: View, out: list[Addend], named: list[Hit]) -> None:
    """A value that is only claimed: "so they say", on the poster, in the speech."""
    for hit in named[:1]:
        doubt = view.doubt(hit.places)
        if doubt >= 0:
            out.append(Addend("against", _DOUBTED, "doubted", (doubt,)))


def _show(view: View, out: list[Addend], shown: list[Hit], against: list[Hit], words: list[tuple[int, ...]]) -> None:
    worth = 1.0
    for hit in shown:
        if hit.phrase.is_negative or not view.is_denied(hit.places):
            _tell(view, out, hit.places, _PROMISE * worth, (_DEED - _PROMISE) * worth, "phrase")
            worth *= _AGAIN
    for hit in against:
        if not hit.phrase.is_negative and view.is_denied(hit.places):
            _tell(view, out, hit.places, _PROMISE * worth, _KEPT * worth, "kept")
            worth *= _AGAIN
    touched = {view.sentence(places[0]): places for places in reversed(words) if not view.is_denied(places)}
    if touched:
        best = max(touched, key=lambda n: view.deed(n).degree) if len(touched) > 1 else next(iter(touched))
        _tell(view, out, touched[best], 0.0, _TOUCHED * worth, "word")


def _tell(view: View, out: list[Addend], places: tuple[int, ...], always: float, telling: float, kind: str) -> None:
    """What a behaviour is worth: a little by itself, more by the deed around it, each sign of it with its share."""
    degree, deed = view.told(view.sentence(places[0]))
    if always:
        out.append(Addend("shown", always, kind, places))
    told = [(name, i, share) for (name, share), i in zip(_SIGNS, deed[1:4], strict=False) if i >= 0]
    total = sum([share for _, _, share in told])
    out += [Addend("shown", telling * degree * share / total, name, (i,)) for name, i, share in told]


def _contradict(view: View, out: list[Addend], against: list[Hit], shown: list[Hit]) -> None:
    worth = 1.0
    for hit in against:
        if hit.phrase.is_negative or not view.is_denied(hit.places):
            regretted = view.is_regretted(hit.places)
            out.append(Addend("against", _CONTRADICTED * worth * (0.5 if regretted else 1.0), "phrase", hit.places))
            worth *= _AGAIN
    for hit in shown:
        if not hit.phrase.is_negative and view.is_denied(hit.places) and not view.is_regretted(hit.places):
            out.append(Addend("against", _DENIED * worth, "negated", hit.places))
            worth *= _AGAIN
