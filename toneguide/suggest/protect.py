"""What suggestions leave alone: quotations, names, titles, hashtags, and what the guide calls hands-off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from toneguide.language.analysis import Analysed
from toneguide.language.tokens import Kind, tokenize

__all__ = ["left_alone"]

_OPENING: Final = {"”": "”", "“": "”", '"': '"', "»": "»«", "«": "»", "‘": "’", "„": "“”"}
_TITLE_WORDS: Final = 3
_LONGEST_QUOTE: Final = 80


def left_alone(text: Analysed, hands_off: Iterable[str] = ()) -> frozenset[int]:
    """Tokens that no suggestion touches.

    Parameters
    ----------
    text : Analysed
        The text.
    hands_off : iterable of str
        Phrases of the guide: titles, slogans, boilerplate; found in any letter case and by base form.
    """
    return frozenset((*_quoted(text), *_named(text), *_in_titles(text), *_listed(text, hands_off)))


def _quoted(text: Analysed) -> Iterator[int]:
    words = text.tokens.words
    i = 0
    while i < len(words):
        closing = _OPENING.get(words[i]) if text.tokens.kinds[i] == Kind.PUNCT else None
        reach = range(i + 1, min(i + _LONGEST_QUOTE, len(words)))
        end = next((j for j in reach if words[j] and words[j] in closing), None) if closing else None
        if end is not None:
            yield from range(i, end + 1)
            i = end
        i += 1


def _named(text: Analysed) -> Iterator[int]:
    """Capitals inside a sentence, in words that are not all capitals; what is no word at all."""
    firsts = set(text.tokens.sentences)
    kinds, words = text.tokens.kinds, text.tokens.words
    for i, word in enumerate(words):
        opens = (
            i in firsts
            or (i - 1 in firsts and kinds[i - 1] in (Kind.PUNCT, Kind.EMOJI))
            or (i > 0 and words[i - 1] in ("-", "–", "•", "*"))
        )
        if kinds[i] != Kind.WORD or (word[:1].isupper() and not opens and not (word.isupper() and len(word) > 1)):
            yield i


def _in_titles(text: Analysed) -> Iterator[int]:
    """Runs of capitalised words at the start of a sentence or line: Head of Strategic Partnerships."""
    tokens = text.tokens
    for first, last in tokens.sentence_ranges():
        big = [i for i in range(first, last) if tokens.kinds[i] == Kind.WORD and tokens.words[i][:1].isupper()]
        small = [i for i in range(first, last) if tokens.kinds[i] == Kind.WORD and len(tokens.words[i]) > _TITLE_WORDS and i not in big]
        if len(big) >= _TITLE_WORDS and len(small) <= 1 and not all(tokens.words[i].isupper() for i in big):
            yield from range(first, last)
        elif len(big) > 1 and big[0] == first and big[1] == first + 1 and text.type_at(first).pos not in ("VERB", "AUX"):
            yield first


def _listed(text: Analysed, hands_off: Iterable[str]) -> Iterator[int]:
    forms = [word.lower() for word in text.tokens.words]
    for phrase in hands_off:
        wanted = [word.lower() for word in tokenize(phrase).words]
        if not wanted:
            continue
        for at in range(len(forms) - len(wanted) + 1):
            same = all(w in (forms[at + j], text.type_at(at + j).lemma) for j, w in enumerate(wanted))
            if same:
                yield from range(at, at + len(wanted))
