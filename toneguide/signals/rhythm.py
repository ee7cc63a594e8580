"""Rhythm: how long sentences and words are, and how even."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from toneguide.language.analysis import Analysed
from toneguide.language.tokens import Kind
from toneguide.language.words import WordType
from toneguide.signals.signal import Floats, Lengths, Marked, Places, TextSignal, TokenSignal

__all__ = ["SIGNALS"]

_LONG: Final = {"fi": 12, "en": 9}
_MANY_PARTS: Final = 3
_SHORT_SENTENCE: Final = 4
_FEW_SENTENCES: Final = 3
_AND: Final = ("ja", "sekä", "and", "or", "tai", "&")
_LIST_REACH: Final = 5


def mean_sentence(text: Analysed) -> float | None:
    """Logarithm of the mean sentence length in words."""
    lengths = text.sentence_words
    return math.log(text.n_words / len(lengths)) if len(lengths) else None


def mean_sentences(texts: Lengths) -> Floats:
    """`mean_sentence` of many texts."""
    means = texts.n_words / texts.per_text(np.ones_like(texts.sentence_words))
    # NumPy's logarithm may differ in the last bit, and with the place in the row.
    return np.array([math.log(mean) for mean in means.tolist()])


def sentence_variation(text: Analysed) -> float | None:
    """Coefficient of variation of sentence lengths; undefined below three sentences."""
    lengths = text.sentence_words
    if len(lengths) < _FEW_SENTENCES:
        return None
    mean = sum(lengths) / len(lengths)
    return math.sqrt(sum((n - mean) ** 2 for n in lengths) / len(lengths)) / mean


def sentence_variations(texts: Lengths) -> Floats:
    """`sentence_variation` of many texts."""
    n = texts.per_text(np.ones_like(texts.sentence_words))
    mean = texts.per_text(texts.sentence_words) / n
    squares = texts.per_text((texts.sentence_words - mean[texts.text]) ** 2)
    return np.where(n < _FEW_SENTENCES, np.nan, np.sqrt(squares / n) / mean)


def mean_word(text: Analysed) -> float | None:
    """Mean letters per word."""
    return text.word_length or None


def mean_words(texts: Lengths) -> Floats:
    """`mean_word` of many texts."""
    return np.where(texts.word_length > 0, texts.word_length, np.nan)


def is_long(word: WordType) -> bool:
    """Twelve letters or more in Finnish, nine in English."""
    return word.shape in ("Lower", "Tag", "Tagged") and len(word.form) >= _LONG["fi" if word.case or not word.form.isascii() else "en"]


def is_many_part_compound(word: WordType) -> bool:
    """Compounds of three parts and more."""
    return len(word.parts) >= _MANY_PARTS


def short_sentences(text: Analysed) -> float | None:
    """Share of the sentences that have one to four words."""
    lengths = text.sentence_words
    return sum(n <= _SHORT_SENTENCE for n in lengths) / len(lengths) if len(lengths) else None


def shares_of_short_sentences(texts: Lengths) -> Floats:
    """`short_sentences` of many texts."""
    short = texts.per_text(texts.sentence_words <= _SHORT_SENTENCE)
    return short / texts.per_text(np.ones_like(texts.sentence_words))


def is_and(word: WordType) -> bool:
    """And, or."""
    return word.form in _AND


def is_comma(word: WordType) -> bool:
    """A comma."""
    return word.form == ","


def find_lists_of_three(text: Analysed, marked: Marked) -> Places:
    """One thing, another and a third: "osaamista, sitoutumista ja uudistumista"."""
    words = text.tokens.words
    past = 0
    for i in np.flatnonzero(marked).tolist():
        if not past < i < len(words) - 3 or text.tokens.kinds[i - 1] > Kind.HASHTAG:
            continue
        reach = range(i + 2, min(i + _LIST_REACH, len(words) - 1))
        last = next((j for j in reach if words[j].lower() in _AND or (words[j] == "," and words[j + 1].lower() in _AND)), None)
        if last is not None and not any(word in ".!?;:" for word in words[i + 1 : last]):
            yield i - 1, last + 2
            past = last


SIGNALS: Final = (
    TextSignal(
        name="sentence_length",
        typical={"fi": 1.98, "en": 2.43},
        measure=mean_sentence,
        measure_many=mean_sentences,
        meaning="long sentences",
        per="none",
        spread=0.45,
        towards={"corporate": 1},
    ),
    TextSignal(
        name="sentence_variation",
        typical={"fi": 0.33, "en": 0.36},
        measure=sentence_variation,
        measure_many=sentence_variations,
        meaning="sentences of uneven length",
        per="none",
        spread=0.25,
        towards={"corporate": -0.3},
    ),
    TextSignal(
        name="word_length",
        typical={"fi": 7.1, "en": 4.57},
        measure=mean_word,
        measure_many=mean_words,
        meaning="long words",
        per="none",
        spread=0.9,
        towards={"corporate": 1.2},
    ),
    TokenSignal(
        name="long_words",
        typical={"fi": 0.148, "en": 0.095},
        when=is_long,
        meaning="very long words",
        spread=0.08,
        towards={"corporate": 0.6},
    ),
    TokenSignal(
        name="compounds",
        when=is_many_part_compound,
        meaning="words made of three or more",
        spread=0.03,
        towards={"corporate": 0.3},
        languages=("fi",),
    ),
    TextSignal(
        name="short_sentences",
        measure=short_sentences,
        measure_many=shares_of_short_sentences,
        meaning="sentences of a few words",
        per="none",
        spread=0.25,
        towards={"corporate": -0.6},
    ),
    TextSignal(
        name="lists_of_three",
        when=is_comma,
        find=find_lists_of_three,
        then=is_and,
        within=_LIST_REACH,
        meaning="lists of three",
        per="sentence",
        spread=0.25,
        towards={"corporate": 0.6},
    ),
)
