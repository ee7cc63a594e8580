"""A score as text and as HTML: everything inside, nothing asked for, the post's own marks harmless."""

from __future__ import annotations

import itertools
import re

import pytest

from toneguide.model.tone_model import Part
from toneguide.render import describe, highlights, score_to_html, score_to_text, text_to_html

POST = "Kiitos kaikille talkoolaisille! Strateginen kumppanuus jatkuu. <b>Ei</b> hullumpaa & silti kivaa."


def strip_marks(html: str) -> str:
    return re.sub(r"</?mark[^>]*>", "", html)


def test_text_is_whole_and_escaped_between_the_marks(fast):
    html = text_to_html(fast.score(POST, language="fi"))
    assert strip_marks(html) == POST.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert '<mark class="warm"' in html
    assert '<mark class="corporate"' in html


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "</p></div><script>",
        "javascript:alert(1)",
        "{{7*7}}",
        "&lt;script&gt;",
    ],
)
def test_a_post_cannot_put_code_into_the_page(valued, attack):
    for text in (f"{attack} kiitos kaikille ihanille ihmisille", attack):
        html = score_to_html(valued.score(text, language="fi", min_words=0))
        assert not re.search(r"<(?:script|img)", html)
        assert "onerror=" not in re.sub(r"&lt;.*?&gt;", "", html)


def test_a_value_name_cannot_put_code_into_the_page(fast):
    html = score_to_html(fast.with_values(["<script>Rohkeus</script>"]).score(POST, language="fi"))
    assert "<script" not in html


def test_html_asks_for_nothing_outside(valued):
    html = score_to_html(valued.score(POST + " https://example.org", language="fi"))
    assert not re.search(r"(?:src|href)\s*=|@import|url\(", html)


def test_style_is_there_once_or_not_at_all(fast):
    score = fast.score(POST, language="fi")
    assert score_to_html(score).count("<style>") == 1
    assert "<style>" not in score_to_html(score, style=False)


def test_meters_say_their_number_to_a_screen_reader(valued):
    score = valued.score(POST, language="fi")
    html = score_to_html(score)
    for name in ("corporate", "warmth", "alignment"):
        assert f'aria-label="{name} {getattr(score, name):.0f} of 100"' in html
    for name in score.values:
        assert f">{name}<" in html


def test_without_a_score_the_reason_is_shown(fast):
    assert "No score. There is no text yet." in score_to_html(fast.score(""))
    assert score_to_text(fast.score("")) == "No score. There is no text yet."


def test_a_part_that_was_left_out_is_said(fast):
    score = fast.score(
        "Kävimme tänään Turussa katsomassa uutta hissiä. Kiitos kaikille mukana olleille! Det var en fin dag och vi hade roligt tillsammans."
    )
    assert "left out: Swedish" in score_to_html(score)
    assert "left out: Swedish" in score_to_text(score)


def test_text_shows_values_and_the_strongest_reasons(valued):
    score = valued.score("Rohkeudesta kiitos kaikille talkoolaisille, oli hauskaa!")
    text = score_to_text(score)
    assert f"warmth     {score.warmth:3.0f}" in text
    assert "Rohkeus is named" in text
    assert score.top("warmth", 1)[0].text in text


def test_highlights_do_not_overlap_and_name_a_side(fast):
    found = highlights(fast.score(POST, language="fi").evidence)
    assert found
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    assert {one.side for one in found} <= {"corporate", "plain", "warm", "cold"}


def test_weak_parts_and_signals_are_not_highlighted():
    weak = Part("warmth", 0.001, "word", "joy", ((0, 3),), "kiva")
    signal = Part("warmth", 2.0, "signal", "reader", ((0, 3),), "speaks to the reader")
    strong = Part("warmth", -0.5, "word", "cold", ((4, 9),), "kielto")
    assert [(one.start, one.side) for one in highlights([weak, signal, strong])] == [(4, "cold")]


def test_the_stronger_of_two_parts_colours_a_word():
    parts = [Part("warmth", 0.2, "word", "joy", ((0, 3),), "x"), Part("corporate", 0.5, "word", "joy", ((0, 3),), "x")]
    assert [one.side for one in highlights(parts)] == ["corporate"]


@pytest.mark.parametrize(
    ("part", "told"),
    [
        (Part("warmth", 0.4, "word", "thanks_praise", ((0, 6),), "Kiitos"), "Kiitos: thanks or praise"),
        (Part("warmth", -0.2, "negated", "joy", ((0, 6),), "iloinen"), "iloinen: joy, negated"),
        (Part("warmth", 0.2, "signal", "reader", (), "speaks to the reader"), "speaks to the reader"),
        (Part("warmth", 0.2, "word", "subwords", ((0, 1),), "abc"), "abc: ring of the word"),
    ],
)
def test_a_part_is_described_in_plain_words(part, told):
    assert describe(part) == told


def test_every_list_has_words_for_its_readers():
    from examples import LISTS

    for name in LISTS:
        part = Part("warmth", 1.0, "word", name, ((0, 1),), "x")
        assert "_" not in describe(part), name


def test_a_terminal_is_not_steered_by_a_post(fast, capsys):
    from toneguide.render import print_score

    print_score(fast.score("Kiitos kaikille ihanille ihmisille \x1b]0;x\x07 [bold]moi[/bold] \u202e oikealta", language="fi"))
    shown = capsys.readouterr().out
    assert "\x1b]0" not in shown
    assert "\x07" not in shown
    assert "[bold]moi[/bold]" in shown
