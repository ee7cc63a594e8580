"""English words: contractions, pronouns, irregular forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toneguide.language import english


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("don't", ("do", "n't")),
        ("Don’t", ("Do", "n’t")),
        ("we're", ("we", "'re")),
        ("she'll", ("she", "'ll")),
        ("it's", ("it", "'s")),
        ("I'm", ("I", "'m")),
        ("ferryman's", ("ferryman", "'s")),
        ("o'clock", None),
        ("rock'n'roll", None),
        ("n't", None),
        ("plain", None),
    ],
)
def test_contraction(word, parts):
    assert english.split_contraction(word) == parts


@given(st.text(max_size=40))
def test_contraction_parts_put_together_are_the_word(word):
    parts = english.split_contraction(word)
    assert parts is None or "".join(parts) == word


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("went", "go"),
        ("told", "tell"),
        ("children", "child"),
        ("running", "run"),
        ("leverages", "leverage"),
        ("was", "be"),
        ("n't", "not"),
        ("us", "we"),
    ],
)
def test_lemma(form, lemma):
    assert english.analyse(form).lemma == lemma


@pytest.mark.parametrize(
    ("form", "person", "number"),
    [("i", 1, "Sing"), ("our", 1, "Plur"), ("you", 2, ""), ("they", 3, "Plur"), ("ferry", 0, ""), ("who", 0, "")],
)
def test_pronoun_has_a_person(form, person, number):
    found = english.analyse(form)
    assert (found.person, found.number) == (person, number)


@pytest.mark.parametrize(
    ("form", "tense", "verb_form"),
    [("went", "Past", "Fin"), ("was", "Past", "Fin"), ("leveraged", "Past", "Part"), ("running", "Pres", "Part")],
)
def test_tense_is_guessed_from_the_form(form, tense, verb_form):
    found = english.analyse(form)
    assert (found.tense, found.verb_form) == (tense, verb_form)


def test_the_tagger_is_believed_where_it_speaks():
    found = english.analyse("meeting", "VERB", {"Tense": "Pres", "VerbForm": "Part"})
    assert (found.lemma, found.pos, found.verb_form) == ("meet", "VERB", "Part")
    assert english.analyse("meeting", "NOUN", {}).lemma == "meeting"


@pytest.mark.parametrize("form", ["'m", "’m"])
def test_a_contraction_is_read_whatever_its_mark(form):
    assert english.analyse(form).lemma == "be"


@pytest.mark.parametrize("form", ["red", "old", "better", "best"])
def test_common_adjectives_are_adjectives(form):
    assert english.analyse(form).pos == "ADJ"


@pytest.mark.parametrize("text", ["We met at five o'clock.", "The dogs' bowls are empty."])
def test_an_apostrophe_alone_makes_no_contraction(fast, text):
    parts = fast.score(text, language="en", min_words=0).evidence
    assert not [part for part in parts if part.name == "contractions" and part.spans]


@given(st.text(max_size=40))
def test_any_form_is_analysed(form):
    found = english.analyse(form.lower())
    assert found.parts
    assert found.person in range(4)
