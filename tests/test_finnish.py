"""Finnish words: clitics, persons, spoken forms, compounds, and what fools a tagger."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toneguide.language import finnish
from toneguide.language.analysis import PIPELINES

letters = st.text("abcdefghijklmnoprstuvyäö", min_size=1, max_size=20)


BOTH = pytest.mark.parametrize("pipeline", PIPELINES)


def only(pipeline: str, reason: str) -> pytest.MarkDecorator:
    """Both pipelines, one of them known to be wrong."""
    marked = [pytest.param(name, marks=pytest.mark.xfail(reason=reason)) if name == pipeline else name for name in PIPELINES]
    return pytest.mark.parametrize("pipeline", marked)


@pytest.fixture
def word(analyse):
    """The type of one word of a sentence."""

    def find(text: str, form: str, pipeline: str):
        analysed = analyse(text, "fi", pipeline)
        return next(analysed.type_at(i) for i in range(len(analysed.tokens)) if analysed.type_at(i).form == form)

    return find


def signals_of(guide, text: str) -> set[str]:
    parts = guide.score(text, language="fi", min_words=0).evidence
    return {part.name for part in parts if part.kind == "signal" and part.spans}


@pytest.mark.parametrize(
    ("form", "base", "clitic"),
    [
        ("muistathan", "muistat", "han"),
        ("tulehan", "tule", "han"),
        ("tuletko", "tulet", "ko"),
        ("eikö", "ei", "ko"),
        ("onpa", "on", "pa"),
        ("onkos", "on", "ko+s"),
        ("jokohan", "jo", "ko+han"),
        ("tulekaan", "tule", "kaan"),
        ("rahan", "rahan", ""),
        ("kenkä", "kenkä", ""),
        ("tuokaa", "tuokaa", ""),
        ("taloa", "taloa", ""),
    ],
)
def test_clitic_is_cut_where_there_is_one(form, base, clitic):
    assert finnish.without_clitic(form) == (base, clitic)


@given(letters)
def test_base_and_clitic_never_grow_the_form(form):
    base, clitic = finnish.without_clitic(form)
    assert form.startswith(base)
    assert bool(clitic) == (base != form)


@pytest.mark.parametrize(
    ("form", "person", "number"),
    [
        ("kannoin", 1, "Sing"),
        ("kannoimme", 1, "Plur"),
        ("muistat", 2, "Sing"),
        ("muistatte", 2, "Plur"),
        ("hän", 3, "Sing"),
        ("teiltä", 2, "Plur"),
    ],
)
def test_person_and_number_are_read_off_the_form(form, person, number):
    found = finnish.analyse(form)
    assert (found.person, found.number) == (person, number)


@pytest.mark.parametrize(
    ("form", "possessor", "number"),
    [("talossani", 1, "Sing"), ("autoomme", 1, "Plur"), ("talosi", 2, "Sing"), ("työnne", 2, "Plur"), ("kirjansa", 3, "")],
)
def test_possessor_is_read_off_the_ending(form, possessor, number):
    found = finnish.analyse(form)
    assert (found.possessor, found.possessor_number) == (possessor, number)


@pytest.mark.parametrize(("spoken", "lemma"), [("oon", "olla"), ("tehhään", "tehdä"), ("mun", "minä"), ("sun", "sinä"), ("ollaan", "olla")])
def test_spoken_form_is_analysed_as_the_standard_one(spoken, lemma):
    assert finnish.analyse(spoken).lemma == lemma
    assert finnish.analyse(spoken).form == spoken


@pytest.mark.parametrize("form", ["minä", "mä", "mää", "mie"])
def test_i_is_the_first_person(form):
    found = finnish.analyse(form)
    assert (found.lemma, found.person, found.number) == ("minä", 1, "Sing")


@pytest.mark.parametrize(
    ("lemma", "parts"),
    [
        ("asiakasrajapinta", ("asiakas", "raja", "pinta")),
        ("toimitusketju", ("toimitus", "ketju")),
        ("kaupunginhallitus", ("kaupungin", "hallitus")),
        ("it-osasto", ("it", "osasto")),
        ("kahvi", ("kahvi",)),
        ("kevät", ("kevät",)),
        ("yö", ("yö",)),
        ("-", ("-",)),
    ],
)
def test_compound_parts(lemma, parts):
    assert finnish.compound_parts(lemma) == parts


@given(letters)
def test_compound_parts_put_together_are_the_word(lemma):
    assert "".join(finnish.compound_parts(lemma)) == lemma


@given(st.text(max_size=40))
def test_any_form_is_analysed(form):
    found = finnish.analyse(form.lower())
    assert found.form == form.lower()
    assert found.parts
    assert found.person in range(4)


@pytest.mark.parametrize(
    ("form", "voice", "mood", "tense"),
    [
        ("toteutetaan", "Pass", "Ind", "Pres"),
        ("toteutettiin", "Pass", "Ind", "Past"),
        ("tulisitko", "", "Cnd", ""),
        ("tulehan", "", "Imp", ""),
    ],
)
def test_voice_mood_and_tense(form, voice, mood, tense):
    found = finnish.analyse(form)
    assert (found.voice, found.mood, found.tense) == (voice, mood, tense)


# What fools a tagger, on both pipelines.


@BOTH
def test_muistathan_is_second_person(word, pipeline):
    found = word("Muistathan palauttaa avaimet.", "muistathan", pipeline)
    assert (found.lemma, found.person, found.clitic) == ("muistaa", 2, "han")


@BOTH
def test_tulehan_is_an_imperative_and_not_first_person(word, pipeline):
    found = word("Tulehan käymään.", "tulehan", pipeline)
    assert (found.lemma, found.person, found.mood, found.clitic) == ("tulla", 2, "Imp", "han")


@BOTH
@pytest.mark.parametrize("text", ["Me mennään huomenna.", "Me ollaan kotona.", "Me tehdään se yhdessä."])
def test_spoken_we_is_heard(text, pipeline, request):
    assert "spoken_we" in signals_of(request.getfixturevalue(pipeline), text)


@BOTH
def test_spoken_we_is_heard_in_the_past(pipeline, request):
    assert "spoken_we" in signals_of(request.getfixturevalue(pipeline), "Kyllä me eilen mentiin.")


@BOTH
def test_teilla_is_the_reader(word, pipeline):
    found = word("Teillähän on siellä lunta.", "teillähän", pipeline)
    assert (found.lemma, found.person, found.clitic) == ("te", 2, "han")


@pytest.mark.xfail(reason="teillä is the reader even where it is roads")
@BOTH
def test_roads_are_not_the_reader(pipeline, request):
    assert "reader" not in signals_of(request.getfixturevalue(pipeline), "Pienillä teillä on liukasta.")


@BOTH
def test_yhdessa_is_an_adverb_where_people_do_things_together(word, pipeline):
    found = word("Teimme sen yhdessä.", "yhdessä", pipeline)
    assert (found.lemma, found.pos) == ("yhdessä", "ADV")


@only("fast", "the fast pipeline does not see the next word")
def test_yhdessa_is_a_numeral_before_a_noun_in_its_case(word, pipeline):
    assert word("Talo nousi yhdessä yössä.", "yhdessä", pipeline).pos == "NUM"


@BOTH
def test_conditional_question_is_soft(word, pipeline):
    assert word("Voisitko auttaa hetken?", "voisitko", pipeline).mood == "Cnd"


@BOTH
def test_uusi_is_an_adjective(word, pipeline):
    assert word("Uusi hissi tuli.", "uusi", pipeline).pos == "ADJ"


@pytest.mark.parametrize("text", ["Vaihe III alkaa.", "Kirjoita www alkuun."])
def test_a_roman_numeral_is_not_stretched(fast, text):
    assert "stretched" not in signals_of(fast, text)


@BOTH
def test_kotiin_is_home(word, pipeline):
    assert word("Mennään kotiin.", "kotiin", pipeline).lemma in ("koti", "kotiin")
