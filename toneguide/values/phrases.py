"""Phrases of values: what each is made of, and which of them a post can hold.

The notation is that of the word lists: a bare word is any inflected form, ``=form`` this form only, ``...`` leaves room for
up to three words. Words of a phrase may stand in any order within a sentence, with a few words between them: Finnish does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Final, TypeVar

import numpy as np

from toneguide.language.chunks import Ints
from toneguide.language.english import split_contraction
from toneguide.language.words import WordType
from toneguide.values.library import wording_of
from toneguide.values.value import Value
from toneguide.values.words import COMPOUND, OWN, WordIndex, content_words, is_base_form, lemmas_of

__all__ = [
    "AGAINST",
    "EXCEPT",
    "NAME",
    "NEGATIONS",
    "NEGATOR",
    "REACH",
    "RELATED",
    "SHOWN",
    "WORD",
    "Phrase",
    "PhraseIndex",
    "parse_phrase",
    "phrases_of",
    "rank_of",
    "together",
]

# What a phrase does for its value: names it in the guide's own words (half of them hint at it) or in the library's, is of its kin,
# shows it, contradicts it, takes its words away.
NAME, WORD, RELATED, SHOWN, AGAINST, EXCEPT = range(6)
# Words of a value stand together when no more than this many tokens lie between the first and the last.
REACH: Final = 5
_ROOM: Final = 2
_Element = TypeVar("_Element", int, str)
_GAP: Final = 3
NEGATOR: Final = "\x00not"
# In a phrase, ei and not stand for any of these.
NEGATIONS: Final = {
    "fi": frozenset("en et ei emme ette eivät enkä etkä eikä emmekä ettekä eivätkä älä älkää".split()),
    "en": frozenset("not n't never cannot dont doesnt didnt cant wont isnt arent".split()),
}  # fmt: skip
_NOT: Final = {"fi": frozenset(("ei",)), "en": frozenset(("not", "n't"))}
_LITTLE_EN: Final = frozenset("a an the my our your his her their its be is are was were".split())


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of a value.

    Attributes
    ----------
    value : int
        Number of the value in its guide.
    role : int
        `NAME`, `WORD`, `RELATED`, `SHOWN`, `AGAINST` or `EXCEPT`.
    elements : tuple of str
        Different words that must all be there.
    reach : int
        Tokens from the first to the last, at most.
    text : str
        As written.
    """

    value: int
    role: int
    elements: tuple[str, ...]
    reach: int
    text: str

    @property
    def is_negative(self) -> bool:
        """Whether the phrase itself holds a negation: ``ei uskaltaa``."""
        return NEGATOR in self.elements


def parse_phrase(text: str, language: str) -> tuple[tuple[str, ...], int]:
    """Elements of a phrase, and how far apart they may be.

    Examples
    --------
    >>> parse_phrase("nostaa ... =kissan =pöydälle", "fi")
    (('nostaa', '=kissan', '=pöydälle'), 7)
    """
    elements: dict[str, None] = {}
    gaps = 0
    for word in text.lower().replace("’", "'").split():
        if word in ("...", "…"):
            gaps += 1
            continue
        mark = "=" if word.startswith("=") and len(word) > 1 else ""
        word = word.removeprefix("=").strip('.,!?;:"()')
        for piece in (split_contraction(word) or (word,)) if language == "en" else (word,):
            if piece in _NOT[language] and not mark:
                elements[NEGATOR] = None
            elif piece and (mark or language == "fi" or piece not in _LITTLE_EN):
                elements[mark + piece if mark else _base(piece, language)] = None
    return tuple(elements), len(elements) - 1 + _ROOM + _GAP * gaps


def _base(word: str, language: str) -> str:
    """A word as lists write it; where someone wrote an inflected form, its base form."""
    others = lemmas_of(word, language) - {word}
    return min(sorted(others), key=len) if others and not is_base_form(word, language, closely=False) else word


@lru_cache(maxsize=None)
def _ranks(language: str) -> dict[str, int]:
    words = (resources.files("toneguide.language") / "data" / f"{language}_words.txt").read_text(encoding="utf-8").split()
    return {word: rank for rank, word in reversed(list(enumerate(words)))}


def rank_of(word: str, language: str) -> int:
    """Place of a word among the commonest ones, 0 for the commonest; a large number for a rare one."""
    ranks = _ranks(language)
    return ranks.get(word, len(ranks))


def phrases_of(values: Iterable[Value], language: str) -> Iterator[Phrase]:
    """All phrases of a guide's values, those that the library lends included."""
    for number, value in enumerate(values):
        own = value.wording(language)
        taken, lent = wording_of(value, language)
        for name in dict.fromkeys((value.name, *own.words)):
            elements = content_words(name) if "=" not in name and "..." not in name else parse_phrase(name, language)[0]
            if elements:
                yield Phrase(number, NAME, tuple(dict.fromkeys(elements)), REACH + len(set(elements)) - 1, name)
        named = {name.lower() for name in (value.name, *own.words)}
        lists = (
            (WORD, taken.words), (RELATED, lent.words), (SHOWN, taken.shown_by + lent.shown_by), (AGAINST, taken.against + lent.against),
            (EXCEPT, taken.exceptions + lent.exceptions),
        )  # fmt: skip
        for role, texts in lists:
            for text in dict.fromkeys(texts):
                elements, reach = parse_phrase(text, language)
                # Hand in hand: a phrase that repeats a word would be found wherever the word is.
                words = text.lower().split()
                if (
                    elements
                    and len(set(words) - {"..."}) == len([w for w in words if w != "..."])
                    and not (role in (WORD, RELATED) and text.lower() in named)
                ):
                    yield Phrase(number, role, elements, reach, text)


