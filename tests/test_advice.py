"""Advice on structure: it fires where it should, stays silent where not, and rewrites nothing."""

from __future__ import annotations

import pytest

from toneguide.interface import use_language
from toneguide.render.advice_words import advice_lines, advice_words
from toneguide.suggest.advice import ADVICE, find_advice
from toneguide.suggest.records import Advice

LONG_FI = "Viime viikolla " + "me kävimme monta kertaa katsomassa uutta taloa ja " * 4 + "palasimme kotiin."
LONG_EN = "Last week " + "we went many times to look at the new house and " * 4 + "we came home."
CASES = {
    ("no_doer", "fi"): ("Päätös tehtiin eilen.", "Me tehtiin se yhdessä. Teimme päätöksen eilen."),
    ("no_doer", "en"): ("The form was reviewed.", "The form was reviewed by Anna. We reviewed it. We are thrilled to announce it."),
    ("long_sentence", "fi"): (LONG_FI, "Kävimme siellä. Palasimme kotiin."),
    ("long_sentence", "en"): (LONG_EN, "We went there. We came home."),
    ("noun_stack", "fi"): ("Asiakaspalvelun prosessin kehittämisen suunnitelma valmistui.", "Talon katto vuotaa."),
    ("noun_stack", "en"): ("The customer service process improvement plan is ready.", "The house roof leaks."),
    ("no_reader", "fi"): ("Yhtiö avaa uuden myymälän keväällä. " * 6, "Tuletko mukaan? " + "Yhtiö avaa uuden myymälän keväällä. " * 6),
    ("no_reader", "en"): ("The company opens a new shop in spring. " * 5, "Will you come? " + "The company opens a new shop in spring. " * 5),
    ("even_sentences", "fi"): ("Me korjasimme katon eilen illalla. " * 5, "Korjasimme katon. Se kesti koko pitkän sateisen illan ja yön. Huh. Nyt nukutaan."),
    ("even_sentences", "en"): ("We fixed the roof last night together. " * 5, "We fixed it. It took all of a long rainy night and a day. Phew. Now we sleep."),
    ("only_hashtags", "fi"): ("#tiimi #syksy #työ", "Haravoimme pihan. #tiimi #syksy #työ"),
    ("only_hashtags", "en"): ("#team #autumn #work", "We raked the yard. #team #autumn #work"),
}  # fmt: skip


@pytest.fixture
def kinds(analyse):
    return lambda text, language: {a.name for a in find_advice([analyse(text, language)])}


@pytest.mark.parametrize(("name", "language"), CASES)
def test_advice_fires_where_it_should_and_stays_silent_elsewhere(kinds, name, language):
    fires, silent = CASES[name, language]
    assert name in kinds(fires, language)
    assert name not in kinds(silent, language)


def test_every_kind_of_advice_has_a_case_and_words():
    assert {name for name, _ in CASES} | {"buzz_row"} == set(ADVICE)
    for language in ("fi", "en"):
        use_language(language)
        for name in ADVICE:
            assert "→" in advice_words(Advice(name, ((0, 1),), "x"))
    use_language(None)


def test_three_buzz_phrases_in_a_row_are_one_piece_of_advice(fast):
    text = "Tarjoamme innovatiivisia, skaalautuvia ja saumattomia ratkaisuja sidosryhmille. Kiitos teille!"
    rows = [a for a in fast.score(text, language="fi").advice if a.name == "buzz_row"]
    assert len(rows) == 1
    start, end = rows[0].spans[0]
    assert "innovatiivisia" in text[start:end]
    assert "Kiitos" not in text[start:end]


def test_an_example_is_shown_once_for_each_kind(analyse):
    use_language("en")
    lines = list(advice_lines(find_advice([analyse("The form was reviewed. The door was opened.", "en")])))
    assert len(lines) == 2
    assert sum("For example" in line for line in lines) == 1
    use_language(None)


def test_spans_of_advice_slice_the_text(fast):
    for text, _ in CASES.values():
        for advice in fast.score(text, language="fi", min_words=0).advice:
            assert all(0 <= a < b <= len(text) for a, b in advice.spans)
