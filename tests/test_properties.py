"""What holds for any text, any batch and any order."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toneguide.score import STATUSES

WORDS = (
    "kiitos kaikille ei ole mä oon tosi iloinen strateginen kumppanuus asiakasrajapinnassa toteutetaan meidän teillä yhdessä rohkeus . ! ? , \n "
    "thanks we are not proud leverage synergies you don't bold ( ) ” #hyvätyö @nimi:lle https://example.org 🎉 12.30 HR:n Toivo"
).split(" ")
posts = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)
texts = st.one_of(st.text(max_size=200), posts)
languages = st.sampled_from([None, "fi", "en"])


@pytest.fixture(scope="module")
def guide(valued):
    return valued


@given(text=texts, language=languages)
def test_any_text_gives_numbers_or_a_reason(guide, text, language):
    score = guide.score(text, language=language)
    assert score.status in STATUSES
    numbers = (score.corporate, score.warmth, score.alignment)
    if score.status == "ok":
        assert all(math.isfinite(number) and 0 <= number <= 100 for number in numbers)
    else:
        assert numbers == (None, None, None)
        assert score.reason
    assert score.n_words >= 0
    assert score.text == text


@given(text=texts, language=languages)
def test_parts_add_up_to_the_margin(guide, text, language):
    score = guide.score(text, language=language, min_words=0)
    for dimension, margin in score.margin.items():
        parts = math.fsum(part.amount for part in score.evidence if part.dimension == dimension)
        assert abs(margin - score.bias[dimension] - parts) <= 1e-9


@given(text=texts, language=languages)
def test_spans_slice_the_original(guide, text, language):
    for part in guide.score(text, language=language, min_words=0).evidence:
        assert all(0 <= a < b <= len(text) for a, b in part.spans)
        assert list(part.spans) == sorted(part.spans)
        if part.kind in ("word", "negated"):
            assert part.text == text[slice(*part.spans[0])]


@given(batch=st.lists(st.one_of(texts, st.none()), max_size=8), language=languages)
def test_a_batch_is_the_same_as_one_at_a_time(guide, batch, language):
    together = list(guide.score_many(batch, language=language))
    assert len(together) == len(batch)
    for score, text in zip(together, batch, strict=True):
        alone = guide.score(text or "", language=language)
        assert (score.status, score.language, score.n_words, score.reason) == (alone.status, alone.language, alone.n_words, alone.reason)
        assert score.margin == pytest.approx(alone.margin, abs=1e-12)
        assert score.values == alone.values


@given(text=texts)
def test_the_same_text_gives_the_same_score_again(guide, text):
    one, other = guide.score(text), guide.score(text)
    assert one.margin == other.margin
    assert one.evidence == other.evidence


@given(text=texts, pair=st.sampled_from([("fi", "en"), ("en", "fi")]))
def test_the_order_of_the_guides_languages_leaves_no_trace(guide, text, pair):
    first = guide.score(text, language=pair[0], min_words=0).margin
    guide.score(text, language=pair[1], min_words=0)
    assert guide.score(text, language=pair[0], min_words=0).margin == first


@given(text=posts)
def test_space_around_a_post_changes_nothing(guide, text):
    bare, padded = guide.score(text, language="fi", min_words=0), guide.score(f"\n  {text} \n", language="fi", min_words=0)
    assert padded.margin == pytest.approx(bare.margin, abs=1e-12)
    assert padded.n_words == bare.n_words


@given(text=posts, language=st.sampled_from(["fi", "en"]))
def test_named_shown_and_alignment_stay_within_bounds(guide, text, language):
    for value in guide.score(text, language=language, min_words=0).values.values():
        assert all(0 <= number <= 100 for number in value[:4])


@given(text=texts, language=languages)
def test_min_words_0_is_never_too_short(guide, text, language):
    assert guide.score(text, language=language, min_words=0).status != "too_short"


@given(text=texts, language=st.sampled_from(["fi", "en"]))
def test_a_given_language_leaves_only_texts_without_words_unscored(guide, text, language):
    score = guide.score(text, language=language, min_words=0)
    assert score.status in ("ok", "empty", "unreadable")
    assert score.language in (language, "")


@pytest.mark.parametrize("size", [1, 2, 5, 300])
def test_the_size_of_a_batch_does_not_move_the_accurate_pipeline(accurate, size):
    post = "Me mennään huomenna saunaan, tulehan sinäkin mukaan!"
    margins = [tuple(score.margin.values()) for score in accurate.score_many([post] * size)]
    assert set(margins) == {tuple(accurate.score(post).margin.values())}


SINGLE = "jargon strategic thanks lovely innovative meeting coffee kiitos strateginen hyödynnämme kahvi innovatiivinen ihana talo".split()


@given(words=st.lists(st.sampled_from(SINGLE), min_size=2, max_size=30), place=st.integers(0, 29), language=st.sampled_from(["fi", "en"]))
def test_without_a_word_that_adds_the_rest_adds_no_more_than_its_share_of_the_length(guide, words, place, language):
    place %= len(words)
    before = guide.score(" ".join(words), language=language, min_words=0)
    start = len(" ".join(words[:place])) + (place > 0)
    after = guide.score(" ".join([*words[:place], *words[place + 1 :]]), language=language, min_words=0)
    k = guide._models[language].k
    for dimension in before.margin:
        own = [p.amount for p in before.evidence if p.kind == "word" and p.dimension == dimension and p.spans[0][0] == start]
        if len(own) != 1 or own[0] <= 0 or any(p.kind in ("phrase", "negated") for p in (*before.evidence, *after.evidence)):
            continue
        one, other = (math.fsum(p.amount for p in s.evidence if p.kind == "word" and p.dimension == dimension) for s in (before, after))
        # What is left is shared by one word less.
        assert other <= one * (before.n_words + k) / (after.n_words + k) + 1e-9
