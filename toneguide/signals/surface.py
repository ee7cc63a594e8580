"""Surface: marks, emoji, hashtags, capitals, quotes and stretched words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import numpy as np

from toneguide.language.analysis import Analysed
from toneguide.language.words import WordType
from toneguide.signals.signal import Marked, Places, TextSignal, TokenSignal

__all__ = ["SIGNALS"]

_STRETCHED: Final = re.compile(r"([^\W\d_])\1\1")
_ROMAN: Final = re.compile("[ivxlcdm]+|www")
_SHOUTED: Final = 4
_CLOSING: Final = {"”": "”", "“": "”", '"': '"', "»": "»", "«": "»"}


def _is_mark(marks: str, *, least: int = 1) -> Callable[[WordType], bool]:
    return lambda word: word.pos == "PUNCT" and word.form[0] in marks and len(word.form) >= least


def _has_pos(pos: str) -> Callable[[WordType], bool]:
    return lambda word: word.pos == pos


def is_tag(word: WordType) -> bool:
    """The first word of a hashtag, so that a tag counts once however many words it holds."""
    return word.shape == "Tag"


def is_shouted(word: WordType) -> bool:
    """Words of four letters and more in capitals."""
    return word.shape == "Upper" and len(word.form) >= _SHOUTED


def is_capitalised(word: WordType) -> bool:
    """Capital letters: names, brands, Title Case."""
    return word.shape in ("Title", "Upper") and len(word.form) > 1 and "'" not in word.form


def is_small(word: WordType) -> bool:
    """Words in small letters."""
    return word.shape == "Lower"


def is_stretched(word: WordType) -> bool:
    """Soooo, kiiiitos: a letter three times."""
    return word.is_word and bool(_STRETCHED.search(word.form)) and not _ROMAN.fullmatch(word.form)


def is_quote(word: WordType) -> bool:
    """A mark that opens or closes a quotation."""
    return word.form in _CLOSING


def find_quoted(text: Analysed, marked: Marked) -> Places:
    """Quotations, opening mark to closing mark."""
    words, places = text.tokens.words, np.flatnonzero(marked).tolist()
    past = -1
    for n, i in enumerate(places):
        end = next((j for j in places[n + 1 :] if words[j] == _CLOSING[words[i]]), None) if i > past else None
        if end is not None:
            yield i, end + 1
            past = end


SIGNALS: Final = (
    TokenSignal(
        name="questions",
        when=_is_mark("?"),
        meaning="asks something",
        per="sentence",
        spread=0.25,
        towards={"corporate": -0.6, "warmth": 0.3},
    ),
    TokenSignal(
        name="exclamations",
        when=_is_mark("!"),
        meaning="exclamation marks",
        per="sentence",
        spread=0.3,
        towards={"corporate": -0.1, "warmth": 0.7},
    ),
    TokenSignal(
        name="repeated_marks",
        when=_is_mark("!?.", least=2),
        meaning="!!, ?? and ...",
        per="sentence",
        spread=0.25,
        towards={"corporate": -1},
    ),
    TokenSignal(name="emoji", when=_has_pos("SYM"), meaning="emoji", spread=0.05, towards={"corporate": -0.3, "warmth": 0.6}),
    TokenSignal(name="hashtags", when=is_tag, meaning="hashtags", spread=0.05, towards={"corporate": 0.5}),
    TokenSignal(name="links", when=_has_pos("LINK"), meaning="links", spread=0.03, towards={"corporate": 1}),
    TokenSignal(
        name="mentions", when=_has_pos("MENTION"), meaning="mentions of accounts", spread=0.05, towards={"corporate": -0.3, "warmth": 0.3}
    ),
    TokenSignal(name="numbers", when=_has_pos("NUM"), meaning="numbers", spread=0.05, towards={"corporate": 0.4}),
    TokenSignal(name="brackets", when=_is_mark("(["), meaning="brackets", per="sentence", spread=0.2, towards={"corporate": 0.3}),
    TokenSignal(
        name="colons", when=_is_mark(":;"), meaning="colons and semicolons", per="sentence", spread=0.25, towards={"corporate": 0.3}
    ),
    TokenSignal(name="capitals", when=is_shouted, meaning="words in capitals", spread=0.05, towards={"corporate": -0.2}),
    TokenSignal(
        name="names",
        when=is_capitalised,
        where="inside",
        meaning="capital letters inside a sentence",
        spread=0.08,
        towards={"corporate": 0.7},
    ),
    TokenSignal(
        name="lower_starts",
        when=is_small,
        where="first",
        meaning="sentences that begin small",
        per="sentence",
        spread=0.3,
        towards={"corporate": -1},
    ),
    TextSignal(
        name="quoted", when=is_quote, find=find_quoted, meaning="quoted words", per="sentence", spread=0.4, towards={"corporate": -0.2}
    ),
    TokenSignal(
        name="stretched", when=is_stretched, meaning="stretched words (soooo)", spread=0.02, towards={"corporate": -1, "warmth": 0.4}
    ),
)
