"""How good, how sure, what next: figures, intervals, targets, norms and the learning curve."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from toneguide.calibrate.conformal import Doubt, measure_doubt, place_score
from toneguide.calibrate.labelled import prepare_posts
from toneguide.calibrate.learning import measure_learning
from toneguide.calibrate.merge import RatedPost
from toneguide.calibrate.norms import compare_scores, find_norms, percentile
from toneguide.calibrate.quality import Figure, auc, measure_quality
from toneguide.calibrate.thresholds import Costs, choose_target
from toneguide.decided import Band
from toneguide.lab import sample_labels, sample_posts
from toneguide.model.adapt import adapt, grouped_folds


@pytest.fixture(scope="module")
def labelled(fast):
    frame = sample_labels("fi")
    posts = [
        RatedPost(r.text, "fi", r.channel, {"warmth": {"r1": float(r.warmth), "r2": float(max(1, r.warmth - 1))}})
        for r in frame.itertuples()
    ]
    return prepare_posts(fast, posts, "fi")


@pytest.fixture(scope="module")
def quality(fast, labelled):
    return measure_quality(fast.model("fi"), labelled, "warmth")


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from([0.0, 25.0, 75.0, 100.0])), min_size=4, max_size=40))
def test_auc_is_scikit_learns(pairs):
    scores, ratings = np.array([s for s, _ in pairs], dtype=float), np.array([r for _, r in pairs])
    if len(set(ratings > 50)) == 2:
        assert auc(scores, ratings) == pytest.approx(roc_auc_score(ratings > 50, scores))


def test_a_post_rated_in_the_middle_is_on_neither_side():
    assert auc(np.array([1.0, 99.0, 2.0]), np.array([0.0, 50.0, 100.0])) == 1.0


def test_figures_stand_beside_shipped_tfidf_and_a_person(quality):
    for figures in (quality.ours, quality.shipped, quality.peer, quality.human):
        assert figures.spearman.low <= figures.spearman.value <= figures.spearman.high
    assert quality.human.n == 90
    assert quality.human.spearman.value > quality.ours.spearman.value


def test_the_worst_posts_come_worst_first(quality):
    gaps = [abs(post.score - post.rating) for post in quality.worst]
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[0] > quality.ours.points.value


def test_every_post_is_in_one_bin_of_the_reliability_curve(quality):
    assert sum(part.n for part in quality.reliability) == 45
    scores = [part.score for part in quality.reliability]
    assert scores == sorted(scores)


def test_posts_without_a_listed_word_are_counted(quality):
    assert 0 <= quality.n_no_hits < 45
    assert (quality.no_hits is None) == (quality.n_no_hits < 10)


def test_too_few_ratings_are_not_measured(fast):
    posts = [RatedPost(f"Kiitos kaikille numero {i}", "fi", ratings={"warmth": {"a": 1.0 + i % 5}}) for i in range(9)]
    assert measure_quality(fast.model("fi"), prepare_posts(fast, posts, "fi"), "warmth") is None


# Not sure


@pytest.mark.parametrize(("n", "widest"), [(30, 0.30), (100, 0.16), (1000, 0.06)])
def test_coverage_of_new_posts_is_in_the_stated_spread(n, widest):
    rng, inside, spread = np.random.default_rng(0), 0, 0.0
    for _ in range(200):
        scores, ratings = rng.uniform(0, 100, n), rng.uniform(0, 100, n)
        doubt = measure_doubt(scores, ratings, grouped_folds(np.arange(n), 5))
        fresh = np.abs(rng.uniform(0, 100, 4000) - rng.uniform(0, 100, 4000)) <= doubt.points
        inside += doubt.low - 0.01 <= fresh.mean() <= doubt.high + 0.01
        spread = doubt.high - doubt.low
    assert inside >= 180
    assert spread < widest


def test_nineteen_posts_bear_no_interval():
    zeros = np.zeros(19)
    assert measure_doubt(zeros, zeros, [np.arange(19)]) is None


@pytest.mark.parametrize(
    ("score", "place"), [(5, "inside"), (29, "inside"), (31, "not sure"), (49, "not sure"), (51, "outside"), (99, "outside")]
)
def test_it_abstains_where_the_interval_covers_both_sides_of_a_target(score, place):
    assert place_score(score, Band(high=40), Doubt(10, 0.9, 0.9, 0.8, 0.97, 50)) == place


def test_without_an_interval_the_score_itself_decides():
    assert [place_score(score, Band(low=40), None) for score in (39, 40)] == ["outside", "inside"]


# Targets


def test_a_miss_that_costs_more_lets_fewer_cold_posts_through(quality):
    strict, easy = (choose_target(quality, Costs(miss=m, alarm=a)) for m, a in ((5, 1), (1, 5)))
    assert strict.band.low > easy.band.low
    assert strict.missed.value <= easy.missed.value
    assert strict.alarms.value >= easy.alarms.value


def test_realised_rates_have_intervals_that_know_doubt(quality):
    target = choose_target(quality)
    for rate in (target.missed, target.alarms):
        assert rate.low <= rate.value <= rate.high
        assert rate.high > 0


def test_without_cold_posts_there_is_no_target(fast, labelled):
    posts = [RatedPost(p.text, "fi", p.channel, {"warmth": {"r1": 4.0 + i % 2}}) for i, p in enumerate(labelled.posts)]
    found = measure_quality(fast.model("fi"), prepare_posts(fast, posts, "fi"), "warmth", peer=False)
    assert choose_target(found) is None


def test_a_target_that_finds_nothing_is_no_advice(quality):
    target = choose_target(quality)
    assert target.is_useful
    useless = replace(target, missed=Figure(0.83, 0.5, 1.0), alarms=Figure(0.02, 0.0, 0.1))
    assert "no target is possible yet" in useless.told


@pytest.mark.parametrize("cost", [0, -1, float("inf"), float("nan")])
def test_a_cost_that_is_none_is_refused(cost):
    with pytest.raises(ValueError, match="positive"):
        Costs(miss=cost)


# What more labels would bring


def test_the_learning_curve_rises_from_the_shipped_model_and_forecasts(fast, labelled):
    adapted = adapt(fast.model("fi"), labelled.texts, labelled.shares, groups=labelled.groups, weights=labelled.counts)
    curve = measure_learning(fast.model("fi"), labelled, adapted.decisions["warmth"])
    assert curve.points[0].n == 0
    assert curve.points[-1].spearman > curve.points[0].spearman
    assert "60 more labels" in curve.told or "flat" in curve.told
    assert measure_learning(fast.model("fi"), labelled, adapted.decisions["warmth"]) == curve


def test_fewer_than_24_labels_draw_no_curve(fast, labelled):
    few = prepare_posts(fast, labelled.posts[:20], "fi")
    adapted = adapt(fast.model("fi"), few.texts, few.shares)
    assert measure_learning(fast.model("fi"), few, adapted.decisions["warmth"]) is None


# Norms


def test_a_score_has_a_place_among_the_teams_own_posts(fast):
    posts = sample_posts("fi")
    scores = list(fast.score_many(posts["text"], language="fi"))
    norms = find_norms(scores, list(posts["channel"]))
    warm = max((s for s in scores if s.warmth is not None), key=lambda s: s.warmth)
    cold = min((s for s in scores if s.warmth is not None), key=lambda s: s.warmth)
    assert percentile(warm, "warmth", norms) == 95
    assert percentile(cold, "warmth", norms, channel="x") == 5
    assert percentile(warm, "warmth", [n for n in norms if n.language == "en"]) is None


def test_raw_scores_of_two_languages_are_not_compared_and_it_is_said_why(fast):
    one, other = fast.score("Kiitos kaikille eilisestä, oli hauskaa!"), fast.score("Thanks to all of you for coming, it was fun.")
    with pytest.raises(ValueError, match=r"different scales.*percentiles"):
        compare_scores(one, other, "warmth")
    assert compare_scores(one, one, "warmth") == 0
    with pytest.raises(ValueError, match="choose one of"):
        compare_scores(one, one, "mood")
