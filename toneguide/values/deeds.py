"""Deeds: how far a sentence tells what somebody did, when and how much, and whether it only plans, asks or wishes."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from toneguide.language.analysis import Analysed
from toneguide.language.chunks import Ints
from toneguide.language.words import WordType
from toneguide.values.row import Row

__all__ = ["DENIERS", "DENIES", "DOUBT", "LOWERING", "ONLY", "PAST", "Deeds", "Marks", "is_one", "marks_of", "narrative"]

Marks = npt.NDArray[np.int16]
SOMEBODY, PAST, SPECIFIC, PLAN, BE, LOWERING, ONLY, REGRET, TITLE, DOUBT, STATE, ASKS, DENIES = (1 << n for n in range(13))
_TEAM: Final = {
    "fi": frozenset(
        (
            "tiimi porukka jengi kollega työkaveri työpari vuoro osasto asentaja hoitaja kuski kuljettaja opettaja myyjä esihenkilö "
            "pomo kesätyöntekijä harjoittelija "
        ).split()
    ),
    "en": frozenset(
        (
            "team crew colleague coworker co-worker teammate nurse driver teacher manager boss intern apprentice technician shift "
        ).split()
    ),
}  # fmt: skip
_WHEN: Final = {
    "fi": frozenset(
        (
            "eilen toissapäivänä viime tänään aamulla aamuna illalla yöllä maanantaina tiistaina keskiviikkona torstaina "
            "perjantaina lauantaina sunnuntaina äsken juuri tammikuussa helmikuussa maaliskuussa huhtikuussa toukokuussa kesäkuussa "
            "heinäkuussa elokuussa syyskuussa lokakuussa marraskuussa joulukuussa iltapäivällä viikolla kerran "
        ).split()
    ),
    "en": frozenset(
        (
            "yesterday today last monday tuesday wednesday thursday friday saturday sunday tonight morning afternoon evening night "
            "ago once january february march april june july august september october november december "
        ).split()
    ),
}  # fmt: skip
_PLAN: Final = {
    "fi": frozenset(
        (
            "aikoa haluta pyrkiä tavoitella tavoite luvata uskoa pitäisi kannattaa pitää täytyä voida sitoutua lupaus visio "
            "strategia toivoa jos "
        ).split()
    ),
    "en": frozenset(
        (
            "will 'll wo shall should would could must may might want aim strive plan intend hope believe commit promise goal "
            "vision mission if let need going "
        ).split()
    ),
}  # fmt: skip
_LOWERING: Final = {
    "fi": frozenset(
        (
            "tinkiä unohtaa luopua laiminlyödä vähätellä sivuuttaa vaarantaa riskeerata oikaista lipsua lipsahtaa säästellä väistää "
        ).split()
    ),
    "en": frozenset(
        (
            "compromise forget sacrifice neglect ignore skip skimp abandon risk drop "
        ).split()
    ),
}  # fmt: skip
_ONLY: Final = {
    "fi": frozenset(
        (
            "vain pelkästään ainoastaan yksinomaan pelkkä yksin "
        ).split()
    ),
    "en": frozenset(
        (
            "only just merely simply "
        ).split()
    ),
}  # fmt: skip
_REGRET: Final = {
    "fi": frozenset(
        (
            "harmittaa kaduttaa katua pahoitella anteeksi pahoillani pahoillamme nolottaa hävettää valitettavasti harmi mokata "
        ).split()
    ),
    "en": frozenset(
        (
            "regret sorry apologise apologize apology shame ashamed unfortunately embarrassed wish mistake "
        ).split()
    ),
}  # fmt: skip
# Words that say: so they claim.
_DOUBT: Final = {
    "fi": frozenset(
        (
            "muka mukamas kuulemma juhlapuhe todellisuudessa paperilla joopa niinpä sanahelinä kauniisti "
        ).split()
    ),
    "en": frozenset(
        (
            "apparently supposedly allegedly banner poster lanyard so-called lip "
        ).split()
    ),
}  # fmt: skip
# Nothing is denied in a sentence that has none of these.
DENIERS: Final = {
    "fi": frozenset("en et ei emme ette eivät enkä etkä eikä emmekä ettekä eivätkä älä älkää tuskin".split()),
    "en": frozenset("not n't never no hardly nor cannot dont cant didnt isnt wont doesnt arent".split()),
}  # fmt: skip
_BE: Final = frozenset("am is are be being been 're 'm".split())
_PRESENT: Final = frozenset("am are is 're 'm 've have has do does 's 'd will 'll wo ca can may might must shall".split())
# What is left of a deed that the sentence before or after tells.
_NEIGHBOUR: Final = 0.7
_PARTICIPLE: Final = ("nut", "nyt", "neet")


# In one of these is a numeral; elsewhere it is one only where nobody could be together.
_ONE_OF: Final = frozenset(
    "yö päivä viikko hetki tunti minuutti sekunti kuukausi vuosi ilta aamu kohta paikka asia tapaus silmänräpäys rykäys rysäys hujaus huone talo osa erä "
    "suhde mielessä kerros".split()
)


def is_one(text: Analysed, i: int) -> bool:
    """Whether *yhdessä* is the numeral here: in one night, not together.

    Parameters
    ----------
    text : Analysed
        Finnish.
    i : int
        The token.
    """
    starts = text.tokens.sentences
    number = bisect_right(starts, i)
    last = starts[number] if number < len(starts) else len(text.tokens)
    for j in range(i + 1, min(i + 3, last)):
        word = text.type_at(j)
        if word.pos == "NOUN" and word.case == "Ine" and word.number != "Plur" and word.shape == "Lower":
            words = map(text.type_at, range(starts[number - 1], last))
            several = any((w.number == "Plur" and w.person) or w.voice == "Pass" for w in words)
            return word.lemma in _ONE_OF or not several
        if word.pos not in ("ADJ", "ADV", "DET"):
            return False
    return False


def marks_of(word: WordType, language: str) -> int:
    """What a type says about deeds, as bits."""
    if word.pos in ("NUM", "MENTION"):
        return SPECIFIC
    if not word.is_word:
        return ASKS * word.form.startswith("?")
    known = {word.form, word.lemma}
    marks = SOMEBODY * (word.person == 1 or word.possessor == 1 or not known.isdisjoint(_TEAM[language]))
    marks |= PAST * (word.pos in ("VERB", "AUX") and _is_past(word, language))
    marks |= SPECIFIC * (word.form in _WHEN[language] or word.pos == "PROPN") | TITLE * (word.shape in ("Title", "Upper"))
    marks |= PLAN * (word.mood in ("Cnd", "Imp") or not known.isdisjoint(_PLAN[language])) | BE * (word.form in _BE)
    marks |= LOWERING * (not known.isdisjoint(_LOWERING[language])) | ONLY * (not known.isdisjoint(_ONLY[language]))
    marks |= DOUBT * (not known.isdisjoint(_DOUBT[language])) | STATE * (word.verb_form == "Part" and language == "en")
    marks |= DENIES * (word.form in DENIERS[language])
    return marks | REGRET * (not known.isdisjoint(_REGRET[language]))


def _is_past(word: WordType, language: str) -> bool:
    if language == "en":
        return word.tense == "Past" and word.form not in _PRESENT
    # Etsimme is past and present alike; nothing is told by it.
    if word.person in (1, 2) and word.lemma.endswith(("ia", "iä")):
        return False
    return word.tense == "Past" or (word.verb_form == "Part" and word.form.endswith(_PARTICIPLE))


@lru_cache(maxsize=1_000)
def narrative(n_past: int, n_names: int = 0) -> float:
    """0-1: how far a post tells what happened and who did it, by its past verbs and its names.

    Examples
    --------
    >>> narrative(0, 2), round(narrative(3), 2), round(narrative(3, 1), 2)
    (0.0, 0.62, 0.7)
    """
    told = 1 - float(0.5 ** (0.72 * n_past))
    return told * (0.8 + 0.1 * min(n_names, 2))


class Deeds:
    """What each sentence of a row of posts tells.

    Attributes
    ----------
    degree : numpy.ndarray of shape (n_sentences,)
        0-1: somebody, in the past, something specific; little of it left where the sentence plans, asks or wishes.
    told : numpy.ndarray of shape (n_sentences,)
        The same, or that of the sentence before or after where it tells more.
    signs : numpy.ndarray of shape (3, n_sentences)
        Tokens that say so, of the sentence that tells most: somebody, past, specific; -1 where none does.
    is_regretted : numpy.ndarray of shape (n_sentences,)
        Whether somebody is sorry in it, or in the next.
    doubt : numpy.ndarray of shape (n_sentences,)
        The first word in it or beside it that doubts what is said, -1 where none does.

    Parameters
    ----------
    marks : numpy.ndarray of shape (n_tokens,)
        `marks_of` the type of each token.
    row : Row
        The posts.
    asked : numpy.ndarray of bool, shape (n_sentences,)
        The sentences that somebody asks about; of the others nothing is told.
    """

    def __init__(self, marks: Marks, row: Row, asked: npt.NDArray[np.bool_]) -> None:
        sentences, n = row.sentences, len(row.sentences)
        # Sentences followed by one of the same post.
        before = np.flatnonzero(row.owner[1:] == row.owner[:-1])
        near = asked.copy()
        near[before] |= asked[before + 1]
        near[before + 1] |= asked[before]
        at = np.flatnonzero(marks & (SOMEBODY | PAST | SPECIFIC | TITLE | PLAN | REGRET | DOUBT))
        at = at[near[row.sentence[at]]]
        sentence, says = row.sentence[at], marks[at]
        is_inside = at > sentences[sentence]
        is_past = (says & PAST) != 0
        is_past &= ~_describes(marks, at, is_past & ((says & STATE) != 0) & is_inside, sentences[sentence])
        is_specific = ((says & SPECIFIC) != 0) | (is_inside & ((says & TITLE) != 0))
        is_somebody, doubts = (says & SOMEBODY) != 0, (says & DOUBT) != 0
        *first, doubt = (_first(at[held], sentence[held], n) for held in (is_somebody, is_past, is_specific, doubts))
        asks = (marks[np.append(sentences[1:], len(marks)) - 1] & ASKS) != 0
        has_past = first[1] >= 0
        plans, self.is_regretted = np.zeros(n, dtype=bool), np.zeros(n, dtype=bool)
        plans[sentence[(says & PLAN) != 0]] = True
        self.is_regretted[sentence[(says & REGRET) != 0]] = True
        degree = 0.35 * (first[0] >= 0) + 0.45 * has_past + 0.2 * (first[2] >= 0)
        degree = np.where(has_past, degree, degree * 0.5)
        degree = np.where(asks | (plans & ~has_past), degree * 0.3, np.where(plans, degree * 0.75, degree))
        self.degree, self.told = degree, degree.copy()
        best = np.arange(n)
        for here, beside in ((before + 1, before), (before, before + 1)):
            more = degree[beside] * _NEIGHBOUR > self.told[here]
            self.told[here[more]], best[here[more]] = degree[beside[more]] * _NEIGHBOUR, beside[more]
        self.signs: Ints = np.array(first)[:, best]
        self.is_regretted[before] |= self.is_regretted[before + 1]
        self.doubt = doubt.copy()
        self.doubt[before] = np.where(doubt[before] >= 0, doubt[before], doubt[before + 1])
        self.doubt[before + 1] = np.where(doubt[before] >= 0, doubt[before], self.doubt[before + 1])


def _describes(marks: Marks, at: Ints, participle: npt.NDArray[np.bool_], begin: Ints) -> npt.NDArray[np.bool_]:
    """Which of some tokens are participles that only describe: "we are trusted"."""
    found = np.zeros(len(at), dtype=bool)
    places = np.flatnonzero(participle)
    before = at[places] - 1
    earlier = (before > begin[places]) & ((marks[before - 1] & BE) != 0)
    found[places] = ((marks[before] & BE) != 0) | earlier
    return found


def _first(at: Ints, sentence: Ints, n: int) -> Ints:
    """The first of some tokens in each of n sentences, -1 where none is."""
    found = np.full(n, -1, dtype=np.int64)
    found[sentence[::-1]] = at[::-1]
    return found
