"""Calibration: the company's labels move the model, as far as they justify."""

from __future__ import annotations

import csv
from importlib import resources

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from toneguide.model.fit import fit_around

POSTS = ["Kiitos kaikille talkoolaisille, oli hauskaa!", "Lasku erääntyy perjantaina, viivästyskorko peritään."]


def read_labels(language: str) -> pd.DataFrame:
    """The bundled labels, 1-5, as shares."""
    path = resources.files("toneguide") / "data" / f"sample_labels_{language}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return pd.DataFrame({"text": [r["text"] for r in rows]} | {d: [(float(r[d]) - 1) / 4 for r in rows] for d in ("corporate", "warmth")})


@pytest.fixture(scope="module", params=["fi", "en"])
def labelled(request):
    return request.param, read_labels(request.param)


def loss(guide, labels: pd.DataFrame, language: str, dimension: str) -> float:
    scores = guide.score_many(labels["text"], language=language, min_words=0)
    margins = np.array([score.margin[dimension] for score in scores])
    wanted = labels[dimension].to_numpy()
    return float(np.mean(np.logaddexp(0, margins) - wanted * margins))


@pytest.mark.parametrize("dimension", ["corporate", "warmth"])
def test_labels_draw_the_scores_towards_them(fast, labelled, dimension):
    language, labels = labelled
    moved = fast.calibrate(labels, language=language)
    assert loss(moved, labels, language, dimension) < loss(fast, labels, language, dimension)


def test_what_was_learnt_from_half_the_labels_helps_with_the_other_half(fast, labelled):
    language, labels = labelled
    moved = fast.calibrate(labels[::2], language=language)
    for dimension in ("corporate", "warmth"):
        assert loss(moved, labels[1::2], language, dimension) < loss(fast, labels[1::2], language, dimension)


def test_calibrate_gives_a_new_guide_and_leaves_the_old_one_and_the_other_language_alone(valued):
    english = "Thanks to all of you for coming today, it was fun."
    before = valued.score(POSTS[0]).margin, valued.score(english).margin
    moved = valued.calibrate(read_labels("fi"), language="fi")
    assert (valued.score(POSTS[0]).margin, valued.score(english).margin) == before
    assert moved.score(POSTS[0]).margin != before[0]
    assert moved.score(english).margin == before[1]
    assert (moved.values, moved.pipeline) == (valued.values, valued.pipeline)


def test_parts_of_a_calibrated_guide_add_up(fast):
    score = fast.calibrate(read_labels("fi"), language="fi").score(POSTS[0])
    for dimension in ("corporate", "warmth"):
        parts = sum(part.amount for part in score.evidence if part.dimension == dimension)
        assert score.margin[dimension] == pytest.approx(score.bias[dimension] + parts, abs=1e-9)


def test_the_same_labels_give_the_same_model(fast):
    one, other = (fast.calibrate(read_labels("fi"), language="fi") for _ in range(2))
    assert one.score(POSTS[0]).margin == other.score(POSTS[0]).margin


def test_one_dimension_is_enough_and_the_other_stays(fast):
    moved = fast.calibrate(pd.DataFrame({"text": POSTS, "warmth": [1.0, 0.0]}), language="fi")
    assert moved.score(POSTS[0]).warmth > fast.score(POSTS[0]).warmth
    assert moved.score(POSTS[0]).corporate == fast.score(POSTS[0]).corporate


@pytest.mark.parametrize("missing", [None, float("nan")])
def test_a_missing_rating_says_nothing(fast, missing):
    with_gap = fast.calibrate(pd.DataFrame({"text": [*POSTS, "Hissi seisoo taas."], "warmth": [1.0, 0.0, missing]}), language="fi")
    without = fast.calibrate(pd.DataFrame({"text": POSTS, "warmth": [1.0, 0.0]}), language="fi")
    assert with_gap.score(POSTS[1]).margin == pytest.approx(without.score(POSTS[1]).margin, abs=1e-6)


def test_no_labels_move_nothing(fast):
    moved = fast.calibrate(pd.DataFrame({"text": pd.Series([], dtype=str), "warmth": pd.Series([], dtype=float)}), language="fi")
    assert moved.score(POSTS[0]).margin == fast.score(POSTS[0]).margin


