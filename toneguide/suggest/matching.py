"""Where the words and phrases of the pair lists stand in an analysed text."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from toneguide.language.analysis import Analysed
from toneguide.language.english import split_contraction
from toneguide.language.forms import form_table
from toneguide.language.tokens import Kind
from toneguide.suggest.pairs import FIXED, MODIFIER, Pair, PairWord
from toneguide.suggest.paradigms import Reading

__all__ = ["Match", "PairFinder", "split_clitic"]

# Words that may stand between a verb and the rest of its phrase: otamme [uuden mallin] haltuun.
_GAP: Final = 4
_CLITIC: Final = re.compile(r"(?:k[oö]|p[aä])?h[aä]n$|k[oö]s?$|p[aä]s?$|kin$|k[aä]{2}n$")
_FEW_LETTERS: Final = 3
_CLASSES: Final = {"V": ("VERB", "AUX"), "N": ("NOUN", "VERB"), "A": ("ADJ", "VERB", "NOUN", "DET", "PRON")}


@dataclass(frozen=True, slots=True)
class Match:
    """A pair that stands at some tokens.

    Attributes
    ----------
    pair : Pair
        What was found.
    places : tuple of int
        Token of every word of the pair, in the pair's order.
    readings : tuple of Reading
        What the head can be; empty where no word inflects.
    clitic : str
        What hangs on the head: ``"kö"``, ``"kin"``.
    """

    pair: Pair
    places: tuple[int, ...]
    readings: tuple[Reading, ...] = ()
    clitic: str = ""

    @property
    def head(self) -> int:
        """Token of the head, or of the first word."""
        return self.places[max(0, self.pair.head)]


def split_clitic(form: str) -> Iterator[tuple[str, str]]:
    """A form with and without what may be a clitic, longest stem first.

    Examples
    --------
    >>> list(split_clitic("hyödynnämmekö"))
    [('hyödynnämmekö', ''), ('hyödynnämme', 'kö')]
    """
    yield form, ""
    found = _CLITIC.search(form)
    if found and found.start() >= _FEW_LETTERS:
        yield form[: found.start()], found[0]


class PairFinder:
    """Finds pairs in texts of one language.

    Parameters
    ----------
    pairs : sequence of Pair
        The earlier of two that fit the same words wins.
    read : callable
        All that a form can be, given its letters: a list of readings.
    language : str
        Of the texts.
    """

    def __init__(self, pairs: Sequence[Pair], read: Callable[[str], list[Reading]], language: str) -> None:
        self.pairs = pairs
        self._read, self._language = read, language
        self._by_head: dict[tuple[str, str], list[Pair]] = {}
        self._by_form: dict[str, list[Pair]] = {}
        for pair in pairs:
            if pair.head >= 0:
                self._by_head.setdefault((pair.words[pair.head].text, pair.pos), []).append(pair)
            elif pair.words:
                self._by_form.setdefault(self._tokens(pair.words[0])[0], []).append(pair)
        self._around_head = {
            id(pair): tuple(
                [p for word in words for p in self._elements(word)] for words in (pair.words[: pair.head], pair.words[pair.head + 1 :])
            )
            for pair in pairs
            if pair.head >= 0
        }
        self._forms_of = {id(pair): [p for word in pair.words for p in self._tokens(word)] for pair in pairs if pair.head < 0}
        self._known: dict[str, tuple[tuple[Reading, ...], str]] = {}

    def find(self, text: Analysed, blocked: Collection[int] = ()) -> list[Match]:
        """Matches in text order, none overlapping, longer ones first served; none touches a blocked token."""
        found = sorted(
            self._all(text, frozenset(blocked)), key=lambda m: (m.pair.origin != "guide", -len(m.places), not m.pair.ready, m.places)
        )
        taken: set[int] = set()
        kept = []
        for match in found:
            if taken.isdisjoint(match.places):
                taken.update(match.places)
                kept.append(match)
        return sorted(kept, key=lambda m: m.places)

    def _all(self, text: Analysed, blocked: frozenset[int]) -> Iterator[Match]:
        forms = [word.lower().replace("’", "'") for word in text.tokens.words]
        for i, form in enumerate(forms):
            if i in blocked or text.tokens.kinds[i] != Kind.WORD:
                continue
            for pair in self._by_form.get(form, ()):
                places = _run(self._forms_of[id(pair)], forms, i)
                if places and blocked.isdisjoint(places):
                    yield Match(pair, places)
            readings, clitic = self.read(form)
            for key in self._likely(readings, text, i):
                if key in self._by_head and self._fits(text, i, *key):
                    ours = tuple(r for r in readings if (r.lemma, r.pos) == key)
                    for pair in self._by_head[key]:
                        places = self._around(pair, forms, text, i, ours)
                        if places and blocked.isdisjoint(places):
                            yield Match(pair, places, ours, clitic)

    def _likely(self, readings: Sequence[Reading], text: Analysed, i: int) -> list[tuple[str, str]]:
        """Words that the token can be; of several the one that fits its place: potentiaalista otetta is an adjective."""
        keys = list(dict.fromkeys((r.lemma, r.pos) for r in readings))
        nominal = [key for key in keys if key[1] != "V"]
        if self._language == "en" or len(nominal) < 2:
            return keys
        following = text.type_at(i + 1) if i + 1 < len(text.tokens) else None
        agreeing = [
            (r.lemma, r.pos)
            for r in readings
            if r.pos == "A" and following is not None and following.pos == "NOUN" and following.case.lower() in r.tags.split("+")
        ]
        exact = [key for key in nominal if key[0] == text.type_at(i).lemma]
        return agreeing[:1] or exact[:1]

    def read(self, form: str) -> tuple[tuple[Reading, ...], str]:
        """Readings of a form, and the clitic on it."""
        found = self._known.get(form)
        if found is None:
            found = ((), "")
            for stem, clitic in split_clitic(form) if self._language == "fi" else ((form, ""),):
                readings = tuple(self._read(stem))
                if readings:
                    found = (readings, clitic)
                    break
            self._known[form] = found
        return found

    def _fits(self, text: Analysed, i: int, lemma: str, pos: str) -> bool:
        """Whether the pipeline takes the token for this word, or at least for no other one."""
        if self._language == "en":
            return True
        word = text.type_at(i)
        # What the table holds whole it knows; an ending alone may mislead it.
        listed = form_table("fi").knows(word.form)
        alike = word.pos in _CLASSES[pos] and word.lemma[:_FEW_LETTERS] == lemma[:_FEW_LETTERS]
        doing = pos == "V" and word.lemma.endswith("minen")
        return word.lemma == lemma or alike or doing or not listed

    def _tokens(self, word: PairWord) -> list[str]:
        pieces = split_contraction(word.text) if self._language == "en" else None
        return [piece.lower() for piece in pieces or (word.text,)]

    def _around(self, pair: Pair, forms: list[str], text: Analysed, i: int, readings: tuple[Reading, ...]) -> tuple[int, ...]:
        """Places of all words of a pair whose head is token ``i``; empty where they are not there."""
        before, after = self._around_head[id(pair)]
        left = self._run_of(before, forms, i - len(before), readings)
        if left is None:
            return ()
        right = self._run_of(after, forms, i + 1, readings)
        if right is None and pair.pos == "V" and self._language == "fi" and not before:
            # Otamme uuden mallin haltuun; haltuun otettu malli.
            right = self._after_gap(after, forms, text, i) or self._run_of(after, forms, i - len(after), readings)
        return () if right is None else (*left, i, *right)

    def _elements(self, word: PairWord) -> list[PairWord]:
        return [PairWord(piece, word.mark) for piece in self._tokens(word)] if word.mark == FIXED else [word]

    def _run_of(self, words: list[PairWord], forms: list[str], at: int, readings: tuple[Reading, ...]) -> tuple[int, ...] | None:
        if at < 0 or at + len(words) > len(forms):
            return None
        for j, word in enumerate(words, at):
            if word.mark == MODIFIER:
                cases = {_case_of(r.tags) for r in readings}
                if not any(r.lemma == word.text and _case_of(r.tags) in cases for r in self.read(forms[j])[0]):
                    return None
            elif forms[j] != word.text.lower():
                return None
        return tuple(range(at, at + len(words)))

    def _after_gap(self, words: list[PairWord], forms: list[str], text: Analysed, i: int) -> tuple[int, ...] | None:
        for at in range(i + 2, min(i + 2 + _GAP, len(forms))):
            between = range(i + 1, at)
            if any(text.tokens.kinds[j] == Kind.PUNCT or text.type_at(j).verb_form == "Fin" for j in between):
                return None
            found = self._run_of(words, forms, at, ())
            if found is not None:
                return found
        return None


def _run(words: list[str], forms: list[str], at: int) -> tuple[int, ...]:
    return tuple(range(at, at + len(words))) if forms[at : at + len(words)] == words else ()


def _case_of(tags: str) -> str:
    """Number and case: ``"+pl+ine"`` of ``"+pl+ine+poss1pl"``."""
    return "+".join(tag for tag in tags.split("+") if tag and not tag.startswith("poss"))
