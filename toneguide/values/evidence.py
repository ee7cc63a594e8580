"""Evidence for one value in one text: what its words and deeds there are worth, and what a negation does to them."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from toneguide.language.analysis import Analysed
from toneguide.values.deeds import DOUBT, LOWERING, ONLY, Deed, deed_of
from toneguide.values.parts import Addend
from toneguide.values.phrases import AGAINST, EXCEPT, NAME, NEGATIONS, RELATED, SHOWN, WORD, Phrase

__all__ = ["Hit", "View", "addends_of"]

# Margins: 60 points for a word once, half the way to 100 for each further one, four at most; 45 points for hints alone.
_FIRST, _NEXT, _HINTS, _MOST = math.log(2.5), math.log(2), -math.log(0.55), 4
_KIN, _MOST_KIN = 0.22, 3
_DEED, _PROMISE, _TOUCHED, _AGAIN = 1.3, 0.12, 0.1, 0.5
_KEPT: Final = 0.7
_CONTRADICTED, _DENIED, _DOUBTED = 0.9, 0.35, 0.6
_NEIGHBOUR: Final = 0.7
_SIGNS: Final = (("somebody", 0.35), ("past", 0.45), ("specific", 0.2))
_NO_DEED: Final = Deed(0.0, -1, -1, -1, is_regretted=False)


class Hit(NamedTuple):
    """A phrase that stands whole, at tokens ``places``."""

    phrase: Phrase
    places: tuple[int, ...]


class View:
    """One text as the values see it.

    Parameters
    ----------
    text : Analysed
        The text.
    marks : list of int
        What each token says about deeds.
    negated : callable
        Gives the tokens in the scope of a negation.
    """

    def __init__(self, text: Analysed, marks: list[int], negated: Callable[[Analysed], Iterable[int]]) -> None:
        self.text, self.marks = text, marks
        self.there: dict[str, list[tuple[int, float]]] = {}
        self.ranges = text.tokens.sentence_ranges()
        self._ask = negated
        self._negated: frozenset[int] | None = None
        self._deeds: dict[int, Deed] = {}

    def look(self, elements: list[dict[str, float]], ids: list[int], places: list[int]) -> None:
        """Note where every element stands, and how fully."""
        for i in places:
            for element, strength in elements[ids[i]].items():
                self.there.setdefault(element, []).append((i, strength))

    @property
    def negated(self) -> frozenset[int]:
        """Tokens under a negation that takes something away: not those of "not only"."""
        if self._negated is None:
            words, found = self.text.tokens.words, set(self._ask(self.text))
            for i, mark in enumerate(self.marks) if found else ():
                if mark & ONLY and any(words[j].lower() in NEGATIONS[self.text.language] for j in range(max(0, i - 2), i)):
                    found -= set(range(max(0, i - 2), self.ranges[self.sentence(i)][1]))
            self._negated = frozenset(found)
        return self._negated

    def sentence(self, i: int) -> int:
        """Number of the sentence that a token is in."""
        return bisect_right(self.text.tokens.sentences, i) - 1

    def deed(self, number: int) -> Deed:
        """What a sentence tells; nothing beyond the first and the last."""
        if not 0 <= number < len(self.ranges):
            return _NO_DEED
        if number not in self._deeds:
            self._deeds[number] = deed_of(self.text, self.marks, *self.ranges[number])
        return self._deeds[number]

    def is_denied(self, places: tuple[int, ...]) -> bool:
        """Whether a negation covers these tokens."""
        return bool(self.negated) and not self.negated.isdisjoint(range(places[0], places[-1] + 1))

    def is_kept(self, places: tuple[int, ...]) -> bool:
        """Whether what is denied is giving the value up: "we never compromise on safety"."""
        first, last = self.ranges[self.sentence(places[0])]
        return any(self.marks[i] & LOWERING and i in self.negated for i in range(max(first, places[0] - 3), min(last, places[-1] + 4)))

    def is_regretted(self, places: tuple[int, ...]) -> bool:
        """Whether somebody is sorry about it, in the same sentence or the next."""
        number = self.sentence(places[0])
        return self.deed(number).is_regretted or self.deed(number + 1).is_regretted


def addends_of(view: View, hits: list[Hit], halves: list[Phrase]) -> tuple[Addend, ...]:
    """What a text says of one value.

    Parameters
    ----------
    view : View
        The text.
    hits : list of Hit
        Phrases of the value that stand whole.
    halves : list of Phrase
        Names of it that are hinted at.
    """
    excepted = {i for hit in hits if hit.phrase.role == EXCEPT for i in hit.places}
    named = _distinct([hit for hit in hits if hit.phrase.role in (NAME, WORD) and excepted.isdisjoint(hit.places)])
    hints = [] if named or not halves else _hints(view, halves, excepted)
    taken = excepted.union(*(hit.places for hit in named))
    kin = _distinct([hit for hit in hits if hit.phrase.role == RELATED and taken.isdisjoint(hit.places)])
    shown = _distinct([hit for hit in hits if hit.phrase.role == SHOWN])
    against = _distinct([hit for hit in hits if hit.phrase.role == AGAINST])
    out: list[Addend] = []
    for n, hit in enumerate(named):
        _say(view, out, Addend("named", 0.0 if n >= _MOST else _NEXT if n else _FIRST, "word", hit.places))
    for place, amount in hints:
        _say(view, out, Addend("named", amount, "hint", (place,)))
    for hit in kin[:_MOST_KIN]:
        _say(view, out, Addend("related", _KIN, "word", hit.places))
    _doubt(view, out, named)
    _show(view, out, shown, against, [hit.places for hit in (*named, *kin)])
    _contradict(view, out, against, shown)
    return tuple(addend for addend in out if addend.amount)


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


def _hints(view: View, names: list[Phrase], without: set[int]) -> list[tuple[int, float]]:
    """Tokens that hint at a name, and their share of what the best-hinted name is worth."""
    best: tuple[float, list[tuple[int, float]]] = (0.0, [])
    for phrase in names:
        found = [[(i, s) for i, s in view.there.get(e, ()) if i not in without] for e in phrase.elements]
        partly = sum(max(s for _, s in there) for there in found if there) / len(phrase.elements)
        if partly > best[0]:
            best = partly, [pair for there in found for pair in there]
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
        number = view.sentence(hit.places[0])
        first, last = view.ranges[max(0, number - 1)][0], view.ranges[min(len(view.ranges) - 1, number + 1)][1]
        doubt = next((i for i in range(first, last) if view.marks[i] & DOUBT), None)
        if doubt is not None:
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
        best = max(touched, key=lambda n: view.deed(n).degree)
        _tell(view, out, touched[best], 0.0, _TOUCHED * worth, "word")


def _tell(view: View, out: list[Addend], places: tuple[int, ...], always: float, telling: float, kind: str) -> None:
    """What a behaviour is worth: a little by itself, more by the deed around it, each sign of it with its share."""
    number = view.sentence(places[0])
    degree, deed = view.deed(number).degree, view.deed(number)
    for near in (number - 1, number + 1):
        if view.deed(near).degree * _NEIGHBOUR > degree:
            degree, deed = view.deed(near).degree * _NEIGHBOUR, view.deed(near)
    if always:
        out.append(Addend("shown", always, kind, places))
    told = [(name, i, share) for (name, share), i in zip(_SIGNS, (deed.somebody, deed.past, deed.specific), strict=True) if i >= 0]
    total = sum(share for _, _, share in told)
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
