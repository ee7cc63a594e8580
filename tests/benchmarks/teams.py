"""Simulated teams: raters with known biases and noise on the corpora; do the reported numbers hold? (``python tests/benchmarks/teams.py``).

Each team has a taste of its own (two signals it likes or dislikes), so that there is something to learn beyond the shipped models, and three raters
with a bias and noise each. The truth is known: it is measured on all posts that were not labelled.
"""

from __future__ import annotations

import argparse
import time
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from scipy.special import expit
from threadpoolctl import threadpool_limits

from toneguide.calibrate.agreement import krippendorff_alpha, measure_agreement
from toneguide.calibrate.labelled import Labelled, prepare_posts
from toneguide.calibrate.merge import RatedPost
from toneguide.calibrate.quality import figures_of, measure_quality
from toneguide.calibrate.sampling import choose_posts
from toneguide.guide import ToneGuide
from toneguide.model.adapt import adapt, rank_correlation
from toneguide.model.calibration import apply
from toneguide.model.tone_model import DIMENSIONS
from toneguide.model.train import read_corpus

RATERS = ("r1", "r2", "r3")


class Corpus(NamedTuple):
    """A language's posts, read once."""

    examples: list[Any]
    posts: Labelled
    signals: np.ndarray


class Outcome(NamedTuple):
    """What one team was told, and whether it is true."""

    alpha: bool
    accuracy: bool
    coverage: bool
    gain: float


@lru_cache(maxsize=None)
def corpus(language: str) -> Corpus:
    guide, examples = ToneGuide.default("fast"), read_corpus(language)
    posts = [RatedPost(e.text, language, e.channel, {"warmth": {"": 3.0}}) for e in examples]
    found = prepare_posts(guide, posts, language)
    return Corpus(examples, found, np.array([guide.model(language).signal_values(text) for text in found.texts]))


def team_ratings(language: str, dimension: str, seed: int, *, inverted: bool = False) -> np.ndarray:
    """Ratings 1-5 of every post by three raters, shape (n_posts, 3)."""
    rng = np.random.default_rng(seed)
    data = corpus(language)
    said = np.array([(e.corporate, e.warmth) for e in data.examples])[:, DIMENSIONS.index(dimension)]
    known = np.flatnonzero(data.signals.std(axis=0) > 0.1)
    liked = rng.choice(known, 2, replace=False)
    taste = data.signals[:, liked] / data.signals[:, liked].std(axis=0) @ rng.choice([-0.6, 0.6], 2)
    truth = 1.1 * (2 * said - 1) + taste + rng.normal(0, 0.4, len(said))
    bias, noise = rng.normal(0, 0.4, 3), rng.uniform(0.3, 0.9, 3)
    heard = truth[:, None] + bias + rng.normal(size=(len(said), 3)) * noise
    ratings = np.clip(np.round(3 + heard), 1, 5)
    if inverted:
        ratings[:, 2] = 6 - ratings[:, 2]
    return ratings


def rated_posts(
    language: str, dimension: str, ratings: np.ndarray, chosen: np.ndarray, seed: int, *, missing: float = 0.2
) -> list[RatedPost]:
    """Some posts as the team labelled them; each rater leaves some out."""
    rng, data = np.random.default_rng(seed), corpus(language)
    posts = []
    for i in chosen.tolist():
        said = {rater: float(r) for rater, r in zip(RATERS, ratings[i], strict=True) if rng.random() > missing}
        e = data.examples[i]
        posts.append(RatedPost(e.text, language, e.channel, {dimension: said or {"r1": float(ratings[i, 0])}}))
    return posts


@threadpool_limits.wrap(limits=1, user_api="blas")
def run_team(language: str, dimension: str, seed: int, *, n: int = 60, most: int = 1000) -> Outcome:
    """One team: is the truth inside what it was told?"""
    guide = ToneGuide.default("fast")
    model = guide.model(language)
    ratings = team_ratings(language, dimension, seed)
    chosen = np.random.default_rng(seed + 10_000).choice(len(ratings), n, replace=False)
    posts = rated_posts(language, dimension, ratings, chosen, seed)
    labelled = prepare_posts(guide, posts, language)
    agreement = measure_agreement(posts, dimension, seed=seed)
    quality = measure_quality(model, labelled, dimension, peer=False, seed=seed)
    adapted = adapt(model, labelled.texts, labelled.shares, groups=labelled.groups, weights=labelled.counts)
    ours = apply(model, adapted.change)
    rest = np.random.default_rng(seed).permutation(np.setdiff1d(np.arange(len(ratings)), chosen))[:most]
    # New posts are rated by the same raters, as patchily.
    fresh = prepare_posts(guide, rated_posts(language, dimension, ratings, rest, seed + 1), language)
    j = DIMENSIONS.index(dimension)
    scores = 100 * expit(np.array([ours.margins(text)[j] for text in fresh.texts]))
    shipped = np.array([model.margins(text)[j] for text in fresh.texts])
    truth = 100 * fresh.shares[dimension]
    alpha = krippendorff_alpha(ratings.tolist())
    true_rank = rank_correlation(scores, truth)
    inside = float((np.abs(scores - truth) <= quality.doubt.points).mean())
    told = quality.ours.spearman
    return Outcome(
        agreement.low <= alpha <= agreement.high, told.low <= true_rank <= told.high,
        quality.doubt.low <= inside <= quality.doubt.high, true_rank - rank_correlation(shipped, truth),
    )  # fmt: skip


