"""Which language a post is in: Finnish, English, another one, or nobody can tell."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib import resources
from typing import Any, Final, Literal, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from toneguide.language.tokens import Kind, Tokens

__all__ = [
    "POST_TELLING", "SENTENCE_TELLING", "SENTENCE_WORDS", "SUPPORTED", "Identified", "are_plain", "by_sentence", "identify", "language_name",
    "post_language", "sentence_language", "telling", "words_of",
]  # fmt: skip

SUPPORTED: Final = ("fi", "en")
Certainty = Literal["sure", "leaning", "none"]

# Languages people in Finland post in, and what short posts are taken for by mistake.
_CANDIDATES: Final = "fi en sv et de no da nl fr es it pt pl ru uk hu lv lt cs ro tr is ar fa zh ja ko vi sq".split()
_NAMES: Final = {
    "sv": "Swedish", "et": "Estonian", "de": "German", "no": "Norwegian", "da": "Danish", "nl": "Dutch", "fr": "French", "es": "Spanish",
    "it": "Italian", "pt": "Portuguese", "pl": "Polish", "ru": "Russian", "uk": "Ukrainian", "hu": "Hungarian", "lv": "Latvian", "lt": "Lithuanian",
    "cs": "Czech", "ro": "Romanian", "tr": "Turkish", "is": "Icelandic", "ar": "Arabic", "fa": "Persian", "zh": "Chinese", "ja": "Japanese",
    "ko": "Korean", "vi": "Vietnamese", "sq": "Albanian", "fi": "Finnish", "en": "English",
}  # fmt: skip
# A score this far below the best still counts as that language where the best is not reliable.
_CLOSE: Final = 0.2
_WEAK: Final = 0.3
_FEW_WORDS: Final = 3
SENTENCE_WORDS: Final = 4
_SENTENCE_LEAD: Final = 0.25
# Words that are of one language and no other tell it at a glance. On our corpora and the examples of all languages that spaCy has,
# what they told was what `identify` finds, every time.
POST_TELLING, SENTENCE_TELLING = 3, 2
_ONE_IN: Final = 6
_COMMON: Final = 10_000
_TELLING_LEAD: Final = 0.2
Numbers = TypeVar("Numbers", int, npt.NDArray[np.int64])


class Identified(NamedTuple):
    """A language code (``""`` where nobody can tell), and the scores of the likeliest languages, 0-1."""

    language: str
    scores: dict[str, float]


@lru_cache(maxsize=1)
def _detector() -> Any:
    import eldc

    eldc.init()
    detector = eldc.instance()
    detector.set_languages(_CANDIDATES)
    return detector


def language_name(code: str) -> str:
    """English name of a language code; the code itself where unknown."""
    return _NAMES.get(code, code)


def identify(text: str) -> Identified:
    """The language of a short text, offline.

    Parameters
    ----------
    text : str
        Running words; links, mentions and emoji taken out.

    Examples
    --------
    >>> identify("Kiitos kaikille, nähdään huomenna!").language
    'fi'
    >>> identify("Tack till alla som var med!").language
    'sv'
    """
    clean = _clean(text)
    found = _detector().detect_details(clean)
    scores: dict[str, float] = found.scores
    if not scores:
        return Identified("", {})
    best = max(scores, key=scores.__getitem__)
    if best in SUPPORTED:
        return Identified(best if scores[best] >= _WEAK else "", scores)
    ours = max(SUPPORTED, key=lambda code: scores.get(code, 0.0))
    few = clean.count(" ") < _FEW_WORDS
    if not found.reliable and scores.get(ours, 0.0) > scores[best] - _CLOSE:
        return Identified("" if few else ours, scores)
    return Identified("" if few and not found.reliable and best not in ("sv", "et") else best, scores)


def _clean(text: str) -> str:
    # NUL ends a C string.
    clean = text.replace("\0", " ")
    if not clean.isascii():
        try:
            clean.encode("utf-8")
        except UnicodeEncodeError:
            # Lone surrogates cannot be encoded.
            clean = clean.encode("utf-8", "replace").decode("utf-8")
    return clean.lower() if clean.isupper() else clean


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    folder = resources.files("toneguide.language") / "data"
    lists = ((folder / f"{code}_words.txt").read_text(encoding="utf-8").split("\n", _COMMON)[:_COMMON] for code in SUPPORTED)
    return frozenset(word for words in lists for word in words)


@lru_cache(maxsize=None)
def _told_by(word: str) -> int:
    scores = sorted(_detector().detect_details(word).scores.items(), key=lambda pair: -pair[1])
    if not scores or scores[0][0] not in SUPPORTED or (len(scores) > 1 and scores[0][1] - scores[1][1] < _TELLING_LEAD):
        return 0
    return 1 + SUPPORTED.index(scores[0][0])


def telling(word: str) -> int:
    """Which language a word tells at a glance: 0 for none, else 1 plus its place in `SUPPORTED`.

    Parameters
    ----------
    word : str
        As written; a capital may make a name of it, which tells nothing.

    Examples
    --------
    >>> [telling(word) for word in ("myös", "which", "Helsinki", "on")]
    [1, 2, 0, 0]
    """
    return _told_by(word) if word in _common_words() else 0


def are_plain(own: Numbers, other: Numbers, words: Numbers, least: int) -> Numbers:
    """Whether so many telling words of a language, and of the other one, among so many words settle it: 1 or 0."""
    plain: Numbers = 1 * ((own >= least) & (other == 0) & (own * _ONE_IN >= words))
    return plain


def _at_a_glance(words: Iterable[str], least: int) -> str:
    told = [telling(word) for word in words]
    counts = [told.count(1 + i) for i in range(len(SUPPORTED))]
    for i, code in enumerate(SUPPORTED):
        if are_plain(counts[i], sum(counts) - counts[i], len(told), least):
            return code
    return ""


def post_language(tokens: Tokens) -> str:
    """Language of a whole post; ``""`` where nobody can tell.

    Examples
    --------
    >>> from toneguide.language.tokens import tokenize
    >>> post_language(tokenize("Kiitos kaikille, nähdään huomenna!"))
    'fi'
    """
    words = (word for word, kind in zip(tokens.words, tokens.kinds, strict=True) if kind == Kind.WORD)
    return _at_a_glance(words, POST_TELLING) or identify(words_of(tokens)).language


def words_of(tokens: Tokens) -> str:
    """Running words of a text, for identification: links, mentions and hashtags left out where there are other words."""
    kinds = tokens.kinds
    if Kind.LINK not in kinds and Kind.MENTION not in kinds and Kind.HASHTAG not in kinds:
        return tokens.text
    words = " ".join(word for word, kind in zip(tokens.words, kinds, strict=True) if kind == Kind.WORD)
    return words or " ".join(word for word, kind in zip(tokens.words, kinds, strict=True) if kind == Kind.HASHTAG)


def by_sentence(tokens: Tokens, main: str) -> list[str]:
    """Language of every sentence; short or doubtful ones go with the post."""
    languages = []
    for first, last in tokens.sentence_ranges():
        words = [word for word, kind in zip(tokens.words[first:last], tokens.kinds[first:last], strict=True) if kind == Kind.WORD]
        if len(words) < SENTENCE_WORDS or _at_a_glance(words, SENTENCE_TELLING) == main:
            languages.append(main)
        else:
            languages.append(sentence_language(tokens.text[tokens.starts[first] : tokens.ends[last - 1]], main))
    return languages


def sentence_language(sentence: str, main: str) -> str:
    """Language of one sentence of a post in `main`; a doubtful one goes with the post.

    Examples
    --------
    >>> sentence_language("Nähdään taas huomenna samassa paikassa!", "en")
    'fi'
    """
    # The likeliest language alone is found in a tenth of the time that all scores take.
    if main in SUPPORTED and _detector().detect(_clean(sentence)) == main:
        return main
    found = identify(sentence)
    if found.language in ("", main):
        return main
    return found.language if found.scores[found.language] - found.scores.get(main, 0.0) > _SENTENCE_LEAD else main
