"""What a signal is: where it fires, in which unit it counts, and which way it points.

A token signal asks a word type once; a text signal looks at the whole post. Both give spans, and the number
follows from them, so what is measured and what is shown cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from toneguide.language.analysis import Analysed
from toneguide.language.words import WordType

__all__ = ["BOTH", "Floats", "Lengths", "Marked", "Per", "Places", "Signal", "TextSignal", "TokenSignal"]

BOTH: Final = ("fi", "en")
Per = Literal["word", "sentence", "none"]
Where = Literal["anywhere", "first", "inside"]
Places = Iterator[tuple[int, int]]
Marked = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


class Lengths(NamedTuple):
    """How long many texts, their words and their sentences are.

    Attributes
    ----------
    n_words, word_length : numpy.ndarray of shape (n_texts,)
        Words, and mean letters of a word.
    sentence_words : numpy.ndarray of shape (n_sentences,)
        Words of every sentence of every text.
    text : numpy.ndarray of shape (n_sentences,)
        Which text each sentence belongs to.
    """

    n_words: npt.NDArray[np.int64]
    word_length: Floats
    sentence_words: npt.NDArray[np.int64]
    text: npt.NDArray[np.int64]

    def per_text(self, values: npt.NDArray[Any]) -> Floats:
        """Sums by text of a number for every sentence that has words."""
        has = self.sentence_words > 0
        return np.bincount(self.text[has], values[has], minlength=len(self.n_words)).astype(float)


@dataclass(frozen=True, kw_only=True)
class Signal:
    """What every signal declares.

    Attributes
    ----------
    name : str
        Lower case, with underscores.
    meaning : str
        What it finds, in words that describe the text: "speaks to the reader".
    towards : mapping of str to float
        Known direction and size, -3 to +3, for ``"corporate"`` and ``"warmth"``. A signal speaks of the dimensions it names here and of no
        other, however it goes with them in the corpora: long words are not cold.
    spread : float
        Typical standard deviation of the value between posts; the value is divided by it.
    per : {"word", "sentence", "none"}
        What the count is divided by; ``"none"`` for a measure that is a number of its own.
    typical : mapping of str to float
        Mean value by language; taken off first, so that an ordinary post has no part. 0 where a signal is rare.
    languages : tuple of str
        Where it is defined.
    """

    name: str
    meaning: str
    spread: float
    per: Per = "word"
    towards: Mapping[str, float] = field(default_factory=dict)
    typical: Mapping[str, float] = field(default_factory=dict)
    languages: tuple[str, ...] = BOTH


@dataclass(frozen=True, kw_only=True)
class TokenSignal(Signal):
    """A predicate on the token's type; its value is how often it holds, per word or sentence.

    Attributes
    ----------
    when : callable
        Asked once per type.
    where : {"anywhere", "first", "inside"}
        Whether it counts everywhere, only for the first token of a sentence, or only for the others.
    """

    when: Callable[[WordType], bool]
    where: Where = "anywhere"


@dataclass(frozen=True, kw_only=True)
class TextSignal(Signal):
    """A function of the post.

    Attributes
    ----------
    when : callable
        Which tokens it looks at; without one of them it is 0 and nothing more is asked.
    find : callable
        Places where it fires, given the text and which tokens `when` holds for; ``(first token, past the last)``.
    measure : callable, optional
        A number of its own instead of the number of places; None where undefined.
    measure_many : callable, optional
        The same for many texts at once; NaN where undefined.
    run : int
        Where given, `find` gives the runs of so many marked tokens and more, and nothing else.
    then, within : callable, int
        Where given, `find` gives nothing for a marked token unless one that `then` holds for follows within so many tokens, and it
        looks no further than one token before and one beyond these; most texts need not be asked.
    through : callable, optional
        Where given, `find` gives a marked token once where one that `then` holds for follows within so many tokens, none but those that
        `through` holds for between them, and nothing else.
    where : {"anywhere", "first"}
        Whether `find` looks at all marked tokens, or only at those that begin a sentence.
    """

    when: Callable[[WordType], bool] | None = None
    find: Callable[[Analysed, Marked], Places] | None = None
    measure: Callable[[Analysed], float | None] | None = None
    measure_many: Callable[[Lengths], Floats] | None = None
    run: int = 0
    then: Callable[[WordType], bool] | None = None
    within: int = 0
    through: Callable[[WordType], bool] | None = None
    where: Where = "anywhere"
