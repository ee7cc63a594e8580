"""Complements that change their case with the word that governs them: panostaa laatuun, kehittää laatua."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from toneguide.language.analysis import Analysed
from toneguide.language.tokens import Kind
from toneguide.suggest.analyser import in_case, readings_of
from toneguide.suggest.records import Edit

__all__ = ["complement_edits", "find_complement"]

_AND: Final = ("ja", "sekä", "tai")
_REACH: Final = 8


def find_complement(text: Analysed, places: Sequence[int], case: str, *, before: bool = False, after: bool = True) -> list[int]:
    """Tokens of the nominal phrase in a case, nearest to a phrase; empty where there is none, or more than one.

    Parameters
    ----------
    text : Analysed
        The text.
    places : sequence of int
        Tokens of the phrase that governs.
    case : str
        Such as ``"ill"``.
    before, after : bool
        Where to look: directly before the last word, anywhere after it in the clause.
    """
    if before:
        found = _phrase_before(text, places[-1], case)
        if found:
            return [j for j in found if j not in places]
    return _phrase_after(text, max(places), case) if after else []


def _has_case(text: Analysed, j: int, case: str) -> bool:
    if text.tokens.kinds[j] != Kind.WORD:
        return False
    word = text.tokens.words[j]
    form = word if word[0].isupper() and j not in text.tokens.sentences else word.lower()
    readings = readings_of(form) or readings_of(form.lower())
    return any(case in r.tags.split("+") and r.pos != "V" for r in readings)


def _phrase_before(text: Analysed, at: int, case: str) -> list[int]:
    first = next(a for a, b in text.tokens.sentence_ranges() if a <= at < b)
    found: list[int] = []
    j = at - 1
    while j >= first and _has_case(text, j, case):
        found.append(j)
        j -= 1
    return found[::-1]


def _phrase_after(text: Analysed, at: int, case: str) -> list[int]:
    last = next(b for a, b in text.tokens.sentence_ranges() if a <= at < b)
    runs: list[list[int]] = []
    j = at + 1
    while j < min(last, at + 1 + _REACH):
        if text.tokens.kinds[j] == Kind.PUNCT or text.type_at(j).verb_form == "Fin":
            break
        if _has_case(text, j, case):
            run = _run_from(text, j, last, case)
            runs.append(run)
            j = run[-1]
        j += 1
    return runs[0] if len(runs) == 1 else []


def _run_from(text: Analysed, j: int, last: int, case: str) -> list[int]:
    """Words in the case one after the other, joined ones too: uuteen laatuun ja osaamiseen."""
    run = [j]
    k = j + 1
    while k < last:
        if _has_case(text, k, case):
            run.append(k)
        elif not (text.tokens.words[k].lower() in _AND and k + 1 < last and _has_case(text, k + 1, case)):
            break
        k += 1
    return run


def complement_edits(text: Analysed, places: Sequence[int], old: str, new: str) -> tuple[Edit, ...]:
    """Edits that put the words of a complement into another case; empty where one of them is not certain."""
    edits = []
    for j in places:
        word = text.tokens.text[text.tokens.starts[j] : text.tokens.ends[j]]
        form = _kept_capital(word, in_case(word, old, new) or in_case(word.lower(), old, new))
        if not form:
            return ()
        edits.append(Edit(text.tokens.starts[j], text.tokens.ends[j], form))
    return tuple(edits)


def _kept_capital(word: str, form: str) -> str:
    return form[:1].upper() + form[1:] if word[:1].isupper() and form else form.lower()
