"""Finnish officialese of duty: tulee toimittaa, on toimitettava; people say pitää toimittaa."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from toneguide.language.analysis import Analysed
from toneguide.language.finnish import readings
from toneguide.suggest.records import Choice, Edit, Suggestion

__all__ = ["find_duties"]

_COMES: Final = {"tulee": "pitää", "tulisi": "pitäisi", "tuleekin": "pitääkin", "tuleeko": "pitääkö"}
_IS: Final = {"on": "pitää", "olisi": "pitäisi", "oli": "piti"}
_TO_BE_DONE: Final = ("pass", "part_pres", "sg", "nom")
_REACH: Final = 4


def find_duties(text: Analysed, blocked: Iterable[int] = ()) -> Iterator[Suggestion]:
    """Duties put officially, with the everyday verb instead; what is left to do stays as it is.

    Parameters
    ----------
    text : Analysed
        Finnish.
    blocked : iterable of int
        Tokens to leave alone.
    """
    left = frozenset(blocked)
    words = [word.lower() for word in text.tokens.words]
    for i, word in enumerate(words):
        if i in left:
            continue
        if word in _COMES:
            found = _infinitive_after(text, i)
            if found is not None and found not in left:
                yield _suggestion(text, (i,), _COMES[word], i, found)
        elif word in _IS and i + 1 < len(words) and i + 1 not in left:
            base = _duty(words[i + 1])
            if base:
                yield _suggestion(text, (i, i + 1), f"{_IS[word]} {base}", i, i + 1)


def _infinitive_after(text: Analysed, i: int) -> int | None:
    """The first infinitive that tulee governs; none where somebody comes to do something."""
    last = next(b for a, b in text.tokens.sentence_ranges() if a <= i < b)
    for j in range(i + 1, min(i + 1 + _REACH, last)):
        word = text.type_at(j)
        form = word.form
        if text.tokens.words[j] in ",;:":
            return None
        if word.pos == "VERB" and word.lemma == form and form.endswith(("a", "ä")):
            return j
        if word.verb_form == "Fin" or "inf3" in readings(form)[0].tags:
            return None
    return None


def _duty(form: str) -> str:
    """The infinitive of a verb that has to be done: toimittaa of toimitettava; ``""`` for a noun such as tehtävä."""
    found = readings(form)
    if len(found) == 1 and found[0].pos in ("VERB", "AUX") and found[0].tags == _TO_BE_DONE:
        return found[0].lemma
    return "olla" if form == "oltava" else ""


def _suggestion(text: Analysed, places: tuple[int, ...], words: str, first: int, last: int) -> Suggestion:
    tokens = text.tokens
    start, end = tokens.starts[places[0]], tokens.ends[places[-1]]
    made = words[0].upper() + words[1:] if tokens.words[places[0]][0].isupper() else words
    # The verb beside it makes the pair of words readable: tulee toimittaa, pitää toimittaa.
    rest = tokens.text[end : tokens.ends[last]] if last == first + 1 and len(places) == 1 else ""
    return Suggestion(((start, end),), tokens.text[start:end] + rest, (Choice(made + rest, (Edit(start, end, made),)),))
