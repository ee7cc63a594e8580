"""How far labels move a model: as far as they justify, and not at all where they justify nothing."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from toneguide.calibrate.labelled import prepare_posts
from toneguide.calibrate.labels import read_labels
from toneguide.calibrate.merge import merge_labels
from toneguide.lab import sample_labels
from toneguide.language.near_copies import near_copies
from toneguide.model.adapt import adapt, grouped_folds
from toneguide.model.calibration import FeatureTable, apply
from toneguide.model.fit import fit_around
from toneguide.model.tone_model import DIMENSIONS


@pytest.fixture(scope="module")
def labelled(fast):
    frame = sample_labels("fi")
    texts = fast.analyse(frame["text"], "fi")
    return texts, {d: ((frame[d] - 1) / 4).to_numpy() for d in DIMENSIONS}


def margins(model, texts):
    return np.array([model.margins(text) for text in texts])


def test_useful_labels_move_the_weights_and_help(fast, labelled):
    texts, shares = labelled
    adapted = adapt(fast.model("fi"), texts, shares)
    assert adapted.decisions["warmth"].verdict == "moved"
    assert adapted.decisions["warmth"].after > adapted.decisions["warmth"].before
    assert not np.allclose(margins(apply(fast.model("fi"), adapted.change), texts), margins(fast.model("fi"), texts))


@pytest.mark.parametrize("seed", range(5))
def test_shuffled_labels_never_change_the_order_of_posts(fast, labelled, seed):
    texts, shares = labelled
    order = np.random.default_rng(seed).permutation(len(texts))
    adapted = adapt(fast.model("fi"), texts, {d: column[order] for d, column in shares.items()})
    before, after = margins(fast.model("fi"), texts), margins(apply(fast.model("fi"), adapted.change), texts)
    assert all(not d.strength for d in adapted.decisions.values())
    assert (np.argsort(before, axis=0) == np.argsort(after, axis=0)).all()


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        (lambda y: np.full_like(y, 0.75), "all the same"),
        (lambda y: 1 - y, "reversed"),
        (lambda y: np.where(np.arange(len(y)) < 5, y, np.nan), "too few"),
        (lambda y: np.full_like(y, np.nan), "too few"),
    ],
    ids=["all the same", "reversed", "five only", "none"],
)
def test_bad_labels_keep_the_shipped_scores_and_say_so(fast, labelled, change, verdict):
    texts, shares = labelled
    adapted = adapt(fast.model("fi"), texts, {d: change(column) for d, column in shares.items()})
    assert [d.verdict for d in adapted.decisions.values()] == [verdict, verdict]
    assert all("unchanged" in d.told for d in adapted.decisions.values())
    assert np.array_equal(margins(apply(fast.model("fi"), adapted.change), texts), margins(fast.model("fi"), texts))


def test_one_dimension_may_move_while_the_other_stays(fast, labelled):
    texts, shares = labelled
    adapted = adapt(fast.model("fi"), texts, {"warmth": shares["warmth"], "corporate": 1 - shares["corporate"]})
    before, after = margins(fast.model("fi"), texts), margins(apply(fast.model("fi"), adapted.change), texts)
    assert np.array_equal(before[:, 0], after[:, 0])
    assert not np.allclose(before[:, 1], after[:, 1])


def test_a_post_that_counts_nothing_changes_nothing(fast, labelled):
    texts, shares = labelled
    design = FeatureTable(fast.model("fi"), texts).design("warmth", np.arange(len(texts)))
    counts = np.where(np.arange(len(texts)) < 8, 0.0, 1.0)
    without = design.fit(shares["warmth"], among=np.arange(8, len(texts)))
    assert design.fit(shares["warmth"], sample_weight=counts).weights == pytest.approx(without.weights, abs=1e-9)


def test_the_sigmoid_is_folded_in_so_that_scores_are_shares_of_ratings(fast, labelled):
    texts, shares = labelled
    adapted = adapt(fast.model("fi"), texts, shares)
    held = expit(adapted.decisions["warmth"].held_out)
    assert abs(held.mean() - shares["warmth"].mean()) < 0.05


def test_newtons_method_over_posts_finds_what_lbfgs_finds(fast, labelled):
    texts, shares = labelled
    design = FeatureTable(fast.model("fi"), texts).design("warmth", np.arange(len(texts)))
    ours = design.fit(shares["warmth"], strength=0.6)
    spread = design._spread(0.6)
    theirs = fit_around(design.features, shares["warmth"], prior=np.zeros(len(spread)), spread=spread, offset=design.start, bias_spread=2.0)
    one, other = (design.start + design.features @ fitted.weights + fitted.bias for fitted in (ours, theirs))
    assert one == pytest.approx(other, abs=1e-3)
    assert one == pytest.approx(design.margins_after(shares["warmth"], strength=0.6), abs=1e-9)


def test_a_calibrated_guide_adds_up_and_both_pipelines_agree_as_before(fast, accurate):
    frame = sample_labels("fi")
    labels = frame[["text"]].assign(**{d: (frame[d] - 1) / 4 for d in DIMENSIONS})
    ours = fast.calibrate(labels, language="fi")
    scores = list(ours.score_many(frame["text"], language="fi"))
    for score in scores:
        for dimension in DIMENSIONS:
            parts = sum(part.amount for part in score.evidence if part.dimension == dimension)
            assert score.margin[dimension] == pytest.approx(score.bias[dimension] + parts, abs=1e-9)

    def agreement(one, other):
        return np.corrcoef(*([s.margin["warmth"] for s in g.score_many(frame["text"], language="fi")] for g in (one, other)))[0, 1]

    assert agreement(ours, ours.with_pipeline("accurate")) > agreement(fast, accurate) - 0.02


@pytest.mark.parametrize("kind", ["all the same", "reversed"])
def test_the_python_interface_warns_where_labels_justify_nothing(fast, kind):
    frame = sample_labels("fi")
    share = (frame["warmth"] - 1) / 4
    labels = frame[["text"]].assign(warmth=share * 0 + 0.5 if kind == "all the same" else 1 - share)
    with pytest.warns(UserWarning, match="warmth: unchanged"):
        ours = fast.calibrate(labels, language="fi")
    assert ours.score(frame["text"][0]).margin == fast.score(frame["text"][0]).margin


# Near-copies and folds


def test_a_near_copy_is_never_on_both_sides_of_a_fold():
    groups = near_copies(["Avoinna ma 3.6. klo 9-16, tervetuloa!", "Hissi seisoo taas.", "Avoinna ti 4.6. klo 8-15, tervetuloa!", "Muu"])
    folds = [set(fold.tolist()) for fold in grouped_folds(groups, 3)]
    assert any({0, 2} <= fold for fold in folds)
    assert sorted(i for fold in folds for i in fold) == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (
            "Kaamos Huolto vahvistaa asemaansa Oulussa ja Kemissä tänä syksynä.",
            "Kaamos Huolto vahvistaa asemaansa Oulussa ja Kemissä tänä...",
            True,
        ),
        ("Kiitos kaikille! https://example.org/a", "Kiitos kaikille! https://example.org/b", True),
        ("Kiitos kaikille, oli hieno päivä.", "Kiitos kaikille, jäi hyvä mieli.", False),
        ("Kyllä", "Ei", False),
    ],
)
def test_cut_and_templated_posts_are_near_copies_and_others_are_not(one, other, same):
    assert (near_copies([one, other]).tolist() == [0, 0]) == same


def test_sample_labels_can_be_read_as_labels_too(fast):
    from importlib.resources import files

    with_path = files("toneguide") / "data" / "sample_labels_en.csv"
    merged = merge_labels(read_labels(str(with_path)))
    assert len(prepare_posts(fast, merged.posts, "en").posts) == 45
