"""Lexicons: rated words and phrases, and where they stand in a post.

The lists are plain text, one file per language and category, one entry a line: ``entry<TAB>corporate<TAB>warmth``.
A word matches every inflected form, ``=word`` this form only, ``-part`` and ``part-`` the last and first part of a
compound, ``word/NOUN`` one part of speech; a phrase is several of these, ``...`` standing for up to three words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Final, NamedTuple

from toneguide.errors import ToneguideError
from toneguide.language.english import split_contraction
from toneguide.language.words import WordType

__all__ = ["LONGEST_GAP", "MORE", "NONE", "Entry", "Lexicon", "Match", "load_lexicon", "parse_entries"]

GAP: Final = "..."
LONGEST_GAP: Final = 3
NONE, MORE = -1, -2
_NOTHING: Final[tuple[frozenset[str], frozenset[str]]] = (frozenset(), frozenset())
# Words that sound good but are the company's own voice must not count as a person's warmth.
FIRST: Final = ("business_positive.txt",)
STRONGEST: Final = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """One rated word or phrase.

    Attributes
    ----------
    text : str
        As written in the list.
    category : str
        Name of the list, such as ``"jargon"``.
    corporate, warmth : int
        Strength, -3 to +3.
    elements : tuple of str
        ``"=form"``, ``"lemma"`` or ``"..."``, in order.
    pos : str
        Part of speech a single word is limited to, or ``""``.
    """

    text: str
    category: str
    corporate: int
    warmth: int
    elements: tuple[str, ...]
    pos: str = ""


class Match(NamedTuple):
    """Entry number `entry` stands at tokens ``places``."""

    entry: int
    places: tuple[int, ...]


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    entry: int = -1


class Lexicon:
    """All entries of a language, ready to match.

    Parameters
    ----------
    entries : list of Entry
        In a fixed order; models keep one weight per entry.
    language : str
        ``"fi"`` or ``"en"``.
    """

    def __init__(self, entries: list[Entry], language: str) -> None:
        self.language = language
        self.entries = entries
        self._single: dict[str, list[int]] = {}
        self._root = _Node()
        self._in_phrases: set[str] = set()
        for number, entry in enumerate(entries):
            if len(entry.elements) == 1:
                self._single.setdefault(entry.elements[0], []).append(number)
            else:
                self._grow(entry.elements, number)

    def __len__(self) -> int:
        return len(self.entries)

    def _grow(self, elements: tuple[str, ...], number: int) -> None:
        node = self._root
        self._in_phrases.update(elements)
        for element in elements:
            node = node.children.setdefault(element, _Node())
        node.entry = number

    def fingerprint(self) -> str:
        """Hash of all entries and their strengths."""
        digest = hashlib.sha256()
        for entry in self.entries:
            digest.update(f"{entry.category}\t{entry.text}\t{entry.corporate}\t{entry.warmth}\n".encode())
        return digest.hexdigest()

    def of_type(self, word: WordType) -> list[int]:
        """Entries that a single word hits: the most particular kind of match only.

        Parameters
        ----------
        word : WordType
            Any token type; names hit nothing.

        Returns
        -------
        list of int
            Entry numbers; the form before the lemma, the lemma before compound parts.
        """
        if word.pos == "PROPN" and word.form[:1].isupper():
            return []
        for key in ("=" + word.form, word.form, word.lemma):
            found = [n for n in self._single.get(key, ()) if not self.entries[n].pos or self.entries[n].pos == word.pos]
            if found:
                return found
        if len(word.parts) > 1:
            return self._single.get(word.parts[0] + "-", []) + self._single.get("-" + word.parts[-1], [])
        return []

    def phrase_keys(self, word: WordType) -> tuple[str, ...]:
        """Phrase elements that this word can stand for; empty for most words."""
        known = self._in_phrases
        return tuple(key for key in dict.fromkeys(("=" + word.form, word.form, word.lemma)) if key in known)

    def second_keys(self, word: WordType) -> tuple[frozenset[str], frozenset[str]]:
        """What can come second in the phrases that begin with this word: right after it, and after a gap."""
        starts = [node for key in {"=" + word.form, word.form, word.lemma} if (node := self._root.children.get(key))]
        if not starts:
            return _NOTHING
        return (
            frozenset(key for node in starts for key in node.children if key != GAP),
            frozenset(key for node in starts if GAP in node.children for key in node.children[GAP].children),
        )

    def settle(self, keys: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]) -> int:
        """The phrase that begins with three words of one sentence, where these settle it.

        Parameters
        ----------
        keys : three tuples of str
            `phrase_keys` of the words.

        Returns
        -------
        int
            Four times the entry plus its length; `NONE` where no phrase begins, `MORE` where further words must be seen.
        """
        entry, longest = -1, 0
        waiting = [(0, self._root)]
        while waiting:
            at, node = waiting.pop()
            if node.entry >= 0 and at > longest:
                entry, longest = node.entry, at
            if node.children and (at == len(keys) or GAP in node.children):
                return MORE
            if node.children:
                waiting.extend((at + 1, node.children[key]) for key in keys[at] if key in node.children)
        return 4 * entry + longest if longest else NONE

    def phrases(
        self, keys: Sequence[tuple[str, ...]], starts: list[int], settled: list[int], ranges: list[tuple[int, int]]
    ) -> Iterator[Match]:
        """Phrases of a text, left to right, the longest first, none overlapping or crossing a sentence.

        Parameters
        ----------
        keys : sequence of tuple of str
            `phrase_keys` of every token.
        starts : list of int
            Tokens where a phrase may begin, rising.
        settled : list of int
            What `settle` says of each start.
        ranges : list of (int, int)
            Sentences as token ranges.
        """
        free, sentence = 0, 0
        for start, code in zip(starts, settled, strict=True):
            while start >= ranges[sentence][1]:
                sentence += 1
            if start < free:
                continue
            stop = ranges[sentence][1]
            # Three words settle it only where the sentence has three.
            if code >= 0 and start + 3 <= stop:
                best: Match | None = Match(code >> 2, tuple(range(start, start + (code & 3))))
            else:
                best = self._longest(keys, start, stop)
            if best is not None:
                free = best.places[-1] + 1
                yield best

    def _longest(self, keys: Sequence[tuple[str, ...]], start: int, stop: int) -> Match | None:
        entry = -1
        found: tuple[int, ...] = ()
        waiting: list[tuple[int, _Node, tuple[int, ...]]] = [(start, self._root, ())]
        while waiting:
            at, node, places = waiting.pop()
            if node.entry >= 0 and len(places) > len(found):
                entry, found = node.entry, places
            children = node.children
            if not children or at >= stop:
                continue
            for key in keys[at]:
                if key in children:
                    waiting.append((at + 1, children[key], (*places, at)))
            if GAP in children:
                waiting.extend((at + skip, children[GAP], places) for skip in range(LONGEST_GAP + 1))
        return Match(entry, found) if found else None


def parse_entries(lines: list[str], category: str, source: str) -> Iterator[Entry]:
    r"""Entries of one list.

    Parameters
    ----------
    lines : list of str
        Lines of the file; ``# `` begins a comment.
    category, source : str
        Name of the list; where it came from, for errors.

    Raises
    ------
    ToneguideError
        For a line that is not ``entry<TAB>corporate<TAB>warmth``, naming the line.

    Examples
    --------
    >>> [entry] = parse_entries(["ottaa ... haltuun\t2\t0"], "jargon", "jargon.txt")
    >>> entry.elements, entry.corporate
    (('ottaa', '...', 'haltuun'), 2)
    """
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("# "):
            continue
        fields = line.split("\t")
        try:
            text, corporate, warmth = fields[0], int(fields[1]), int(fields[2])
        except (IndexError, ValueError):
            raise ToneguideError(f"{source}, line {number}: expected entry, corporate and warmth with tabs between: {line!r}") from None
        if not (abs(corporate) <= STRONGEST and abs(warmth) <= STRONGEST):
            raise ToneguideError(f"{source}, line {number}: strengths go from -3 to +3: {line!r}")
        words, _, pos = text.rpartition("/") if text.rpartition("/")[2].isupper() else (text, "", "")
        yield Entry(text, category, corporate, warmth, tuple(_elements(words)), pos)


def _elements(words: str) -> Iterator[str]:
    for word in words.lower().split():
        mark = "=" if word.startswith("=") and len(word) > 1 else ""
        pieces = split_contraction(word.lstrip("=") if mark else word)
        if pieces is None:
            yield word
        else:
            yield from (mark + piece.replace("’", "'") for piece in pieces)


@lru_cache(maxsize=None)
def load_lexicon(language: str) -> Lexicon:
    """The shipped lexicon of a language; a word in two lists counts in the first, `FIRST` before the rest by name."""
    folder = resources.files("toneguide.lexicons") / language
    entries: dict[tuple[tuple[str, ...], str], Entry] = {}
    for path in sorted((p for p in folder.iterdir() if p.name.endswith(".txt")), key=lambda p: (p.name not in FIRST, p.name)):
        lines = path.read_text(encoding="utf-8").splitlines()
        for entry in parse_entries(lines, path.name.removesuffix(".txt"), path.name):
            entries.setdefault((entry.elements, entry.pos), entry)
    return Lexicon(list(entries.values()), language)
