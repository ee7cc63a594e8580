"""Scores and signals as features for scikit-learn."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from toneguide.guide import ToneGuide
from toneguide.model.tone_model import DIMENSIONS
from toneguide.score import ToneScore
from toneguide.signals import SIGNALS

__all__ = ["ToneFeatures"]

_COUNTED: Final = ("n_words",)


class ToneFeatures(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Texts in, named columns out: scores, margins, values, and what every signal adds to each margin.

    Parameters
    ----------
    guide : ToneGuide, str, Path or None
        A guide, its folder, or None for the shipped models.
    language : {"fi", "en"} or None
        Language of all the texts; None to have it identified, text by text.
    columns : {"scores", "signals"}
        ``"scores"``: the scores 0-100, their margins and the values; ``"signals"``: these, and a column for each signal and dimension.

    Attributes
    ----------
    guide_ : ToneGuide
        The guide in use.

    Notes
    -----
    A text without a score has NaN in all columns but ``n_words``.

    Examples
    --------
    >>> features = ToneFeatures(language="en").set_output(transform="pandas")
    >>> frame = features.fit_transform(["Thank you all, what a lovely day we had!", "Claims must be submitted within thirty days."])
    >>> bool(frame["warmth"][0] > frame["warmth"][1])
    True
    """

    def __init__(
        self, guide: ToneGuide | str | Path | None = None, *, language: str | None = None, columns: Literal["scores", "signals"] = "scores"
    ) -> None:
        self.guide = guide
        self.language = language
        self.columns = columns

    def fit(self, X: Iterable[str], y: object = None) -> ToneFeatures:  # noqa: N803, ARG002
        """Open the guide; nothing is learned from the texts.

        Raises
        ------
        ValueError
            For columns of another name.
        TypeError
            For a bare string.
        """
        _texts(X)
        if self.columns not in ("scores", "signals"):
            raise ValueError(f"no columns {self.columns!r}: choose scores or signals")
        if isinstance(self.guide, ToneGuide):
            self.guide_ = self.guide
        else:
            self.guide_ = ToneGuide.default() if self.guide is None else ToneGuide.load(self.guide)
        return self

    def transform(self, X: Iterable[str]) -> npt.NDArray[np.float64]:  # noqa: N803
        """One row a text.

        Parameters
        ----------
        X : iterable of str
            A list, an array or a column; None and NaN count as empty.
        """
        check_is_fitted(self, "guide_")
        names = list(self.get_feature_names_out())
        scores = self.guide_.score_many(_texts(X), language=self.language, min_words=0)
        rows = [self._row(score, names) for score in scores]
        return np.array(rows, dtype=float).reshape(len(rows), len(names))

    def get_feature_names_out(self, input_features: object = None) -> npt.NDArray[np.object_]:  # noqa: ARG002
        """Names of the columns, in order."""
        check_is_fitted(self, "guide_")
        names = [*_COUNTED, *DIMENSIONS, *(f"margin:{d}" for d in DIMENSIONS)]
        if self.guide_.values:
            names += ["alignment"]
            names += [f"value:{value.name}" for value in self.guide_.values]
        if self.columns == "signals":
            names += [f"signal:{signal.name}:{d}" for signal in SIGNALS for d in DIMENSIONS]
        return np.array(names, dtype=object)

    def _row(self, score: ToneScore, names: list[str]) -> list[float]:
        known: dict[str, float] = {"n_words": float(score.n_words)}
        if score.status == "ok":
            known |= {d: float(getattr(score, d)) for d in DIMENSIONS}
            known |= {f"margin:{d}": score.margin[d] for d in DIMENSIONS}
            known |= {f"value:{name}": value.alignment for name, value in score.values.items()}
            known |= {"alignment": score.alignment} if score.alignment is not None else {}
            if self.columns == "signals":
                known |= dict.fromkeys((name for name in names if name.startswith("signal:")), 0.0)
                for part in score.evidence:
                    if part.kind == "signal":
                        known[f"signal:{part.name}:{part.dimension}"] += part.amount
        return [known.get(name, np.nan) for name in names]

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.requires_fit = True
        return tags


def _texts(texts: Iterable[Any]) -> list[Any]:
    if isinstance(texts, str | bytes):
        raise TypeError("ToneFeatures takes several texts; put one into a list")
    columns: tuple[int, ...] = getattr(texts, "shape", (0,))
    if len(columns) > 1:
        if columns[1] != 1:
            raise ValueError(f"ToneFeatures takes one column of texts, not {columns[1]}")
        return list(np.asarray(texts)[:, 0])
    return list(texts)
