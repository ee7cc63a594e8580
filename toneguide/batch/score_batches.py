"""Frames of posts in, the same frames with scores out: the one step that every engine runs, on this machine or elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from toneguide.batch.ship import PackedGuide, unpack_guide
from toneguide.guide import ToneGuide

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrameT

__all__ = ["score_batches"]


def score_batches(
    frames: Iterable[IntoDataFrameT], guide: ToneGuide | PackedGuide, *, text: str = "text", language: str | None = None,
    min_words: int | None = None,
) -> Iterator[IntoDataFrameT]:  # fmt: skip
    """Score frames, lazily and in order; what a post scores depends on nothing but the post.

    Parameters
    ----------
    frames : iterable of pandas, Polars or PyArrow frames
        One post a row.
    guide : ToneGuide or PackedGuide
        Scores them; a packed one is loaded once per process, so that it can be sent to workers.
    text, language, min_words
        As in `ToneGuide.score_frame`.

    Yields
    ------
    The same kind of frame
        With the score columns added.

    Examples
    --------
    >>> import pandas as pd
    >>> posts = pd.DataFrame({"text": ["Kiitos kaikille eilisestä, oli kivaa!", None]})
    >>> [list(scored["status"]) for scored in score_batches([posts, posts[:1]], ToneGuide.default("fast"))]
    [['ok', 'empty'], ['ok']]
    """
    ready = unpack_guide(guide) if isinstance(guide, PackedGuide) else guide
    for frame in frames:
        yield ready.score_frame(frame, text, language=language, min_words=min_words)
