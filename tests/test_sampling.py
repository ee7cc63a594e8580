"""What to label next: different posts, no near-copies, the same ones for the same seed."""

from __future__ import annotations

import numpy as np
import pytest

from toneguide.calibrate.sampling import choose_posts
from toneguide.lab import sample_posts
from toneguide.language.near_copies import near_copies


@pytest.fixture(scope="module")
def archive():
    return sample_posts("fi")


def test_the_same_seed_chooses_the_same_posts_and_another_one_others(fast, archive):
    texts = list(archive["text"])
    assert choose_posts(fast, texts, 20, seed=1) == choose_posts(fast, texts, 20, seed=1)
    assert {c.place for c in choose_posts(fast, texts, 3)} <= set(range(len(texts)))


def test_near_copies_of_one_another_or_of_labelled_posts_are_never_chosen(fast, archive):
    texts = list(archive["text"])
    doubled = texts[:30] + [f"{text} https://example.org/{i}" for i, text in enumerate(texts[:30])]
    labelled = texts[:5]
    chosen = [doubled[c.place] for c in choose_posts(fast, doubled, 60, labelled=labelled)]
    groups = near_copies([*labelled, *chosen])
    assert len(set(groups[len(labelled) :].tolist())) == len(chosen)
    assert not set(groups[len(labelled) :].tolist()) & set(range(len(labelled)))
    assert 20 <= len(chosen) <= 25


def test_a_batch_spreads_wider_over_scores_and_channels_than_chance(fast, archive):
    texts, channels = list(archive["text"]), list(archive["channel"])
    scores = np.array([s.warmth if s.warmth is not None else np.nan for s in fast.score_many(texts, language="fi")])
    chosen = [c.place for c in choose_posts(fast, texts, 20, channels=channels, language="fi")]
    rng = np.random.default_rng(0)
    ok = np.flatnonzero(~np.isnan(scores))
    by_chance = [np.std(scores[rng.choice(ok, 20, replace=False)]) for _ in range(200)]
    assert np.std(scores[chosen]) > np.median(by_chance)
    assert {channels[i] for i in chosen} == {c for c in set(channels) if channels.count(c) > 3}


def test_once_there_are_labels_every_second_post_goes_by_doubt(fast, archive):
    texts = list(archive["text"])
    assert {c.why for c in choose_posts(fast, texts[25:], 10)} == {"spread"}
    assert [c.why for c in choose_posts(fast, texts[25:], 4, labelled=texts[:25])] == ["unsure", "spread", "unsure", "spread"]


def test_posts_without_a_score_are_not_chosen(fast):
    assert choose_posts(fast, ["", "🎉", "Hei", "Tack så mycket för den här fina dagen, alla kolleger!"], 4) == []


def test_nothing_to_choose_is_an_error_and_too_few_is_not(fast):
    with pytest.raises(ValueError, match="1 or more"):
        choose_posts(fast, ["Kiitos kaikille eilisestä, oli kivaa."], 0)
    assert len(choose_posts(fast, ["Kiitos kaikille eilisestä, oli kivaa."], 5)) == 1
