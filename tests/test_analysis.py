"""Pipelines: fast and accurate give the same tokens, and types that go by the word alone."""

from __future__ import annotations

import pytest

from toneguide.errors import ModelError
from toneguide.language import analysis
from toneguide.language.analysis import PIPELINES, Pipeline, load_pipeline
from toneguide.language.tokens import tokenize

POST = "Moi! Kiitos @lautturi:lle 🎉 ja HR:n väelle, 12.30 nähdään: https://example.org #hyvätyö"


@pytest.fixture(params=PIPELINES)
def pipeline(request):
    return load_pipeline(request.param)


def types_of(pipeline: Pipeline, text: str, language: str) -> list:
    analysed = next(iter(pipeline.analyse([tokenize(text)], language)))
    return [analysed.type_at(i) for i in range(len(analysed.tokens))]


def test_unknown_pipeline_names_those_there_are():
    with pytest.raises(ValueError, match="accurate, fast"):
        Pipeline("slow")


def test_there_is_one_pipeline_of_a_name():
    assert load_pipeline("fast") is load_pipeline("fast")


def test_both_pipelines_cut_alike(analyse):
    fast, accurate = (analyse(POST, "fi", name) for name in PIPELINES)
    assert fast.tokens == accurate.tokens
    assert (fast.n_words, fast.sentence_words) == (accurate.n_words, accurate.sentence_words)


def test_words_and_other_things_are_told_apart(pipeline):
    types = {word.form: word for word in types_of(pipeline, POST, "fi")}
    assert [form for form, word in types.items() if not word.is_word] == [
        "!",
        "@lautturi:lle",
        "🎉",
        ",",
        "12.30",
        ":",
        "https://example.org",
    ]
    assert {types["@lautturi:lle"].pos, types["https://example.org"].pos, types["🎉"].pos, types["12.30"].pos} == {
        "MENTION",
        "LINK",
        "SYM",
        "NUM",
    }


def test_a_word_seen_again_has_the_same_type(pipeline):
    table = pipeline.tables["fi"]
    first = types_of(pipeline, "Kahvi on kuumaa.", "fi")
    size = len(table.types)
    assert types_of(pipeline, "Kahvi on kuumaa.", "fi") == first
    assert len(table.types) == size


def test_texts_come_back_in_order(pipeline):
    texts = [f"Rivi numero {word}." for word in ("yksi", "kaksi", "kolme", "neljä")]
    analysed = list(pipeline.analyse([tokenize(text) for text in texts], "fi"))
    assert [one.tokens.text for one in analysed] == texts


@pytest.mark.parametrize(("text", "form"), [("Siellä istui Toivo.", "Toivo"), ("Onni ja Ilo tulivat.", "Ilo")])
def test_a_name_that_is_also_a_word_is_a_name(pipeline, text, form):
    named = next(word for word in types_of(pipeline, text, "fi") if word.form.lower() == form.lower())
    assert named.pos == "PROPN"


def test_an_inflected_name_is_a_name(fast):
    parts = fast.score("Eilen tapasin Onnin torilla.", language="fi", min_words=0).evidence
    assert not [part for part in parts if part.name == "joy"]


def test_a_word_at_the_start_of_a_sentence_is_no_name(pipeline):
    assert types_of(pipeline, "Ilo on suuri.", "fi")[0].pos == "NOUN"


@pytest.mark.parametrize(
    ("word", "shape"), [("kahvi", "Lower"), ("Kahvi", "Title"), ("KAHVI", "Upper"), ("K", "Title"), ("🎉", ""), ("12", "")], ids=str
)
def test_shape(pipeline, word, shape):
    assert types_of(pipeline, word, "fi")[0].shape == shape


def test_skin_tone_and_variation_selector_make_no_other_emoji(pipeline):
    assert types_of(pipeline, "👍🏽", "fi") == types_of(pipeline, "👍🏿", "fi")
    assert [word.form for word in types_of(pipeline, "❤️", "fi")] == ["❤"]


def test_a_letter_count_leaves_marks_out(analyse):
    analysed = analyse("Hei, sinä! 🎉", "fi")
    assert (analysed.n_words, analysed.word_length, analysed.sentence_words) == (2, 4.0, [2])


def test_a_missing_tagger_is_named_with_what_to_do(monkeypatch):
    monkeypatch.setitem(analysis._SPACY, "fi", ("no_such_tagger",))
    with pytest.raises(ModelError, match=r'no_such_tagger.*pipeline="fast"'):
        analysis._load_spacy.__wrapped__("fi")


@pytest.mark.parametrize("text", ["\ud800 ja \udfff", "a" * 100_000, "ä\u0301" * 500])
def test_tagger_survives_what_it_was_not_trained_on(text):
    assert types_of(load_pipeline("accurate"), text, "fi")
