"""Reading many texts at once: `read_texts` for what most posts are, plain and in one language.

Posts that hold anything out of the ordinary are left to `read_texts`; the two agree on all others, and tests hold them together.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Final

import numpy as np
import numpy.typing as npt

from toneguide.language.analysis import TypeTable, load_pipeline
from toneguide.language.chunks import ChunkTable, Cut, Ints
from toneguide.language.flat import FlatTexts, PieceTable, join_texts
from toneguide.language.identify import (
    POST_TELLING,
    SENTENCE_TELLING,
    SENTENCE_WORDS,
    SUPPORTED,
    are_plain,
    identify,
    sentence_language,
    telling,
)
from toneguide.language.reading import read_texts
from toneguide.language.tokens import Kind

__all__ = ["ManyReader", "ManyReadings", "read_tagged", "shared_reader"]

# A chunk takes some 200 bytes; beyond this many all are forgotten, and the common ones soon met again.
MOST_CHUNKS: Final = 400_000
_APART: Final = (Kind.LINK, Kind.MENTION, Kind.HASHTAG)


@dataclass(slots=True)
class ManyReadings:
    """What was made of many texts.

    Attributes
    ----------
    groups : list of (str, numpy.ndarray, FlatTexts)
        Language, which texts, and these texts analysed.
    others : list of int
        Texts that `read_texts` must look at.
    """

    groups: list[tuple[str, npt.NDArray[np.int64], FlatTexts]] = field(default_factory=list)
    others: list[int] = field(default_factory=list)


class ManyReader:
    """Reads texts with the *fast* pipeline and its word types."""

    def __init__(self) -> None:
        self._pipeline = load_pipeline("fast")
        self._forget()

    def _forget(self) -> None:
        self._chunks = ChunkTable()
        self._pieces: dict[TypeTable, PieceTable] = {}
        self._marks = array("b")

    def read(self, texts: Sequence[object], *, language: str | None = None) -> ManyReadings:
        """Read texts.

        Parameters
        ----------
        texts : sequence
            As in `read_texts`.
        language : {"fi", "en"}, optional
            Skips identification.
        """
        if len(self._chunks) > MOST_CHUNKS:
            self._forget()
        strings = [text if isinstance(text, str) else "" for text in texts]
        cut = self._chunks.cut(strings)
        found = [""] * len(strings) if language is None else [language] * len(strings)
        kinds = np.frombuffer(self._chunks.kinds, np.int8)[cut.surfaces]
        words = np.diff(np.append(0, np.cumsum(kinds <= Kind.HASHTAG))[cut.bounds])
        readable = np.flatnonzero(cut.plain & (words > 0))
        if language is None:
            self._identify(strings, cut, kinds, readable.tolist(), found)
        readings = ManyReadings(others=[i for i, one in enumerate(found) if one not in SUPPORTED or not cut.plain[i] or not words[i]])
        for one in SUPPORTED:
            posts = np.array([i for i in readable.tolist() if found[i] == one], dtype=np.int64)
            if len(posts):
                readings.groups.append((one, posts, self._of(one).flatten(cut, posts)))
        return readings

    def _of(self, language: str) -> PieceTable:
        table = self._pipeline.table(language)
        if table not in self._pieces:
            self._pieces = {kept: pieces for kept, pieces in self._pieces.items() if kept.language != language}
            self._pieces[table] = PieceTable(self._chunks, table)
        return self._pieces[table]

    def _identify(self, texts: list[str], cut: Cut, kinds: npt.NDArray[np.int8], posts: list[int], found: list[str]) -> None:
        """Languages of posts; ``""`` for one that `read_texts` must look at."""
        marks = self._telling(cut.surfaces)
        so_far = [np.append(0, np.cumsum(those)) for those in (kinds == Kind.WORD, *(marks == 1 + i for i in range(len(SUPPORTED))))]
        plain = _plain([np.diff(each[cut.bounds]) for each in so_far], POST_TELLING)
        apart = np.diff(np.append(0, np.cumsum(np.isin(kinds, _APART)))[cut.bounds])
        for i in posts:
            if plain[i]:
                found[i] = SUPPORTED[plain[i] - 1]
                continue
            running = texts[i] if not apart[i] else self._running_words(cut, kinds, i)
            language = identify(running).language
            found[i] = language if language in SUPPORTED else ""
        # Sentences of four words and more are looked at one by one; where one is in another language, the post is for `read_texts`.
        bounds = np.append(cut.sentences, len(kinds))
        counts = [np.diff(each[bounds]) for each in so_far]
        post = np.searchsorted(cut.bounds, cut.sentences, side="right") - 1
        several = np.bincount(post, minlength=len(texts))[post] > 1
        mains = np.array([SUPPORTED.index(one) + 1 if one else 0 for one in found])
        asked = several & (counts[0] >= SENTENCE_WORDS) & (mains[post] > 0) & (_plain(counts, SENTENCE_TELLING) != mains[post])
        long = np.flatnonzero(asked)
        first, last = cut.sentences[long], bounds[long + 1] - 1
        for i, start, end in zip(post[long].tolist(), cut.starts[first].tolist(), cut.ends[last].tolist(), strict=True):
            main = found[i]
            if main and sentence_language(texts[i][start:end], main) != main:
                found[i] = ""

    def _telling(self, surfaces: Ints) -> npt.NDArray[np.int8]:
        """What each surface form tells of the language."""
        words = self._chunks.words
        if len(words) > len(self._marks):
            self._marks.extend(map(telling, islice(words, len(self._marks), None)))
        return np.frombuffer(self._marks, np.int8)[surfaces]

    def _running_words(self, cut: Cut, kinds: npt.NDArray[np.int8], i: int) -> str:
        """As `words_of`: links, mentions and hashtags left out where there are other words."""
        of = slice(cut.bounds[i], cut.bounds[i + 1])
        pairs = list(zip(cut.surfaces[of].tolist(), kinds[of].tolist(), strict=True))
        words = [self._chunks.words[surface] for surface, kind in pairs if kind == Kind.WORD]
        return " ".join(words or [self._chunks.words[surface] for surface, kind in pairs if kind == Kind.HASHTAG])


def _plain(counts: list[Ints], least: int) -> Ints:
    """Which language the words, and those that tell Finnish and English, settle; 0 where they do not."""
    words, finnish, english = counts
    return are_plain(finnish, english, words, least) + 2 * are_plain(english, finnish, words, least)


def read_tagged(texts: Sequence[object], *, language: str | None = None) -> ManyReadings:
    """The same with the *accurate* pipeline, which needs the words themselves."""
    read = read_texts(texts, load_pipeline("accurate"), language=language, min_words=0)
    plain = [i for i, one in enumerate(read) if one.status == "ok" and not one.reason and len(one.segments) == 1]
    readings = ManyReadings(others=sorted(set(range(len(read))) - set(plain)))
    for one in SUPPORTED:
        posts = [i for i in plain if read[i].language == one]
        if posts:
            readings.groups.append((one, np.array(posts, dtype=np.int64), join_texts([read[i].segments[0] for i in posts])))
    return readings


@lru_cache(maxsize=1)
def shared_reader() -> ManyReader:
    """The process's one reader."""
    return ManyReader()
