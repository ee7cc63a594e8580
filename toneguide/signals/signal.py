"""What a signal is: where it fires, in which unit it counts, and which way it points.

A token signal asks a word type once; a text signal looks at the whole post. Both give spans, and the number
follows from them, so what is measured and what is shown cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from toneguide.language.analysis import Analysed
from toneguide.language.words import WordType

__all__ = ["BOTH", "Marked", "Per", "Places", "Signal", "TextSignal", "TokenSignal"]

BOTH: Final = ("fi", "en")
Per = Literal["word", "sentence", "none"]
Where = Literal["anywhere", "first", "inside"]
Places = Iterator[tuple[int, int]]
Marked = npt.NDArray[np.bool_]


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
    """

    when: Callable[[WordType], bool] | None = None
    find: Callable[[Analysed, Marked], Places] | None = None
    measure: Callable[[Analysed], float | None] | None = None
