"""What of a guide will not work as its writers hope: found before the posts are scored."""

from __future__ import annotations

import csv
import difflib
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from toneguide.decided import Decisions, Term
from toneguide.errors import GuideError
from toneguide.guide_folder.yaml_file import load_yaml
from toneguide.language.analysis import load_pipeline
from toneguide.language.identify import SUPPORTED, identify, words_of
from toneguide.language.tokens import tokenize
from toneguide.values.library import find_by_name, wording_of
from toneguide.values.phrases import NAME, WORD, PhraseIndex, phrases_of
from toneguide.values.value import Values
from toneguide.values.words import OWN, is_base_form, is_known, lemmas_of

if TYPE_CHECKING:
    from toneguide.lexicons.lexicon import Lexicon

__all__ = ["Finding", "check_folder", "guide_problems"]

SAMPLE: Final = Path(__file__).parents[1] / "data" / "sample_archive.csv"
_COMMON_SHARE: Final = 1 / 3
_SAME_WORDS: Final = 0.5
_JARGON: Final = 2
_CHANNELS: Final = (
    "linkedin",
    "x",
    "twitter",
    "instagram",
    "facebook",
    "blog",
    "intranet",
    "newsletter",
    "tiktok",
    "youtube",
    "bluesky",
    "mastodon",
    "threads",
)
_COMMON_WORDS: Final = 300


class Finding(NamedTuple):
    """Something to look at.

    Attributes
    ----------
    where : str
        File and line.
    told : str
        What will not work, and what to do.
    is_note : bool
        Whether it is only worth knowing.
    """

    where: str
    told: str
    is_note: bool = False

    def __str__(self) -> str:
        return f"{self.where}: {self.told}"


def guide_problems(folder: Path) -> list[Finding]:
    """All that makes a guide unusable, each with its line; none where it can be loaded.

    Raises
    ------
    GuideError
        Where the file cannot even be read as YAML.
    """
    from toneguide.guide_folder.schema import check_guide

    path = folder / "guide.yaml"
    if not path.is_file():
        raise GuideError(f"{folder}: no guide.yaml there; `toneguide init {folder}` makes one")
    data, line_of = load_yaml(path)
    return [Finding(_place(path, line_of(problem.keys)), str(problem)) for problem in check_guide(data)]


def check_folder(folder: Path, values: Values, decisions: Decisions) -> list[Finding]:
    """What will not work in a guide that can be loaded.

    Parameters
    ----------
    folder : Path
        The guide's.
    values : Values
        Its values.
    decisions : Decisions
        Its terms and the rest.
    """
    path = folder / "guide.yaml"
    _, line_of = load_yaml(path)

    def found() -> Iterator[tuple[Sequence[object], str, bool]]:
        yield from _common_words(values)
        yield from _same_values(values)
        yield from _lonely_values(values)
        yield from _terms(tuple(term for term in decisions.terms if not term.pack))
        yield from _hands_off(decisions)
        yield from _channels(decisions)

    return [Finding(_place(path, line_of(keys)), told, is_note) for keys, told, is_note in found()]


def _place(path: Path, line: int) -> str:
    return f"{path}, line {line}" if line else str(path)


Found = Iterator[tuple[Sequence[object], str, bool]]


def _common_words(values: Values) -> Found:
    """Value words that stand in every third post of the sample archive: they tell nothing apart."""
    for language in SUPPORTED:
        texts = _sample(language)
        names = [phrase for phrase in phrases_of(values, language) if phrase.role in (NAME, WORD)]
        index = PhraseIndex(names, language)
        counts: Counter[int] = Counter()
        for text in load_pipeline("fast").analyse([tokenize(text) for text in texts], language):
            there = {e for i in set(text.ids.tolist()) for e, s in index.elements_of(text.table.types[i]).items() if s == OWN}
            counts.update(n for n, phrase in enumerate(index.phrases) if there.issuperset(phrase.elements))
        for n, count in counts.items():
            phrase = index.phrases[n]
            if count > _COMMON_SHARE * len(texts):
                share = f"{count} of {len(texts)} posts of the sample archive"
                told = f"value {values[phrase.value].name!r}: {phrase.text!r} stands in {share}; a word so common names nothing"
                yield ("values", phrase.value), told, False


