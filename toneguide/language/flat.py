"""Many analysed posts of one language as one long row of type ids: what arrays can do, no loop over posts does."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast, overload

import numpy as np
import numpy.typing as npt

from toneguide.language.analysis import NAME_FORMS, SURE_NAMES, Analysed, TypeTable, add_type, expand, next_is_listed, type_keys
from toneguide.language.chunks import ChunkTable, Cut, Ints, gather
from toneguide.language.tokens import LONGEST, Kind, Tokens

__all__ = ["FlatTexts", "PieceTable", "join_texts"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class FlatTexts:
    """Posts of one language, one after the other.

    Attributes
    ----------
    whole : Analysed
        All of them as if they were one post; tokens have no offsets.
    bounds : numpy.ndarray of shape (n_posts + 1,)
        Where each post begins among the tokens.
    sentence_bounds : numpy.ndarray of shape (n_posts + 1,)
        Where each post begins among the sentences.
    n_words, word_length : numpy.ndarray of shape (n_posts,)
        As in `Analysed`.
    sentence_words : numpy.ndarray of shape (n_sentences,)
        Words of every sentence, 0 where it has none.
    """

    whole: Analysed
    bounds: Ints
    sentence_bounds: Ints
    n_words: Ints
    word_length: Floats
    sentence_words: Ints

    def __len__(self) -> int:
        return len(self.n_words)

    def text(self, i: int) -> Analysed:
        """One of the posts, without offsets."""
        first, last = self.bounds[i], self.bounds[i + 1]
        of = slice(self.sentence_bounds[i], self.sentence_bounds[i + 1])
        tokens, counts = self.whole.tokens, self.sentence_words[of]
        sentences = [at - int(first) for at in tokens.sentences[of]]
        cut = Tokens("", tokens.words[first:last], [], [], tokens.kinds[first:last], sentences)
        numbers = int(self.n_words[i]), float(self.word_length[i]), counts[counts > 0].tolist()
        return Analysed(cut, self.whole.ids[first:last], self.whole.table, *numbers)


def join_texts(texts: Sequence[Analysed]) -> FlatTexts:
    """Analysed texts of one language put in a row."""
    words = [word for text in texts for word in text.tokens.words]
    kinds = [kind for text in texts for kind in text.tokens.kinds]
    bounds = _bounds([len(text.tokens) for text in texts])
    sentences = np.array(
        [at + int(first) for text, first in zip(texts, bounds, strict=False) for at in text.tokens.sentences], dtype=np.int64
    )
    ids = np.concatenate([text.ids for text in texts])
    lengths = np.array([len(word) for word in words], dtype=np.int64)
    large = np.array([word[0].isupper() for word in words], dtype=bool)
    return _flat(words, np.array(kinds, dtype=np.int8), ids, bounds, sentences, lengths, large, texts[0].table)


def _bounds(sizes: Sequence[int] | Ints) -> Ints:
    return np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(sizes, dtype=np.int64)))


def _flat(
    words: Sequence[str], kinds: npt.NDArray[np.int8], ids: Ints, bounds: Ints, sentences: Ints, lengths: Ints, large: npt.NDArray[np.bool_],
    table: TypeTable,
) -> FlatTexts:  # fmt: skip
    n = len(bounds) - 1
    is_word = kinds <= Kind.HASHTAG
    post = np.repeat(np.arange(n), np.diff(bounds))
    n_words = np.bincount(post[is_word], minlength=n)
    # A long name does not make long words of a post.
    small = is_word & ~large
    n_small, letters = np.bincount(post[small], minlength=n), np.bincount(post[small], lengths[small], minlength=n)
    all_letters = np.bincount(post[is_word], lengths[is_word], minlength=n)
    below = np.where(n_small, n_small, np.maximum(n_words, 1))
    length = np.where(n_small, letters, all_letters) / below
    counts = np.diff(np.cumsum(np.append(0, is_word))[np.append(sentences, len(is_word))])
    # What looks at a word here or there cannot tell the difference.
    tokens = Tokens("", cast("list[str]", words), [], [], kinds.tolist(), sentences.tolist())
    whole = Analysed(tokens, ids, table, int(n_words.sum()), 0.0, [])
    return FlatTexts(whole, bounds, np.searchsorted(sentences, bounds), n_words, length, counts)


class _Words(Sequence[str]):
    """The words of many tokens, put together as they are asked for: few are."""

    def __init__(self, words: list[str], tokens: Ints) -> None:
        self._words, self._tokens = words, tokens

    def __len__(self) -> int:
        return len(self._tokens)

    def __iter__(self) -> Iterator[str]:
        return map(self._words.__getitem__, self._tokens.tolist())

    @overload
    def __getitem__(self, i: int) -> str: ...
    @overload
    def __getitem__(self, i: slice) -> _Words: ...
    def __getitem__(self, i: int | slice) -> str | _Words:
        return _Words(self._words, self._tokens[i]) if isinstance(i, slice) else self._words[int(self._tokens[i])]


class PieceTable:
    """Surface forms of a `ChunkTable` as the words that one language makes of them: a hashtag's words, a contraction's halves.

    Parameters
    ----------
    chunks : ChunkTable
        Whose surface forms.
    table : TypeTable
        Gets their types.
    """

    def __init__(self, chunks: ChunkTable, table: TypeTable) -> None:
        self._chunks, self._table = chunks, table
        self._groups = np.full(1024, -1, dtype=np.int64)
        self._starts = array("q", (0,))
        self._ids = array("q")
        self._lengths = array("q")
        self._large = array("b")
        self._kinds = array("b")
        self._names = array("b")
        self._words: list[str] = []

    def _learn(self, surface: int) -> None:
        word, kind = self._chunks.words[surface], self._chunks.kinds[surface]
        pieces, keys = [word], [word]
        if kind == Kind.HASHTAG or len(word) > LONGEST or not word.isalpha() or word in SURE_NAMES:
            tokens = expand(Tokens(word, [word], [0], [len(word)], [kind], [0]), self._table.language)
            pieces, keys = tokens.words, type_keys(tokens)
        for piece, key in zip(pieces, keys, strict=True):
            self._ids.append(add_type(self._table, key, kind))
            self._lengths.append(len(piece))
            self._large.append(piece[0].isupper())
            self._kinds.append(kind)
            self._names.append(kind == Kind.WORD and piece in NAME_FORMS and piece not in SURE_NAMES)
            self._words.append(piece)
        self._groups[surface] = len(self._starts) - 1
        self._starts.append(len(self._words))

    def flatten(self, cut: Cut, posts: Ints) -> FlatTexts:
        """Some posts of a cut, all of them plain, in the order given."""
        places, sizes = gather(cut.bounds, posts)
        surfaces = cut.surfaces[places]
        if len(self._chunks.words) > len(self._groups):
            self._groups = np.append(self._groups, np.full(len(self._chunks.words), -1, dtype=np.int64))
        for surface in np.unique(surfaces[self._groups[surfaces] < 0]).tolist():
            self._learn(surface)
        begins = np.zeros(len(cut.surfaces), dtype=bool)
        begins[cut.sentences] = True
        pieces, each = gather(np.frombuffer(self._starts, np.int64), self._groups[surfaces])
        first = np.cumsum(each) - each
        sentences = first[begins[places]]
        bounds = _bounds(np.bincount(np.repeat(np.arange(len(posts)), sizes), each, minlength=len(posts)).astype(np.int64))
        words = _Words(self._words, pieces)
        ids = np.frombuffer(self._ids, np.int64)[pieces]
        kinds = np.frombuffer(self._kinds, np.int8)[pieces]
        self._mark_names(ids, words, kinds, np.flatnonzero(np.frombuffer(self._names, np.int8)[pieces]), bounds, sentences)
        lengths, large = np.frombuffer(self._lengths, np.int64)[pieces], np.frombuffer(self._large, np.int8)[pieces] != 0
        return _flat(words, kinds, ids, bounds, sentences, lengths, large, self._table)

    def _mark_names(
        self, ids: Ints, words: Sequence[str], kinds: npt.NDArray[np.int8], places: Ints, bounds: Ints, sentences: Ints
    ) -> None:
        """First names that are also common words: where they stand decides."""
        ends = bounds[np.searchsorted(bounds, places, side="right")].tolist()
        starts_sentence = np.isin(places, sentences).tolist()
        for i, end, is_first in zip(places.tolist(), ends, starts_sentence, strict=True):
            if not is_first or next_is_listed(list(words[i + 1 : min(i + 3, end)])):
                tokens = Tokens("", [words[i]], [0], [0], [int(kinds[i])], [])
                ids[i] = add_type(self._table, type_keys(tokens)[0], int(kinds[i]))
