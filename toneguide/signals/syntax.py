"""Syntax: nominal style against verbal style, passives, chains of nouns."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import numpy as np

from toneguide.language.analysis import Analysed
from toneguide.language.words import WordType
from toneguide.signals.signal import Marked, Places, TextSignal, TokenSignal

__all__ = ["SIGNALS"]

_FINNISH_NOMINAL: Final = re.compile(r".{4,}(?:minen|[mt]us|[mt]ys|nti|aatio|aus|eys)$")
_FINNISH_ABSTRACT: Final = re.compile(r".{3,}(?:uus|yys|llisuus|llisyys)$")
_ENGLISH_NOMINAL: Final = re.compile(r".{3,}(?:tion|sion|ment|ance|ence|ancy|ency|ization|isation)s?$")
_ENGLISH_ABSTRACT: Final = re.compile(r".{3,}(?:ity|ness|ship|ism|acy)$")
_BE: Final = ("be", "get")
_CHAIN: Final = 3
_PASSIVE_REACH: Final = 3


def _has_pos(*tags: str) -> Callable[[WordType], bool]:
    return lambda word: word.pos in tags


def is_nominalisation(word: WordType) -> bool:
    """A verb made into a noun: kehittäminen, toteutus; implementation, improvement."""
    if word.pos not in ("NOUN", "VERB"):
        return False
    lemma = word.parts[-1] if word.parts else word.lemma
    return bool(_FINNISH_NOMINAL.match(word.lemma) or _ENGLISH_NOMINAL.match(lemma))


def is_abstract(word: WordType) -> bool:
    """A quality as a noun: tehokkuus, vaikuttavuus; capability, effectiveness."""
    return word.pos == "NOUN" and bool(_FINNISH_ABSTRACT.match(word.lemma) or _ENGLISH_ABSTRACT.match(word.lemma))


def is_passive(word: WordType) -> bool:
    """A Finnish passive form: toteutetaan, kehitetty."""
    return word.voice == "Pass" and word.pos in ("VERB", "AUX")


def is_genitive(word: WordType) -> bool:
    """A noun in the genitive."""
    return word.case == "Gen" and word.pos in ("NOUN", "ADJ", "PROPN")


def is_participle(word: WordType) -> bool:
    """A verb form that stands as an attribute: tehtävä, saatu; ongoing, proposed."""
    return word.verb_form == "Part"


def is_negation(word: WordType) -> bool:
    """Negative verbs and adverbs: en, ei, älä; not, never."""
    return word.lemma in ("ei", "not", "never", "no", "none", "nothing") or word.form in _PROHIBITIONS


def is_past(word: WordType) -> bool:
    """A finite past: teimme, went."""
    return word.tense == "Past" and word.verb_form == "Fin"


def is_role_case(word: WordType) -> bool:
    """Essive and translative: osana, kumppaniksi."""
    return word.case in ("Ess", "Tra") and word.pos in ("NOUN", "ADJ")


def is_duty(word: WordType) -> bool:
    """Must and shall; täytyä, tulla tehdä, on tehtävä."""
    return word.form in ("must", "shall", "should", "ought") or word.lemma in ("täytyä", "pitää", "velvoittaa", "edellyttää")


def is_contraction(word: WordType) -> bool:
    """The second half of don't, we're, it's."""
    return (word.form.startswith("'") and len(word.form) > 1) or word.form in (
        "n't",
        "gonna",
        "wanna",
        "gotta",
        "im",
        "dont",
        "cant",
        "thats",
    )


_PROHIBITIONS: Final = frozenset("älä älkää älköön älkäämme n't ain't nope".split())


def is_be(word: WordType) -> bool:
    """Be and get."""
    return word.lemma in _BE


def is_past_participle(word: WordType) -> bool:
    """Decided, developed."""
    return word.tense == "Past" and word.pos in ("VERB", "ADJ")


def is_light(word: WordType) -> bool:
    """What may stand within a verb: has recently been decided."""
    return word.pos in ("ADV", "AUX", "PART")


def find_passives(text: Analysed, marked: Marked) -> Places:
    """English passives: was decided, is being developed."""
    for i in np.flatnonzero(marked).tolist():
        for j in range(i + 1, min(i + _PASSIVE_REACH + 1, len(text.tokens))):
            word = text.type_at(j)
            if is_past_participle(word):
                yield i, j + 1
                break
            if not is_light(word):
                break