@threadpool_limits.wrap(limits=1, user_api="blas")
def bad_labels(language: str, dimension: str, kind: str, seed: int, *, n: int = 50) -> tuple[float, str]:
    """How much worse than the shipped model deliberately bad labels make it (AUC on the corpus labels), and what is said."""
    guide, data = ToneGuide.default("fast"), corpus(language)
    model, j = guide.model(language), DIMENSIONS.index(dimension)
    rng = np.random.default_rng(seed)
    ratings = team_ratings(language, dimension, seed, inverted=kind == "one inverted")
    chosen = rng.choice(len(ratings), 5 if kind == "five" else n, replace=False)
    if kind == "shuffled":
        ratings[chosen] = ratings[rng.permutation(chosen)]
    if kind == "all the same":
        ratings[:] = 4
    labelled = prepare_posts(guide, rated_posts(language, dimension, ratings, chosen, seed, missing=0.0), language)
    adapted = adapt(model, labelled.texts, labelled.shares, groups=labelled.groups, weights=labelled.counts)
    ours, rest = apply(model, adapted.change), np.setdiff1d(np.arange(len(ratings)), chosen)
    # Against the team's own honest ears: what it would have said of the other posts.
    honest = 25 * (team_ratings(language, dimension, seed)[rest].mean(axis=1) - 1)
    texts = [data.posts.texts[i] for i in rest]
    before, after = (figures_of(np.array([m.margins(t)[j] for t in texts]), honest).auc.value for m in (model, ours))
    said = adapted.decisions[dimension].verdict
    if any(weight == 0 for weight in labelled.weights[dimension].values()):
        said += ", a rater against the others left out"
    return before - after, said


@threadpool_limits.wrap(limits=1, user_api="blas")
def chosen_against_random(language: str, dimension: str, seed: int, *, n: int = 50) -> float:
    """Spearman on the other half of the corpus after 50 chosen labels, less that after 50 random ones."""
    guide, data = ToneGuide.default("fast"), corpus(language)
    model, j = guide.model(language), DIMENSIONS.index(dimension)
    ratings, rng = team_ratings(language, dimension, seed), np.random.default_rng(seed)
    order = rng.permutation(len(ratings))
    pool, rest = order[: len(order) // 2], order[len(order) // 2 :]
    chosen = pool[[c.place for c in choose_posts(guide, [data.examples[i].text for i in pool], n, language=language, seed=seed)]]
    truth = ratings[rest].mean(axis=1)
    reached = []
    for some in (chosen, rng.choice(pool, n, replace=False)):
        labelled = prepare_posts(guide, rated_posts(language, dimension, ratings, some, seed), language)
        adapted = adapt(model, labelled.texts, labelled.shares, groups=labelled.groups, weights=labelled.counts)
        ours = apply(model, adapted.change)
        reached.append(rank_correlation(np.array([ours.margins(data.posts.texts[i])[j] for i in rest]), truth))
    return reached[0] - reached[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=100)
    args = parser.parse_args()
    cases = [(("fi", "en")[i % 2], DIMENSIONS[i // 2 % 2], i) for i in range(args.runs)]
    start = time.perf_counter()
    outcomes = [run_team(*case) for case in cases]
    for name in ("alpha", "accuracy", "coverage"):
        print(f"{name}: true value inside the reported interval in {sum(getattr(o, name) for o in outcomes)} of {len(outcomes)} runs")
    gains = np.array([o.gain for o in outcomes])
    print(
        f"Spearman gained over the shipped model: {gains.mean():+.3f} (se {gains.std() / len(gains) ** 0.5:.3f}); {time.perf_counter() - start:.0f} s"
    )
    for kind in ("shuffled", "all the same", "five", "one inverted"):
        found = [bad_labels(case[0], case[1], kind, case[2]) for case in cases[:40]]
        worse, said = [w for w, _ in found], [s for _, s in found]
        counts = ", ".join(f"{s} {said.count(s)}" for s in sorted(set(said)))
        print(f"{kind}: AUC lost against the shipped model, mean {np.mean(worse):+.4f}, worst {max(worse):+.4f}; {counts}")
    differences = np.array([chosen_against_random(*case) for case in cases[:40]])
    print(f"50 chosen less 50 random: {differences.mean():+.4f} Spearman (se {differences.std() / len(differences) ** 0.5:.4f})")


if __name__ == "__main__":
    main()
