"""Language identification: short posts, sentence by sentence, and what nobody can tell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toneguide.language.identify import by_sentence, identify, language_name, post_language, telling, words_of
from toneguide.language.tokens import tokenize

SHORT = {
    "fi": (
        "Kiitos kaikille, nähdään huomenna!",
        "Uusi hissi on nyt käytössä.",
        "Huomenta",
        "Ei hätää",
        "mä oon ihan poikki",
        "Asiakaslähtöisyys",
        "Hyvää viikonloppua kaikille",
    ),
    "en": (
        "Thanks everyone, see you tomorrow!",
        "Anyone for coffee?",
        "The new lift is now in use.",
        "Good morning",
        "No worries",
        "gonna grab a coffee",
        "Stakeholder engagement",
    ),
    "sv": (
        "Tack till alla som var med!",
        "Vi ses i morgon på kontoret.",
        "Nu är den nya hissen i bruk.",
        "God morgon",
        "Tack så mycket",
        "Trevlig helg allihopa",
    ),
    "et": ("Aitäh kõigile, näeme homme!", "Uus lift on nüüd kasutusel.", "Head uut aastat kõigile", "Tere hommikust kõigile sõpradele"),
    "de": ("Vielen Dank an alle, bis morgen!",),
    "ru": ("Спасибо всем, увидимся завтра!",),
    "fr": ("Merci à tous, à demain !",),
}
CASES = [(code, text) for code, texts in SHORT.items() for text in texts]


def found_in(text: str) -> str:
    return identify(words_of(tokenize(text))).language


def sentence_languages(text: str, main: str) -> list[str]:
    return by_sentence(tokenize(text), main)


@pytest.mark.parametrize(("code", "text"), CASES)
def test_short_text_is_told(code, text):
    assert found_in(text) == code


@pytest.mark.parametrize(("code", "text"), CASES)
def test_words_that_tell_a_language_never_tell_another_than_the_whole_text(code, text):
    assert post_language(tokenize(text)) == post_language(tokenize(f"{text} {text} {text}")) == code


def test_a_name_and_a_word_of_two_languages_tell_nothing():
    assert [telling(word) for word in ("Helsinki", "on", "Nokia", "vaniljakastike")] == [0, 0, 0, 0]


def test_capitals_are_read_as_small_letters():
    assert found_in("KIITOS KAIKILLE TALKOOLAISILLE") == "fi"


@pytest.mark.parametrize("text", ["", "123", "\ud800", "OK", "asdf qwer"])
def test_nobody_can_tell(text):
    assert identify(text).language == ""


def test_an_arabic_post_is_neither_finnish_nor_english():
    assert found_in("مرحبا بالعالم، كيف حالكم اليوم؟") == "ar"


@given(st.text())
def test_any_text_gives_a_code_or_nothing(text):
    found = identify(text)
    assert found.language == "" or language_name(found.language) != found.language


def test_links_and_hashtags_are_not_running_words():
    assert words_of(tokenize("Moi @lautturi #hyvätyö https://example.org 🎉 kaikki")) == "Moi kaikki"


def test_sentences_of_two_languages_are_told_apart():
    text = "Moi kaikki ja kiitos eilisestä talkoosta. Thank you all for coming today and see you soon."
    assert sentence_languages(text, "fi") == ["fi", "en"]


def test_swedish_sentence_in_a_finnish_post_is_told():
    text = "Kävimme tänään Turussa katsomassa hissiä. Det var en fin dag och vi hade roligt tillsammans. Kiitos kaikille!"
    assert sentence_languages(text, "fi") == ["fi", "sv", "fi"]


def test_a_few_words_go_with_the_post():
    assert sentence_languages("Kiitos kaikille eilisestä talkoosta. So nice. Nähdään taas!", "fi") == ["fi", "fi", "fi"]


@pytest.mark.parametrize("english", ["Today we opened a new service hall.", "Thanks to the whole team for the great work."])
def test_plain_english_sentence_in_a_finnish_post_is_told(english):
    assert sentence_languages(f"Tänään avattiin uusi huoltohalli. {english}", "fi") == ["fi", "en"]


def test_unknown_code_is_its_own_name():
    assert language_name("xx") == "xx"
    assert language_name("sv") == "Swedish"
