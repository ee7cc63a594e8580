"""Values in a post: the company's own value words, found in any inflected form.

A value is *named* where its words stand; its *alignment* falls where they stand under a negation; it is *shown* where
a sentence that touches it also tells who did what, when or how much.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from toneguide.language.analysis import Analysed, TypeTable, expand
from toneguide.language.forms import form_table
from toneguide.language.tokens import Kind, tokenize
from toneguide.language.words import WordType

__all__ = ["Value", "ValueFinder", "ValueScore", "content_words", "read_value", "read_values"]

# Words of a value stand together when no more than this many tokens lie between the first and the last.
REACH: Final = 5
OWN, DERIVED, COMPOUND = 1.0, 0.4, 0.35
_NAMED_ONCE: Final = 60.0
_HALF_NAMED: Final = 45.0
_STEM: Final = 4
_EMPTY: Final = frozenset(
    "the a an and or of to in on at for with by from as we our us be is are it its this that do ja tai on olla me meidän se että kuin myös "
    "with we're always".split()
)


class ValueScore(NamedTuple):
    """One value in one post, each 0-100.

    Attributes
    ----------
    alignment : float
        How well the post carries the value: named and shown, lowered by negation.
    named : float
        How clearly the value's own words are there: 50 and more only where all of them are.
    shown : float
        How far a sentence that touches the value tells who did what.
    """

    alignment: float
    named: float
    shown: float


@dataclass(frozen=True, slots=True)
class Value:
    """A company value.

    Attributes
    ----------
    name : str
        As the company writes it.
    words : tuple of str
        Further words that name it; the name's own words always do.
    """

    name: str
    words: tuple[str, ...] = ()


def read_value(record: str | Mapping[str, object] | Value) -> Value:
    """A value from its name or from a record with `name` and `words`.

    Raises
    ------
    ValueError
        Where there is no name.
    """
    if isinstance(record, Value):
        return record
    if not isinstance(record, str | Mapping):
        raise ValueError(f"a value needs a name: {record!r}")
    name = record if isinstance(record, str) else record.get("name")
    if not isinstance(name, str) or not name.strip():
        raise ValueError(f"a value needs a name: {record!r}")
    words = () if isinstance(record, str) else record.get("words", ())
    if isinstance(words, str) or not isinstance(words, Iterable) or not all(isinstance(w, str) for w in words):
        raise ValueError(f"the words of value {name!r} are a list of words")
    return Value(name.strip(), tuple(words))


def read_values(records: Iterable[str | Mapping[str, object]]) -> list[Value]:
    """Values from names and records, in order.

    Raises
    ------
    ValueError
        For a value without a name, or one named twice.
    """
    values = [read_value(record) for record in records]
    names = [value.name for value in values]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise ValueError(f"the value {twice!r} is there twice; keep one")
    return values


def content_words(phrase: str) -> tuple[str, ...]:
    """Words of a phrase that carry its meaning, lower case; all of them where none does.

    Examples
    --------
    >>> content_words("Be bold"), content_words("Me yhdessä")
    (('bold',), ('yhdessä',))
    """
    tokens = expand(tokenize(phrase), "fi")
    words = [w.lower() for w, kind in zip(tokens.words, tokens.kinds, strict=True) if kind in (Kind.WORD, Kind.HASHTAG)]
    return tuple(w for w in words if w not in _EMPTY) or tuple(words)


class ValueFinder:
    """Finds a guide's values in analysed texts; what a word type hits is worked out once.

    Parameters
    ----------
    values : iterable of Value
        In the guide's order.
    language : str
        Of the texts.
    """

    def __init__(self, values: Iterable[Value], language: str) -> None:
        self.language = language
        self.values = tuple(values)
        self._phrases = [[content_words(p) for p in (value.name, *value.words)] for value in self.values]
        words = sorted({w for phrases in self._phrases for phrase in phrases for w in phrase})
        # A value word that is a base form is meant as such: lupaus, not every form of luvata.
        self._lemmas = {w: frozenset((w,)) if w in _lemmas(w, language) else _lemmas(w, language) for w in words}
        self._by_letters: dict[str, list[str]] = {}
        for word, lemmas in self._lemmas.items():
            for start in {form[:2] for form in (*lemmas, word)}:
                self._by_letters.setdefault(start, []).append(word)
        self._wanting = {w: [(v, p) for v, ps in enumerate(self._phrases) for p, phrase in enumerate(ps) if w in phrase] for w in words}
        self._of_type: dict[TypeTable, dict[int, dict[str, float]]] = {}

    def hits(self, word: WordType) -> dict[str, float]:
        """Value words that a type stands for, with 1 for an inflected form and less for a relative."""
        # "Yhdessä yössä" is one night, not togetherness.
        if not word.is_word or word.pos == "NUM":
            return {}
        found: dict[str, float] = {}
        near = self._by_letters.get(word.form[:2].lower(), ())
        if near:
            lemmas = {word.lemma, word.form, *_lemmas(word.form.lower(), self.language)}
            for wanted in near:
                if lemmas & {wanted, *self._lemmas[wanted]}:
                    found[wanted] = OWN
                elif any(_related(a, b) for a in lemmas for b in self._lemmas[wanted]):
                    found[wanted] = DERIVED
        if len(word.parts) > 1:
            for part in word.parts:
                for wanted in self._by_letters.get(part[:2], ()):
                    if part in self._lemmas[wanted]:
                        found.setdefault(wanted, COMPOUND)
        return found

    def score(self, text: Analysed, negated: Iterable[int] = ()) -> tuple[ValueScore, ...]:
        """Scores of all values, in order.

        Parameters
        ----------
        text : Analysed
            The text.
        negated : iterable of int
            Tokens in the scope of a negation.
        """
        cache = self._of_type.setdefault(text.table, {})
        places: dict[tuple[int, int], list[tuple[int, str, float]]] = {}
        for i, type_id in enumerate(text.ids.tolist()):
            found = cache.get(type_id)
            if found is None:
                found = cache[type_id] = self.hits(text.table.types[type_id])
            for wanted, strength in found.items():
                for key in self._wanting[wanted]:
                    places.setdefault(key, []).append((i, wanted, strength))
        return tuple(self._value_score(v, places, text, frozenset(negated)) for v in range(len(self.values)))

    def _value_score(
        self, v: int, places: dict[tuple[int, int], list[tuple[int, str, float]]], text: Analysed, negated: frozenset[int]
    ) -> ValueScore:
        full, turned, partly = 0, 0, 0.0
        touched: set[int] = set()
        for p, phrase in enumerate(self._phrases[v]):
            found = places.get((v, p))
            if not found:
                continue
            touched.update(i for i, _, _ in found)
            whole = list(_together([(i, w) for i, w, strength in found if strength == OWN], set(phrase)))
            full += len(whole)
            turned += sum(bool(negated.intersection(range(a, b + 1))) for a, b in whole)
            best = {w: max(s for _, w2, s in found if w2 == w) for _, w, _ in found}
            partly = max(partly, sum(best.values()) / len(set(phrase)))
        named = 100 - (100 - _NAMED_ONCE) * 0.5 ** (full - 1) if full else min(_HALF_NAMED, _HALF_NAMED * partly)
        shown = _shown(text, touched) * min(1.0, max(partly, 0.0))
        kept = 1 - turned / full if full else 1.0
        return ValueScore(kept * (named + (100 - named) * shown / 200), named, shown)


def _together(found: list[tuple[int, str]], wanted: set[str]) -> Iterator[tuple[int, int]]:
    """Stretches in which every wanted word stands, each place used once."""
    latest: dict[str, int] = {}
    for i, word in found:
        latest[word] = i
        first = min(latest.values())
        if len(latest) == len(wanted) and i - first <= REACH + len(wanted) - 1:
            yield first, i
            latest = {}


def _shown(text: Analysed, touched: set[int]) -> float:
    """0-100: whether the sentences that touch a value tell of a deed: a person, a past, something specific."""
    best = 0.0
    for first, last in text.tokens.sentence_ranges():
        if touched.isdisjoint(range(first, last)):
            continue
        types = [text.type_at(i) for i in range(first, last)]
        somebody = any(t.person == 1 or t.possessor == 1 for t in types)
        past = any(t.tense == "Past" and t.pos in ("VERB", "AUX") for t in types)
        specific = Kind.NUMBER in text.tokens.kinds[first:last] or any(t.pos == "PROPN" for t in types)
        best = max(best, 40.0 * somebody + 40.0 * past + 20.0 * specific)
    return best


def _related(one: str, other: str) -> bool:
    """Whether two base forms share their stem: rohkeus and rohkea, bold and boldness."""
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    return same >= max(_STEM, 0.6 * min(len(one), len(other)), 0.45 * max(len(one), len(other)))


@lru_cache(maxsize=100_000)
def _lemmas(form: str, language: str) -> frozenset[str]:
    read = form_table(language).analyse(form)
    # Yksin and yhtä are forms of one, and so is yhdessä; together is an adverb.
    found = {r.lemma for r in read if r.pos != "NUM"} or {r.lemma for r in read}
    if language == "fi":
        found |= _analysed_lemmas(form)
    return frozenset(found or {form})


def _analysed_lemmas(form: str) -> set[str]:
    # Only forms that begin like a value word get here: the analyser takes half a millisecond a form.
    from pypykko.utils import analyze

    found = [a for a in analyze(form, only_best=False, ignore_derivatives=False) if not a.source.startswith("Guesser")]
    best = min((a.weight for a in found), default=0.0)
    likely = [a for a in found if a.weight == best]
    return {a.lemma.replace("|", "").lower() for a in likely if a.pos != "numeral" or all(b.pos == "numeral" for b in likely)}
