"""Readability columns: textstat's own numbers, empty without a word."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toneguide.signals.readability import READABILITY, readability


@pytest.mark.parametrize("text", ["", "🎉", "12 34", "!?"])
def test_without_a_word_all_is_empty(text):
    assert readability(text) == dict.fromkeys(READABILITY)


def test_long_words_and_sentences_read_harder():
    easy = readability("Kissa istui oven edessä. Se nukkui. Satoi lunta.")
    hard = readability(
        "Toimitusketjujen kehittämishankkeiden kokonaisvaltainen läpivienti edellyttää järjestelmällistä yhteistyötä kumppaniverkostossa."
    )
    assert all(hard[name] > easy[name] for name in READABILITY)


def test_lix_is_words_per_sentence_and_share_of_long_words():
    assert readability("Kissa nukkui sohvalla yön. Aamulla satoi taas lunta.")["lix"] == pytest.approx(4 + 100 * 2 / 8)


@settings(max_examples=25)
@given(st.text(max_size=80))
def test_any_text_gives_finite_numbers_or_nothing(text):
    values = readability(text)
    assert list(values) == list(READABILITY)
    assert all(value is None or math.isfinite(value) for value in values.values())
