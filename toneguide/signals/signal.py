"""What a signal is: where it fires, in which unit it counts, and which way it points.

A token signal asks a word type once; a text signal looks at the whole post. Both give spans, and the number
follows from them, so what is measured and what is shown cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from toneguide.language.analysis import Analysed
from toneguide.language.words import WordType

__all__ = ["BOTH", "Per", "Places", "Signal", "TextSignal", "TokenSignal", "denominator"]

BOTH: Final = ("fi", "en")
Per = Literal["word", "sentence", "none"]
Places = Iterator[tuple[int, int]]


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
        Known direction and size, -3 to +3, for ``"corporate"`` and ``"warmth"``; 0 where nothing is known.
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
    """A predicate on the word type; its value is the share of words it holds for."""

    when: Callable[[WordType], bool]


@dataclass(frozen=True, kw_only=True)
class TextSignal(Signal):
    """A function of the post: places where it fires, or a number (None where undefined)."""

    find: Callable[[Analysed], Places] | None = None
    measure: Callable[[Analysed], float | None] | None = None

    def value(self, text: Analysed) -> float | None:
        """The number itself, before `typical` and `spread`; None where undefined."""
        if self.measure is not None:
            return self.measure(text)
        assert self.find is not None
        below = denominator(text, self.per)
        return sum(1 for _ in self.find(text)) / below if below else None


def denominator(text: Analysed, per: Per) -> int:
    """How many words or sentences a text has; 1 where a count stands alone."""
    if per == "word":
        return text.n_words
    return len(text.tokens.sentences) if per == "sentence" else 1
