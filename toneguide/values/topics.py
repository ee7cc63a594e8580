"""Sensitive topics: posts that need a person to look, not a number."""

from __future__ import annotations

from collections.abc import Iterable

from toneguide.decided import Topic
from toneguide.language.analysis import Analysed, TypeTable
from toneguide.values.phrases import SHOWN, Phrase, PhraseIndex, parse_phrase, together
from toneguide.values.words import OWN

__all__ = ["TopicFinder"]


class TopicFinder:
    """Finds the sensitive topics that a post raises.

    Parameters
    ----------
    topics : iterable of Topic
        Of a guide.
    language : {"fi", "en"}
        Of the posts.
    """

    def __init__(self, topics: Iterable[Topic], language: str) -> None:
        self.topics = tuple(topics)
        parsed = [(n, word, parse_phrase(word, language)) for n, topic in enumerate(self.topics) for word in topic.words]
        self._index = PhraseIndex((Phrase(n, SHOWN, elements, reach, word) for n, word, (elements, reach) in parsed if elements), language)
        self._of_type: dict[TypeTable, dict[int, dict[str, float]]] = {}

    def find(self, text: Analysed) -> list[Topic]:
        """Topics of a text, in the guide's order."""
        cache = self._of_type.get(text.table)
        if cache is None:
            cache = {}
            self._of_type = {text.table: cache}
        there: dict[str, list[int]] = {}
        for i, type_id in enumerate(text.ids.tolist()):
            elements = cache.get(type_id)
            if elements is None:
                elements = cache[type_id] = self._index.elements_of(text.table.types[type_id])
            for element in elements:
                there.setdefault(element, []).append(i)
        raised = {self._index.phrases[number].value for number in self._index.singles(dict.fromkeys(there, OWN))}
        for number in self._index.anchored(there):
            phrase = self._index.phrases[number]
            found = sorted((i, e) for e in phrase.elements for i in there.get(e, ()))
            if next(together(found, len(phrase.elements), phrase.reach), None) is not None:
                raised.add(phrase.value)
        return [topic for n, topic in enumerate(self.topics) if n in raised]
