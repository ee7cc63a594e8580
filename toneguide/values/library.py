"""The value library: words for values that companies really use, one TOML file per value and language.

A guide takes a value's words with ``use: courage``. A value that only has a name finds its record by that name, in
whatever guise companies write it, and the record then helps to see the value shown, never to name it.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Final

from toneguide.values.value import LANGUAGES, Value, Wording
from toneguide.values.words import content_words, lemmas_of

__all__ = ["LibraryValue", "find_by_name", "library_ids", "library_value", "wording_of"]

_KEYS: Final = {"words": "words", "shown": "shown_by", "against": "against", "not": "exceptions"}


@dataclass(frozen=True, slots=True)
class LibraryValue:
    """A value of the library in one language.

    Attributes
    ----------
    id : str
        The same in both languages, such as ``"courage"``.
    language : str
        ``"fi"`` or ``"en"``.
    name, meaning : str
        The usual name, and one sentence.
    also : tuple of str
        Other ways companies name it.
    wording : Wording
        What names it, shows it, goes against it, and where its words mean something else.
    """

    id: str
    language: str
    name: str
    meaning: str
    also: tuple[str, ...]
    wording: Wording


def _folder(language: str) -> Traversable:
    return resources.files("toneguide.values") / "library" / language


@lru_cache(maxsize=None)
def library_ids(language: str = "en") -> tuple[str, ...]:
    """Ids of all values of a language, by alphabet.

    Examples
    --------
    >>> "courage" in library_ids()
    True
    """
    return tuple(sorted(path.name.removesuffix(".toml") for path in _folder(language).iterdir() if path.name.endswith(".toml")))


@lru_cache(maxsize=None)
def library_value(wanted: str, language: str) -> LibraryValue | None:
    """The library's record of a value.

    Parameters
    ----------
    wanted : str
        Its id.
    language : {"fi", "en"}
        Of the words.

    Returns
    -------
    LibraryValue or None
        None where the library has no such value.

    Examples
    --------
    >>> library_value("courage", "fi").name
    'Rohkeus'
    """
    if wanted not in library_ids(language):
        return None
    facts = tomllib.loads((_folder(language) / f"{wanted}.toml").read_text(encoding="utf-8"))
    lists = {attribute: tuple(facts.get(key, ())) for key, attribute in _KEYS.items()}
    return LibraryValue(wanted, language, facts["name"], facts["meaning"], tuple(facts.get("also", ())), Wording(**lists))


@lru_cache(maxsize=None)
def _names() -> dict[frozenset[str], str]:
    """Names and their other guises, as the base forms of their words, to ids; a first name before other guises."""
    found: dict[frozenset[str], str] = {}
    records = [record for language in LANGUAGES for wanted in library_ids(language) if (record := library_value(wanted, language))]
    for record in records:
        found.setdefault(frozenset((record.id,)), record.id)
        found.setdefault(_bag(record.name), record.id)
    for record in records:
        for name in record.also:
            found.setdefault(_bag(name), record.id)
    return found


@lru_cache(maxsize=None)
def _words() -> dict[str, tuple[str, ...]]:
    """Single words that name values, to ids."""
    found: dict[str, dict[str, None]] = {}
    for language in LANGUAGES:
        for wanted in library_ids(language):
            record = library_value(wanted, language)
            for word in record.wording.words if record else ():
                if " " not in word:
                    found.setdefault(word.lstrip("=").lower(), {})[wanted] = None
    return {word: tuple(ids) for word, ids in found.items()}


def _base(word: str) -> str:
    """One base form of a word, the same for all its forms, whichever of the two languages it is in."""
    for language in LANGUAGES:
        others = sorted(lemma for lemma in lemmas_of(word, language) if lemma != word)
        if others:
            return others[0]
    return word


def _bag(name: str) -> frozenset[str]:
    return frozenset(content_words(name))


@lru_cache(maxsize=1000)
def find_by_name(name: str) -> str:
    """Id of the library's value that a company means by a name; ``""`` where there is none.

    Examples
    --------
    >>> find_by_name("Olemme rohkeita"), find_by_name("Be bold"), find_by_name("Kahvihuone")
    ('courage', 'courage', '')
    """
    words = _bag(name)
    if not words:
        return ""
    if words in _names():
        return _names()[words]
    forms = [{word, *lemmas_of(word, "fi"), *lemmas_of(word, "en")} for word in content_words(name)]
    for known, wanted in _names().items():
        if len(known) == len(forms) and all(known & form for form in forms) and all(any(w in form for form in forms) for w in known):
            return wanted
    votes: dict[str, float] = {}
    for form in forms:
        for word in sorted(form):
            # A name outvotes a word, and a word of one value those that many share.
            ids = dict.fromkeys(_words().get(word, ()))
            for wanted, vote in [*((wanted, 1 / len(ids)) for wanted in ids), *((wanted, 2.0) for wanted in _single(word))]:
                votes[wanted] = votes.get(wanted, 0.0) + vote
    return max(votes, key=lambda wanted: votes[wanted], default="")


def _single(word: str) -> tuple[str, ...]:
    found = _names().get(frozenset((word,)))
    return (found,) if found else ()


def wording_of(value: Value, language: str) -> tuple[Wording, Wording]:
    """A value's own words, and those that the library lends it without naming it.

    Raises
    ------
    ValueError
        Where `use` names no value of the library, saying which one may be meant.
    """
    own = value.wording(language)
    if value.use:
        wanted = value.use if library_value(value.use, language) else find_by_name(value.use)
        if not wanted:
            raise ValueError(f"value {value.name!r}: the library has no {value.use!r}{_likely(value.use)}; `toneguide values` lists them")
        record = library_value(wanted, language)
        return (own + record.wording if record else own), Wording()
    wanted = find_by_name(value.name)
    record = library_value(wanted, language) if wanted else None
    return own, record.wording if record else Wording()


def _likely(wanted: str) -> str:
    names: dict[str, str] = {}
    for name in _all_names():
        names.setdefault(name.lower(), name)
    close = difflib.get_close_matches(wanted.lower(), names, n=1, cutoff=0.6)
    return f"; did you mean {names[close[0]]!r}?" if close else ""


def _all_names() -> Iterator[str]:
    for language in LANGUAGES:
        for wanted in library_ids(language):
            record = library_value(wanted, language)
            if record:
                yield from (record.id, record.name)
