"""The clause around a Finnish word: enough of it to choose between what a form can be."""

from __future__ import annotations

from typing import Final, NamedTuple

from toneguide.language.analysis import Analysed
from toneguide.language.finnish import readings
from toneguide.language.tokens import Kind

__all__ = ["Clause", "clause_around", "tense_of"]

_JOINS: Final = frozenset("ja sekä tai eli mutta vaan".split())
_OPENS: Final = frozenset("että jotta koska kun jos vaikka joka jotka jonka joita johon mikä mitä mikäli".split())
_NEGATIVE: Final = frozenset("en et ei emme ette eivät enkä etkä eikä emmekä ettekä eivätkä älä älkää".split())
# Verbs and phrases that take the first infinitive.
_TAKES_INFINITIVE: Final = frozenset(
    "voida haluta pitää täytyä aikoa tahtoa osata kannattaa yrittää saada kuulua koettaa taitaa tarvita pystyä haluava uskaltaa päättää ehtiä viitsiä "
    "jaksaa suunnitella luvata sallia antaa käskeä mahdollistaa auttaa tavoitella olla".split()
)
_NEGATION_REACH: Final = 5
_PAST_TIME: Final = frozenset("eilen viime äsken hiljattain toissapäivänä aiemmin sitten silloin tuolloin jo".split())
_PRESENT_TIME: Final = frozenset("nyt huomenna ensi jatkossa pian tulevaisuudessa joka aina usein päivittäin parhaillaan kohta".split())


class Clause(NamedTuple):
    """What stands around a word.

    Attributes
    ----------
    opens : bool
        Nothing but joining words stands before it in its clause.
    starts_sentence : bool
        It is the sentence's first word.
    joined : bool
        The clause goes on from another by ja, sekä, tai or a comma.
    negator : str
        The negative verb that governs it; ``""`` where there is none.
    verb_before, verb_after : bool
        Another finite verb is in the clause.
    takes_infinitive : bool
        What governs it takes the first infinitive.
    parallel_person : int
        Person of the verb that it is joined to; 0 where that is an infinitive, or there is none.
    """

    opens: bool
    starts_sentence: bool
    joined: bool
    negator: str
    verb_before: bool
    verb_after: bool
    takes_infinitive: bool
    parallel_person: int


def clause_around(text: Analysed, i: int) -> Clause:
    """The clause of token ``i``."""
    first, last = next((a, b) for a, b in text.tokens.sentence_ranges() if a <= i < b)
    start, end = _edge(text, i, first, -1), _edge(text, i, last - 1, 1)
    before, after = range(start, i), range(i + 1, end + 1)
    forms = [word.lower() for word in text.tokens.words]
    finite = [j for j in before if _is_finite(text, j)]
    joined = start > first and (forms[start - 1] in (*_JOINS, ",") or forms[start] in _JOINS)
    governor = finite[-1] if finite else -1
    return Clause(
        opens=not any(text.tokens.kinds[j] == Kind.WORD and forms[j] not in _JOINS for j in before),
        starts_sentence=not any(text.tokens.kinds[j] == Kind.WORD for j in range(first, i)),
        joined=joined, negator=_own_negator(forms, before, i),
        verb_before=bool(finite), verb_after=any(_is_finite(text, j) for j in after),
        takes_infinitive=governor >= 0 and text.type_at(governor).lemma in _TAKES_INFINITIVE,
        parallel_person=_parallel(text, start - 1, first) if joined else 0,
    )  # fmt: skip


def _own_negator(forms: list[str], before: range, i: int) -> str:
    """The negative verb where it is this verb's own: in emme halua tehdä it is that of another one."""
    negator = next((j for j in reversed(before) if forms[j] in _NEGATIVE), -1)
    if negator < 0 or i - negator > _NEGATION_REACH:
        return ""
    between = [reading for j in range(negator + 1, i) for reading in readings(forms[j])]
    # Emme ole implementoineet: the auxiliary and its participle are one verb.
    own = all(reading.lemma == "olla" or reading.pos not in ("VERB", "AUX") for reading in between)
    return forms[negator] if own else ""


def _edge(text: Analysed, i: int, limit: int, step: int) -> int:
    """The outermost token of the clause that way."""
    j = i
    while j != limit:
        word = text.tokens.words[j + step].lower()
        if (
            text.tokens.kinds[j + step] == Kind.PUNCT
            or word in _JOINS
            or (step > 0 and word in _OPENS)
            or text.tokens.words[j].lower() in _OPENS
        ):
            break
        j += step
    return j


def _parallel(text: Analysed, last: int, first: int) -> int:
    """Person of the last verb of the clause before; 0 where another verb governs it, so that it is an infinitive."""
    start = _edge(text, max(first, last - 1), first, -1)
    verbs = [j for j in range(start, last) if text.type_at(j).pos in ("VERB", "AUX") and text.type_at(j).verb_form in ("Fin", "Inf")]
    if not verbs or any(_is_finite(text, j) for j in verbs[:-1]) or not _is_finite(text, verbs[-1]):
        return 0
    return _person(text, verbs[-1])


def _is_finite(text: Analysed, j: int) -> bool:
    word = text.type_at(j)
    return word.pos in ("VERB", "AUX") and word.verb_form == "Fin" and (word.person > 0 or word.voice == "Pass" or word.mood == "Cnd")


def _person(text: Analysed, j: int) -> int:
    word = text.type_at(j)
    return 4 if word.voice == "Pass" else word.person


def tense_of(text: Analysed, i: int) -> str:
    """``"past"``, ``"pres"`` or ``""``: what the time words and other verbs of the sentence, then of the text, say."""
    first, last = next((a, b) for a, b in text.tokens.sentence_ranges() if a <= i < b)
    for places in (range(first, last), range(len(text.tokens))):
        forms = {text.tokens.words[j].lower() for j in places}
        if forms & _PAST_TIME and not forms & _PRESENT_TIME:
            return "past"
        if forms & _PRESENT_TIME and not forms & _PAST_TIME:
            return "pres"
        tenses = {text.type_at(j).tense for j in places if j != i and _is_finite(text, j) and not _is_loose(text, j)} - {""}
        if len(tenses) == 1:
            return "past" if tenses == {"Past"} else "pres"
    return ""


def _is_loose(text: Analysed, j: int) -> bool:
    """A verb whose form is the same in both tenses: implementoi, kehitimme is not."""
    return text.type_at(j).lemma.endswith(("oida", "öidä")) and text.type_at(j).voice != "Pass"
