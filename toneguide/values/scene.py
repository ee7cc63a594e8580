"""What surrounds the words of values: which hits count, what is denied, kept or regretted there, and which deeds are told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

import numpy as np

from toneguide.language.analysis import Analysed
from toneguide.language.chunks import Ints, gather
from toneguide.language.tokens import Tokens
from toneguide.values.deeds import DENIES, LOWERING, ONLY, Deeds, Marks
from toneguide.values.hits import Bools, Hits, spread
from toneguide.values.phrases import AGAINST, EXCEPT, NAME, NEGATIONS, RELATED, SHOWN, WORD, PhraseIndex
from toneguide.values.row import Row

__all__ = ["Found", "Negated", "Scene"]

# Gives the tokens of a text that are in the scope of a negation.
Negated = Callable[[Analysed], Iterable[int]]
_NEAR: Final = 3


class Scene:
    """What is around some tokens: what is denied there, what is told.

    Parameters
    ----------
    row : Row
        The posts.
    marks : numpy.ndarray of shape (n_tokens,)
        What each token says about deeds.
    first, last : numpy.ndarray
        Where something begins and ends that will be asked about.
    negated : callable
        Gives the tokens in the scope of a negation.
    """

    def __init__(self, row: Row, marks: Marks, first: Ints, last: Ints, negated: Negated) -> None:
        begin = row.sentence[first]
        asked = np.zeros(len(row.sentences), dtype=bool)
        asked[spread(begin, row.sentence[last] - begin + 1)] = True
        self.sentence, self.deeds = row.sentence, Deeds(marks, row, asked)
        self._negated = _negated_in(row, marks, asked, negated)
        self._lowered = self._negated[(marks[self._negated] & LOWERING) != 0]
        self._starts, self._ends = row.sentences, np.append(row.sentences[1:], len(marks))

    def is_denied(self, first: Ints, last: Ints) -> Bools:
        """Whether a negation covers something from the first token to the last."""
        return _holds(self._negated, first, last + 1)

    def is_kept(self, first: Ints, last: Ints) -> Bools:
        """Whether what is denied is giving the value up: "we never compromise on safety"."""
        number = self.sentence[first]
        return _holds(self._lowered, np.maximum(self._starts[number], first - _NEAR), np.minimum(self._ends[number], last + _NEAR + 1))

    def is_regretted(self, first: Ints) -> Bools:
        """Whether somebody is sorry about it, in the same sentence or the next."""
        regretted: Bools = self.deeds.is_regretted[self.sentence[first]]
        return regretted


def _holds(tokens: Ints, first: Ints, end: Ints) -> Bools:
    return np.searchsorted(tokens, end) > np.searchsorted(tokens, first)


class Found:
    """Hits by pair and place, and those of each role that count.

    Parameters
    ----------
    hits : Hits
        By pair and then as they stand.
    pair : numpy.ndarray of shape (n_hits,)
        Number of the post and value of each.
    n_pairs, n_tokens : int
        How many there are.
    index : PhraseIndex
        All phrases.
    """

    def __init__(self, hits: Hits, pair: Ints, n_pairs: int, n_tokens: int, index: PhraseIndex) -> None:
        self.n_pairs = n_pairs
        self.hits, self.pair, self.first, self.last = hits, pair, hits.first, hits.last
        self.is_negative = index.is_negative[hits.number]
        self._step = n_tokens
        roles = index.roles[hits.number]
        excepted = np.flatnonzero(roles == EXCEPT)
        self._excepted = self._tokens(excepted)[0] if len(excepted) else excepted
        self.named = self._apart(self._without(np.flatnonzero((roles == NAME) | (roles == WORD)), self._excepted))
        self.kin = np.flatnonzero(roles == RELATED)
        if len(self.kin):
            self.kin = self._apart(self._without(self.kin, np.concatenate((self._excepted, self._tokens(self.named)[0]))))
        self.shown, self.against = self._apart(np.flatnonzero(roles == SHOWN)), self._apart(np.flatnonzero(roles == AGAINST))

    def is_excepted(self, pair: Ints, token: Ints) -> Bools:
        """Whether an exception takes a token away from the words of a value."""
        return np.isin(pair * self._step + token, self._excepted) if len(self._excepted) else np.zeros(len(pair), dtype=bool)

    def _tokens(self, which: Ints) -> tuple[Ints, Ints]:
        """Tokens of some hits, each told apart from the same token for another value, and whose each is."""
        places, sizes = gather(self.hits.starts, which)
        return np.repeat(self.pair[which], sizes) * self._step + self.hits.places[places], np.repeat(np.arange(len(which)), sizes)

    def _without(self, which: Ints, taken: Ints) -> Ints:
        if not len(taken) or not len(which):
            return which
        tokens, of = self._tokens(which)
        return np.delete(which, of[np.isin(tokens, taken)])

    def _apart(self, which: Ints) -> Ints:
        """Hits that share no word, the longer ones first."""
        if len(which) < 2:
            return which
        tokens, of = self._tokens(which)
        ordered = np.sort(tokens)
        shared = ordered[1:][np.diff(ordered) == 0]
        if not len(shared):
            return which
        taken: set[int] = set()
        dropped = []
        unclear = np.flatnonzero(np.isin(self.pair[which], shared // self._step)).tolist()
        bounds = np.searchsorted(of, np.arange(len(which) + 1)).tolist()
        places = {n: tokens[bounds[n] : bounds[n + 1]].tolist() for n in unclear}
        for n in sorted(unclear, key=lambda n: (-len(places[n]), places[n])):
            if taken.isdisjoint(places[n]):
                taken.update(places[n])
            else:
                dropped.append(n)
        return np.delete(which, dropped)


def _negated_in(row: Row, marks: Marks, asked: Bools, negated: Negated) -> Ints:
    """Tokens under a negation that takes something away, not those of "not only", in some sentences."""
    if row.n_posts > 1:
        denies = np.zeros_like(asked)
        denies[row.sentence[np.flatnonzero(marks & DENIES)]] = True
        which = np.flatnonzero(asked & denies)
    else:
        # Of a single post all is asked, so that who knows its tokens may answer for it.
        which = np.arange(len(asked))
    sizes = np.append(row.sentences[1:], len(marks))[which] - row.sentences[which]
    at, ends = spread(row.sentences[which], sizes), np.cumsum(sizes)
    words = list(map(row.text.tokens.words.__getitem__, at.tolist()))
    starts = (ends - sizes).tolist()
    found = set(negated(Analysed(Tokens("", words, [], [], [], starts), row.text.ids[at], row.text.table, 0, 0.0, [])))
    only = np.flatnonzero(marks[at] & ONLY) if found else ends[:0]
    for i, number in zip(only.tolist(), (np.searchsorted(ends, only, side="right")).tolist(), strict=True):
        before = max(starts[number], i - 2)
        if any(word.lower() in NEGATIONS[row.text.language] for word in words[before:i]):
            found -= set(range(before, int(ends[number])))
    return at[sorted(found)]
