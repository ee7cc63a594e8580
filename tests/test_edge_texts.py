"""Texts at the edge: each gives numbers or a reason, with warnings as errors."""

from __future__ import annotations

import math
import time

import pytest

from toneguide.language.analysis import PIPELINES
from toneguide.score import STATUSES

HTML = '<p class="x">Kiitos <b>kaikille</b> &amp; hyvää joulua!</p><script>alert("moi")</script>'
EDGES = {
    "empty": "",
    "space": " \t\n\r\u00a0\u2003",
    "hash": "#",
    "hashes": "###",
    "at": "@",
    "emoji": "🎉",
    "emoji-sequence": "👨‍👩‍👧👍🏽🏳️‍🌈1️⃣",
    "number": "42",
    "numbers": "1 2,3 4.5 –6 7e8 ٣ ½ ²",
    "marks": "!?.,;:…–—\"'”’()[]{}<>|\\/*+=^~`$€%&§",
    "one-letter": "a",
    "one-word": "moi",
    "html": HTML,
    "markdown": "# Otsikko\n\n* eka [linkki](https://example.org)\n* toka `koodi` **lihava**\n\n```\nx = 1\n```",
    "json": '{"text": ["moi", null, 1.5e3]}',
    "controls": "moi\x00\x01\x02\x07\x08\x1b[2J kaikki \x7f\x85\x9f ihanat ihmiset täällä",
    "nul": "\x00",
    "surrogates": "\ud800 moi \udfff kaikki \udc80 ihanat ihmiset",
    "only-surrogates": "\ud800\udfff",
    "noncharacters": "\ufffe\uffff\ufdd0 moi kaikki ihanat ihmiset",
    "replacement": "\ufffd" * 20,
    "right-to-left": "مرحبا بالجميع، شكرا جزيلا لكم على هذا اليوم الرائع",
    "hebrew-in-finnish": "Kiitos kaikille ihanille ihmisille שלום לכולם tästä päivästä",
    "bidi-marks": "\u202ekiitos kaikille\u202c ihanat \u2066ihmiset\u2069 täällä tänään",
    "chinese": "大家好，今天天气很好，谢谢大家",
    "thai": "สวัสดีทุกคนขอบคุณมาก",
    "combining": "a" + "\u0301" * 500 + " ja muut ihanat sanat täällä",
    "zero-width": "k\u200bi\u200ci\u200dt\u2060o\ufeffs kaikille ihanille ihmisille",
    "styled": "𝗞𝗶𝗶𝘁𝗼𝘀 𝗸𝗮𝗶𝗸𝗶𝗹𝗹𝗲 𝗶𝗵𝗮𝗻𝗶𝗹𝗹𝗲 𝗶𝗵𝗺𝗶𝘀𝗶𝗹𝗹𝗲 ｆｕｌｌ ⓒⓘⓡⓒⓛⓔ",
    "ligatures": "ﬁlosoﬁa ja ﬂow ihanat ihmiset ĳ Ǆ ß ẞ İ ı",
    "capitals": "KIITOS KAIKILLE IHANILLE IHMISILLE!!!",
    "underscores": "__init__ _ snake_case_name ___",
    "apostrophes": "'' ’’ n't 's 'tis rock'n'roll don't' '",
    "hyphens": "--- - -moi moi- kanta-asiakas- -- e-e-e-e-e",
    "long-word": "lentokonesuihkuturbiiniapumekaanikkoaliupseerioppilas" * 40,
    "repeated-word": "kiitos " * 5000,
    "one-sentence": "ja " * 3000 + ".",
    "many-sentences": "Hei. " * 3000,
    "many-lines": "\n" * 5000 + "moi" + "\n" * 5000,
    "many-tags": "#kiitoskaikille " * 300,
    "many-commas": "a, b, c ja d, " * 1000,
    "quotes": "”" * 1001,
    "brackets": "(" * 500 + "moi" + ")" * 500,
    "windows-lines": "Moi kaikki!\r\n\r\nTänään satoi.\rSilti kivaa.",
    "line-separators": "Moi\u2028kaikki\u2029ihanat\x0bihmiset\x0ctäällä",
    "formula": "=1+1",
    "nan": "nan",
    "none": "None",
    "path": "../../etc/passwd; rm -rf / && echo %s %d {0} ${HOME}",
}


