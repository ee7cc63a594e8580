"""Paradigms: the forms of the words in the pair lists, and the way back from a form to what it is.

The tables (``data/paradigms_fi.tsv``, ``data/paradigms_en.tsv``) were distilled from full analysers (`toneguide.suggest.distil`), so that a
suggestion takes microseconds and loads no analyser.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from importlib import resources
from typing import Final, NamedTuple

__all__ = ["POS_NAMES", "Paradigms", "Reading", "load_paradigms"]

POS_NAMES: Final = ("V", "N", "A")
_ENGLISH_TAGS: Final = {"V": "VB VBZ VBG VBD VBN".split(), "N": "NN NNS".split(), "A": "JJ JJR JJS".split()}


class Reading(NamedTuple):
    """What a form is: a base form, a part of speech and tags."""

    lemma: str
    pos: str
    tags: str


class Paradigms:
    """The forms of a list of words.

    Parameters
    ----------
    tags : dict of str to list of str
        By part of speech, in the order of the endings.
    classes : dict of str to str
        Endings, separated by spaces; ``0`` for none, ``-`` where there is no form, ``/`` between parallel forms.
    words : iterable of (str, str, str, str)
        Base form, part of speech, stem and class.
    """

    def __init__(self, tags: dict[str, list[str]], classes: dict[str, str], words: Iterable[tuple[str, str, str, str]]) -> None:
        self._tags, self._classes = tags, classes
        self._words = {(lemma, pos): (stem, number) for lemma, pos, stem, number in words}
        self._made: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {}
        self._back: dict[tuple[str, str], dict[str, list[str]]] = {}

    @cached_property
    def _by_start(self) -> dict[str, list[tuple[str, str, str]]]:
        out: dict[str, list[tuple[str, str, str]]] = {}
        for (lemma, pos), (stem, _) in self._words.items():
            out.setdefault(stem[:2], []).append((stem, lemma, pos))
        return out

    def knows(self, lemma: str, pos: str) -> bool:
        """Whether the word is in the table."""
        return (lemma, pos) in self._words

    def forms(self, lemma: str, pos: str) -> dict[str, tuple[str, ...]]:
        """All forms of a word by their tags, the commonest of parallel forms first; empty for an unknown word."""
        found = self._made.get((lemma, pos))
        if found is None:
            found = self._made[lemma, pos] = dict(self._expand(lemma, pos))
        return found

    def _expand(self, lemma: str, pos: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        if (lemma, pos) not in self._words:
            return
        stem, number = self._words[lemma, pos]
        for tags, endings in zip(self._tags[pos], self._classes[number].split(" "), strict=True):
            if endings != "-":
                yield tags, tuple(stem + ("" if ending == "0" else ending) for ending in endings.split("/"))

    def readings(self, form: str) -> list[Reading]:
        """All that a lower-case form can be among the words of the table."""
        out: list[Reading] = []
        near = [w for n in (0, 1, 2) for w in self._by_start.get(form[:n], ()) if len(w[0][:2]) == n]
        for stem, lemma, pos in near:
            if form.startswith(stem):
                out += [Reading(lemma, pos, tags) for tags in self._backwards(lemma, pos).get(form, ())]
        return out

    def _backwards(self, lemma: str, pos: str) -> dict[str, list[str]]:
        found = self._back.get((lemma, pos))
        if found is None:
            found = self._back[lemma, pos] = {}
            for tags, forms in self.forms(lemma, pos).items():
                for form in forms:
                    found.setdefault(form, []).append(tags)
        return found


@lru_cache(maxsize=None)
def load_paradigms(language: str) -> Paradigms:
    """The shipped table of a language.

    Examples
    --------
    >>> load_paradigms("fi").forms("käyttää", "V")["+pres+1pl"]
    ('käytämme',)
    >>> load_paradigms("en").readings("leveraging")
    [Reading(lemma='leverage', pos='V', tags='VBG')]
    """
    path = resources.files("toneguide.suggest") / "data" / f"paradigms_{language}.tsv"
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    if language == "en":
        return _english(rows)
    tags = {row[1]: row[2].split(" ") for row in rows if row[0] == "tags"}
    classes = {row[1]: row[2] for row in rows if row[0] == "class"}
    return Paradigms(tags, classes, [(row[1], row[2], row[3], row[4]) for row in rows if row[0] == "word"])


def _english(rows: list[list[str]]) -> Paradigms:
    # English words share few endings: each is a class of its own.
    stems = {(lemma, pos): _stem(lemma, forms) for lemma, pos, forms in rows}
    classes = {f"{lemma} {pos}": " ".join(_cut(cell, stems[lemma, pos]) for cell in forms.split(" ")) for lemma, pos, forms in rows}
    return Paradigms(_ENGLISH_TAGS, classes, [(lemma, pos, stem, f"{lemma} {pos}") for (lemma, pos), stem in stems.items()])


def _stem(lemma: str, forms: str) -> str:
    return lemma[0] if all(cell == "-" or all(f[0] == lemma[0] for f in cell.split("/")) for cell in forms.split(" ")) else ""


def _cut(cell: str, stem: str) -> str:
    return cell if cell == "-" else "/".join(form.removeprefix(stem) or "0" for form in cell.split("/"))
