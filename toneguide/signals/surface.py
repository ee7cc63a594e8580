"""Surface: marks, emoji, hashtags, capitals, quotes and stretched words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from toneguide.language.analysis import Analysed
from toneguide.language.tokens import Kind
from toneguide.language.words import WordType
from toneguide.signals.signal import Places, TextSignal, TokenSignal

__all__ = ["SIGNALS"]

_STRETCHED: Final = re.compile(r"([^\W\d_])\1\1")
_SHOUTED: Final = 4
_OPENING: Final = {"”": "”", "“": "”", '"': '"', "»": "»", "«": "»"}


def _find_kind(kind: Kind) -> Callable[[Analysed], Places]:
    return lambda text: ((i, i + 1) for i, k in enumerate(text.tokens.kinds) if k == kind)


def _find_mark(marks: str, *, least: int = 1) -> Callable[[Analysed], Places]:
    def find(text: Analysed) -> Places:
        for i, (word, kind) in enumerate(zip(text.tokens.words, text.tokens.kinds, strict=True)):
            if kind == Kind.PUNCT and word[0] in marks and len(word) >= least:
                yield i, i + 1

    return find


def find_hashtags(text: Analysed) -> Places:
    """Hashtags, each once however many words it holds."""
    source, starts = text.tokens.text, text.tokens.starts
    for i, kind in enumerate(text.tokens.kinds):
        if kind == Kind.HASHTAG and source[starts[i] - 1 : starts[i]] == "#":
            yield i, i + 1


def find_shouting(text: Analysed) -> Places:
    """Words of four letters and more in capitals."""
    for i, (word, kind) in enumerate(zip(text.tokens.words, text.tokens.kinds, strict=True)):
        if kind == Kind.WORD and len(word) >= _SHOUTED and word.isupper():
            yield i, i + 1


def find_capitalised(text: Analysed) -> Places:
    """Capital letters inside a sentence: names, brands, Title Case."""
    firsts = set(text.tokens.sentences)
    for i, (word, kind) in enumerate(zip(text.tokens.words, text.tokens.kinds, strict=True)):
        if kind == Kind.WORD and word[0].isupper() and i not in firsts and len(word) > 1 and "'" not in word:
            yield i, i + 1


def find_lower_starts(text: Analysed) -> Places:
    """Sentences that begin with a small letter."""
    for first in text.tokens.sentences:
        if text.tokens.kinds[first] == Kind.WORD and text.tokens.words[first][0].islower():
            yield first, first + 1


def find_quoted(text: Analysed) -> Places:
    """Words inside quotation marks, opening mark to closing mark."""
    words = text.tokens.words
    i = 0
    while i < len(words):
        closing = _OPENING.get(words[i])
        if closing is not None:
            end = next((j for j in range(i + 1, len(words)) if words[j] == closing), None)
            if end is not None:
                yield i, end + 1
                i = end
        i += 1


def quoted_share(text: Analysed) -> float | None:
    """Share of the tokens that stand inside quotation marks."""
    return sum(b - a for a, b in find_quoted(text)) / len(text.tokens) if len(text.tokens) else None


def is_stretched(word: WordType) -> bool:
    """Soooo, kiiiitos: a letter three times."""
    return word.is_word and bool(_STRETCHED.search(word.form))


SIGNALS: Final = (
    TextSignal(
        name="questions",
        find=_find_mark("?"),
        meaning="asks something",
        per="sentence",
        spread=0.25,
        towards={"corporate": -0.6, "warmth": 0.3},
    ),
    TextSignal(
        name="exclamations",
        find=_find_mark("!"),
        meaning="exclamation marks",
        per="sentence",
        spread=0.3,
        towards={"corporate": -0.1, "warmth": 0.7},
    ),
    TextSignal(
        name="repeated_marks",
        find=_find_mark("!?.", least=2),
        meaning="!!, ?? and ...",
        per="sentence",
        spread=0.25,
        towards={"corporate": -1},
    ),
    TextSignal(
        name="emoji", find=_find_kind(Kind.EMOJI), meaning="emoji", per="word", spread=0.05, towards={"corporate": -0.3, "warmth": 0.6}
    ),
    TextSignal(name="hashtags", find=find_hashtags, meaning="hashtags", per="word", spread=0.05, towards={"corporate": 0.5}),
    TextSignal(
        name="links", find=_find_kind(Kind.LINK), meaning="links", per="word", spread=0.03, towards={"corporate": 1, "warmth": -0.2}
    ),
    TextSignal(
        name="mentions",
        find=_find_kind(Kind.MENTION),
        meaning="mentions of accounts",
        per="word",
        spread=0.05,
        towards={"corporate": -0.3, "warmth": 0.3},
    ),
    TextSignal(
        name="numbers", find=_find_kind(Kind.NUMBER), meaning="numbers", per="word", spread=0.05, towards={"corporate": 0.4, "warmth": -0.3}
    ),
    TextSignal(name="brackets", find=_find_mark("(["), meaning="brackets", per="sentence", spread=0.2, towards={"corporate": 0.3}),
    TextSignal(
        name="colons", find=_find_mark(":;"), meaning="colons and semicolons", per="sentence", spread=0.25, towards={"corporate": 0.3}
    ),
    TextSignal(
        name="capitals",
        find=find_shouting,
        meaning="words in capitals",
        per="word",
        spread=0.05,
        towards={"corporate": -0.2, "warmth": -0.3},
    ),
    TextSignal(
        name="names",
        find=find_capitalised,
        meaning="capital letters inside a sentence",
        per="word",
        spread=0.08,
        towards={"corporate": 0.7},
    ),
    TextSignal(
        name="lower_starts",
        find=find_lower_starts,
        meaning="sentences that begin small",
        per="sentence",
        spread=0.3,
        towards={"corporate": -1},
    ),
    TextSignal(name="quoted", measure=quoted_share, meaning="quoted words", per="none", spread=0.15, towards={"corporate": -0.2}),
    TokenSignal(
        name="stretched", when=is_stretched, meaning="stretched words (soooo)", spread=0.02, towards={"corporate": -1, "warmth": 0.4}
    ),
)
