"""Values in a post: named by their words, shown by deeds, contradicted by words that go against them.

A value is *named* where its words stand, in any inflected form; it is *shown* where somebody did something of its kind;
its *alignment* is both, less what goes *against* it. A negation lowers the alignment, never what is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt

from toneguide.language.analysis import Analysed, TypeTable
from toneguide.values.deeds import PAST, narrative
from toneguide.values.evidence import Evidence, evidence_of
from toneguide.values.hits import distinct, find_phrases
from toneguide.values.kindred import Kindred
from toneguide.values.parts import (
    ALIGNING,
    NOTHING,
    SIDES,
    Addend,
    ValuePart,
    ValueScore,
    margin_of,
    points_of_many,
    score_of,
    score_of_deed,
)
from toneguide.values.phrases import PhraseIndex, phrases_of
from toneguide.values.row import Row, row_of_all
from toneguide.values.scene import Negated
from toneguide.values.types import KIN, TITLE, TypedRow, ValueTypes
from toneguide.values.value import Value, Values, read_value, read_values
from toneguide.values.words import content_words

__all__ = ["Value", "ValueFinder", "ValuePart", "ValueScore", "Values", "content_words", "read_value", "read_values"]

# What a kindred word of weight 1 adds in a post that tells a deed; fewer than this much is chance, more than that much adds no more.
_KINDRED, _LEAST_KIN, _MOST_KIN = 0.45, 0.7, 2.0
# In a longer post some are there by chance.
_USUAL_WORDS: Final = 40
# What it is worth by itself that a deed is told: 20 points, the same for all values, and nothing for their alignment.
_STORY: Final = 0.223
_SHOWN, _TOLD, _AGAINST = (SIDES.index(side) for side in ("shown", "told", "against"))

_Floats = npt.NDArray[np.float64]


class ValueFinder:
    """Finds a guide's values in analysed texts; all values share one index of phrases.

    Parameters
    ----------
    values : iterable of Value
        In the guide's order.
    language : str
        Of the texts.
    """

    def __init__(self, values: Iterable[Value], language: str) -> None:
        self.language = language
        self.values = tuple(values)
        closely = {word for value in self.values for name in (value.name, *value.wording(language).words) for word in content_words(name)}
        phrases = tuple(phrases_of(self.values, language))
        self._index = PhraseIndex(phrases, language, closely)
        self._kindred = Kindred(phrases, len(self.values), language)
        self._tables: dict[TypeTable, ValueTypes] = {}

    def score(self, text: Analysed, negated: Iterable[int] = ()) -> tuple[ValueScore, ...]:
        """Scores of all values, in order.

        Parameters
        ----------
        text : Analysed
            The text.
        negated : iterable of int
            Tokens in the scope of a negation.
        """
        found, unseen = self.find(text, lambda _: negated) if self.values else ({}, NOTHING)
        return tuple(found.get(v, unseen) for v in range(len(self.values)))

    def find(self, text: Analysed, negated: Negated) -> tuple[dict[int, ValueScore], ValueScore]:
        """Scores of the values that a text touches, by their number, and the one score of all others.

        Parameters
        ----------
        text : Analysed
            The text.
        negated : callable
            Gives the tokens in the scope of a negation; asked only where a value is touched.
        """
        if not len(text.ids):
            return {}, NOTHING
        types, n = self._types(text.table), len(self.values)
        typed = types.typed(row_of_all([text]))
        stories = _stories(typed)
        kin, story = self._kin(typed, stories), float(stories[0])
        evidence, sums = self._evidence(typed, negated, kin)
        told = _STORY * story
        found: dict[int, ValueScore] = {}
        for i, (v, adds) in enumerate(zip(evidence.pairs.tolist(), sums.T.tolist(), strict=True)):
            if any(adds):
                beside = 0.0 if evidence.is_negated[i] else float(kin[0, v]), float(kin[0, n + v])
                later = partial(self._later, types, text, v, beside, story, partial(evidence.addends, i))
                adds[_TOLD] = told
                found[v] = score_of(adds, (text.tokens, later))
        touched = set(evidence.pairs.tolist())
        for v, shown in [(v, shown) for v, shown in enumerate(kin[0, :n].tolist()) if shown and v not in touched]:
            found[v] = score_of_deed(shown, told, text.tokens, partial(self._later, types, text, v, (shown, 0.0), story, tuple))
        others = score_of_deed(0.0, told, text.tokens, partial(_deed, types, text, story)) if story else NOTHING
        return found, others

    def alignments(self, row: Row, negated: Negated) -> _Floats:
        """The alignment of every value in every text, exactly as `find` has it.

        Parameters
        ----------
        row : Row
            The texts, in the finder's language.
        negated : callable
            As in `find`; asked once for all of them.

        Returns
        -------
        numpy.ndarray of shape (n_texts, n_values)
        """
        found = np.zeros((row.n_posts, len(self.values)))
        if not len(row.post):
            return found
        typed = self._types(row.text.table).typed(row)
        kin = self._kin(typed, _stories(typed))
        margins = (ALIGNING["shown"] * kin[:, : len(self.values)]).reshape(-1)
        evidence, sums = self._evidence(typed, negated, kin)
        margins[evidence.pairs] = margin_of(sums)
        places = np.flatnonzero(margins > 0)
        found.reshape(-1)[places] = points_of_many(margins[places])
        return found

    def _evidence(self, typed: TypedRow, negated: Negated, kin: _Floats) -> tuple[Evidence, _Floats]:
        """What posts say of values in so many words, and its sums with what kindred words add."""
        n = len(self.values)
        evidence = evidence_of(typed, *find_phrases(typed, self._index), self._index, n, negated)
        post, v = np.divmod(evidence.pairs, n)
        sums = evidence.sums.copy()
        # A deed that is denied was not done, in whatever words.
        sums[_SHOWN] += np.where(evidence.is_negated, 0.0, kin[post, v])
        sums[_AGAINST] += kin[post, v + n]
        return evidence, sums

    def _kin(self, typed: TypedRow, stories: _Floats) -> _Floats:
        """What kindred words add to each value shown, then to each gone against, in posts that tell what happened."""
        row, types, flags, _ = typed
        n, n_types = 2 * len(self.values), len(types.flags)
        at = np.flatnonzero(flags & KIN)
        at = at[stories[row.post[at]] > 0]
        if not len(at):
            return np.zeros((row.n_posts, n))
        # A word counts once, however often it stands.
        post, kind = np.divmod(distinct(row.post[at] * n_types + row.text.ids[at]), n_types)
        places, weights, sizes = types.kin.weighted(kind)
        sums = np.bincount(np.repeat(post * n, sizes) + places, weights, minlength=row.n_posts * n)
        found = np.zeros(row.n_posts * n)
        held = np.flatnonzero(sums >= _LEAST_KIN)
        post = held // n
        some = sums[held] * np.minimum(1.0, _USUAL_WORDS / np.maximum(1, row.n_words))[post]
        found[held] = np.where(some >= _LEAST_KIN, (stories * _KINDRED)[post] * np.minimum(some, _MOST_KIN), 0.0)
        return found.reshape(-1, n)

    def _later(
        self, types: ValueTypes, text: Analysed, v: int, kin: tuple[float, float], story: float, addends: Callable[[], tuple[Addend, ...]]
    ) -> tuple[Addend, ...]:  # fmt: skip
        """All addends of a value, when somebody asks."""
        told = (*self._told(types, text, v, kin[0], "shown"), *self._told(types, text, v, kin[1], "against"))
        return (*addends(), *told, *_deed(types, text, story))

    def _told(self, types: ValueTypes, text: Analysed, v: int, amount: float, dimension: str) -> tuple[Addend, ...]:
        """The kindred words of one value, each with its share of what they add."""
        if not amount:
            return ()
        places, weights, sizes = types.kin.weighted(text.ids)
        asked = places == v + (len(self.values) if dimension == "against" else 0)
        at, shares = np.repeat(np.arange(len(sizes)), sizes)[asked].tolist(), weights[asked]
        total = float(shares.sum())
        return tuple(Addend(dimension, amount * share / total, "kindred", (i,)) for i, share in zip(at, shares.tolist(), strict=True))

    def _types(self, table: TypeTable) -> ValueTypes:
        found = self._tables.get(table)
        if found is None:
            found = ValueTypes(self._index, self._kindred, table)
            # A pipeline forgets its table when it grows large; what was worked out for the old one goes with it.
            self._tables = {table: found}
        return found.upto_date()


def _stories(typed: TypedRow) -> _Floats:
    """0-1: how far each post tells what somebody did, by its past verbs and the capitalised words inside its sentences."""
    row, n = typed.row, typed.row.n_posts
    n_past = np.bincount(row.post[np.flatnonzero(typed.marks & PAST)], minlength=n)
    titles = np.flatnonzero(typed.flags & TITLE)
    titles = titles[row.sentences[row.sentence[titles]] != titles]
    n_names = np.minimum(np.bincount(row.post[titles], minlength=n), 2)
    return np.fromiter(map(narrative, n_past.tolist(), n_names.tolist()), np.float64, n)


def _deed(types: ValueTypes, text: Analysed, story: float) -> tuple[Addend, ...]:
    """What it is worth that something is told, shared by the past verbs."""
    places: list[int] = np.flatnonzero(types.marks[text.ids] & PAST).tolist() if story else []
    return tuple(Addend("told", _STORY * story / len(places), "past", (i,)) for i in places)