@pytest.mark.parametrize("empty", ["", None, "🎉", "  "])
def test_a_text_without_words_is_passed_over(fast, empty):
    moved = fast.calibrate(pd.DataFrame({"text": [*POSTS, empty], "warmth": [1.0, 0.0, 1.0]}), language="fi")
    assert moved.score(POSTS[0]).warmth > fast.score(POSTS[0]).warmth


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table])
def test_any_kind_of_frame_will_do(fast, make):
    moved = fast.calibrate(make({"text": POSTS, "warmth": [1.0, 0.0]}), language="fi")
    assert moved.score(POSTS[0]).warmth > fast.score(POSTS[0]).warmth


@pytest.mark.parametrize("dtype", ["int64", "int8", "float32", "object"])
def test_whole_and_short_numbers_are_ratings(fast, dtype):
    frame = pd.DataFrame({"text": POSTS, "warmth": pd.Series([1, 0], dtype=dtype)})
    assert fast.calibrate(frame, language="fi").score(POSTS[0]).warmth > fast.score(POSTS[0]).warmth


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"text": ["a"]}, "'corporate' and 'warmth'; the columns are"),
        ({"post": ["a"], "warmth": [1]}, "needs the column 'text'"),
        ({"text": ["a", "b"], "corporate": [1, 3]}, r"corporate in row 1 is 3.*\(rating - 1\) / 4"),
        ({"text": ["a"], "warmth": [-0.1]}, "ratings go from 0 to 1"),
        ({"text": ["a"], "warmth": ["x"]}, "warmth in row 0 is 'x'"),
        ({"text": ["a"], "warmth": [True]}, "warmth in row 0 is True"),
        ({"text": ["a"], "warmth": [float("inf")]}, "is inf"),
    ],
)
def test_a_frame_that_cannot_be_used_says_what_to_do(fast, columns, message):
    with pytest.raises(ValueError, match=message):
        fast.calibrate(pd.DataFrame(columns), language="fi")


@pytest.mark.parametrize("language", ["sv", None, ""])
def test_a_language_without_models_is_refused(fast, language):
    with pytest.raises(ValueError, match="choose one of fi, en"):
        fast.calibrate(pd.DataFrame({"text": ["a"], "warmth": [1.0]}), language=language)


# The fit beneath it


def test_without_posts_the_fit_stays_at_the_prior():
    prior = np.array([0.5, -1.0])
    found = fit_around(np.zeros((0, 2)), np.zeros(0), prior=prior, spread=np.ones(2), bias=0.3)
    assert found.weights == pytest.approx(prior)
    assert found.bias == pytest.approx(0.3)


@pytest.mark.parametrize("spread", [1e-6, 0.1, 1.0, 10.0])
def test_a_wider_spread_lets_a_weight_move_further(spread):
    features, labels = np.array([[1.0], [-1.0]] * 10), np.array([1.0, 0.0] * 10)
    near, far = (fit_around(features, labels, prior=np.zeros(1), spread=np.array([s])) for s in (spread, spread * 3))
    assert 0 < near.weights[0] < far.weights[0]


def test_an_offset_that_explains_everything_leaves_little_to_learn():
    features, labels = np.array([[1.0], [-1.0]] * 10), np.array([1.0, 0.0] * 10)
    told = fit_around(features, labels, prior=np.zeros(1), spread=np.ones(1), offset=20 * (labels - 0.5))
    untold = fit_around(features, labels, prior=np.zeros(1), spread=np.ones(1))
    assert abs(told.weights[0]) < 0.01 < untold.weights[0]


def test_a_post_of_weight_zero_counts_for_nothing():
    features = np.array([[1.0], [-1.0], [5.0]])
    one = fit_around(features, np.array([1.0, 0.0, 0.0]), prior=np.zeros(1), spread=np.ones(1), sample_weight=np.array([1.0, 1.0, 0.0]))
    two = fit_around(features[:2], np.array([1.0, 0.0]), prior=np.zeros(1), spread=np.ones(1))
    assert one.weights == pytest.approx(two.weights, abs=1e-6)
