"""Lexicons: rated words and phrases, and where they stand in a post.

The lists are plain text, one file per language and category, one entry a line: ``entry<TAB>corporate<TAB>warmth``.
A word matches every inflected form, ``=word`` this form only, ``-part`` and ``part-`` the last and first part of a
compound, ``word/NOUN`` one part of speech; a phrase is several of these, ``...`` standing for up to three words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Final

from toneguide.errors import ToneguideError
from toneguide.language.english import split_contraction
from toneguide.language.words import WordType
from toneguide.lexicons.phrases import PhraseFinder

__all__ = ["Entry", "Lexicon", "load_lexicon", "parse_entries"]

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


class Lexicon:
    """All entries of a language, ready to match.

    Parameters
    ----------
    entries : list of Entry
        In a fixed order; models keep one weight per entry.
    language : str
        ``"fi"`` or ``"en"``.

    Attributes
    ----------
    phrases : PhraseFinder
        Looks for the entries of several words.
    """

    def __init__(self, entries: list[Entry], language: str) -> None:
        self.language = language
        self.entries = entries
        self._single: dict[str, list[int]] = {}
        for number, entry in enumerate(entries):
            if len(entry.elements) == 1:
                self._single.setdefault(entry.elements[0], []).append(number)
        self.phrases = PhraseFinder((number, entry.elements) for number, entry in enumerate(entries) if len(entry.elements) > 1)

    def __len__(self) -> int:
        return len(self.entries)

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
