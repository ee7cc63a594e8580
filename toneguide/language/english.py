"""English: readings of a word form, contractions, closed classes."""

from __future__ import annotations

import re
from typing import Final

from toneguide.language.forms import Analysis, form_table
from toneguide.language.words import WordType

__all__ = ["analyse", "split_contraction"]

_CONTRACTION: Final = re.compile(r"(?i)^(?P<stem>[\w’'-]+?)(?P<tail>n['’]t|['’](?:s|re|ve|ll|d|m))$")
_PRONOUNS: Final = {
    "i": (1, "Sing"), "me": (1, "Sing"), "my": (1, "Sing"), "mine": (1, "Sing"), "myself": (1, "Sing"), "we": (1, "Plur"), "us": (1, "Plur"),
    "our": (1, "Plur"), "ours": (1, "Plur"), "ourselves": (1, "Plur"), "you": (2, ""), "your": (2, ""), "yours": (2, ""), "yourself": (2, "Sing"),
    "yourselves": (2, "Plur"), "u": (2, ""), "ur": (2, ""), "ya": (2, ""), "yall": (2, "Plur"), "he": (3, "Sing"), "him": (3, "Sing"), "his": (3, "Sing"),
    "she": (3, "Sing"), "her": (3, "Sing"), "hers": (3, "Sing"), "they": (3, "Plur"), "them": (3, "Plur"), "their": (3, "Plur"), "theirs": (3, "Plur"),
    "it": (3, "Sing"), "its": (3, "Sing"), "someone": (3, "Sing"), "everyone": (3, "Sing"), "anyone": (3, "Sing"), "who": (0, ""), "this": (0, ""),
    "that": (0, ""), "these": (0, ""), "those": (0, ""), "something": (0, ""), "nothing": (0, ""), "everything": (0, ""),
}  # fmt: skip
_CLOSED: Final = {
    "DET": "the a an every each no any some all both either neither another such".split(),
    "ADP": "of in to for with on at by from about into over after through between during before under against via per within without upon across "
           "toward towards among despite regarding".split(),
    "CCONJ": "and or but nor yet plus".split(),
    "SCONJ": "if because although though while whereas unless since until whether as than".split(),
    "AUX": "am is are was were be been being do does did have has had will would can could shall should may might must 'm 're 's 've 'd 'll ca wo".split(),
    "PART": "not n't".split(),
    "INTJ": "yes yeah yep no nope oh ah wow hey hi hello ok okay lol omg haha please thanks thx ugh oops bye aww yay".split(),
    "ADV": "very too also here there now then again never always often just only still even so well how why when where".split(),
}  # fmt: skip
_POS_OF: Final = {word: pos for pos, words in _CLOSED.items() for word in words}
_LEMMA_OF: Final = {
    "am": "be", "is": "be", "are": "be", "was": "be", "were": "be", "been": "be", "being": "be", "'m": "be", "'re": "be", "'ve": "have", "'ll": "will",
    "n't": "not", "ca": "can", "wo": "will", "has": "have", "had": "have", "does": "do", "did": "do", "an": "a", "me": "i", "us": "we", "him": "he",
    "them": "they",
}  # fmt: skip


def split_contraction(word: str) -> tuple[str, str] | None:
    """The two parts of a contraction, as a tagger expects them, or None.

    Examples
    --------
    >>> split_contraction("don't"), split_contraction("we’re"), split_contraction("o'clock")
    (('do', "n't"), ('we', '’re'), None)
    """
    found = _CONTRACTION.match(word)
    return (found["stem"], found["tail"]) if found else None


def analyse(form: str, pos: str = "", features: dict[str, str] | None = None, shape: str = "") -> WordType:
    """Everything known of an English form.

    Parameters
    ----------
    form : str
        Lower case.
    pos : str
        Universal part of speech, where a tagger has decided it; chooses among the readings.
    features : dict of str to str, optional
        The tagger's morphology; guessed from the ending where there is none.
    shape : str
        How it is written, as in `WordType`.
    """
    form = form.replace("’", "'")
    person, number = _PRONOUNS.get(form, (0, ""))
    found = form_table("en").analyse(form)
    if form in _PRONOUNS or form in _POS_OF:
        lemma = _LEMMA_OF.get(form, form)
        chosen = pos or ("PRON" if form in _PRONOUNS else _POS_OF[form])
    else:
        reading = next((r for r in found if r.pos == pos), None) or (found[0] if not pos or pos in ("X", "INTJ") else None)
        lemma = reading.lemma if reading else _closest(found, form, pos)
        chosen = pos or found[0].pos
    known = features if features is not None else _guessed(form, chosen, lemma)
    return WordType(
        form=form, lemma=lemma, pos=chosen, parts=tuple(p for p in lemma.split("-") if p) or (lemma,), person=person,
        number=number or known.get("Number", ""), voice=known.get("Voice", ""), mood=known.get("Mood", ""), tense=known.get("Tense", ""),
        verb_form=known.get("VerbForm", ""), shape=shape,
    )  # fmt: skip


def _closest(found: tuple[Analysis, ...], form: str, pos: str) -> str:
    # A participle tagged as an adjective, or a name: the form is its own base.
    return form if pos in ("PROPN", "ADJ", "ADV") else found[0].lemma


def _guessed(form: str, pos: str, lemma: str) -> dict[str, str]:
    if pos == "NOUN" and form != lemma and form.endswith("s"):
        return {"Number": "Plur"}
    if pos not in ("VERB", "AUX"):
        return {}
    if form in _PAST_AUX:
        return {"VerbForm": "Fin", "Tense": "Past"}
    if form.endswith("ing") and form != lemma:
        return {"VerbForm": "Part", "Tense": "Pres"}
    if form.endswith("ed") and form != lemma:
        return {"VerbForm": "Part", "Tense": "Past"}
    if form == lemma:
        return {"VerbForm": "Inf"}
    # Irregular: went, told, saw; most are finite in posts.
    return {"VerbForm": "Fin"} if form.endswith("s") else {"VerbForm": "Fin", "Tense": "Past"}


_PAST_AUX: Final = frozenset(("was", "were", "had", "did"))
