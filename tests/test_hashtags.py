"""Hashtags as the words they are made of."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toneguide.language.hashtags import split_hashtag


@pytest.mark.parametrize(
    ("tag", "language", "words"),
    [
        ("#hyvätyö", "fi", ("hyvä", "työ")),
        ("#hyvatyo", "fi", ("hyvä", "työ")),
        ("#rohkeastiyhdessä", "fi", ("rohkeasti", "yhdessä")),
        ("#RohkeastiYhdessä", "fi", ("Rohkeasti", "Yhdessä")),
        ("#kiitosteille", "fi", ("kiitos", "teille")),
        ("#työelämä2024", "fi", ("työelämä", "2024")),
        ("#futureofwork", "en", ("future", "of", "work")),
        ("#goodwork", "en", ("good", "work")),
        ("#EU", "en", ("EU",)),
        ("#kahvi", "fi", ("kahvi",)),
        ("#xyzqwk", "fi", ("xyzqwk",)),
    ],
)
def test_split(tag, language, words):
    assert split_hashtag(tag, language) == words


def test_abbreviation_before_a_word_in_small_letters():
    assert split_hashtag("#HRteam", "en") == ("HR", "team")


@given(st.from_regex(r"\w{1,30}", fullmatch=True), st.sampled_from(["fi", "en"]))
def test_words_together_are_as_long_as_the_letters_of_the_tag(tag, language):
    words = split_hashtag("#" + tag, language)
    assert sum(map(len, words)) <= len(tag)
    assert all(words)


def test_an_endless_tag_stays_quick():
    started = time.monotonic()
    split_hashtag("#" + "ab" * 100_000, "fi")
    assert time.monotonic() - started < 5