class PhraseIndex:
    """Phrases by their words, so that a post is compared only with those it can hold.

    Parameters
    ----------
    phrases : iterable of Phrase
        Of one language.
    language : str
        ``"fi"`` or ``"en"``.
    closely : collection of str
        Words that deserve the full analyser.
    """

    def __init__(self, phrases: Iterable[Phrase], language: str, closely: Iterable[str] = ()) -> None:
        self.language = language
        self.phrases = tuple(phrases)
        names = [e for p in self.phrases if p.role == NAME or (p.role == WORD and len(p.elements) == 1) for e in p.elements]
        names = [e for e in names if not e.startswith("=") and e != NEGATOR]
        self._words = WordIndex(names, language, closely)
        self._named = frozenset(names)
        self._others = {e for p in self.phrases for e in p.elements} - {NEGATOR} - self._named
        self._exact = {e for e in self._others if e.startswith("=")}
        # Elements of phrases that take a closer look, numbered; each phrase's own, padded with the number after the last.
        self.names = tuple(dict.fromkeys(e for p in self.phrases if p.role == NAME or len(p.elements) > 1 for e in p.elements))
        self.numbers = {element: number for number, element in enumerate(self.names)}
        self.elements = self._numbered()
        self.values, self.roles, self.reaches, self.sizes = (
            np.array([(p.value, p.role, p.reach, len(p.elements)) for p in self.phrases], dtype=np.int64).reshape(-1, 4).T
        )
        self.is_name = (self.roles == NAME) | (self.roles == WORD)
        self.in_name = np.zeros(len(self.names) + 1, dtype=bool)
        self.in_name[self.elements[self.is_name]] = True
        self.columns = tuple(np.ascontiguousarray(column) for column in self.elements.T)
        self.is_negative = np.array([p.is_negative for p in self.phrases], dtype=bool)
        self._single: dict[str, list[int]] = {}
        self._anchored: dict[str, list[int]] = {}
        self._halves: dict[str, list[int]] = {}
        ranks = _ranks(language)
        for number, phrase in enumerate(self.phrases):
            # A longer phrase is looked up by its rarest word.
            rarest = max(phrase.elements, key=lambda e: _rarity(e, ranks))
            (self._single if len(phrase.elements) == 1 else self._anchored).setdefault(rarest, []).append(number)
            if phrase.role == NAME:
                for element in phrase.elements:
                    self._halves.setdefault(element, []).append(number)

    def _numbered(self) -> Ints:
        longest = max((len(p.elements) for p in self.phrases), default=0)
        found = np.full((len(self.phrases), longest), len(self.names), dtype=np.int64)
        ranks = _ranks(self.language)
        for row, phrase in zip(found, self.phrases, strict=True):
            if phrase.role == NAME or len(phrase.elements) > 1:
                # What is rarest after the word it is looked up by comes first: it is missing most often.
                first, *others = sorted(phrase.elements, key=lambda e: _rarity(e, ranks), reverse=True)
                row[: len(phrase.elements)] = [self.numbers[e] for e in (*others, first)]
        return found

    def elements_of(self, word: WordType) -> dict[str, float]:
        """Elements that a type stands for, with how fully it does."""
        if not word.is_word:
            return {}
        form = word.form.replace("’", "'")
        found = self._words.hits(word)
        if form in NEGATIONS[self.language]:
            found[NEGATOR] = OWN
        if not form[:1].isupper():
            last = word.parts[-1:] if len(word.parts) > 1 else ()
            found |= {e: OWN for e in (*lemmas_of(form, self.language), word.lemma) if e in self._others}
            found |= {e: COMPOUND for e in last if e in self._others and e not in found}
        if "=" + form in self._exact:
            found["=" + form] = OWN
        return found

    def is_whole(self, strength: float, role: int) -> bool:
        """Whether a word this close counts in a phrase: a name is particular, others take the last part of a compound too."""
        return strength == OWN or (strength == COMPOUND and role not in (NAME, WORD, RELATED))

    def singles(self, elements: Mapping[str, float]) -> tuple[int, ...]:
        """Phrases of one word that stand whole where these elements do."""
        found = (n for e, strength in elements.items() for n in self._single.get(e, ()) if self.is_whole(strength, self.phrases[n].role))
        return tuple(dict.fromkeys(found))

    def anchored(self, elements: Iterable[str]) -> tuple[int, ...]:
        """Longer phrases to look at where these elements stand."""
        return tuple(dict.fromkeys(n for e in elements for n in self._anchored.get(e, ())))

    def halves(self, elements: Iterable[str]) -> tuple[int, ...]:
        """Names that these elements hint at."""
        return tuple(dict.fromkeys(n for e in elements for n in self._halves.get(e, ())))


def _rarity(element: str, ranks: dict[str, int]) -> tuple[bool, int]:
    word = element.removeprefix("=")
    # The list of common words has no letters: I is common all the same.
    return element != NEGATOR, ranks.get(word, len(ranks) if len(word) > 1 else 0)


def together(found: list[tuple[int, _Element]], wanted: int, reach: int) -> Iterator[tuple[int, ...]]:
    """Places in which all of `wanted` elements stand within reach, each used once.

    Parameters
    ----------
    found : list of (int, element)
        Token and element, by token.
    wanted : int
        How many different elements there are.
    reach : int
        Tokens from the first to the last, at most.
    """
    latest: dict[_Element, int] = {}
    for i, element in found:
        latest[element] = i
        if len(latest) == wanted and i - min(latest.values()) <= reach:
            yield tuple(sorted(set(latest.values())))
            latest = {}
