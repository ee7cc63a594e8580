"""Finding value words: paradigms in, look-alikes out, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from toneguide.language.analysis import load_pipeline
from toneguide.language.tokens import tokenize
from toneguide.values.matching import Value, ValueFinder
from toneguide.values.words import OWN, WordIndex, is_base_form, lemmas_of

LINES = (Path(__file__).parent / "value_forms_fi.txt").read_text(encoding="utf-8").splitlines()
FINNISH = {word: forms.split() for word, _, forms in (line.partition(": ") for line in LINES if not line.startswith("#"))}
ENGLISH = {
    "trust": "trust trusts trusted trusting trust's", "care": "care cares cared caring", "learn": "learn learns learned learnt learning",
    "bold": "bold bolder boldest", "brave": "brave braver bravest", "open": "open opens opened opening", "honest": "honest",
    "courage": "courage courage's", "quality": "quality qualities", "safety": "safety", "respect": "respect respects respected respecting",
    "value": "value values valued valuing", "help": "help helps helped helping", "grow": "grow grows grew grown growing",
    "share": "share shares shared sharing", "listen": "listen listens listened listening", "try": "try tries tried trying",
    "give": "give gives gave given giving", "take": "take takes took taken taking", "keep": "keep keeps kept keeping", "win": "win wins won winning",
    "build": "build builds built building", "teach": "teach teaches taught teaching", "think": "think thinks thought thinking",
    "good": "good better best", "kind": "kind kinder kindest", "simple": "simple simpler simplest", "partner": "partner partners partner's partnered",
    "customer": "customer customers customer's", "community": "community communities", "responsibility": "responsibility responsibilities",
    "integrity": "integrity", "openness": "openness", "joy": "joy joys", "passion": "passion passions", "own": "own owns owned owning",
    "improve": "improve improves improved improving", "dare": "dare dares dared daring", "serve": "serve serves served serving",
    "innovate": "innovate innovates innovated innovating",
}  # fmt: skip
ALIKE_FI = {
    "arvo": "arvoitus arvuuttelu arvostelu arvonta arvella arvata arpoa", "ilo": "kilo pilottihanke ilotulitus ilkeä silo filosofia ilokaasu",
    "taito": "taittaa taitos taitto taitekohta", "laatu": "laatikko laatta laatoitus laadinta", "työ": "tyyny tyyli työntää", "apu": "apila apuri apea",
    "teko": "tekele tekstiili tekniikka", "vapaus": "vapista vapautua", "vastuu": "vastustaa vastaus vastata", "luottamus": "luoti luoto luotain luettelo",
    "rohkeus": "rohto rohmuta rohdin", "oppia": "oppositio opas opaali", "tahto": "tahtipuikko tahti tahna", "tieto": "tietysti tie tienoo",
    "avoin": "avio avain avanto", "reilu": "reikä reki reissu", "auttaa": "auto autio auttamattomasti", "osaaminen": "osaketta osasto osakas",
    "kunnioitus": "kunta kunto kuntoutus", "asiakas": "asia asiasta asianajaja", "luovuus": "luova luopua luovutus", "reiluus": "reisi reitti",
    "ketteryys": "kettu ketju", "vapaa": "vapauttaa vapina", "lupaus": "lupaan lupasi luvan",
}  # fmt: skip
ALIKE_EN = {
    "care": "career carefree scarce scare caret cargo", "trust": "rust tryst thrust", "bold": "bolt boulder bald embolden", "open": "pen opera opened-up",
    "joy": "jockey join enjoy", "courage": "course court discourage", "respect": "respite aspect inspect", "quality": "qualm quantity equality",
    "safe": "saffron sage", "value": "valve valley vale", "learn": "lean yearn earn", "share": "shark sharp", "kind": "kindle kin kindergarten",
    "listen": "list glisten lost", "simple": "simply sample dimple", "people": "pebble peep", "win": "wine wink twin", "partner": "part party",
}  # fmt: skip


def names(word: str, text: str, language: str) -> bool:
    (analysed,) = load_pipeline("fast").analyse([tokenize(text)], language)
    (score,) = ValueFinder([Value(word)], language).score(analysed)
    return score.named >= 50


def share_found(paradigms: dict[str, list[str]], language: str) -> float:
    pipeline, found, total = load_pipeline("fast"), 0, 0
    for word, forms in paradigms.items():
        index = WordIndex([word], language, [word])
        for analysed in pipeline.analyse([tokenize(form) for form in forms], language):
            found += any(index.hits(analysed.type_at(i)).get(word) == OWN for i in range(len(analysed.tokens)))
            total += 1
    return found / total


def test_at_least_97_of_100_finnish_forms_are_found():
    assert len(FINNISH) >= 60
    assert share_found(FINNISH, "fi") >= 0.97


def test_at_least_99_of_100_english_forms_are_found():
    assert share_found({word: forms.split() for word, forms in ENGLISH.items()}, "en") >= 0.99


@pytest.mark.parametrize(("alike", "language", "most"), [(ALIKE_FI, "fi", 0.02), (ALIKE_EN, "en", 0.01)], ids=["fi", "en"])
def test_look_alikes_name_nothing(alike, language, most):
    pairs = [(word, other) for word, others in alike.items() for other in others.split()]
    wrong = [(word, other) for word, other in pairs if names(word, other, language)]
    assert len(wrong) <= most * len(pairs), wrong


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("Teimme sen yhdessä.", True),
        ("Istuimme yhdessä keittiössä.", True),
        ("Talo nousi yhdessä yössä.", False),
        ("Kaikki mahtui yhdessä huoneessa olevaan kaappiin.", False),
        ("Yhdessä hetkessä kaikki muuttui.", False),
    ],
)
def test_together_is_no_numeral_and_the_numeral_no_value(text, is_named):
    assert names("Yhdessä", text, "fi") == is_named


@pytest.mark.parametrize(
    ("form", "lemma"), [("oppimisesta", "oppiminen"), ("saamattomia", "saamaton"), ("osaavat", "osaava"), ("oppineita", "oppinut")]
)
def test_what_a_verb_makes_has_a_base_form_of_its_own(form, lemma):
    assert lemma in lemmas_of(form, "fi")


@pytest.mark.parametrize(
    ("word", "language", "is_base"), [("rohkeus", "fi", True), ("rohkeutta", "fi", False), ("osaava", "fi", True), ("trusted", "en", False)]
)
def test_base_forms_are_told_from_others(word, language, is_base):
    assert is_base_form(word, language) == is_base
