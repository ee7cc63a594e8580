"""The tone model: weights of words, signals of posts, subwords."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toneguide import signals
from toneguide.language.analysis import Pipeline
from toneguide.language.tokens import tokenize
from toneguide.language.words import WordType
from toneguide.model.subwords import N_BUCKETS, buckets, has_subwords
from toneguide.model.train import layer_one, read_corpus

POST = "Kiitos kaikille! En ole ikinä nähnyt niin iloista porukkaa, eikä sauna ollut liian kuuma."


@pytest.fixture
def model(fast):
    return fast._models["fi"]


def test_margin_is_the_bias_where_there_is_nothing(model, analyse):
    assert model.margins(analyse("12.30!", "fi")) == pytest.approx(model.bias)


def test_margins_do_not_depend_on_which_words_were_met_first(model, analyse):
    fresh = Pipeline("fast")
    model.margins(next(iter(fresh.analyse([tokenize("Ihan muita sanoja ensin, kiitos.")], "fi"))))
    again = model.margins(next(iter(fresh.analyse([tokenize(POST)], "fi"))))
    assert again == pytest.approx(model.margins(analyse(POST, "fi")), abs=1e-12)


def test_a_word_counts_less_in_a_longer_post(model, analyse):
    def part_of(text: str) -> float:
        return next(p.amount for p in model.parts(analyse(text, "fi")) if p.text == "hauskaa" and p.dimension == "warmth")

    assert part_of("Tämä on hauskaa.") > part_of("Tämä on hauskaa, kun katto korjattiin ja ovi maalattiin vihreäksi.") > 0


def test_a_listed_word_weighs_what_its_entries_do(model):
    word = WordType("hauskaa", "hauska", "ADJ", ("hauska",), shape="Lower")
    entries = model.lexicon.of_type(word)
    assert entries
    assert model.word_weights([word])[0] == pytest.approx(model.entry_weights[entries].sum(axis=0))


def test_a_word_in_no_list_takes_the_mean_of_its_subwords(model):
    word = WordType("qwertyläinen", "qwertyläinen", "NOUN", ("qwertyläinen",), shape="Lower")
    assert model.word_weights([word])[0] == pytest.approx(model.subword_weights[buckets("qwertyläinen")].mean(axis=0))


@pytest.mark.parametrize("pos", ["PROPN", "NUM", "PUNCT", "PRON", "SYM", "LINK"])
def test_names_numbers_and_function_words_have_no_subwords(pos):
    assert not has_subwords(WordType("qwertyläinen", "qwertyläinen", pos))


@given(st.text(min_size=1, max_size=80))
def test_buckets_are_rows_of_the_table(form):
    rows = buckets(form)
    assert len(rows)
    assert rows.min() >= 0
    assert rows.max() < N_BUCKETS


def test_buckets_do_not_change_between_runs():
    # Model files are read by row: other rows would need other files.
    assert buckets("a").tolist() == [33451, 50878]


def test_other_weights_give_a_new_model_and_leave_the_old_one(model, analyse):
    before = model.margins(analyse(POST, "fi"))
    moved = model.with_weights(bias=model.bias + 1)
    assert moved.margins(analyse(POST, "fi")) == pytest.approx(before + 1)
    assert model.margins(analyse(POST, "fi")) == pytest.approx(before)


@pytest.mark.parametrize("language", ["fi", "en"])
def test_signal_values_follow_the_declared_order_and_are_finite(fast, analyse, language):
    names = [s.name for s in (*signals.token_signals(language), *signals.text_signals(language))]
    values = fast._models[language].signal_values(analyse(POST, language))
    assert len(values) == len(names) == len(set(names))
    assert np.isfinite(values).all()


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("Kannoin laatikot autooni.", "first_singular", 2 / 3),
        ("Tuletko? Kuka muu?", "questions", 1.0),
        ("Moi. Tuletko?", "questions", 0.5),
        ("#hyvätyö #kiitosteille moi", "hashtags", 2 / 5),
        ("Moi 🎉 kaikki 👍", "emoji", 1.0),
        ("Yksi kaksi. Yksi kaksi kolme neljä. Yksi kaksi kolme neljä viisi kuusi.", "sentence_variation", np.std([2, 4, 6]) / 4),
        ("Kaksi sanaa. Siinä on neljä sanaa.", "sentence_length", np.log(3)),
        ("Yö on musta.", "word_length", 7 / 2),
    ],
)
def test_the_value_of_a_signal_is_what_its_unit_says(fast, analyse, text, name, value):
    signal = next(s for s in signals.SIGNALS if s.name == name)
    names = [s.name for s in (*signals.token_signals("fi"), *signals.text_signals("fi"))]
    found = fast._models["fi"].signal_values(analyse(text, "fi"))[names.index(name)]
    assert found == pytest.approx((value - signal.typical.get("fi", 0.0)) / signal.spread)


def test_more_places_in_a_post_of_the_same_length_raise_a_signal(fast, analyse):
    names = [s.name for s in (*signals.token_signals("fi"), *signals.text_signals("fi"))]
    one, two = (fast._models["fi"].signal_values(analyse(t, "fi"))[names.index("exclamations")] for t in ("Jes! Moi.", "Jes! Moi!"))
    assert one < two


@pytest.mark.parametrize("language", ["fi", "en"])
def test_layer_one_knows_warm_from_cold_without_any_example(language, analyse):
    model = layer_one(language)
    posts = [post for post in read_corpus(language) if not post.phenomenon][:160]
    margins = np.array([model.margins(analyse(post.text, language)) for post in posts])
    for j, dimension in enumerate(("corporate", "warmth")):
        labels = np.array([getattr(post, dimension) for post in posts])
        assert margins[labels == 1, j].mean() > margins[labels == 0, j].mean() + 0.3


def test_a_negation_stops_at_but(model, analyse):
    assert 3 not in model.units(analyse("Ei kiire vaan hauskaa.", "fi")).negated
    assert 2 in model.units(analyse("Ei ole hauskaa.", "fi")).negated
