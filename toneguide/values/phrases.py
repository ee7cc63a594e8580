"""Phrases of values: what each is made of, and which of them a post can hold.

The notation is that of the word lists: a bare word is any inflected form, ``=form`` this form only, ``...`` leaves room for
up to three words. Words of a phrase may stand in any order within a sentence, with a few words between them: Finnish does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Final, NamedTuple

from toneguide.language.english import split_contraction
from toneguide.language.words import WordType
from toneguide.values.library import wording_of
from toneguide.values.value import Value
from toneguide.values.words import COMPOUND, OWN, WordIndex, content_words, lemmas_of

__all__ = ["AGAINST", "EXCEPT", "NAME", "NEGATOR", "REACH", "RELATED", "SHOWN", "Phrase", "PhraseIndex", "parse_phrase", "phrases_of", "together"]

# What a phrase does for its value: names it, is of its kin, shows it, contradicts it, takes its words away.
NAME, RELATED, SHOWN, AGAINST, EXCEPT = range(5)
# Words of a value stand together when no more than this many tokens lie between the first and the last.
REACH: Final = 5
_ROOM: Final = 2
_GAP: Final = 3
NEGATOR: Final = "\x00not"
NEGATIONS: Final = {
    "fi": frozenset("en et ei emme ette eivät enkä etkä eikä emmekä ettekä eivätkä älä älkää".split()),
    "en": frozenset("not n't never no cannot nobody nothing none without dont doesnt didnt cant wont isnt arent".split()),
}  # fmt: skip
_LITTLE_EN: Final = frozenset("a an the my our your his her their its be is are was were".split())


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of a value.

    Attributes
    ----------
    value : int
        Number of the value in its guide.
    role : int
        `NAME`, `RELATED`, `SHOWN`, `AGAINST` or `EXCEPT`.
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


class Found(NamedTuple):
    """Phrase number `phrase` stands at tokens ``places``."""

    phrase: int
    places: tuple[int, ...]


def parse_phrase(text: str, language: str) -> tuple[tuple[str, ...], int]:
    """Elements of a phrase, and how far apart they may be.

    Examples
    --------
    >>> parse_phrase("nostaa ... =kissan =pöydälle", "fi")
    (('nostaa', '=kissan', '=pöydälle'), 8)
    """
    elements: dict[str, None] = {}
    gaps = 0
    for word in text.lower().replace("’", "'").split():
        if word in ("...", "…"):
            gaps += 1
            continue
        mark = "=" if word.startswith("=") and len(word) > 1 else ""
        word = word.removeprefix("=").strip(".,!?;:\"()")
        for piece in (split_contraction(word) or (word,)) if language == "en" else (word,):
            if piece in NEGATIONS[language] or piece == "n't":
                elements[NEGATOR] = None
            elif piece and (mark or language == "fi" or piece not in _LITTLE_EN):
                elements[mark + piece if mark else _base(piece, language)] = None
    return tuple(elements), len(elements) - 1 + _ROOM + _GAP * gaps


def _base(word: str, language: str) -> str:
    """A word as lists write it; where someone wrote an inflected form, its base form."""
    found = lemmas_of(word, language)
    return word if len(found) == 1 or word in _base_forms(language) else min(found - {word}, key=len, default=word)


@lru_cache(maxsize=None)
def _base_forms(language: str) -> frozenset[str]:
    return frozenset(_ranks(language))


@lru_cache(maxsize=None)
def _ranks(language: str) -> dict[str, int]:
    words = (resources.files("toneguide.language") / "data" / f"{language}_words.txt").read_text(encoding="utf-8").split()
    return {word: rank for rank, word in reversed(list(enumerate(words)))}


def phrases_of(values: Iterable[Value], language: str) -> Iterator[Phrase]:
    """All phrases of a guide's values, those that the library lends included."""
    for number, value in enumerate(values):
        own, lent = wording_of(value, language)
        for name in dict.fromkeys((value.name, *own.words)):
            elements = content_words(name) if "=" not in name and "..." not in name else parse_phrase(name, language)[0]
            if elements:
                yield Phrase(number, NAME, tuple(dict.fromkeys(elements)), REACH + len(set(elements)) - 1, name)
        named = {name.lower() for name in (value.name, *own.words)}
        lists = ((RELATED, lent.words), (SHOWN, own.shown_by + lent.shown_by), (AGAINST, own.against + lent.against), (EXCEPT, own.exceptions + lent.exceptions))
        for role, texts in lists:
            for text in dict.fromkeys(texts):
                elements, reach = parse_phrase(text, language)
                if elements and not (role == RELATED and text.lower() in named):
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
        names = [e for p in self.phrases if p.role == NAME for e in p.elements if not e.startswith("=") and e != NEGATOR]
        self._words = WordIndex(names, language, closely)
        self._others = {e for p in self.phrases if p.role != NAME or "=" in p.text for e in p.elements} - {NEGATOR}
        self._exact = {e for p in self.phrases for e in p.elements if e.startswith("=")}
        ranks = _ranks(language)
        self._anchored: dict[str, list[int]] = {}
        for number, phrase in enumerate(self.phrases):
            # A phrase is looked up by its rarest word; a name by each, for half a name hints at the value.
            anchors = phrase.elements if phrase.role == NAME else (max(phrase.elements, key=lambda e: _rarity(e, ranks)),)
            for anchor in anchors:
                self._anchored.setdefault(anchor, []).append(number)

    def elements_of(self, word: WordType) -> dict[str, float]:
        """Elements that a type stands for, with how fully it does."""
        if not word.is_word:
            return {}
        form = word.form.replace("’", "'")
        if form in NEGATIONS[self.language]:
            return {NEGATOR: OWN}
        found = self._words.hits(word)
        if not form[:1].isupper():
            last = word.parts[-1:] if len(word.parts) > 1 else ()
            found |= {e: OWN for e in (*lemmas_of(form, self.language), word.lemma) if e in self._others}
            found |= {e: COMPOUND for e in last if e in self._others and e not in found}
        if "=" + form in self._exact:
            found["=" + form] = OWN
        return found

    def anchored_by(self, elements: Iterable[str]) -> tuple[int, ...]:
        """Phrases to look at where these elements stand."""
        return tuple(dict.fromkeys(number for e in elements for number in self._anchored.get(e, ())))


def _rarity(element: str, ranks: dict[str, int]) -> tuple[bool, int]:
    return element != NEGATOR, ranks.get(element.removeprefix("="), len(ranks))


def together(found: list[tuple[int, str]], wanted: int, reach: int) -> Iterator[tuple[int, ...]]:
    """Places in which all of `wanted` elements stand within reach, each used once.

    Parameters
    ----------
    found : list of (int, str)
        Token and element, by token.
    wanted : int
        How many different elements there are.
    reach : int
        Tokens from the first to the last, at most.
    """
    latest: dict[str, int] = {}
    for i, element in found:
        latest[element] = i
        if len(latest) == wanted and i - min(latest.values()) <= reach:
            yield tuple(sorted(set(latest.values())))
            latest = {}
