"""A score as text and as HTML: everything inside, nothing asked for, the post's own marks harmless."""

from __future__ import annotations

import itertools
import re

import pytest

from toneguide.decided import Band, Targets
from toneguide.interface import use_language
from toneguide.model.tone_model import Part
from toneguide.render import describe, highlights, score_to_html, score_to_text, text_to_html
from toneguide.signals import SIGNALS

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
        (Part("warmth", 0.4, "word", "thanks_praise", ((0, 6),), "Kiitos"), "“Kiitos”: thanks and praise warm a text."),
        (Part("warmth", -0.2, "negated", "joy", ((0, 6),), "iloinen"), "“iloinen”: a negation turns its meaning."),
        (Part("warmth", 0.2, "signal", "reader", (), "speaks to the reader"), "The text speaks to its reader."),
        (Part("corporate", -0.2, "signal", "nouns", (), "nouns"), "less than usual: nouns"),
        (Part("warmth", 0.2, "word", "subwords", ((0, 1),), "abc"), "“abc”: the word has a warm ring."),
        (Part("corporate", 0.2, "signal", "passives", (), ""), "It does not show who does it. Could you say who?"),
    ],
)
def test_a_part_is_described_in_plain_words(part, told):
    assert describe(part) == told


@pytest.mark.parametrize("language", ["fi", "en"])
def test_every_signal_and_list_has_words_in_both_languages(language):
    from examples import LISTS

    use_language(language)
    for dimension, amount in itertools.product(("corporate", "warmth"), (1.0, -1.0)):
        for signal in SIGNALS:
            told = describe(Part(dimension, amount, "signal", signal.name, (), signal.meaning))
            assert "_" not in told
            assert len(told) > 3
        for name in LISTS:
            assert "_" not in describe(Part(dimension, amount, "word", name, ((0, 1),), "x"))
    use_language(None)


def test_nothing_that_is_said_blames_the_writer():
    for language, blame in (("fi", "virhe|kielletty sana|liian kylmä|väärin"), ("en", "error|forbidden|too cold|wrong")):
        use_language(language)
        for name in ("cold", "hostile", "officialese", "jargon"):
            for dimension, amount in itertools.product(("corporate", "warmth"), (1.0, -1.0)):
                assert not re.search(blame, describe(Part(dimension, amount, "word", name, ((0, 1),), "x")))
    use_language(None)


def test_a_display_speaks_the_language_of_the_interface(valued):
    use_language("fi")
    html = score_to_html(valued.score("Rohkeus on tärkeää, ja sitä hyödynnetään kyllä.", language="fi"))
    use_language(None)
    assert "korporaatiokieli" in html
    assert "käytetään" in html
    assert "mutta ei vielä näy tekona. Mitä teitte?" in html


def test_target_bands_are_drawn_and_said(fast):
    score = fast.score(POST, language="fi")
    score.targets = Targets(corporate=Band(high=1), warmth=Band(low=0.5))
    html = score_to_html(score)
    assert "target at most 1" in html
    assert '<b style="left:0%;width:1%">' in html
    assert "Not on target yet: corporate (at most 1)." in html
    score.targets = Targets(warmth=Band(0, 100))
    assert "On target." in score_to_html(score)


@pytest.mark.parametrize("language", ["fi", "en"])
def test_a_post_of_200_words_is_at_most_40_kilobytes(fast, language):
    words = {"fi": "Hyödynnämme innovatiivisia ratkaisuja, kiitos! ", "en": "We leverage innovative solutions, thank you! "}[language]
    text = words * (200 // len(words.split()))
    assert len(score_to_html(fast.score(text, language=language)).encode()) <= 40_000


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script> {{ 7*7 }} kiitos kaikille teille ihanille",
        "\u202eKiitos kaikille\u202c hyo\u0308dynna\u0308mme \u200dtätä\u200d yhdessä teidän kanssanne",
        "kiitos hyödynnämme " * 5000,
    ],
    ids=["markup", "marks", "long"],
)
def test_hostile_texts_are_shown_as_text_and_offsets_stay_true(fast, text):
    score = fast.score(text, language="fi", min_words=0)
    html = score_to_html(score)
    assert "<script>" not in html
    shown = strip_marks(text_to_html(score))
    assert shown.startswith(text[:1000].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")[:200])
    for suggestion in score.suggestions[:20]:
        assert all(0 <= a < b <= len(text) for a, b in suggestion.spans)


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
