"""The contract of `ToneGuide`: one text, many texts, statuses, languages, word counts."""

from __future__ import annotations

import itertools

import pytest

from toneguide import ToneGuide
from toneguide.score import STATUSES

FINNISH = "Kiitos kaikille eilisestä, oli tosi kivaa olla mukana."
ENGLISH = "Thanks to all of you for coming today, it was fun."
SWEDISH = "Tack till alla som var med i går, det var riktigt roligt."


@pytest.mark.parametrize(
    ("text", "status", "language", "reason"),
    [
        (FINNISH, "ok", "fi", ""),
        (ENGLISH, "ok", "en", ""),
        ("Hyvää huomenta", "too_short", "fi", "2 words are too few"),
        ("", "empty", "", "no text"),
        ("  \n", "empty", "", "no text"),
        ("🎉 https://example.org 12.30 @lautturi !", "empty", "", "no words"),
        ("asdf qwer zxcv", "unknown_language", "", "cannot be told"),
        (SWEDISH, "unsupported_language", "sv", "Swedish"),
        ("\x00\x01\x02 abc", "unreadable", "", "control characters"),
        ("\ufffd\ufffd\ufffd\ufffd ab", "unreadable", "", "encoding"),
    ],
    ids=["finnish", "english", "short", "empty", "blank", "no-words", "unknown", "swedish", "controls", "replacement"],
)
def test_status_and_reason(fast, text, status, language, reason):
    score = fast.score(text)
    assert (score.status, score.language) == (status, language)
    assert reason in score.reason
    assert bool(score.reason) == (status != "ok")


@pytest.mark.parametrize("text", ["", "Hyvää huomenta", "asdf qwer zxcv", SWEDISH, "\x00\x01\x02 abc"])
def test_without_the_status_ok_there_are_no_scores(fast, text):
    score = fast.score(text)
    assert score.status in STATUSES[1:]
    assert (score.corporate, score.warmth, score.alignment, score.evidence) == (None, None, None, [])


def test_scores_are_unrounded_numbers_from_0_to_100(fast):
    score = fast.score(FINNISH)
    for number in (score.corporate, score.warmth):
        assert 0 < number < 100
        assert number != round(number, 3)


def test_a_string_is_not_many_texts_and_says_so_at_the_call(fast):
    with pytest.raises(TypeError, match="use score for one"):
        fast.score_many("moi")


@pytest.mark.parametrize("text", [None, 1, ["moi"], b"moi", float("nan")])
def test_one_text_is_a_string(fast, text):
    with pytest.raises(TypeError, match="score_many"):
        fast.score(text)


def test_an_unsupported_language_says_so_at_the_call(fast):
    with pytest.raises(ValueError, match="choose one of fi, en"):
        fast.score_many([], language="sv")


def test_score_many_is_lazy(fast):
    read = []

    def endless():
        for i in itertools.count():
            read.append(i)
            yield f"{FINNISH} {i}"

    scores = fast.score_many(endless())
    assert read == []
    first = list(itertools.islice(scores, 3))
    assert [score.text for score in first] == [f"{FINNISH} {i}" for i in range(3)]
    assert len(read) < 100


def test_score_many_keeps_the_order_of_mixed_posts(fast):
    texts = [FINNISH, None, ENGLISH, "", SWEDISH, FINNISH] * 60
    scores = list(fast.score_many(texts))
    assert [score.text for score in scores] == [text or "" for text in texts]
    assert [score.language for score in scores[:6]] == ["fi", "", "en", "", "sv", "fi"]


def test_score_many_takes_any_iterable(fast):
    assert [score.status for score in fast.score_many({FINNISH: 1})] == ["ok"]
    assert list(fast.score_many([])) == []


@pytest.mark.parametrize("missing", [None, float("nan")])
def test_a_missing_text_among_many_is_empty(fast, missing):
    (score,) = fast.score_many([missing])
    assert (score.status, score.text) == ("empty", "")


def test_a_number_among_many_is_read_as_it_prints(fast):
    (score,) = fast.score_many([12.5])
    assert (score.status, score.text) == ("empty", "12.5")


@pytest.mark.parametrize("text", ["Moi kaikki", "Moi", "#hyvätyö"])
def test_min_words_0_is_never_too_short(fast, text):
    assert fast.score(text, min_words=0, language="fi").status == "ok"


def test_min_words_sets_the_least(fast):
    n = fast.score(FINNISH).n_words
    assert fast.score(FINNISH, min_words=n).status == "ok"
    assert fast.score(FINNISH, min_words=n + 1).status == "too_short"


@pytest.mark.parametrize("text", ["asdf qwer zxcv uiop hjkl mnbv", SWEDISH, ENGLISH])
def test_a_given_language_skips_identification(fast, text):
    score = fast.score(text, language="fi")
    assert (score.status, score.language) == ("ok", "fi")


