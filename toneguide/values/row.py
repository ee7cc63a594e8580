"""A row of posts in one language, as the values look at it: one post is a short row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from toneguide.language.analysis import Analysed
from toneguide.language.chunks import Ints
from toneguide.language.flat import FlatTexts
from toneguide.language.tokens import Tokens

__all__ = ["Row", "row_of", "row_of_all"]


@dataclass(frozen=True, slots=True)
class Row:
    """Posts one after the other.

    Attributes
    ----------
    text : Analysed
        All of them as if they were one.
    n_words : numpy.ndarray of shape (n_posts,)
        Words of each.
    post, sentence : numpy.ndarray of shape (n_tokens,)
        Where each token stands.
    sentences, owner : numpy.ndarray of shape (n_sentences,)
        First token of each sentence, and the post it is in.
    """

    text: Analysed
    n_words: Ints
    post: Ints
    sentence: Ints
    sentences: Ints
    owner: Ints

    @property
    def n_posts(self) -> int:
        """How many there are."""
        return len(self.n_words)


def row_of(texts: FlatTexts) -> Row:
    """Many posts."""
    return _row(texts.whole, texts.n_words, np.repeat(np.arange(len(texts)), np.diff(texts.bounds)))


def row_of_all(texts: Sequence[Analysed]) -> Row:
    """Posts analysed one by one, with types of the same table."""
    if len(texts) == 1:
        return _row(texts[0], np.array([texts[0].n_words]), np.zeros(len(texts[0].ids), dtype=np.int64))
    sizes = [len(text.ids) for text in texts]
    words = [word for text in texts for word in text.tokens.words]
    sentences = [first + at for text, first in zip(texts, accumulate(sizes, initial=0), strict=False) for at in text.tokens.sentences]
    n_words = np.array([text.n_words for text in texts])
    tokens = Tokens("", words, [], [], [], sentences)
    whole = Analysed(tokens, np.concatenate([text.ids for text in texts]), texts[0].table, int(n_words.sum()), 0.0, [])
    return _row(whole, n_words, np.repeat(np.arange(len(texts)), sizes))


def _row(text: Analysed, n_words: Ints, post: Ints) -> Row:
    sentences = np.array(text.tokens.sentences, dtype=np.int64)
    sizes = np.diff(np.append(sentences, len(post)))
    return Row(text, n_words, post, np.repeat(np.arange(len(sentences)), sizes), sentences, post[sentences])