@lru_cache(maxsize=None)
def _sample(language: str) -> tuple[str, ...]:
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file)]
    return tuple(text for text in texts if identify(words_of(tokenize(text))).language == language)


def _same_values(values: Values) -> Found:
    words = [
        frozenset(w for language in SUPPORTED for w in (value.name.lower(), *wording_of(value, language)[0].words)) for value in values
    ]
    for (i, one), (j, other) in combinations(enumerate(words), 2):
        smaller = min(len(one), len(other))
        if smaller and len(one & other) > _SAME_WORDS * smaller:
            told = f"values {values[i].name!r} and {values[j].name!r} share most of their words; posts will carry both or neither"
            yield ("values", j), told, False


def _lonely_values(values: Values) -> Found:
    for i, value in enumerate(values):
        if not any(phrase.role == NAME for language in SUPPORTED for phrase in phrases_of([value], language)):
            yield ("values", i), f"value {value.name!r} has no word to look for; add words:", False
        elif not value.use and not find_by_name(value.name) and not any(value.wording(language).shown_by for language in SUPPORTED):
            told = f"value {value.name!r} is not in the library, and nothing says what shows it; add shown_by: or use:"
            yield ("values", i), told, True


def _terms(terms: Sequence[Term]) -> Found:
    avoided = {term.avoid.lower(): n for n, term in reversed(list(enumerate(terms)))}
    for n, term in enumerate(terms):
        if avoided[term.avoid.lower()] != n:
            yield ("terms", n), f"{term.avoid!r} is there twice; the first one counts", False
        for told in _bases(term):
            yield ("terms", n, "avoid"), told, False
        for word in term.prefer:
            again = avoided.get(word.lower())
            if again is not None and _same_language(term, terms[again]):
                yield (
                    ("terms", n, "prefer"),
                    f"{term.avoid!r} leads to {word!r}, which the guide avoids too; nobody can follow a circle",
                    False,
                )
            told = _jargon(word, term.language)
            if told:
                yield (
                    ("terms", n, "prefer"),
                    f"{word!r} is preferred here, and {told}; the guide wins, but the score will not like it",
                    True,
                )


def _bases(term: Term) -> Iterator[str]:
    """A term in an inflected form finds nothing but itself, or nothing at all."""
    for word in (w.lower() for w in term.avoid.split() if not w.startswith("=") and w != "..."):
        languages = [language for language in ((term.language,) if term.language else SUPPORTED) if is_known(word, language)]
        if languages and not any(is_base_form(word, language) for language in languages):
            base = min(sorted(lemmas_of(word, languages[0]) - {word}), key=len, default=word)
            yield f"{term.avoid!r} matches nothing it should: {word!r} is a form of {base!r}; write the base form, or ={word} for this form only"


def _same_language(one: Term, other: Term) -> bool:
    return not one.language or not other.language or one.language == other.language


@lru_cache(maxsize=None)
def _strengths(language: str) -> dict[str, tuple[str, int]]:
    from toneguide.lexicons.lexicon import load_lexicon

    lexicon: Lexicon = load_lexicon(language)
    return {entry.text.lower(): (entry.category, entry.corporate) for entry in lexicon.entries}


def _jargon(word: str, language: str) -> str:
    for one in (language,) if language else SUPPORTED:
        category, corporate = _strengths(one).get(word.lower(), ("", 0))
        if corporate >= _JARGON:
            return f"our own list {category!r} calls it corporate"
    return ""


def _hands_off(decisions: Decisions) -> Found:
    common = {word for language in SUPPORTED for word in _commonest(language)}
    for i, phrase in enumerate(decisions.hands_off):
        if phrase.lower() in common:
            yield ("hands_off", "phrases", i), f"{phrase!r} is an everyday word; left alone, it is gone from every score", False


@lru_cache(maxsize=None)
def _commonest(language: str) -> tuple[str, ...]:
    from importlib import resources

    words = (resources.files("toneguide.language") / "data" / f"{language}_words.txt").read_text(encoding="utf-8").split()
    return tuple(words[:_COMMON_WORDS])


def _channels(decisions: Decisions) -> Found:
    for channel in decisions.targets:
        close = difflib.get_close_matches(channel, _CHANNELS, n=1, cutoff=0.75)
        if channel and channel not in _CHANNELS and close:
            yield ("targets", channel), f"is the channel {channel!r} meant to be {close[0]!r}? posts are matched by this name", False
