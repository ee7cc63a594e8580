"""The score of one text: parts that add up, spans, and how it is shown."""

from __future__ import annotations

import csv
import itertools
import math
from importlib import resources

import pytest

from toneguide.model.tone_model import NEGATED, to_score
from toneguide.score import ToneScore, score_columns, score_row

LONG = (
    "Kiitos kaikille talkoolaisille! Sauna oli kuuma ja makkara hyvää. En olisi ikinä uskonut, että meitä tulee näin monta. "
    "Lautta kulki koko illan, ja lapset nauroivat laiturilla. Ensi vuonna otetaan uusiksi, eikö niin? Tuokaa silloin omat mukit. "
    "Erityisen iloinen olen naapureista: he leipoivat, kantoivat ja siivosivat viimeiseen asti. "
)


def posts() -> list[str]:
    path = resources.files("toneguide") / "data" / "sample_archive.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [row["text"] for row in csv.DictReader(file)]


@pytest.fixture(scope="module", params=["fast", "accurate"])
def scores(request):
    guide = request.getfixturevalue(request.param)
    return [score for score in guide.score_many(posts()) if score.status == "ok"]


def unit_total(score: ToneScore, dimension: str) -> float:
    return sum(part.amount for part in score.evidence if part.kind != "signal" and part.dimension == dimension)


def test_parts_add_up_to_the_margin(scores):
    assert len(scores) > 150
    for score in scores:
        for dimension in ("corporate", "warmth"):
            parts = math.fsum(part.amount for part in score.evidence if part.dimension == dimension)
            assert score.margin[dimension] == pytest.approx(score.bias[dimension] + parts, abs=1e-9)


def test_score_is_the_one_map_of_the_margin(scores):
    for score in scores:
        assert score.warmth == to_score(score.margin["warmth"])
        assert score.corporate == to_score(score.margin["corporate"])


def test_spans_of_words_and_phrases_slice_what_the_part_says(scores):
    for score in scores:
        for part in score.evidence:
            assert all(0 <= a < b <= len(score.text) for a, b in part.spans)
            if part.kind in ("word", "negated"):
                assert part.text == " … ".join(score.text[a:b] for a, b in part.spans)
            elif part.kind == "phrase":
                assert part.text.split(" … ")[0].startswith(score.text[slice(*part.spans[0])])


def test_parts_come_in_text_order_with_signals_last(scores):
    for score in scores:
        kinds = [part.kind == "signal" for part in score.evidence]
        assert kinds == sorted(kinds)
        starts = [part.spans[0][0] for part in score.evidence if part.kind != "signal"]
        assert starts == sorted(starts)


def test_no_letter_belongs_to_two_units(scores):
    for score in scores:
        for dimension in ("corporate", "warmth"):
            spans = sorted(s for part in score.evidence if part.kind != "signal" and part.dimension == dimension for s in part.spans)
            assert all(a[1] <= b[0] or a == b for a, b in itertools.pairwise(spans))


def test_to_score_is_finite_and_monotone():
    margins = [-1e9, -800, -700, -30, 0, 30, 700, 1e9]
    scores = [to_score(margin) for margin in margins]
    assert scores == sorted(scores)
    assert (scores[0], to_score(0.0), scores[-1]) == (0.0, 50.0, 100.0)


def test_a_doubled_long_text_keeps_its_unit_parts_nearly_unchanged(fast):
    once, twice = fast.score(LONG * 2, language="fi"), fast.score(LONG * 4, language="fi")
    for dimension in ("corporate", "warmth"):
        assert unit_total(twice, dimension) == pytest.approx(unit_total(once, dimension), rel=0.15)


def test_a_doubled_text_moves_by_the_constant_in_the_length_alone(fast):
    once, twice = fast.score(LONG, language="fi"), fast.score(LONG * 2, language="fi")
    k = fast._models["fi"].k
    expected = 2 * (once.n_words + k) / (2 * once.n_words + k)
    for dimension in ("corporate", "warmth"):
        assert unit_total(twice, dimension) == pytest.approx(expected * unit_total(once, dimension), rel=1e-9)


@pytest.mark.parametrize(
    ("text", "name", "language"),
    [("Moi. Hei.", "sentence_variation", "fi"), ("Good night.", "sentence_variation", "en")],
)
def test_an_undefined_signal_has_no_part(fast, text, name, language):
    score = fast.score(text, language=language, min_words=0)
    assert name not in {part.name for part in score.evidence}


def test_a_text_without_words_has_no_signals_at_all(fast, analyse):
    values = fast._models["fi"].signal_values(analyse("🎉 12.30!", "fi"))
    assert not values.any()


@pytest.mark.parametrize(
    ("plain", "negated", "word", "language"),
    [("Tämä on hauskaa.", "Tämä ei ole hauskaa.", "hauskaa", "fi"), ("It is funny.", "It is not funny.", "funny", "en")],
)
def test_a_negated_word_is_one_part_that_points_half_as_far_the_other_way(fast, plain, negated, word, language):
    k = fast._models[language].k

    def weight(text: str, kind: str) -> float:
        score = fast.score(text, language=language, min_words=0)
        (part,) = (p for p in score.evidence if (p.dimension, p.kind, p.text) == ("warmth", kind, word))
        return part.amount * (score.n_words + k)

    assert weight(plain, "word") > 0
    assert weight(negated, "negated") == pytest.approx(NEGATED * weight(plain, "word"), rel=1e-9)


def test_top_is_sorted_by_size_and_knows_its_dimensions(fast):
    score = fast.score(LONG)
    sizes = [abs(part.amount) for part in score.top("warmth", 7)]
    assert sizes == sorted(sizes, reverse=True)
    assert len(sizes) == 7
    with pytest.raises(ValueError, match="corporate, warmth"):
        score.top("cold")


def test_repr_says_the_scores_or_why_there_are_none(fast, valued):
    score = fast.score(LONG)
    assert repr(score).startswith(f"ToneScore(corporate {score.corporate:.0f}, warmth {score.warmth:.0f}; fi, ")
    assert "alignment" in repr(valued.score(LONG))
    assert repr(fast.score("")) == "ToneScore(empty: there is no text)"


def test_a_row_has_every_column_and_no_number_without_a_score(valued):
    row = score_row(valued.score("Hei"), ["Rohkeus"])
    assert list(row) == ["language", "status", "reason", "n_words", "corporate", "warmth", "alignment", "in_tone", "value:Rohkeus"]
    assert [row[name] for name in ("corporate", "warmth", "alignment", "in_tone", "value:Rohkeus")] == [None] * 5


def test_columns_are_as_long_as_the_scores(valued):
    columns = score_columns([valued.score(LONG), valued.score("")], ["Be bold"])
    assert {len(column) for column in columns.values()} == {2}
    assert columns["status"] == ["ok", "empty"]
    assert list(columns)[-1] == "value:Be bold"