def _find_chains(least: int) -> Callable[[Analysed, Marked], Places]:
    """Runs of marked tokens, `least` long or longer."""

    def find(_text: Analysed, marked: Marked) -> Places:
        edges = np.flatnonzero(np.diff(np.concatenate(([False], marked, [False])).astype(np.int8)))
        yield from ((int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a >= least)

    return find


def _is_noun(word: WordType) -> bool:
    return word.pos in ("NOUN", "PROPN")


SIGNALS: Final = (
    TokenSignal(name="nouns", typical={"fi": 0.37, "en": 0.3}, when=_is_noun, meaning="nouns", spread=0.10, towards={"corporate": 1}),
    TokenSignal(
        name="verbs", typical={"fi": 0.2, "en": 0.125}, when=_has_pos("VERB"), meaning="verbs", spread=0.07, towards={"corporate": -0.7}
    ),
    TokenSignal(
        name="adjectives",
        typical={"fi": 0.045, "en": 0.05},
        when=_has_pos("ADJ"),
        meaning="adjectives",
        spread=0.05,
        towards={"corporate": 0.5},
    ),
    TokenSignal(
        name="adverbs",
        typical={"fi": 0.095, "en": 0.035},
        when=_has_pos("ADV"),
        meaning="adverbs",
        spread=0.06,
        towards={"corporate": -0.8},
    ),
    TokenSignal(
        name="pronouns",
        typical={"fi": 0.08, "en": 0.092},
        when=_has_pos("PRON"),
        meaning="pronouns",
        spread=0.07,
        towards={"corporate": -1},
    ),
    TokenSignal(
        name="interjections", when=_has_pos("INTJ"), meaning="hey, oh, wow", spread=0.03, towards={"corporate": -1, "warmth": 0.35}
    ),
    TokenSignal(
        name="prepositions",
        typical={"fi": 0.022, "en": 0.132},
        when=_has_pos("ADP"),
        meaning="prepositions and postpositions",
        spread=0.05,
        towards={"corporate": 0.5},
    ),
    TokenSignal(
        name="articles",
        typical={"en": 0.095},
        when=_has_pos("DET"),
        meaning="articles",
        spread=0.05,
        towards={"corporate": 0.3},
        languages=("en",),
    ),
    TokenSignal(
        name="nominalisations",
        when=is_nominalisation,
        meaning="a verb made into a noun",
        spread=0.05,
        towards={"corporate": 1.5},
    ),
    TokenSignal(name="abstract_nouns", when=is_abstract, meaning="a quality made into a noun", spread=0.03, towards={"corporate": 1}),
    TokenSignal(
        name="passive_forms",
        typical={"fi": 0.05},
        when=is_passive,
        meaning="a passive: who does it is not said",
        spread=0.05,
        towards={"corporate": 0.7},
        languages=("fi",),
    ),
    TokenSignal(
        name="genitives",
        typical={"fi": 0.08},
        when=is_genitive,
        meaning="genitives",
        spread=0.06,
        towards={"corporate": 1},
        languages=("fi",),
    ),
    TokenSignal(
        name="participles",
        typical={"fi": 0.04, "en": 0.053},
        when=is_participle,
        meaning="participles",
        spread=0.04,
        towards={"corporate": 0.5},
    ),
    TokenSignal(
        name="role_cases",
        when=is_role_case,
        meaning="-na and -ksi: as something",
        spread=0.03,
        towards={"corporate": 0.5},
        languages=("fi",),
    ),
    TokenSignal(name="negations", when=is_negation, meaning="negations", spread=0.04, towards={"corporate": -0.5, "warmth": -0.7}),
    TokenSignal(
        name="past",
        typical={"fi": 0.037, "en": 0.02},
        when=is_past,
        meaning="tells what happened",
        spread=0.05,
        towards={"corporate": -0.5},
    ),
    TokenSignal(name="duty", when=is_duty, meaning="must, shall", spread=0.015, towards={"warmth": -0.7}),
    TokenSignal(
        name="contractions",
        when=is_contraction,
        meaning="short forms (don't, we're)",
        spread=0.04,
        towards={"corporate": -1},
        languages=("en",),
    ),
    TextSignal(
        name="passives",
        when=is_be,
        find=find_passives,
        then=is_past_participle,
        within=_PASSIVE_REACH,
        through=is_light,
        meaning="a passive: who does it is not said",
        per="sentence",
        spread=0.25,
        towards={"corporate": 0.7},
        languages=("en",),
    ),
    TextSignal(
        name="noun_chains",
        when=_is_noun,
        find=_find_chains(_CHAIN),
        run=_CHAIN,
        meaning="three or more nouns in a row",
        per="sentence",
        spread=0.3,
        towards={"corporate": 0.6},
    ),
    TextSignal(
        name="genitive_chains",
        when=is_genitive,
        find=_find_chains(2),
        run=2,
        meaning="genitives in a chain",
        per="sentence",
        spread=0.25,
        towards={"corporate": 0.8},
        languages=("fi",),
    ),
)
