"""Which language a post is in: Finnish, English, another one, or nobody can tell."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final, Literal, NamedTuple

from toneguide.language.tokens import Kind, Tokens

__all__ = ["SENTENCE_WORDS", "SUPPORTED", "Identified", "by_sentence", "identify", "language_name", "sentence_language", "words_of"]

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
        words = tokens.kinds[first:last].count(Kind.WORD)
        sentence = tokens.text[tokens.starts[first] : tokens.ends[last - 1]]
        languages.append(sentence_language(sentence, main) if words >= SENTENCE_WORDS else main)
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
