"""A data frame of posts with their scores added: pandas, Polars or PyArrow, the same kind back."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from toneguide.errors import CallError
from toneguide.posts.columns import renamed_columns

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrameT

__all__ = ["ScoreTexts", "score_frame"]


class ScoreTexts(Protocol):
    """Scores texts as columns."""

    def __call__(self, texts: list[str | None], *, channels: list[str | None] | None) -> Mapping[str, Sequence[Any]]:
        """The columns, each as long as `texts`."""


def score_frame(
    frame: IntoDataFrameT, score: ScoreTexts, *, text: str, channel: str | None = None, value_names: Iterable[str] = ()
) -> IntoDataFrameT:
    """The frame with the columns that `score` gives; see `ToneGuide.score_frame`.

    Parameters
    ----------
    frame : pandas, Polars or PyArrow frame
        One post a row.
    score : callable
        Scores the posts.
    text, channel : str
        Columns that hold the posts and, where there is one, their channels.
    value_names : iterable of str
        Names of the guide's values.

    Raises
    ------
    ValueError
        For something that is no frame, or where there is no such column.
    """
    import narwhals as nw

    if isinstance(frame, str | Path):
        raise CallError(f"a data frame of posts is scored here, not a name; read the file first: read_posts({str(frame)!r})")
    wrapped = nw.from_native(frame, eager_only=True)
    missing = next((name for name in (text, channel) if name is not None and name not in wrapped.columns), None)
    if missing is not None:
        raise CallError(f"no column {missing!r}; the columns are {', '.join(map(repr, wrapped.columns))}")
    columns = score(wrapped[text].to_list(), channels=wrapped[channel].to_list() if channel else None)
    wrapped = wrapped.rename(renamed_columns(wrapped.columns, value_names))
    space = nw.get_native_namespace(wrapped)
    series = [_series(nw, name, values, space) for name, values in columns.items()]
    out: Any = wrapped.with_columns(*(_indexed_as(nw, s, wrapped) for s in series))
    if "IPython" in sys.modules:
        from toneguide.render.bars import show_bars

        show_bars()
    return out.to_native()  # type: ignore[no-any-return]


def _series(nw: Any, name: str, values: Sequence[Any], space: Any) -> Any:
    if name == "in_tone" and space.__name__ == "pandas":
        # pandas' plain bool has no empty cell: a post without a score would count as one outside the targets.
        return nw.from_native(space.Series(list(values), name=name, dtype="boolean"), series_only=True)
    kinds = {"n_words": nw.Int64, "in_tone": nw.Boolean} | dict.fromkeys(("language", "status", "reason"), nw.String)
    return nw.new_series(name, values, dtype=kinds.get(name, nw.Float64), backend=space)


def _indexed_as(nw: Any, series: Any, frame: Any) -> Any:
    """The series with the frame's own index, where its kind has one."""
    native = nw.to_native(series)
    index = getattr(nw.to_native(frame), "index", None)
    if index is not None and hasattr(native, "set_axis"):
        return nw.from_native(native.set_axis(index), series_only=True)
    return series
