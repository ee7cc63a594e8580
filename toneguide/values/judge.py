"""What a guide's values and sensitive topics make of posts: of one with the reasons, of many as numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from toneguide.decided import Topic
from toneguide.language.analysis import READING, Analysed, TypeTable
from toneguide.language.flat import FlatTexts
from toneguide.language.identify import SUPPORTED
from toneguide.language.reading import Reading
from toneguide.values.matching import ValueFinder, Values
from toneguide.values.parts import NOTHING, ValueScore, combine, overall, overall_of_many
from toneguide.values.row import Row, row_of, row_of_all
from toneguide.values.scene import Negated
from toneguide.values.topics import TopicFinder

__all__ = ["Judge", "Told"]

Floats = npt.NDArray[np.float64]


class Told(NamedTuple):
    """What a guide's values and topics make of texts: topics, alignment with each value, and with all."""

    topics: list[tuple[Topic, ...]]
    values: Floats
    alignment: Floats


class Judge:
    """Looks for a guide's values and sensitive topics.

    Parameters
    ----------
    values : Values
        In the guide's order.
    topics : sequence of Topic
        Those that need a person to look.
    negated : mapping of str to callable
        By language: gives the tokens of a text in the scope of a negation.

    Attributes
    ----------
    names, columns : tuple of str
        Of the values, and of the columns their alignments go to.
    unseen : mapping of str to ValueScore
        The values of a post in which nothing of them is seen.
    """

    def __init__(self, values: Values, topics: Sequence[Topic], negated: Mapping[str, Negated]) -> None:
        self.names = tuple(value.name for value in values)
        self.columns = tuple(f"value:{name}" for name in self.names)
        self.unseen: Mapping[str, ValueScore] = dict.fromkeys(self.names, NOTHING)
        mean = sum(value.weight for value in values) / max(1, len(values))
        self._weights = [value.weight / mean for value in values]
        self._finders = {language: ValueFinder(values, language) for language in SUPPORTED} if values else {}
        self._topics = {language: TopicFinder(topics, language) for language in SUPPORTED} if topics else {}
        self._negated = dict(negated)

    def look(self, texts: FlatTexts, language: str) -> Told:
        """Topics and alignments of many texts in one language."""
        topics = self._topics.get(language)
        told: list[tuple[Topic, ...]] = [tuple(topics.find(texts.text(i))) for i in range(len(texts))] if topics else [()] * len(texts)
        aligned = self._alignments(row_of(texts), language) if self._finders else np.zeros((len(texts), 0))
        return Told(told, aligned, overall_of_many(self._weights, aligned))

    def topics_in(self, segments: Sequence[Analysed]) -> tuple[Topic, ...]:
        """Topics that one post raises, in whatever language."""
        if not self._topics:
            return ()
        return tuple(dict.fromkeys(topic for segment in segments for topic in self._topics[segment.language].find(segment)))

    def alignment(self, read: Sequence[Reading]) -> list[float | None]:
        """Overall alignment of posts in one language; those in two wait for their values."""
        found: list[float | None] = [None] * len(read)
        places: dict[TypeTable, list[int]] = {}
        for i, one in enumerate(read if self._finders else ()):
            if len(one.segments) == 1:
                places.setdefault(one.segments[0].table, []).append(i)
        for table, alike in places.items():
            aligned = self._alignments(row_of_all([read[i].segments[0] for i in alike]), table.language)
            for i, together in zip(alike, overall_of_many(self._weights, aligned).tolist(), strict=True):
                found[i] = together
        return found

    def overall(self, scores: Mapping[str, ValueScore]) -> float:
        """Overall alignment of a post whose values are known."""
        weighted = zip(self._weights, (scores[name].alignment for name in self.names), strict=True)
        return overall((weight, alignment) for weight, alignment in weighted if alignment)

    def value_scores(self, segments: Sequence[Analysed]) -> Mapping[str, ValueScore]:
        """Scores of all values in one post, by name."""
        scored = []
        # Asked for whenever somebody likes, from any thread.
        with READING:
            for segment in segments:
                found, others = self._finders[segment.language].find(segment, self._negated[segment.language])
                scored.append(dict.fromkeys(self.names, others) | {self.names[v]: score for v, score in found.items()})
        if len(scored) == 1:
            return scored[0]
        return {name: reduce(combine, (one[name] for one in scored)) for name in self.names}

    def _alignments(self, row: Row, language: str) -> Floats:
        return self._finders[language].alignments(row, self._negated[language])
