"""Address: who a post speaks as, and whom it speaks to."""

from __future__ import annotations

from typing import Final

import numpy as np

from toneguide.language.analysis import Analysed
from toneguide.language.words import WordType
from toneguide.signals.signal import Marked, Places, TextSignal, TokenSignal

__all__ = ["SIGNALS"]

# Sizes of the politeness signals follow Danescu-Niculescu-Mizil et al. (2013), table 3: gratitude, hedges and counterfactual
# modals raise politeness, direct questions, direct starts and second-person starts lower it.
_WE_REACH: Final = 3
_BLUNT: Final = frozenset("what why who how when where which miksi mitä kuka miten milloin missä mikä mistä".split())
_DIRECT: Final = frozenset("so then and but or because just siis no niin eli joten".split())
_YOU: Final = frozenset("you your sinä sä te sun teidän".split())
_HEDGES: Final = frozenset(
    "think suppose guess believe assume maybe perhaps possibly seem seems appear suggest somewhat wonder hopefully ehkä kenties luulla taita vaikuttaa "
    "mahdollisesti toivottavasti ajatella tuntua".split()
)
_FACTS: Final = frozenset("really actually honestly surely obviously clearly frankly tietenkin todellakin tosiasiassa selvästikin".split())


def speaks_as_one(word: WordType) -> bool:
    """I, me, my; minä, mä, -ni, first-person singular verbs."""
    return (word.person == 1 and word.number == "Sing") or (word.possessor == 1 and word.possessor_number == "Sing")


def speaks_as_many(word: WordType) -> bool:
    """We, our; me, meidän, -mme."""
    return (word.person == 1 and word.number == "Plur") or (word.possessor == 1 and word.possessor_number == "Plur")


def speaks_to_reader(word: WordType) -> bool:
    """You, your; sinä, te, -si, second-person verbs; not *teitä*, the roads."""
    # Finnish drops the pronoun: the person sits in the verb or in a possessive suffix.
    return (word.person == 2 and word.mood != "Imp") or word.possessor == 2


def speaks_of_people(word: WordType) -> bool:
    """He, she, they; hän, he."""
    return word.pos == "PRON" and word.person == 3 and word.lemma not in ("it", "its")


def tells_to_do(word: WordType) -> bool:
    """Imperatives: tulkaa, tutustu."""
    return word.mood == "Imp" and word.pos == "VERB"


def asks_softly(word: WordType) -> bool:
    """Conditionals: voisitko, would, could."""
    return word.mood == "Cnd" or word.form in ("would", "could", "might", "may")


def asks_with_ending(word: WordType) -> bool:
    """Question endings: -ko, -kö."""
    return "ko" in word.clitic.split("+")


def softens_with_ending(word: WordType) -> bool:
    """Particles that talk: -han, -pa, -s."""
    return any(c in ("han", "pa", "s") for c in word.clitic.split("+"))


def hedges(word: WordType) -> bool:
    """I think, maybe, it seems; ehkä, luulen."""
    return word.lemma in _HEDGES or word.form in _HEDGES


def insists(word: WordType) -> bool:
    """Actually, obviously, honestly: tells the reader what the facts are."""
    return word.form in _FACTS


def is_direct_start(word: WordType) -> bool:
    """So, and, but; no, niin."""
    return word.form in _DIRECT


def is_reader(word: WordType) -> bool:
    """You, your; sinä, te."""
    return word.form in _YOU


def is_question_word(word: WordType) -> bool:
    """What, why, who; mitä, miksi."""
    return word.form in _BLUNT


def find_blunt_questions(text: Analysed, marked: Marked) -> Places:
    """Questions that begin with what, why, who."""
    for first, last in text.tokens.sentence_ranges():
        if marked[first] and text.tokens.words[last - 1].startswith("?"):
            yield first, first + 1


def is_we(word: WordType) -> bool:
    """Me, the pronoun, as a subject."""
    return word.lemma == "me" and word.case in ("Nom", "")


def is_spoken_we_verb(word: WordType) -> bool:
    """Mennään, tehdään, ollaan."""
    return word.voice == "Pass" or word.form in ("ollaan", "mennään")


def find_spoken_we(text: Analysed, marked: Marked) -> Places:
    """Me mennään: spoken *we* with a passive verb."""
    for i in np.flatnonzero(marked).tolist():
        following = range(i + 1, min(i + _WE_REACH + 1, len(text.tokens)))
        place = next((j for j in following if is_spoken_we_verb(text.type_at(j))), None)
        if place is not None:
            yield i, place + 1


SIGNALS: Final = (
    TokenSignal(
        name="first_singular", when=speaks_as_one, meaning="somebody speaks as I", spread=0.06, towards={"corporate": -1.5, "warmth": 0.5}
    ),
    TokenSignal(name="first_plural", when=speaks_as_many, meaning="speaks as we", spread=0.05, towards={"corporate": 0.7}),
    TokenSignal(
        name="reader", when=speaks_to_reader, meaning="speaks to the reader", spread=0.06, towards={"corporate": -0.3, "warmth": 1}
    ),
    TokenSignal(name="people", when=speaks_of_people, meaning="speaks of people", spread=0.03, towards={"corporate": -0.7, "warmth": 0.3}),
    TokenSignal(
        name="imperative", when=tells_to_do, meaning="tells to do something", spread=0.03, towards={"corporate": 0.2}, languages=("fi",)
    ),
    TokenSignal(name="conditional", when=asks_softly, meaning="asks or says it softly", spread=0.025, towards={"warmth": 1.2}),
    TokenSignal(
        name="question_ending", when=asks_with_ending, meaning="asks with -ko", spread=0.02, towards={"corporate": -0.6}, languages=("fi",)
    ),
    TokenSignal(
        name="soft_ending",
        when=softens_with_ending,
        meaning="a talking -han or -pa",
        spread=0.015,
        towards={"corporate": -1, "warmth": 0.4},
        languages=("fi",),
    ),
    TokenSignal(
        name="hedging", when=hedges, meaning="leaves room (maybe, I think)", spread=0.03, towards={"corporate": -0.5, "warmth": 0.7}
    ),
    TokenSignal(name="insisting", when=insists, meaning="insists on facts (actually, obviously)", spread=0.015, towards={"warmth": -0.7}),
    TextSignal(
        name="blunt_questions",
        when=is_question_word,
        find=find_blunt_questions,
        where="first",
        meaning="asks bluntly (why, what)",
        per="sentence",
        spread=0.2,
        towards={"corporate": -0.4, "warmth": -0.8},
    ),
    TokenSignal(
        name="direct_starts",
        when=is_direct_start,
        where="first",
        meaning="sentences that begin with so, and, but",
        per="sentence",
        spread=0.25,
        towards={"corporate": -0.7, "warmth": -0.6},
    ),
    TokenSignal(
        name="reader_starts",
        when=is_reader,
        where="first",
        meaning="sentences that begin with you",
        per="sentence",
        spread=0.2,
        towards={"corporate": -0.4, "warmth": -0.6},
    ),
    TextSignal(
        name="spoken_we",
        when=is_we,
        find=find_spoken_we,
        then=is_spoken_we_verb,
        within=_WE_REACH,
        through=lambda _word: True,
        meaning="spoken we (me mennään)",
        per="sentence",
        spread=0.15,
        towards={"corporate": -1, "warmth": 0.7},
        languages=("fi",),
    ),
)
