"""Scores of archives: the same as one post at a time, whatever posts stand around it."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from archives import make_posts, odd_posts, sentences
from hypothesis import given
from hypothesis import strategies as st

from toneguide.guide import ToneGuide
from toneguide.language import analysis, reading_many
from toneguide.language.analysis import Analysed, load_pipeline
from toneguide.language.flat import join_texts
from toneguide.language.tokens import tokenize
from toneguide.lexicons.phrases import GAP, Match
from toneguide.model.many import margins_of_many
from toneguide.score import score_columns
from toneguide.values.library import library_ids

POSTS = [*odd_posts(), *make_posts(150)]
WORDS = st.sampled_from(
    "kiitos kaikille Will Mark Onni ei en emme ole ylpeä me mennään tehdään , , . ! ? : ; ja sekä and or but not proud never was decided is being "
    'developed osaaminen kehittäminen yrityksen strategian toteutus sinä sun you your what why Mitä because että “ ” " thank you so much in order to '
    "ottaa asia haltuun #hyvätyö 😀 soooo KIITOS we're don't 3 \n \n\n tehtävä johto ( )".split(" ")
)
MIXED = st.lists(WORDS, min_size=1, max_size=60).map(" ".join)


def as_one_by_one(guide, texts, **how):
    return score_columns(list(guide.score_many(texts, **how)), [value.name for value in guide.values])


def assert_alike(columns, expected):
    assert list(columns) == list(expected)
    for name, values in expected.items():
        for i, value in enumerate(values):
            found = columns[name][i]
            assert found == (pytest.approx(value, abs=1e-12, rel=0) if isinstance(value, float) else value), (name, i)


@pytest.mark.parametrize("how", [{}, {"language": "fi"}, {"language": "en", "min_words": 0}, {"min_words": 20}], ids=str)
def test_columns_are_what_one_post_at_a_time_gives(fast, how):
    assert_alike(fast.score_columns(POSTS, **how), as_one_by_one(fast, POSTS, **how))


@pytest.mark.parametrize("language", [None, "fi", "en"])
@given(texts=st.lists(MIXED, min_size=1, max_size=6))
def test_any_posts_score_alike_together_and_alone(fast, language, texts):
    assert_alike(fast.score_columns(texts, language, 0), as_one_by_one(fast, texts, language=language, min_words=0))


def test_columns_of_the_accurate_pipeline_are_what_one_post_at_a_time_gives(accurate):
    posts = [*odd_posts(), *make_posts(30)]
    found, expected = accurate.score_columns(posts), as_one_by_one(accurate, posts)
    assert found["status"] == expected["status"]
    # A tagger's numbers may change in their last bits with the posts beside it.
    assert_alike(found, expected)


def test_a_guide_with_values_has_its_columns(valued):
    assert_alike(valued.score_columns(POSTS[:60]), as_one_by_one(valued, POSTS[:60]))


def test_scores_do_not_depend_on_the_posts_around(fast):
    posts = make_posts(64)
    whole = fast.score_columns(posts)
    for size in (1, 7, 33):
        cut = [fast.score_columns(posts[i : i + size]) for i in range(0, len(posts), size)]
        for name, values in whole.items():
            # To the last bit: an archive is the same file however it is cut into blocks.
            assert [value for columns in cut for value in columns[name]] == values


@pytest.mark.parametrize("pipeline", ["fast", "accurate"])
@pytest.mark.parametrize("language", ["fi", "en"])
def test_margins_of_many_are_those_of_each(fast, pipeline, language):
    texts = [tokenize(text) for text in make_posts(40) if text]
    analysed = [one for one in load_pipeline(pipeline).analyse(texts, language) if one.n_words]
    model = fast._models[language]
    np.testing.assert_allclose(margins_of_many(model, join_texts(analysed)), [model.margins(one) for one in analysed], rtol=0, atol=1e-12)


def every_phrase(begins: dict[str, list[tuple[int, tuple[str, ...]]]], text: Analysed) -> Iterator[Match]:
    """Phrases by a look at every word: the longest first, none overlapping or crossing a sentence."""
    keys = [(f"={word.form}", word.form, word.lemma) for word in map(text.type_at, range(len(text.tokens)))]

    def stands(elements: tuple[str, ...], at: int, stop: int) -> Iterator[tuple[int, ...]]:
        if not elements:
            yield ()
        elif elements[0] == GAP:
            for skip in range(4):
                yield from stands(elements[1:], at + skip, stop)
        elif at < stop and elements[0] in keys[at]:
            yield from ((at, *rest) for rest in stands(elements[1:], at + 1, stop))

    for first, stop in text.tokens.sentence_ranges():
        free = first
        for at in range(first, stop):
            several = [(n, elements) for key in set(keys[at]) for n, elements in begins.get(key, ())]
            found = [Match(n, places) for n, elements in several for places in stands(elements, at, stop)]
            if found and at >= free:
                yield max(found, key=lambda match: len(match.places))
                free = max(found, key=lambda match: len(match.places)).places[-1] + 1


@pytest.mark.parametrize("language", ["fi", "en"])
def test_no_phrase_is_passed_over(fast, language):
    """What is ruled out early is nothing that a look at every word finds."""
    texts = [
        tokenize(text)
        for text in (*sentences(language)[::3], "not only kind but, first and foremost, in order to be in the know", "kiitos")
    ]
    begins: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    for n, entry in enumerate(fast._models[language].lexicon.entries):
        begins.setdefault(entry.elements[0], []).extend([(n, entry.elements)] * (len(entry.elements) > 1))
    found = 0
    for text in load_pipeline("fast").analyse(texts, language):
        expected = list(every_phrase(begins, text))
        assert [match.places for match in fast._models[language].units(text).phrases] == [match.places for match in expected]
        found += len(expected)
    assert found > 50


def test_forgetting_words_changes_no_score(monkeypatch):
    guide = ToneGuide.default("fast")
    posts = make_posts(60)
    expected = guide.score_columns(posts)
    monkeypatch.setattr(analysis, "MOST_TYPES", 50)
    monkeypatch.setattr(reading_many, "MOST_CHUNKS", 50)
    found = [guide.score_columns(posts[i : i + 10]) for i in range(0, 60, 10)]
    assert [value for columns in found for value in columns["warmth"]] == expected["warmth"]
    # The last ten posts alone are remembered.
    assert len(load_pipeline("fast").tables["fi"].types) < 500


def test_forgotten_words_take_no_memory(monkeypatch):
    guide = ToneGuide.default("fast")
    posts = make_posts(40)
    monkeypatch.setitem(load_pipeline("fast").tables, "fi", analysis.TypeTable("fi"))
    guide.score_columns(posts)
    forgotten = weakref.ref(load_pipeline("fast").tables["fi"])
    monkeypatch.setattr(analysis, "MOST_TYPES", 50)
    guide.score_columns(posts)
    gc.collect()
    assert forgotten() is None


def test_a_score_does_not_depend_on_what_was_read_before(fast, monkeypatch):
    """Digits that are half a word were a number or a mark, whichever came first."""
    post = "The museum had its 100,000th visitor of the year today, and we were there."
    scores = []
    for before in ("Exactly 100 of them came and we were glad to see them.", "The 100,000th and the 100,500th of them came."):
        monkeypatch.setitem(load_pipeline("fast").tables, "en", analysis.TypeTable("en"))
        fast.score(before)
        scores.append(fast.score(post).margin)
    assert scores[0] == scores[1]


@pytest.mark.parametrize("guide", ["fast", "valued"])
def test_threads_do_not_disturb_each_other(guide, request):
    ruled = request.getfixturevalue(guide)
    texts = [[f"{text} uusi{n}sana{i}" for i, text in enumerate(make_posts(30, seed=n))] for n in range(8)]
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(ruled.score_columns, texts))
    assert found == [ruled.score_columns(some) for some in texts]


def test_a_bare_string_and_an_unknown_language_are_refused(fast):
    with pytest.raises(TypeError, match="several texts"):
        fast.score_columns("Kiitos!")
    with pytest.raises(ValueError, match="no models for language 'sv'"):
        fast.score_columns(["Tack!"], "sv")


VALUE_WORDS = st.sampled_from(
    "rohkeus rohkeita rohkeasti luottamus luottamuspääomaa yhdessä yössä turvallisuudesta tingi emme ole olleet harmittaa autoimme eilen Liisa asiakasta "
    "vain kuulemma hitsi tarkistimme jätimme kesken opimme courage brave trust safety never compromise on helped yesterday customers sorry not only we "
    "first supposedly banner will ? . , ! ei uskaltanut hand in owned our mistake listened #rohkeus Toivo tuskin hardly no never banner".split(
        " "
    )
)


@pytest.fixture(scope="module")
def many_values():
    own = {"name": "Laatu", "weight": 2, "shown_by": ["tarkistaa ... hitsi"], "against": ["jättää ... =kesken"], "not": ["laatuaika"]}
    return ToneGuide.default("fast").with_values([*(value for value in library_ids("fi")), own, "Yhdessä tehden"])


@pytest.mark.parametrize("language", ["fi", "en"])
@given(texts=st.lists(st.lists(VALUE_WORDS, min_size=1, max_size=30).map(" ".join), min_size=1, max_size=6))
def test_a_row_of_posts_is_aligned_exactly_as_each_post_is_explained(many_values, language, texts):
    columns = many_values.score_columns(texts, language, 0)
    for i, score in enumerate(many_values.score_many(texts, language, 0)):
        assert columns["alignment"][i] == score.alignment
        for name, found in score.values.items():
            assert columns[f"value:{name}"][i] == (found.alignment if score.status == "ok" else None), (name, texts[i])
