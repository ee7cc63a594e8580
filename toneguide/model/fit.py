"""Fitting: a penalised move away from what was known before, no further than the labels justify.

One function serves all layers: the penalty is centred on the layer below, so that without labels nothing moves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

__all__ = ["Fitted", "fit_around"]

Floats = npt.NDArray[np.float64]
Features: TypeAlias = "Floats | csr_matrix"


class Fitted(NamedTuple):
    """Weights and bias after the fit."""

    weights: Floats
    bias: float


def fit_around(
    features: Features, labels: Floats, *, prior: Floats, spread: Floats, bias: float = 0.0, offset: Floats | None = None,
    bias_spread: float = 10.0, sample_weight: Floats | None = None,
) -> Fitted:  # fmt: skip
    """Logistic regression with a Gaussian prior of its own mean for every weight (maximum a posteriori).

    Parameters
    ----------
    features : array or csr_matrix of shape (n, p)
        One row per post.
    labels : numpy.ndarray of shape (n,)
        0 to 1; values in between are read as shares of agreement (cross-entropy).
    prior : numpy.ndarray of shape (p,)
        Weights of the layer below.
    spread : numpy.ndarray of shape (p,)
        Prior standard deviation of each weight: how far it may move.
    bias, bias_spread : float
        Prior mean and standard deviation of the bias.
    offset : numpy.ndarray of shape (n,), optional
        Part of the margin that stays as it is.
    sample_weight : numpy.ndarray of shape (n,), optional
        How much each post counts.

    Returns
    -------
    Fitted
    """
    # A guide is loaded in every worker process; only teaching needs this, and it takes most of a second.
    from scipy.optimize import minimize
    from scipy.special import expit

    fixed = np.zeros(len(labels)) if offset is None else offset
    counts = np.ones(len(labels)) if sample_weight is None else sample_weight
    start = np.concatenate([prior, [bias]])
    scale = np.concatenate([spread, [bias_spread]])

    # In units of the prior spread the problem is round, and L-BFGS needs few steps.
    def loss(step: Floats) -> tuple[float, Floats]:
        theta = start + step * scale
        margin = fixed + features @ theta[:-1] + theta[-1]
        value = float(np.sum(counts * (np.logaddexp(0.0, margin) - labels * margin)) + 0.5 * step @ step)
        residual = counts * (expit(margin) - labels)
        gradient = np.concatenate([features.T @ residual, [residual.sum()]]) * scale + step
        return value, gradient

    found = minimize(loss, np.zeros(len(start)), jac=True, method="L-BFGS-B", options={"maxiter": 500, "gtol": 1e-6})
    theta = start + found.x * scale
    return Fitted(theta[:-1], float(theta[-1]))
