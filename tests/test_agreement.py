"""Agreement between raters: the published examples, another library, and what is said of it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics import binary_distance, interval_distance
from nltk.metrics.agreement import AnnotationTask

from toneguide.calibrate.agreement import krippendorff_alpha, measure_agreement
from toneguide.calibrate.labels import Label
from toneguide.calibrate.measure import measure_language
from toneguide.calibrate.merge import RatedPost, merge_labels, post_id, rater_weights
from toneguide.lab import sample_labels

# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, section D: four observers, twelve units, some missing.
OBSERVERS = ("1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 .")
UNITS = [[float(r) for r in unit if r != "."] for unit in zip(*(o.split() for o in OBSERVERS), strict=True)]
# The same paper, section A: two observers, binary.
BINARY = list(zip([0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0], strict=True))


@pytest.mark.parametrize(("level", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_the_published_example_with_missing_ratings(level, published):
    assert krippendorff_alpha(UNITS, level=level) == pytest.approx(published, abs=0.0005)


def test_the_published_binary_example():
    assert krippendorff_alpha(BINARY, level="nominal") == pytest.approx(0.095, abs=0.0005)


@given(st.lists(st.lists(st.integers(1, 5), min_size=1, max_size=4), min_size=3, max_size=15))
@pytest.mark.parametrize(("level", "distance"), [("nominal", binary_distance), ("interval", interval_distance)])
def test_nltk_says_the_same(level, distance, ratings):
    triples = [(f"r{k}", f"p{i}", rating) for i, row in enumerate(ratings) for k, rating in enumerate(row) if len(row) > 1]
    ours = krippendorff_alpha(ratings, level=level)
    if math.isnan(ours):
        return
    assert ours == pytest.approx(AnnotationTask(data=triples, distance=distance).alpha(), abs=1e-9)


@given(st.lists(st.lists(st.integers(1, 5), min_size=2, max_size=4), min_size=3, max_size=15), st.permutations(range(4)))
def test_who_gave_a_rating_does_not_matter(ratings, order):
    shuffled = [[row[k] for k in order if k < len(row)] for row in ratings]
    assert krippendorff_alpha(ratings) == pytest.approx(krippendorff_alpha(shuffled), abs=1e-9, nan_ok=True)


def test_no_shared_post_is_unknown_agreement_and_asks_for_a_second_rater():
    posts = [RatedPost(f"Postaus {i}", "fi", ratings={"warmth": {"r1": 3.0}}) for i in range(5)]
    found = measure_agreement(posts, "warmth")
    assert found.measurable is None
    assert "Ask a second rater" in found.told


def team(noise: float, n: int = 60) -> list[RatedPost]:
    rng = np.random.default_rng(1)
    truth = rng.uniform(1, 5, n)
    heard = np.clip(np.round(truth[:, None] + rng.normal(0, noise, (n, 3))), 1, 5)
    return [
        RatedPost(f"Postaus {i}", "fi", ratings={"warmth": {f"r{k}": float(r) for k, r in enumerate(row)}}) for i, row in enumerate(heard)
    ]


def test_raters_who_agree_are_measurable_and_the_interval_holds_the_value():
    found = measure_agreement(team(0.3), "warmth")
    assert found.measurable
    assert found.low < found.alpha < found.high
    assert [pair.n for pair in found.pairs] == [60, 60, 60]


def test_below_the_limit_it_says_not_measurable_yet_and_what_to_do():
    found = measure_agreement(team(4.0), "warmth")
    assert found.measurable is False
    assert "not measurable yet" in found.told
    assert "definition" in found.told
    assert found.disputed[0].spread == max(d.spread for d in found.disputed)


def test_a_pair_shows_who_rates_higher():
    posts = [RatedPost(f"P{i}", "fi", ratings={"warmth": {"a": min(5.0, 2 + i % 3), "b": 1.0 + i % 3}}) for i in range(9)]
    [pair] = measure_agreement(posts, "warmth").pairs
    assert pair.difference == pytest.approx(1.0)


# Several raters' labels put together


def test_the_later_of_two_ratings_counts_and_the_double_is_listed():
    merged = merge_labels([Label("Hei kaikki", "fi", warmth=2, rater="a"), Label("Hei  kaikki ", "fi", warmth=4, rater="a")])
    assert merged.posts[0].ratings["warmth"] == {"a": 4}
    assert [(d.first, d.last) for d in merged.doubles] == [(2, 4)]


def test_a_post_without_a_language_has_it_identified_and_a_third_language_is_left_out():
    merged = merge_labels(
        [Label("Kiitos kaikille hienosta päivästä!", warmth=5), Label("Tack så mycket för den här fina dagen!", warmth=5)]
    )
    assert [post.language for post in merged.posts] == ["fi"]
    assert len(merged.left_out) == 1


def test_a_wrong_language_column_is_not_believed():
    merged = merge_labels(
        [Label("Kiitos kaikille hienosta päivästä, nähdään taas huomenna!", "en", warmth=5), Label("Moro vaan, well done!", "fi", warmth=5)]
    )
    assert [post.language for post in merged.posts] == ["fi"]
    assert "says en, and the text is in fi" in merged.left_out[0]


def test_a_rater_who_reads_the_scale_backwards_counts_nothing():
    posts = team(0.4)
    turned = [RatedPost(p.text, "fi", ratings={"warmth": {**p.ratings["warmth"], "r2": 6 - p.ratings["warmth"]["r2"]}}) for p in posts]
    weights = rater_weights(turned, "warmth")
    assert weights["r2"] == 0
    assert min(weights["r0"], weights["r1"]) > 0.9
    found = measure_agreement(turned, "warmth")
    assert found.against == ["r2"]
    assert found.alpha == pytest.approx(measure_agreement([_only(p, "r0", "r1") for p in turned], "warmth").alpha)
    assert not found.hopeless


def _only(post, *raters):
    return RatedPost(post.text, "fi", ratings={"warmth": {r: post.ratings["warmth"][r] for r in raters}})


def test_two_raters_who_see_it_the_other_way_round_move_nothing(fast):
    rows = list(sample_labels("fi").itertuples())
    posts = [RatedPost(r.text, "fi", ratings={"warmth": {"a": float(r.warmth), "b": 6.0 - r.warmth}}) for r in rows]
    report = measure_language(fast, posts, "fi", peer=False)
    assert report.dimensions["warmth"].decision.verdict == "disagreed"
    assert "differently" in report.dimensions["warmth"].decision.told
    assert not report.adapted.change.bias.any()
    assert not any(pair.any() for pair in report.adapted.change.entries.values())


def test_with_two_raters_nobody_can_tell_who_is_right():
    posts = [RatedPost(f"P{i}", "fi", ratings={"warmth": {"a": 1.0 + i % 5, "b": 5.0 - i % 5}}) for i in range(20)]
    assert rater_weights(posts, "warmth") == {"a": 1.0, "b": 1.0}


def test_a_posts_short_name_does_not_show_it_and_ignores_white_space():
    assert post_id("Hei  kaikki") == post_id(" Hei kaikki\n")
    assert "Hei" not in post_id("Hei kaikki")
