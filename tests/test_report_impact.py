"""Tone and reactions: an effect that is there is found, one that is not there is not, and nobody is promised a cause."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from toneguide.errors import CallError
from toneguide.interface import speaking
from toneguide.report import measure_impact


def simulated(effect: float, *, seed: int = 0, n: int = 240, popular: float = 0.0) -> pd.DataFrame:
    """Posts of ten authors; `effect` on the log of reactions for ten points more of warmth, `popular` for warm authors as such."""
    rng = np.random.default_rng(seed)
    author, channel = rng.integers(0, 10, n), rng.integers(0, 3, n)
    own = 10 * rng.normal(size=10)
    warmth = np.clip(50 + own[author] + 15 * rng.normal(size=n), 0, 100)
    log = 3 + popular * own[author] + 0.5 * channel + effect * warmth / 10 + 0.5 * rng.normal(size=n)
    return pd.DataFrame({
        "author": [f"a{one}" for one in author], "channel": [f"c{one}" for one in channel], "reactions": np.expm1(np.maximum(log, 0)).round(),
        "corporate": np.clip(50 + 15 * rng.normal(size=n), 0, 100), "warmth": warmth, "status": "ok", "language": "fi",
        "n_words": rng.integers(10, 90, n), "date": "2025-03-01",
    })  # fmt: skip


def warmth_of(frame: pd.DataFrame):
    return next(effect for effect in measure_impact(frame).effects if effect.dimension == "warmth")


def test_an_effect_that_is_there_is_found_within_its_interval() -> None:
    found = warmth_of(simulated(0.2))
    assert found.clear
    assert found.low <= 100 * np.expm1(0.2) <= found.high


def test_without_an_effect_few_of_many_archives_show_one() -> None:
    assert sum(warmth_of(simulated(0.0, seed=seed)).clear for seed in range(20)) <= 3


def test_warm_people_who_are_popular_anyway_make_no_effect() -> None:
    assert sum(warmth_of(simulated(0.0, seed=seed, popular=0.1)).clear for seed in range(10)) <= 2


def test_what_it_rests_on_and_that_it_proves_no_cause_is_always_told() -> None:
    impact = measure_impact(simulated(0.2))
    with speaking("en"):
        assert impact.told.splitlines()[-1].startswith("This is not a proof of cause")
    with speaking("fi"):
        assert "ei todista" in impact.told
    assert (impact.n_posts, impact.n_authors) == (240, 10)
    assert list(impact.frame()["score"]) == ["corporate", "warmth"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"reactions": "paljon"}, "reactions is a count"),
        ({"reactions": -1}, "reactions is a count"),
        ({"author": [f"a{n}" for n in range(240)]}, "0 posts can be compared"),
        ({"status": "too_short"}, "0 posts can be compared"),
    ],
)
def test_what_cannot_be_measured_is_said(change: dict, told: str) -> None:
    with pytest.raises(CallError, match=told):
        measure_impact(simulated(0.0).assign(**change))


@pytest.mark.parametrize(("column", "told"), [("reactions", "no column 'reactions'"), ("warmth", "score the posts first")])
def test_a_missing_column_is_named(column: str, told: str) -> None:
    with pytest.raises(CallError, match=told):
        measure_impact(simulated(0.0).drop(columns=column))
