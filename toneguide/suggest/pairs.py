"""Pairs of words: what sounds corporate or official, and what says the same plainly.

The lists (``data/pairs_fi.tsv``, ``data/pairs_en.tsv``) are plain text: from, to, part of speech, government, note. ``*`` marks the word of a
phrase that inflects, ``~`` a modifier that agrees with it, ``=`` a word that stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from typing import Final, NamedTuple

from toneguide.decided import Term
from toneguide.errors import ToneguideError
from toneguide.language.forms import form_table
from toneguide.language.tokens import tokenize

__all__ = ["CASES", "FIXED", "HEAD", "MODIFIER", "Pair", "PairWord", "load_pairs", "pairs_of_terms", "parse_pairs", "with_terms"]

HEAD, MODIFIER, FIXED = "*", "~", "="
CASES: Final = ("nom", "gen", "par", "ine", "ela", "ill", "ade", "abl", "all", "ess", "tra")
_KINDS: Final = {"V": "verb", "N": "noun", "A": "adjective", "X": ""}
_ADVICE: Final = "advice"
_TAGGED: Final = {"VERB": "V", "AUX": "V", "NOUN": "N", "PROPN": "N", "ADJ": "A"}


class PairWord(NamedTuple):
    """One word of a pair: its base form, or the form itself, and how it inflects."""

    text: str
    mark: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A word or phrase and what can stand in its place.

    Attributes
    ----------
    words : tuple of PairWord
        What is looked for.
    choices : tuple of tuple of PairWord
        What may be said instead, best first.
    pos : {"V", "N", "A", "X"}
        Verb, noun, adjective, or a phrase whose words stay as they are.
    government : tuple of str or None
        ``("ill", "par")`` where a complement changes its case with the word.
    ready : bool
        Whether a ready form may be offered; else the plain word is shown as advice.
    note : str
        Where the pair does not hold.
    origin : {"list", "guide"}
        Ours, or the company's own.
    """

    words: tuple[PairWord, ...]
    choices: tuple[tuple[PairWord, ...], ...]
    pos: str
    government: tuple[str, str] | None = None
    ready: bool = True
    note: str = ""
    origin: str = "list"

    @property
    def head(self) -> int:
        """Place of the word that inflects; -1 where none does."""
        return next((i for i, word in enumerate(self.words) if word.mark == HEAD), -1)


def parse_pairs(lines: Iterable[str], source: str) -> Iterator[Pair]:
    r"""Pairs of one list.

    Raises
    ------
    ToneguideError
        For a line that cannot be read, naming it.

    Examples
    --------
    >>> [pair] = parse_pairs(["hyödyntää\tkäyttää | *ottaa =käyttöön\tV\t\t"], "pairs.tsv")
    >>> pair.choices[1]
    (PairWord(text='ottaa', mark='*'), PairWord(text='käyttöön', mark='='))
    """
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith(("#", "from\t")):
            continue
        fields = [*line.rstrip("\n").split("\t"), "", "", "", ""][:5]
        words, choices, pos, government, note = (field.strip() for field in fields)
        cases = tuple(government.split(">"))
        if not words or not choices or pos not in _KINDS or (government not in ("", _ADVICE) and not _are_cases(cases)):
            raise ToneguideError(f"{source}, line {number}: expected from, to, part of speech (V N A X), government and note: {line!r}")
        yield Pair(
            _phrase(words, pos), tuple(_phrase(choice, pos) for choice in choices.split("|")), pos,
            (cases[0], cases[1]) if _are_cases(cases) else None, government != _ADVICE, note,
        )  # fmt: skip


def _are_cases(cases: tuple[str, ...]) -> bool:
    return len(cases) == 2 and set(cases) <= set(CASES)


def _phrase(text: str, pos: str) -> tuple[PairWord, ...]:
    words = text.split()
    lone = HEAD if pos != "X" else FIXED
    out: list[PairWord] = []
    for word in words:
        mark = word[0] if word[0] in (HEAD, MODIFIER, FIXED) and len(word) > 1 else (lone if len(words) == 1 else FIXED)
        bare = word[1:] if word[0] in (HEAD, MODIFIER, FIXED) and len(word) > 1 else word
        # A comma is a token of its own in a text.
        pieces = tokenize(bare).words if mark == FIXED else [bare]
        out += [PairWord(piece, mark) for piece in pieces]
    return tuple(out)


@lru_cache(maxsize=None)
def load_pairs(language: str) -> tuple[Pair, ...]:
    """The shipped pairs of a language, ``"fi"`` or ``"en"``; no plain word of one is what another one warns of."""
    return tuple(_without_circles([pair for name in (f"pairs_{language}.tsv", f"pairs_{language}_everyday.tsv") for pair in _read(name)]))


