"""The learning curve, and what more labels would bring."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from toneguide.calibrate.labelled import Labelled
from toneguide.interface import decimal, tr
from toneguide.model.adapt import Decision, grouped_folds, rank_correlation
from toneguide.model.calibration import FeatureTable
from toneguide.model.tone_model import ToneModel

__all__ = ["CurvePoint", "Forecast", "LearningCurve", "measure_learning"]

Floats = npt.NDArray[np.float64]
_SHARES: Final = (0.25, 0.4, 0.6, 0.8, 1.0)
_REPEATS: Final = 6
_FOLDS: Final = 5
_FEWEST: Final = 24
_LEAST: Final = 8
_MORE: Final = 60
_WORTH_IT: Final = 0.01


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Mean Spearman correlation on posts held out, with its standard error, after `n` labels; `n` 0 is the shipped model."""

    n: int
    spearman: float
    error: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """What `more` labels would add to the Spearman correlation, and how sure that is."""

    more: int
    gain: float
    error: float

    @property
    def flat(self) -> bool:
        """Whether further labels are not worth their time."""
        return self.gain + self.error < _WORTH_IT or self.gain <= 0


@dataclass(frozen=True, slots=True)
class LearningCurve:
    """How a dimension got better with labels.

    Attributes
    ----------
    dimension : str
        ``"corporate"`` or ``"warmth"``.
    points : list of CurvePoint
        From the shipped model to all labels.
    forecast : Forecast
        From a curve that flattens with the root of the number of labels.
    """

    dimension: str
    points: list[CurvePoint]
    forecast: Forecast

    @property
    def told(self) -> str:
        """One sentence for people: whether to go on labelling."""
        name, more = tr(self.dimension), self.forecast.more
        if self.forecast.flat:
            return tr("{name}: the curve is flat; more labels of the same kind will hardly help.", name=name)
        sign = "+" if self.forecast.gain >= 0 else ""
        gain, error = sign + decimal(self.forecast.gain, 2), decimal(self.forecast.error, 2)
        return tr("{name}: {more} more labels: about {gain} ± {error} in rank correlation.", name=name, more=more, gain=gain, error=error)


def measure_learning(model: ToneModel, labelled: Labelled, decision: Decision, *, more: int = _MORE, seed: int = 0) -> LearningCurve | None:
    """Fit on growing parts of the labels, and measure on posts held out.

    Parameters
    ----------
    model : ToneModel
        The shipped model.
    labelled : Labelled
        Rated posts.
    decision : Decision
        How far weights move with all labels.
    more : int
        How many further labels to forecast for.
    seed : int
        Which parts are drawn.

    Returns
    -------
    LearningCurve or None
        None with fewer than 24 rated posts, or where nothing moves.
    """
    dimension = decision.dimension
    keep = labelled.rated(dimension)
    if len(keep) < _FEWEST or not decision.moves:
        return None
    design = FeatureTable(model, [labelled.texts[i] for i in keep]).design(dimension, np.arange(len(keep)))
    shares, counts = labelled.shares[dimension][keep], labelled.counts[dimension][keep]
    rng = np.random.default_rng(seed)
    folds = grouped_folds(labelled.groups[keep], _FOLDS)
    most = len(keep) - max(map(len, folds))
    sizes = sorted({max(_LEAST, round(share * most)) for share in _SHARES})
    found: dict[int, list[float]] = {size: [] for size in sizes}
    for _ in range(_REPEATS):
        margins = {size: np.zeros(len(keep)) for size in sizes}
        for fold in folds:
            order = rng.permutation(np.setdiff1d(np.arange(len(keep)), fold))
            for size in sizes:
                after = design.margins_after(shares, sample_weight=counts, strength=decision.strength, among=np.sort(order[:size]))
                margins[size][fold] = after[fold]
        for size in sizes:
            found[size].append(rank_correlation(margins[size], shares))
    points = [CurvePoint(0, rank_correlation(design.start, shares), 0.0)]
    points += [CurvePoint(size, float(np.mean(each)), float(np.std(each, ddof=1) / math.sqrt(len(each)))) for size, each in found.items()]
    return LearningCurve(dimension, points, _forecast(found, len(keep), more))


def _forecast(found: dict[int, list[float]], n: int, more: int) -> Forecast:
    sizes = np.repeat(list(found), _REPEATS).astype(float)
    reached = np.array([value for each in found.values() for value in each])
    slope_at = np.c_[np.ones(len(sizes)), -1 / np.sqrt(sizes)]
    solved, *_ = np.linalg.lstsq(slope_at, reached, rcond=None)
    left = reached - slope_at @ solved
    noise = float(left @ left) / max(1, len(reached) - 2)
    # Repeats share their posts: the error is that of one repeat, not of their mean.
    spread = math.sqrt(_REPEATS * noise * np.linalg.inv(slope_at.T @ slope_at)[1, 1])
    further = 1 / math.sqrt(n) - 1 / math.sqrt(n + more)
    return Forecast(more, float(solved[1] * further), spread * further)
