"""Reading a text: can it be scored, in which language or languages, and if not, why."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from toneguide.language.analysis import Analysed, Pipeline
from toneguide.language.identify import SUPPORTED, by_sentence, language_name, post_language
from toneguide.language.tokens import Tokens, tokenize

__all__ = ["MIN_WORDS", "Reading", "Status", "least_words", "read_texts", "too_few"]

Status = Literal["ok", "too_short", "empty", "unknown_language", "unsupported_language", "unreadable", "sensitive"]
# Below this many words a score says little of the whole post: its first words correlate with it by less than a half (`poe evaluate`,
# mean of both dimensions).
MIN_WORDS: Final = {"fi": 5, "en": 6}
_MANY_CONTROLS: Final = 0.1
_CONTROLS: Final = tuple(chr(code) for code in (*range(9), *range(14, 32), 0xFFFD))


@dataclass(slots=True)
class Reading:
    """What was made of one text.

    Attributes
    ----------
    text : str
        The text.
    status, reason : str
        As in `ToneScore`.
    language : str
        Main language, ``""`` where nobody can tell.
    n_words : int
        Words of the whole text, parts left out included.
    segments : list of Analysed
        The text by supported language; empty unless the status is ok.
    left_alone : bool
        Whether some of the text was set aside before it was read.
    """

    text: str
    status: Status = "ok"
    reason: str = ""
    language: str = ""
    n_words: int = 0
    segments: list[Analysed] = field(default_factory=list)
    left_alone: bool = False
    wanted: list[tuple[str, Tokens]] = field(default_factory=list)

    def refuse(self, status: Status, reason: str) -> Reading:
        """The same reading with nothing to score."""
        self.status, self.reason = status, reason
        self.segments, self.wanted = [], []
        return self


def read_texts(
    texts: Sequence[object], pipeline: Pipeline, *, language: str | None = None, min_words: int | None = None,
    leave: Callable[[Tokens], Tokens] | None = None,
) -> list[Reading]:  # fmt: skip
    """Read texts, in order; nothing in them raises.

    Parameters
    ----------
    texts : sequence
        Strings; None and NaN are empty, other things are read as they print.
    pipeline : Pipeline
        Analyses what can be scored.
    language : {"fi", "en"}, optional
        Skips identification.
    min_words : int, optional
        `MIN_WORDS` where None.
    """
    readings = [_read(text, language, leave) for text in texts]
    for one in SUPPORTED:
        wanted = [(reading, tokens) for reading in readings for code, tokens in reading.wanted if code == one]
        for (reading, _), analysed in zip(wanted, pipeline.analyse([tokens for _, tokens in wanted], one), strict=True):
            if analysed.n_words:
                reading.segments.append(analysed)
    for reading in readings:
        if reading.status == "ok":
            _settle(reading, min_words)
    return readings


def _settle(reading: Reading, min_words: int | None) -> None:
    # A hashtag counts as its words, which are known only now.
    reading.n_words += sum(s.n_words for s in reading.segments) - sum(tokens.n_words for _, tokens in reading.wanted)
    least = least_words(reading.language, min_words)
    if not reading.segments:
        reading.refuse("empty", "there are no words in it")
    elif reading.n_words < least:
        reading.refuse("too_short", too_few(reading.n_words, least))


def least_words(language: str, min_words: int | None) -> int:
    """How many words a post in a language must have."""
    return MIN_WORDS.get(language, 0) if min_words is None else min_words


def too_few(n_words: int, least: int) -> str:
    """Why a short post has no score."""
    return f"{n_words} words are too few to judge: {least} is the least"


def _read(text: object, language: str | None, leave: Callable[[Tokens], Tokens] | None) -> Reading:
    if text is None or (isinstance(text, float) and math.isnan(text)):
        return Reading("").refuse("empty", "there is no text")
    reading = Reading(text if isinstance(text, str) else str(text))
    if not reading.text.strip():
        return reading.refuse("empty", "there is no text")
    if _is_garbled(reading.text):
        return reading.refuse("unreadable", "the text holds control characters or unreadable bytes; check the file's encoding")
    tokens = tokenize(reading.text)
    if leave is not None:
        n_tokens = len(tokens)
        tokens = leave(tokens)
        reading.left_alone = len(tokens) < n_tokens
    reading.n_words = tokens.n_words
    if not reading.n_words and reading.left_alone:
        return reading.refuse("empty", "there are no words in it beside those that the guide leaves alone")
    if not reading.n_words:
        return reading.refuse("empty", "there are no words in it, only links, numbers, marks or emoji")
    if language is None:
        return _by_language(reading, tokens)
    reading.language = language
    reading.wanted = [(language, tokens)]
    return reading


def _is_garbled(text: str) -> bool:
    return sum(text.count(c) for c in _CONTROLS) > _MANY_CONTROLS * len(text)


def _by_language(reading: Reading, tokens: Tokens) -> Reading:
    main = post_language(tokens)
    reading.language = main
    if not main:
        return reading.refuse("unknown_language", "the language cannot be told from so few words; name it to have the post scored")
    languages = by_sentence(tokens, main) if len(tokens.sentences) > 1 else [main]
    ours = [language for language in SUPPORTED if language in languages]
    if not ours:
        name = language_name(main)
        return reading.refuse("unsupported_language", f"the text is in {name}; toneguide scores Finnish and English")
    left_out = sorted({language_name(language) for language in languages if language not in SUPPORTED})
    if left_out:
        reading.reason = f"the part in {' and '.join(left_out)} is left out"
    places = {one: [i for i, language in enumerate(languages) if language == one] for one in ours}
    reading.wanted = [(one, tokens.of_sentences(chosen) if len(set(languages)) > 1 else tokens) for one, chosen in places.items()]
    reading.language = max(reading.wanted, key=lambda pair: pair[1].n_words)[0]
    return reading