def _read(name: str) -> Iterator[Pair]:
    path = resources.files("toneguide.suggest") / "data" / name
    return parse_pairs(path.read_text(encoding="utf-8").splitlines(), name)


def _without_circles(pairs: list[Pair]) -> Iterator[Pair]:
    """Pairs whose choices are no other pair's words; where that leaves none, what the other pair says is said here too."""
    first: dict[str, Pair] = {}
    for pair in pairs:
        first.setdefault(_key(pair.words), pair)
    for key, pair in first.items():
        free = tuple(c for c in pair.choices if not _warned(c, first))
        if not free:
            further = (c for choice in pair.choices for c in first[_key(choice)].choices)
            free = tuple(c for c in further if not _warned(c, first) and _key(c) != key)
        if free:
            yield pair if free == pair.choices else replace(pair, choices=free)


def _warned(choice: tuple[PairWord, ...], first: dict[str, Pair]) -> bool:
    there = first.get(_key(choice))
    return there is not None and there.ready


def pairs_of_terms(terms: Iterable[Term], language: str) -> tuple[Pair, ...]:
    """A guide's terms as pairs; in its notation a bare word stands for all its forms, ``=word`` for itself.

    Examples
    --------
    >>> [pair] = pairs_of_terms([Term("ongelma", ("haaste",), language="fi")], "fi")
    >>> pair.pos, pair.origin
    ('N', 'guide')
    """
    return tuple(_pair_of(term, language) for term in terms if term.language in ("", language) and term.avoid.strip())


def _pair_of(term: Term, language: str) -> Pair:
    words, pos = _marked(term.avoid, language)
    choices = tuple(_marked(choice, language, pos)[0] for choice in term.prefer)
    alike = all(_marked(choice, language)[1] == pos for choice in term.prefer)
    return Pair(words, choices, pos, ready=alike, note=term.note, origin="guide")


def _marked(text: str, language: str, wanted: str = "") -> tuple[tuple[PairWord, ...], str]:
    """Words of a term with their marks: of the words that inflect a verb is the head, else the last one."""
    raw = [word for word in text.lower().split() if word != "..."]
    bare = [i for i, word in enumerate(raw) if not word.startswith("=")]
    tagged = {i: _TAGGED.get(form_table(language).analyse(raw[i])[0].pos, "X") for i in bare}
    head = next((i for i in bare if tagged[i] == "V"), bare[-1] if bare else -1)
    pos = wanted or (tagged[head] if head >= 0 else "X")
    if pos == "X" or head < 0:
        return tuple(PairWord(word.lstrip("="), FIXED) for word in raw), "X"
    marks = {i: HEAD if i == head else (MODIFIER if language == "fi" and pos == "N" and tagged[i] == "A" else FIXED) for i in bare}
    return tuple(PairWord(word.lstrip("=") if i not in marks else word, marks.get(i, FIXED)) for i, word in enumerate(raw)), pos


def with_terms(pairs: tuple[Pair, ...], terms: tuple[Pair, ...]) -> tuple[Pair, ...]:
    """Both, where the company's own terms win: what it asks for is never called jargon, and no two rules send a word in a circle."""
    if not terms:
        return pairs
    terms = _read_as_listed(terms, {_key(pair.words): pair for pair in reversed(pairs)})
    decided = {_key(pair.words) for pair in terms} | {_key(choice) for pair in terms for choice in pair.choices}
    avoided = {_key(pair.words) for pair in terms}
    kept = []
    for pair in pairs:
        choices = tuple(choice for choice in pair.choices if _key(choice) not in avoided)
        if _key(pair.words) not in decided and choices:
            kept.append(pair if choices == pair.choices else replace(pair, choices=choices))
    return (*terms, *kept)


def _read_as_listed(terms: tuple[Pair, ...], listed: dict[str, Pair]) -> tuple[Pair, ...]:
    """A term says no part of speech; where our list has the same pair, it is meant as there: *leverage* is a verb that is said as *use*."""
    made = []
    for pair in terms:
        ours = listed.get(_key(pair.words))
        known = {_key(choice): choice for choice in ours.choices} if ours else {}
        if ours and (ours.pos != pair.pos or not pair.ready) and all(_key(choice) in known for choice in pair.choices):
            choices = tuple(known[_key(choice)] for choice in pair.choices)
            pair = replace(ours, choices=choices, note=pair.note or ours.note, origin=pair.origin)
        made.append(pair)
    return tuple(made)


def _key(words: tuple[PairWord, ...]) -> str:
    return " ".join(word.text for word in words)
