"""What sets two piles of posts apart, and how seldom chance passes for it."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toneguide.errors import CallError
from toneguide.interface import speaking
from toneguide.report import contrast_words
from toneguide.report.contrast import false_discovery_bounds

PRESS = ["Toteutamme ratkaisuja.", "Ratkaisumme toimivat.", "Ratkaisuilla kasvuun.", "Uusi ratkaisu on täällä.", "Ratkaisut kaikille."]
PEOPLE = ["Kiitos kaikille!", "Kiitoksia, oli kivaa.", "Iso kiitos sulle.", "Kiitos kun tulit.", "Kiitosta satelee taas."]


def contrast_of(first: list[str], second: list[str], **options):
    return contrast_words(first, second, language="fi", names=("tiedotteet", "ihmiset"), **options)


def test_words_are_found_in_any_inflected_form_on_the_right_side() -> None:
    contrast = contrast_of(PRESS * 4, PEOPLE * 4)
    assert contrast.of("tiedotteet")[0].lemma == "ratkaisu"
    assert contrast.of("ihmiset")[0].lemma == "kiitos"
    assert contrast.of("tiedotteet")[0].posts_first == 20


def test_a_word_said_ten_times_in_a_post_is_one_witness() -> None:
    once = contrast_of(PRESS * 4, PEOPLE * 4)
    often = contrast_of([text + " ratkaisu" * 9 for text in PRESS * 4], PEOPLE * 4)
    assert once.of("tiedotteet")[0].posts_first <= often.of("tiedotteet")[0].posts_first <= 20


def test_piles_swapped_give_the_same_words_with_the_sign_turned() -> None:
    one, other = contrast_of(PRESS * 4, PEOPLE * 4), contrast_words(PEOPLE * 4, PRESS * 4, language="fi")
    assert {w.lemma: round(w.log_odds, 9) for w in one.words} == {w.lemma: round(-w.log_odds, 9) for w in other.words}


def test_piles_drawn_from_one_urn_are_set_apart_by_no_word() -> None:
    rng = random.Random(1)
    words = ["talo", "koira", "huolto", "hissi", "ovi", "kiitos", "asiakas", "vuosi", "työ", "uusi"]
    false = 0
    for _ in range(20):
        posts = [" ".join(rng.sample(words, 4)) for _ in range(60)]
        false += bool(contrast_of(posts[:30], posts[30:]).words)
    assert false <= 2


def test_what_was_found_is_told_in_the_language_of_the_reader() -> None:
    with speaking("fi"):
        assert "sattumaa" in contrast_of(PRESS * 4, PEOPLE * 4).told
        assert "Mikään sana ei" in contrast_of(PRESS, PRESS).told


def test_the_table_has_a_row_a_word() -> None:
    contrast = contrast_of(PRESS * 4, PEOPLE * 4)
    assert list(contrast.frame()["lemma"]) == [word.lemma for word in contrast.words]


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [(PRESS[:2], PEOPLE, "'tiedotteet' has 2 posts"), ("one text", PEOPLE, "a list of posts"), ([None, ""] * 5, PEOPLE, "has 0 posts")],
)
def test_too_few_posts_are_said(first, second, told: str) -> None:
    with pytest.raises(CallError, match=told):
        contrast_of(first, second)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_bounds_are_never_below_the_p_value_and_keep_its_order(p_values: list[float]) -> None:
    bounds = false_discovery_bounds(p_values)
    assert all(q >= p or q == pytest.approx(p) for p, q in zip(p_values, bounds, strict=True))
    order = sorted(range(len(p_values)), key=p_values.__getitem__)
    assert all(bounds[a] <= bounds[b] + 1e-12 for a, b in pairwise(order))
