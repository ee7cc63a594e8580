"""A row of posts in one language, as the values look at it: one post is a short row."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from toneguide.language.analysis import Analysed
from toneguide.language.chunks import Ints
from toneguide.language.flat import FlatTexts

__all__ = ["Row", "row_of", "row_of_one"]


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


def row_of_one(text: Analysed) -> Row:
    """One post."""
    return _row(text, np.array([text.n_words]), np.zeros(len(text.ids), dtype=np.int64))


def _row(text: Analysed, n_words: Ints, post: Ints) -> Row:
    sentences = np.array(text.tokens.sentences, dtype=np.int64)
    sizes = np.diff(np.append(sentences, len(post)))
    return Row(text, n_words, post, np.repeat(np.arange(len(sentences)), sizes), sentences, post[sentences])
