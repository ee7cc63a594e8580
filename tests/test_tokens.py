"""Tokens: what a post is cut into, with offsets that slice the original."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toneguide.language.analysis import expand
from toneguide.language.tokens import Kind, tokenize


def kinds(text: str) -> list[tuple[str, str]]:
    tokens = tokenize(text)
    return [(word, Kind(kind).name) for word, kind in zip(tokens.words, tokens.kinds, strict=True)]


def sentences(text: str) -> list[str]:
    tokens = tokenize(text)
    return [" ".join(tokens.words[a:b]) for a, b in tokens.sentence_ranges()]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("𝗡𝘆𝘁 𝘮𝘦𝘯𝘯𝘢̈𝘢̈𝘯", ["Nyt", "mennään"]),
        ("Ｈｅｉ Ⓣalo", ["Hei", "Talo"]),
        ("a\u0308iti ja A\u030abo", ["äiti", "ja", "Åbo"]),
        ("ty\u00ado\u0308\u200byhteiso\u0308 \ufeffmoi", ["työyhteisö", "moi"]),
    ],
    ids=["mathematical-bold", "full-width-and-circled", "combining-marks", "invisible"],
)
def test_styled_text_is_read_as_plain_words(text, words):
    assert tokenize(text).words == words


@pytest.mark.parametrize("text", ["𝗡𝘆𝘁 𝘮𝘦𝘯𝘯𝘢̈𝘢̈𝘯!", "a\u0308iti \u200bja\u00ad is\u00e4", "\U0001f44d\U0001f3fd ja #hyva\u0308tyo\u0308"])
def test_spans_of_styled_text_slice_the_original_in_order(text):
    tokens = tokenize(text)
    assert all(0 <= a < b <= len(text) for a, b in zip(tokens.starts, tokens.ends, strict=True))
    assert all(b <= a for b, a in zip(tokens.ends, tokens.starts[1:], strict=False))
    left = "".join(text[a:b] for a, b in zip([0, *tokens.ends], [*tokens.starts, len(text)], strict=True))
    assert not any(c.isalnum() for c in left)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("#hyvätyö", "HASHTAG"),
        ("#1päivä", "HASHTAG"),
        ("@lautturi:lle", "MENTION"),
        ("@a.b_c", "MENTION"),
        ("https://example.org/a?b=1", "LINK"),
        ("www.example.com", "LINK"),
        ("example.fi", "LINK"),
        ("eka.toka@example.org", "LINK"),
        ("👍🏽", "EMOJI"),
        ("👨‍👩‍👧", "EMOJI"),
        ("❤️", "EMOJI"),
        (":-)", "EMOJI"),
        ("<3", "EMOJI"),
        ("12.30", "NUMBER"),
        ("2024–25", "NUMBER"),
        ("HR:n", "WORD"),
        ("EU-maat", "WORD"),
        ("rock'n'roll", "WORD"),
        ("b2b", "WORD"),
        ("...", "PUNCT"),
        ("!!", "PUNCT"),
    ],
)
def test_one_token_is_one_thing(text, kind):
    assert kinds(text) == [(text, kind)]


@pytest.mark.parametrize("text", ["#2024", "C#", "a#b", "@ torilla"])
def test_a_loose_mark_is_neither_hashtag_nor_mention(text):
    assert not {"HASHTAG", "MENTION"} & {kind for _, kind in kinds(text)}


def test_two_words_without_a_space_after_the_stop_are_no_link():
    assert kinds("Kiitos.Nyt kotiin") == [("Kiitos", "WORD"), (".", "PUNCT"), ("Nyt", "WORD"), ("kotiin", "WORD")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hei! Miten menee? Hyvin.", ["Hei !", "Miten menee ?", "Hyvin ."]),
        ("Tavataan 5. huhtikuuta. Sitten kotiin", ["Tavataan 5 . huhtikuuta .", "Sitten kotiin"]),
        ("Otsikko\nTeksti alkaa", ["Otsikko", "Teksti alkaa"]),
        ("rivi jatkuu\nseuraavalla", ["rivi jatkuu seuraavalla"]),
        ("loppu\n\nalku", ["loppu", "alku"]),
        ("Jes! 🎉 Kotiin", ["Jes ! 🎉", "Kotiin"]),
        ("”Kyllä.” Hän nauroi.", ["” Kyllä . ”", "Hän nauroi ."]),
    ],
    ids=["marks", "ordinal", "heading", "soft-wrap", "blank-line", "emoji-after-mark", "closing-quote"],
)
def test_sentences(text, found):
    assert sentences(text) == found


def test_a_line_that_ends_in_a_mark_ends_a_sentence_though_the_next_begins_small():
    assert sentences("moi kaikki!\ntänään satoi") == ["moi kaikki !", "tänään satoi"]


@pytest.mark.parametrize("text", ["", " ", "\n\t "])
def test_nothing_gives_no_tokens_and_no_sentences(text):
    tokens = tokenize(text)
    assert len(tokens) == 0
    assert tokens.sentences == []


def test_a_text_without_tokens_has_no_sentence_ranges():
    assert tokenize("").sentence_ranges() == []


def test_of_sentences_keeps_offsets_into_the_whole_text():
    text = "Eka lause. Second one here. Kolmas."
    some = tokenize(text).of_sentences([0, 2])
    assert [text[a:b] for a, b in zip(some.starts, some.ends, strict=True)] == ["Eka", "lause", ".", "Kolmas", "."]
    assert some.sentences == [0, 3]


def test_hashtag_becomes_its_words_each_with_its_own_span():
    text = "Moi #hyvätyö"
    tokens = expand(tokenize(text), "fi")
    assert tokens.words == ["Moi", "hyvä", "työ"]
    assert [text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)] == ["Moi", "hyvä", "työ"]


def test_hashtag_words_share_the_span_where_lengths_differ():
    text = "#hyva\u0308tyo\u0308"
    tokens = expand(tokenize(text), "fi")
    assert tokens.words == ["hyvä", "työ"]
    assert {(a, b) for a, b in zip(tokens.starts, tokens.ends, strict=True)} == {(1, len(text))}


def test_english_contraction_becomes_two_tokens():
    text = "We don’t mind"
    tokens = expand(tokenize(text), "en")
    assert [text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)] == ["We", "do", "n’t", "mind"]


@given(st.text())
def test_spans_slice_any_text_in_order(text):
    tokens = tokenize(text)
    lengths = {len(tokens.words), len(tokens.starts), len(tokens.ends), len(tokens.kinds)}
    assert len(lengths) == 1
    assert all(0 <= a < b <= len(text) for a, b in zip(tokens.starts, tokens.ends, strict=True))
    assert tokens.starts == sorted(tokens.starts)
    assert tokens.sentences == sorted(set(tokens.sentences))
    assert tokens.sentences[:1] == ([0] if len(tokens) else [])


@given(st.text(st.characters(max_codepoint=127)))
def test_words_of_plain_text_stand_where_the_spans_say(text):
    tokens = tokenize(text)
    assert tokens.words == [text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)]


@pytest.mark.parametrize(
    "unit", ["a", "ä", ".", "#", "@", "_", "1", "-", "'", " ", "\n", "a.", "http://", "😀\u200d", "\u0301", "(", "\u200b"]
)
def test_two_megabytes_of_one_thing_stay_quick(unit):
    started = time.monotonic()
    tokenize(unit * (2_000_000 // len(unit)))
    assert time.monotonic() - started < 10
