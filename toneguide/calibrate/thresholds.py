"""Targets from stated costs: where to warn a writer, so that stiff posts are found and colleagues are not annoyed.

Scores here are held out already, so the cheapest threshold is found directly; scikit-learn's `TunedThresholdClassifierCV` would fit an estimator
of its own again.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from toneguide.calibrate.quality import Figure, Quality
from toneguide.decided import Band
from toneguide.interface import percent, tr

__all__ = ["Costs", "Target", "choose_target"]

Floats = npt.NDArray[np.float64]
_DRAWS: Final = 400
_INTERVAL: Final = (2.5, 97.5)
_FEWEST_EACH: Final = 5
_LEAST_USE: Final = 0.25
# What a team wants to hear of: ratings of 4 and 5 for corporate, of 1 and 2 for warmth.
_STIFF: Final = {"corporate": 75.0, "warmth": 25.0}


@dataclass(frozen=True, slots=True)
class Costs:
    """What it costs to miss a stiff post, and to annoy a colleague about a good one."""

    miss: float = 1.0
    alarm: float = 1.0

    def __post_init__(self) -> None:
        if not (self.miss > 0 and self.alarm > 0 and math.isfinite(self.miss + self.alarm)):
            raise ValueError("costs are positive numbers; only their ratio counts")


@dataclass(frozen=True, slots=True)
class Target:
    """A band of scores, and what keeping to it means on posts held out.

    Attributes
    ----------
    dimension : str
        ``"corporate"`` or ``"warmth"``.
    band : Band
        Posts outside are pointed out.
    missed : Figure
        Share of stiff (or cold) posts that are not.
    alarms : Figure
        Share of the other posts that are.
    costs : Costs
        As stated.
    n : int
        Posts it was found on.
    """

    dimension: str
    band: Band
    missed: Figure
    alarms: Figure
    costs: Costs
    n: int

    @property
    def is_useful(self) -> bool:
        """Whether it tells posts apart: it finds more of those it should than of the others."""
        return 1 - self.missed.value - self.alarms.value >= _LEAST_USE

    @property
    def told(self) -> str:
        """One sentence for people."""
        if not self.is_useful:
            return tr(
                "{name}: no target is possible yet. The best one would miss {missed} of the posts it is for, and point out {alarms} of the others.",
                name=tr(self.dimension), missed=percent(self.missed.value), alarms=percent(self.alarms.value),
            )  # fmt: skip
        fields = {
            "low": f"{self.band.low:.0f}", "high": f"{self.band.high:.0f}", "missed": percent(self.missed.value),
            "missed_low": percent(self.missed.low), "missed_high": percent(self.missed.high), "alarms": percent(self.alarms.value),
            "alarms_low": percent(self.alarms.low), "alarms_high": percent(self.alarms.high),
        }  # fmt: skip
        if self.dimension == "corporate":
            return tr(
                "corporate at most {high}: misses {missed} ({missed_low} to {missed_high}) of the posts you rated 4 or 5, "
                "and points out {alarms} ({alarms_low} to {alarms_high}) of the others.",
                **fields,
            )
        return tr(
            "warmth at least {low}: misses {missed} ({missed_low} to {missed_high}) of the posts you rated 1 or 2, "
            "and points out {alarms} ({alarms_low} to {alarms_high}) of the others.",
            **fields,
        )


def choose_target(quality: Quality, costs: Costs | None = None, *, seed: int = 0) -> Target | None:
    """The threshold that costs least on held-out posts.

    Parameters
    ----------
    quality : Quality
        Held-out scores and ratings of one dimension.
    costs : Costs, optional
        Equal where left out.
    seed : int
        Of the bootstrap, in which the threshold is chosen anew every time.

    Returns
    -------
    Target or None
        None with fewer than five posts of either kind.
    """
    wanted = costs or Costs()
    corporate = quality.dimension == "corporate"
    # Warmth is turned round, so that the posts to point out are those with high numbers.
    scores = quality.scores if corporate else 100 - quality.scores
    edge = _STIFF[quality.dimension]
    stiff = quality.ratings >= edge if corporate else quality.ratings <= edge
    if min(stiff.sum(), (~stiff).sum()) < _FEWEST_EACH:
        return None
    threshold = _cheapest(scores, stiff, wanted)
    rng = np.random.default_rng(seed)
    rates = []
    for _ in range(_DRAWS):
        drawn = rng.integers(len(scores), size=len(scores))
        left = np.setdiff1d(np.arange(len(scores)), drawn)
        if stiff[drawn].any() and (~stiff[drawn]).any() and stiff[left].any() and (~stiff[left]).any():
            rates.append(_rates(scores[left], stiff[left], _cheapest(scores[drawn], stiff[drawn], wanted)))
    low, high = np.percentile(np.array(rates), _INTERVAL, axis=0)
    missed, alarms = _rates(scores, stiff, threshold)
    counts = np.array([stiff.sum(), (~stiff).sum()])
    # A bootstrap of a rate that is 0 or 1 knows no doubt; Wilson's interval does.
    least, most = _wilson(np.array([missed, alarms]), counts)
    low, high = np.minimum(low, least), np.maximum(high, most)
    band = Band(high=float(round(threshold))) if corporate else Band(low=float(round(100 - threshold)))
    return Target(
        quality.dimension, band, Figure(missed, float(low[0]), float(high[0])), Figure(alarms, float(low[1]), float(high[1])), wanted,
        len(scores),
    )  # fmt: skip


def _cheapest(scores: Floats, stiff: npt.NDArray[np.bool_], costs: Costs) -> float:
    """A whole number of points; in the middle of those that cost the same."""
    tried = np.arange(101.0)
    missed = (scores[stiff][:, None] <= tried).sum(axis=0)
    alarms = (scores[~stiff][:, None] > tried).sum(axis=0)
    cost = costs.miss * missed + costs.alarm * alarms
    return float(np.median(tried[cost == cost.min()]).round())


def _wilson(rates: Floats, counts: Floats) -> tuple[Floats, Floats]:
    z = 1.96
    middle = (rates + z**2 / (2 * counts)) / (1 + z**2 / counts)
    half = z * np.sqrt(rates * (1 - rates) / counts + z**2 / (4 * counts**2)) / (1 + z**2 / counts)
    return np.maximum(middle - half, 0.0), np.minimum(middle + half, 1.0)


def _rates(scores: Floats, stiff: npt.NDArray[np.bool_], threshold: float) -> tuple[float, float]:
    return float((scores[stiff] <= threshold).mean()), float((scores[~stiff] > threshold).mean())
