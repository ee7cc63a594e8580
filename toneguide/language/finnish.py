"""Finnish: readings of a word form, spoken forms, clitics, compound parts."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from typing import Final

from toneguide.language.forms import Analysis, form_table
from toneguide.language.words import WordType

__all__ = ["analyse", "compound_parts", "standard_form", "without_clitic"]

_CASES: Final = {
    "nom": "Nom", "gen": "Gen", "par": "Par", "ine": "Ine", "ela": "Ela", "ill": "Ill", "ade": "Ade", "abl": "Abl", "all": "All",
    "ess": "Ess", "tra": "Tra", "ins": "Ins", "abe": "Abe", "com": "Com", "acc": "Acc",
}  # fmt: skip
_MOODS: Final = {"imper": "Imp", "cond": "Cnd", "poten": "Pot"}
_CLITICS: Final = ("ko", "kin", "kaan", "han", "pa", "s", "ka")
# Longest first; what stands before must be a word of its own.
_CLITIC: Final = re.compile(r"(?:k[oö]s?|p[aä]s?)?(?:h[aä]n)$|k[oö]s?$|p[aä]s?$|kin$|k[aä]{2}n$")
_FIRST_PARTS_MIN: Final = 3
# A head not seen in a compound yet has to be a common word of this length.
_HEAD_MIN: Final = 6


@lru_cache(maxsize=None)
def _spoken() -> dict[str, str]:
    lines = (resources.files("toneguide.language") / "data" / "fi_spoken.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t")[:2] for line in lines if line and not line.startswith("#"))


def standard_form(form: str) -> str:
    """The standard written form of a common spoken one, else the form itself.

    Examples
    --------
    >>> standard_form("oon"), standard_form("tehhään"), standard_form("talo")
    ('olen', 'tehdään', 'talo')
    """
    return _spoken().get(form, form)


def readings(form: str) -> tuple[Analysis, ...]:
    """Readings of a lower-case form, spoken forms as their standard ones."""
    return form_table("fi").analyse(standard_form(form))


def without_clitic(form: str) -> tuple[str, str]:
    """Split a form into what a tagger knows and its clitic.

    Returns
    -------
    base, clitic : str
        The clitic without vowel harmony, ``""`` where there is none.

    Examples
    --------
    >>> without_clitic("muistathan"), without_clitic("rahan")
    (('muistat', 'han'), ('rahan', ''))
    """
    clitics = [tag for tag in readings(form)[0].tags if tag in _CLITICS]
    found = _CLITIC.search(form) if clitics else None
    if found is None or found.start() < 2:
        return form, ""
    return form[: found.start()], "+".join(clitics)


def analyse(form: str, pos: str = "", features: dict[str, str] | None = None, shape: str = "") -> WordType:
    """Everything known of a Finnish form.

    Parameters
    ----------
    form : str
        Lower case.
    pos : str
        Universal part of speech, where a tagger has decided it; chooses among the readings.
    features : dict of str to str, optional
        The tagger's morphology (``{"Case": "Gen"}``); replaces the table's where given.
    shape : str
        How it is written, as in `WordType`.
    """
    found = readings(form)
    reading = next((r for r in found if _same_class(r.pos, pos)), found[0])
    known = form_features(reading)
    if features is not None and not _spoken().get(form):
        # Finnish endings say more than a tagger trained on edited text; it decides what endings cannot.
        if not _same_class(pos, reading.pos):
            known |= features
        elif features.get("Connegative") == "Yes":
            known |= {"Mood": "Ind", "Person": ""}
    chosen = pos if pos and not _spoken().get(form) else reading.pos
    lemma = reading.lemma
    return WordType(
        form=form, lemma=lemma, pos=chosen, parts=compound_parts(lemma) if chosen in ("NOUN", "ADJ", "PROPN") else (lemma,),
        person=int(known.get("Person", "") or 0) if known.get("Person", "").isdigit() else 0,
        number=known.get("Number", ""), case=known.get("Case", ""), voice=known.get("Voice", ""), mood=known.get("Mood", ""),
        tense=known.get("Tense", ""), verb_form=known.get("VerbForm", ""), possessor=int(known.get("Person[psor]", "0") or 0),
        possessor_number=known.get("Number[psor]", ""), clitic=known.get("Clitic", ""), shape=shape,
    )  # fmt: skip


_CLASSES: Final = {
    pos: number
    for number, group in enumerate(("VERB AUX", "NOUN PROPN", "ADV ADP SCONJ CCONJ PART", "PRON DET", "ADJ NUM"))
    for pos in group.split()
}


def _same_class(one: str, other: str) -> bool:
    return one == other or (one in _CLASSES and _CLASSES[one] == _CLASSES.get(other))


@lru_cache(maxsize=None)
def _features_of(tags: tuple[str, ...], pos: str) -> tuple[tuple[str, str], ...]:
    known: dict[str, str] = {}
    for tag in tags:
        if tag in _CASES:
            known["Case"] = _CASES[tag]
        elif tag in ("sg", "pl"):
            known["Number"] = "Sing" if tag == "sg" else "Plur"
        elif tag in _MOODS:
            known["Mood"] = _MOODS[tag]
        elif tag == "past":
            known["Tense"] = "Past"
        elif tag == "pres":
            known["Tense"] = "Pres"
        elif tag == "pass":
            known["Voice"] = "Pass"
        elif tag[:1] in "123" and tag[1:] in ("sg", "pl"):
            known |= {"Person": tag[0], "Number": "Sing" if tag[1:] == "sg" else "Plur"}
        elif tag.startswith("poss"):
            known["Person[psor]"] = tag[4]
            known["Number[psor]"] = {"sg": "Sing", "pl": "Plur"}.get(tag[5:], "")
        elif tag.startswith("part_"):
            known["VerbForm"] = "Part"
        elif tag.startswith("inf"):
            known["VerbForm"] = "Inf"
        elif tag in _CLITICS:
            known["Clitic"] = f"{known['Clitic']}+{tag}" if "Clitic" in known else tag
    if pos in ("VERB", "AUX") and "VerbForm" not in known and "conneg" not in tags:
        known["VerbForm"] = "Fin"
        known.setdefault("Mood", "Ind")
    if "conneg" in tags:
        known |= {"VerbForm": "Fin", "Mood": known.get("Mood", "Ind"), "Person": ""}
    return tuple(known.items())


def form_features(reading: Analysis) -> dict[str, str]:
    """Universal Dependencies features of a reading; a personal pronoun has its person."""
    known = dict(_features_of(reading.tags, reading.pos))
    if reading.pos == "PRON" and reading.lemma in _PERSONS:
        known["Person"], known["Number"] = _PERSONS[reading.lemma]
    return known


_PERSONS: Final = {
    "minä": ("1", "Sing"),
    "sinä": ("2", "Sing"),
    "hän": ("3", "Sing"),
    "me": ("1", "Plur"),
    "te": ("2", "Plur"),
    "he": ("3", "Plur"),
}


@lru_cache(maxsize=None)
def _parts() -> tuple[frozenset[str], frozenset[str]]:
    lines = (resources.files("toneguide.language") / "data" / "fi_parts.txt").read_text(encoding="utf-8").splitlines()
    words = (resources.files("toneguide.language") / "data" / "fi_words.txt").read_text(encoding="utf-8").split()
    heads = {line[1:] for line in lines if line.startswith("-")} | {word for word in words if len(word) >= _HEAD_MIN}
    return frozenset(line[:-1] for line in lines if line.endswith("-")), frozenset(heads)


def compound_parts(lemma: str) -> tuple[str, ...]:
    """Parts of a compound's base form; the lemma alone where it is simple or unknown.

    Examples
    --------
    >>> compound_parts("asiakasrajapinta"), compound_parts("kahvi")
    (('asiakas', 'raja', 'pinta'), ('kahvi',))
    """
    if "-" in lemma.strip("-"):
        first, _, rest = lemma.partition("-")
        return (first, *compound_parts(rest)) if rest else (lemma,)
    firsts, heads = _parts()
    n = len(lemma)
    # The fewest pieces up to each place; among as many, those whose last piece is longest.
    best: dict[int, tuple[str, ...]] = {0: ()}
    for start in range(n - _FIRST_PARTS_MIN + 1):
        if start in best:
            for end in range(start + _FIRST_PARTS_MIN, n + (start > 0)):
                piece = lemma[start:end]
                if piece in (firsts if end < n else heads) and (end not in best or len(best[start]) + 1 < len(best[end])):
                    best[end] = (*best[start], piece)
    return best.get(n) or (lemma,)