def check(score) -> None:
    assert score.status in STATUSES
    numbers = (score.corporate, score.warmth)
    if score.status == "ok":
        assert all(math.isfinite(number) and 0 <= number <= 100 for number in numbers)
        for dimension in ("corporate", "warmth"):
            parts = math.fsum(part.amount for part in score.evidence if part.dimension == dimension)
            assert score.margin[dimension] == pytest.approx(score.bias[dimension] + parts, abs=1e-9)
        assert all(0 <= a < b <= len(score.text) for part in score.evidence for a, b in part.spans)
    else:
        assert numbers == (None, None)
        assert score.reason


@pytest.fixture(scope="module", params=PIPELINES)
def guide(request):
    return request.getfixturevalue(request.param).with_values(["Rohkeus", "Be bold"])


@pytest.mark.parametrize("text", EDGES.values(), ids=EDGES.keys())
def test_numbers_or_a_reason(guide, text):
    check(guide.score(text))


@pytest.mark.parametrize("language", ["fi", "en"])
@pytest.mark.parametrize("text", EDGES.values(), ids=EDGES.keys())
def test_numbers_or_a_reason_in_a_given_language(guide, text, language):
    score = guide.score(text, language=language, min_words=0)
    check(score)
    assert score.status in ("ok", "empty", "unreadable")


@pytest.mark.parametrize("text", EDGES.values(), ids=EDGES.keys())
def test_every_score_can_be_shown(fast, text):
    score = fast.score(text, language="fi", min_words=0)
    shown = score._repr_mimebundle_()
    assert repr(score)
    assert shown["text/plain"]
    shown["text/html"].encode("utf-8")
    assert "<script" not in shown["text/html"]


@pytest.mark.parametrize("value", [None, float("nan"), 1, 2.5, True, [], {}, b"moi", object], ids=repr)
def test_what_is_no_text_at_all_does_not_stop_the_others(fast, value):
    before, odd, after = fast.score_many(["Kiitos kaikille eilisestä, oli kivaa.", value, "Kiitos kaikille eilisestä, oli kivaa."])
    assert before.margin == after.margin
    check(odd)


@pytest.mark.parametrize(
    ("unit", "times"),
    [
        ("a", 2_000_000),
        ("#", 2_000_000),
        ("1", 2_000_000),
        ("(", 2_000_000),
        ("\u200b", 2_000_000),
        ("kiitos", 300_000),
        ("🎉", 200_000),
        ("ä\u0301", 200_000),
        ("kiitos, ", 20_000),
    ],
)
def test_megabytes_of_one_thing_do_not_hang(fast, unit, times):
    started = time.monotonic()
    check(fast.score(unit * times, language="fi", min_words=0))
    assert time.monotonic() - started < 20


def test_an_endless_word_does_not_hang_the_tagger(accurate):
    started = time.monotonic()
    check(accurate.score("a" * 2_000_000 + " ja muut", language="fi", min_words=0))
    assert time.monotonic() - started < 20


def test_html_is_read_as_it_stands(fast):
    score = fast.score(HTML, language="fi", min_words=0)
    assert score.status == "ok"
    assert any(part.text.startswith("Kiitos") for part in score.evidence)


def test_styled_letters_are_scored_as_plain_ones(fast):
    plain, styled = fast.score("Kiitos kaikille eilisestä talkoosta!"), fast.score("𝗞𝗶𝗶𝘁𝗼𝘀 𝗸𝗮𝗶𝗸𝗶𝗹𝗹𝗲 𝗲𝗶𝗹𝗶𝘀𝗲𝘀𝘁𝗮\u0308 𝘁𝗮𝗹𝗸𝗼𝗼𝘀𝘁𝗮!")
    assert styled.margin == pytest.approx(plain.margin, abs=1e-9)
    assert styled.n_words == plain.n_words