@pytest.mark.parametrize(
    ("text", "n_words"),
    [
        ("Moi kaikki, nähdään!", 3),
        ("Moi @lautturi ja https://example.org ja eka@example.org", 3),
        ("Moi 🎉 👍🏽 :) <3", 1),
        ("Klo 12.30 ja 5 %", 2),
        ("#hyvätyö", 2),
        ("#RohkeastiYhdessä ja #kiitosteille", 5),
        ("HR:n b2b-kauppa", 2),
        ("yksi – kaksi ... kolme?!", 3),
    ],
)
def test_n_words_counts_tokens_with_a_letter_and_a_hashtag_as_its_words(fast, text, n_words):
    assert fast.score(text, language="fi", min_words=0).n_words == n_words


def test_a_case_ending_of_a_number_is_no_word(fast):
    assert fast.score("Kerros 3:n ovi", language="fi", min_words=0).n_words == 2


def test_without_values_alignment_is_none_though_the_status_is_ok(fast):
    score = fast.score(FINNISH)
    assert (score.status, score.alignment, dict(score.values)) == ("ok", None, {})


# Two languages in one post


def test_each_sentence_is_scored_in_its_own_language_and_the_post_by_its_words(fast):
    finnish, english = "Moi kaikki ja kiitos eilisestä talkoosta!", "Thank you all for coming today and see you soon."
    both = fast.score(f"{finnish} {english}")
    apart = fast.score(finnish), fast.score(english)
    total = sum(part.n_words for part in apart)
    assert (both.status, both.n_words) == ("ok", total)
    for dimension in ("corporate", "warmth"):
        expected = sum(part.margin[dimension] * part.n_words / total for part in apart)
        assert both.margin[dimension] == pytest.approx(expected, abs=1e-9)


def test_the_language_of_a_mixed_post_is_the_one_with_more_words(fast):
    more = "Kävimme tänään koko porukalla katsomassa uutta hissiä, ja se oli aivan mahtava reissu."
    assert fast.score(f"Thank you all for coming today and see you soon. {more}").language == "fi"


def test_a_part_in_a_third_language_is_left_out_and_said(fast):
    finnish = "Kävimme tänään Turussa katsomassa uutta hissiä. Kiitos kaikille mukana olleille!"
    swedish = "Det var en fin dag och vi hade roligt tillsammans."
    mixed = fast.score(f"{finnish} {swedish}")
    assert (mixed.status, mixed.language) == ("ok", "fi")
    assert "Swedish is left out" in mixed.reason
    assert mixed.margin == pytest.approx(fast.score(finnish).margin, abs=1e-9)
    assert mixed.n_words == fast.score(finnish).n_words + 10


def test_swedish_is_counted_though_not_scored(fast):
    score = fast.score(SWEDISH)
    assert (score.status, score.language, score.n_words) == ("unsupported_language", "sv", 12)


# Making guides


def test_unknown_pipeline_names_those_there_are():
    with pytest.raises(ValueError, match="accurate, fast"):
        ToneGuide.default("slow")


def test_pipelines_differ_and_a_guide_moves_from_one_to_the_other(fast, accurate):
    assert fast.with_pipeline("accurate").score(FINNISH).margin == accurate.score(FINNISH).margin
    assert fast.pipeline == "fast"
    assert accurate.pipeline == "accurate"


@pytest.mark.parametrize("pipeline", ["fast", "accurate"])
def test_plain_thanks_are_warmer_and_less_corporate_than_officialese(pipeline, request):
    guide = request.getfixturevalue(pipeline)
    for warm, cold, language in (
        (FINNISH, "Hakemus liitteineen on toimitettava määräajassa. Myöhästyneitä hakemuksia ei käsitellä.", "fi"),
        (ENGLISH, "Applications must be submitted in accordance with the guidelines. Late submissions will be rejected.", "en"),
    ):
        one, other = guide.score(warm, language=language), guide.score(cold, language=language)
        assert one.warmth > other.warmth + 20
        assert one.corporate < other.corporate - 20


@pytest.mark.parametrize("pipeline", ["fast", "accurate"])
def test_warmth_and_corporate_are_independent(pipeline, request):
    guide = request.getfixturevalue(pipeline)
    both = guide.score("We are delighted to thank our valued stakeholders for their outstanding commitment and continued support.")
    assert both.corporate > 50
    assert both.warmth > 50


def test_repr_names_pipeline_and_values(fast, valued):
    assert repr(fast) == "ToneGuide(fast; no values)"
    assert repr(valued) == "ToneGuide(fast; Rohkeus, Yhdessä, Be bold)"
