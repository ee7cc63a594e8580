"""A model moved towards the ratings in a data frame."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from toneguide.errors import CallError
from toneguide.model.tone_model import DIMENSIONS

if TYPE_CHECKING:
    from toneguide.language.analysis import Analysed
    from toneguide.model.adapt import Adapted
    from toneguide.model.tone_model import ToneModel

__all__ = ["adapt_to_frame"]


def adapt_to_frame(model: ToneModel, frame: Any, analyse: Callable[[Sequence[str]], Sequence[Analysed]]) -> Adapted:
    """What the ratings of a frame justify; see `toneguide.model.adapt.adapt`.

    Parameters
    ----------
    model : ToneModel
        Where to start.
    frame : pandas, Polars or PyArrow frame
        As in `ToneGuide.calibrate`.
    analyse : callable
        Reads the posts, all in the model's language.

    Raises
    ------
    ValueError
        For a missing column, or ratings outside 0..1.
    """
    import narwhals as nw
    import numpy as np

    from toneguide.language.near_copies import near_copies
    from toneguide.model.adapt import adapt

    wrapped = nw.from_native(frame, eager_only=True)
    rated = [d for d in DIMENSIONS if d in wrapped.columns]
    if "text" not in wrapped.columns or not rated:
        raise CallError(f"calibrate needs the column 'text' and one of 'corporate' and 'warmth'; the columns are {wrapped.columns}")
    texts = [text if isinstance(text, str) else "" for text in wrapped["text"].to_list()]
    labels = {d: np.array([_rating(r, d, i) for i, r in enumerate(wrapped[d].to_list())]) for d in rated}
    analysed = analyse(texts)
    keep = [i for i, text in enumerate(analysed) if text.n_words]
    chosen: dict[str, Any] = {d: column[keep] for d, column in labels.items()}
    groups = near_copies([texts[i] for i in keep])
    return adapt(model, [analysed[i] for i in keep], chosen, groups=groups, trust_few=True)


def _rating(value: object, dimension: str, row: int) -> float:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return math.nan
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise CallError(f"{dimension} in row {row} is {value!r}: ratings go from 0 to 1 here; turn 1-5 ratings into (rating - 1) / 4")
    return float(value)
