"""Values: named in any inflected form, shown by deeds, lowered by negation."""

from __future__ import annotations

import pytest

from toneguide.language.analysis import PIPELINES
from toneguide.values.matching import Value, ValueFinder, content_words, read_value


@pytest.fixture
def value_of(request):
    """Scores of one value in one text."""

    def find(value, text: str, language: str, pipeline: str = "fast"):
        guide = request.getfixturevalue(pipeline).with_values([value])
        (score,) = guide.score(text, language=language, min_words=0).values.values()
        return score

    return find


NAMED = [
    ("Rohkeus", "Rohkeudesta puhutaan meillä joka viikko.", "fi"),
    ("Rohkeus", "Siihen tarvittiin rohkeutta.", "fi"),
    ("Vastuu", "Kannoimme vastuumme eilen.", "fi"),
    ("Työhyvinvointi", "Työhyvinvoinnista huolehditaan.", "fi"),
    ("Yhdessä", "Teimme sen yhdessä.", "fi"),
    ("Asiakas ensin", "Asiakkaamme tulevat aina ensin.", "fi"),
    ("Me yhdessä", "Kaikki tehtiin yhdessä.", "fi"),
    ("Be bold", "We were bold yesterday.", "en"),
    ("Be bold", "We were bolder than ever.", "en"),
    ("Customer first", "The customer always comes first here.", "en"),
    ("Trust", "She trusted him.", "en"),
    ({"name": "Rohkeus", "words": ["uskallus"]}, "Uskallusta tarvitaan.", "fi"),
    ({"name": "Courage", "words": ["brave"]}, "They were brave.", "en"),
]
PARTLY = [
    ("Rohkeus", "Rohkeasti eteenpäin taas.", "fi"),
    ("Rohkeus", "Olimme rohkeita eilen.", "fi"),
    ("Vastuu", "Ympäristövastuu on tärkeää.", "fi"),
    ("Luottamus", "Luotamme toisiimme.", "fi"),
    ("Be bold", "Boldness is what we need.", "en"),
    ("Be bold", "She boldly rang him.", "en"),
    ("Customer first", "The customer left.", "en"),
    ("Customer first", "The customer, after many long and very slow years of waiting, came first.", "en"),
]


@pytest.mark.parametrize("pipeline", PIPELINES)
@pytest.mark.parametrize(("value", "text", "language"), NAMED)
def test_own_words_in_any_form_name_a_value(value_of, value, text, language, pipeline):
    assert 50 <= value_of(value, text, language, pipeline).named <= 100


@pytest.mark.parametrize("pipeline", PIPELINES)
@pytest.mark.parametrize(("value", "text", "language"), PARTLY)
def test_a_relative_a_compound_part_or_half_the_words_hint_at_a_value(value_of, value, text, language, pipeline):
    assert 0 < value_of(value, text, language, pipeline).named < 50


@pytest.mark.parametrize(
    ("value", "text", "language"),
    [
        ("Rohkeus", "Kahvi jäähtyi laiturille.", "fi"),
        ("Ilo", "Ilotulitus alkaa.", "sv"),
        ("Be bold", "She rang the bell.", "en"),
        ("Care", "The car was scarce.", "en"),
    ],
)
def test_other_words_name_nothing(value_of, value, text, language):
    assert value_of(value, text, "en" if language == "en" else "fi").named < 50


def test_the_name_alone_knows_no_other_words(value_of):
    assert value_of("Rohkeus", "Uskallusta tarvitaan.", "fi").named == 0
    assert value_of("Yhdessä", "Yhteistyö jatkuu.", "fi").named == 0


@pytest.mark.parametrize("pipeline", PIPELINES)
@pytest.mark.parametrize(
    ("value", "plain", "negated", "language"),
    [
        ("Rohkeus", "Meillä on rohkeutta.", "Meillä ei ole rohkeutta.", "fi"),
        ("Be bold", "We are bold.", "We are not bold.", "en"),
        ("Be bold", "They will be bold.", "They won't be bold.", "en"),
    ],
)
def test_negation_lowers_alignment_and_never_named(value_of, value, plain, negated, language, pipeline):
    one, other = value_of(value, plain, language, pipeline), value_of(value, negated, language, pipeline)
    assert other.alignment < one.alignment
    assert other.named == one.named


def test_one_of_two_mentions_negated_counts_half(value_of):
    one, both = value_of("Rohkeus", "Rohkeus kantaa.", "fi"), value_of("Rohkeus", "Emme pelkää rohkeutta. Rohkeus kantaa.", "fi")
    assert 0 < both.alignment < one.alignment


@pytest.mark.parametrize(
    ("value", "text", "language"),
    [
        pytest.param("Rohkeus", "Pelottiko? Ei. Rohkeutta on meillä.", "fi", id="next-sentence"),
        pytest.param("Yhdessä", "Ei yksin vaan yhdessä.", "fi", id="vaan"),
        pytest.param("Be bold", "She was not angry but bold.", "en", id="but"),
    ],
)
def test_negation_ends_with_its_clause(value_of, value, text, language):
    assert value_of(value, text, language).alignment >= 50


def test_a_negation_after_the_word_lowers_alignment(value_of):
    plain, negated = value_of("Rohkeus", "Rohkeutta meillä on.", "fi"), value_of("Rohkeus", "Rohkeutta meillä ei ole.", "fi")
    assert negated.alignment < plain.alignment


def test_the_numeral_yhdessa_does_not_name_the_value(value_of):
    assert value_of("Yhdessä", "Talo nousi yhdessä yössä.", "fi", "accurate").named < 50


@pytest.mark.parametrize("text", ["Hän asuu yksin.", "Yhtä hyvä kuin ennen."])
def test_alone_is_not_together(value_of, text):
    assert value_of("Yhdessä", text, "fi").named < 50


def test_a_deed_shows_a_value_more_than_a_slogan(value_of):
    slogan = value_of("Rohkeus", "Rohkeus on tärkeää.", "fi")
    deed = value_of("Rohkeus", "Keräsin rohkeuteni ja soitin 12 asiakkaalle.", "fi")
    assert slogan.named == deed.named
    assert slogan.shown < deed.shown
    assert slogan.alignment < deed.alignment


def test_naming_twice_names_more_but_never_over_100(value_of):
    levels = [value_of("Rohkeus", "Rohkeus kantaa. " * n, "fi").named for n in (1, 2, 3, 200)]
    assert levels == sorted(levels)
    assert levels[0] < levels[1]
    assert levels[-1] <= 100


def test_values_hold_every_value_whatever_the_status(valued):
    for text in ("", "Hei", "Rohkeudesta puhutaan meillä joka viikko.", "Tack till alla som var med i går!"):
        assert list(valued.score(text).values) == ["Rohkeus", "Yhdessä", "Be bold"]


def test_a_value_is_found_in_either_language_of_a_post(valued):
    score = valued.score("Siihen tarvittiin paljon rohkeutta meiltä kaikilta. Thank you all for being so bold and see you soon.")
    assert score.values["Rohkeus"].named >= 50
    assert score.values["Be bold"].named >= 50


def test_alignment_grows_with_each_value_and_stays_under_100(fast):
    text = "Teimme sen rohkeasti yhdessä, vaikka rohkeutta kysyttiin."
    one = fast.with_values(["Yhdessä"]).score(text)
    two = fast.with_values(["Yhdessä", "Rohkeus"]).score(text)
    assert one.alignment == one.values["Yhdessä"].alignment
    assert one.alignment < two.alignment <= 100


def test_with_values_gives_a_new_guide(fast):
    assert [value.name for value in fast.with_values(["a", "b"]).values] == ["a", "b"]
    assert fast.values == ()
    assert fast.with_values([]).score("Kiitos kaikille eilisestä, oli kivaa.").alignment is None


@pytest.mark.parametrize(
    ("values", "error", "message"),
    [
        ("Be bold", TypeError, "takes a list"),
        ([""], ValueError, "needs a name"),
        ([{}], ValueError, "needs a name"),
        ([{"name": "a", "words": "b"}], ValueError, "list of words"),
        (["a", " a "], ValueError, "there twice"),
        ([1], ValueError, "needs a name"),
    ],
)
def test_values_that_are_none_are_refused(fast, values, error, message):
    with pytest.raises(error, match=message):
        fast.with_values(values)


def test_read_value_keeps_a_value_and_trims_a_name():
    value = Value("Rohkeus", ("uskallus",))
    assert read_value(value) is value
    assert read_value(" Be bold ") == Value("Be bold")


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("Be bold", ("bold",)),
        ("Me yhdessä", ("yhdessä",)),
        ("We are us", ("we", "are", "us")),
        ("Asiakas ensin!", ("asiakas", "ensin")),
        ("🎉", ()),
    ],
)
def test_content_words(phrase, words):
    assert content_words(phrase) == words


def test_a_value_written_as_a_hashtag_is_found(value_of):
    assert value_of("#RohkeastiYhdessä", "Olipa päivä, rohkeasti yhdessä.", "fi").named >= 50


def test_a_value_without_words_is_never_named(fast):
    score = fast.with_values(["🎉"]).score("Juhla jatkuu 🎉 ja kaikki tanssivat.")
    assert (score.values["🎉"].alignment, score.values["🎉"].named) == (0.0, 0.0)


def test_no_values_cost_nothing(analyse):
    assert ValueFinder([], "fi").score(analyse("Rohkeus kantaa.", "fi")) == ()
