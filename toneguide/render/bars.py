"""A frame of scores with little bars instead of bare numbers, in notebooks."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from html import escape
from typing import Any, Final

from toneguide.posts.columns import SCORE_COLUMNS

__all__ = ["frame_to_html", "show_bars"]

_BARS: Final = ("corporate", "warmth", "alignment")
_LONGEST: Final = 80
_HIGHEST_RATING: Final = 5
_FIGURE_SPACE: Final = "\u2007"
_STYLE: Final = (
    "<style>.tgt{border-collapse:collapse;font-size:13px}.tgt th,.tgt td{padding:.2rem .6rem;text-align:left!important;vertical-align:top}"
    ".tgt tr+tr{border-top:1px solid rgba(128,128,128,.35)}.tgt .n{text-align:right!important;font-variant-numeric:tabular-nums;white-space:nowrap}"
    ".tgt svg{vertical-align:middle;margin-right:.4rem}</style>"
)


def show_bars() -> bool:
    """Have a running notebook show frames of scores with bars; other frames look as ever.

    Returns
    -------
    bool
        False where there is no notebook.

    Examples
    --------
    >>> show_bars()
    False
    """
    shell_of = getattr(sys.modules.get("IPython"), "get_ipython", None)
    shell = shell_of() if shell_of else None
    if shell is None:
        return False
    html = shell.display_formatter.formatters["text/html"]
    for module, name in (("pandas", "DataFrame"), ("pandas.core.frame", "DataFrame"), ("polars.dataframe.frame", "DataFrame")):
        html.for_type_by_name(module, name, _formatted)
    return True


def _formatted(frame: Any) -> str | None:
    if _is_scored(frame):
        return frame_to_html(frame)
    shown: str | None = frame._repr_html_()
    return shown


def _is_scored(frame: Any) -> bool:
    """Whether a frame holds scores: all that `score_frame` adds, or posts and scores picked out of it; ratings go to 5 only."""
    names = set(map(str, frame.columns))
    if not {"corporate", "warmth"} <= names:
        return False
    highest = [frame[name].max() for name in ("corporate", "warmth")] if "text" in names else []
    return "status" in names or any(isinstance(one, int | float) and one > _HIGHEST_RATING for one in highest)


def frame_to_html(frame: Any) -> str:
    """A frame of scores as an HTML table, the numbers as bars too; long frames in part.

    Parameters
    ----------
    frame : pandas or Polars frame
        From `ToneGuide.score_frame`.

    Examples
    --------
    >>> import pandas as pd
    >>> "<rect" in frame_to_html(pd.DataFrame({"text": ["Hei"], "status": ["ok"], "corporate": [20.0], "warmth": [70.0]}))
    True
    """
    import narwhals as nw

    n, most = len(frame), _most_rows()
    index = getattr(frame, "index", None)
    head = n if n <= most else 5
    tail = 0 if n <= most else 5
    part = frame if not tail else _ends(frame, head, tail)
    names = [str(name) for name in frame.columns]
    rows = list(nw.from_native(part, eager_only=True).iter_rows())
    labels = [] if index is None else [escape(str(label)) for label in part.index]
    title = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    body = [_row(row, names, labels[i] if labels else None) for i, row in enumerate(rows)]
    if tail:
        body.insert(head, f'<tr><td colspan="{len(names) + bool(labels)}">…</td></tr>')
    corner = "<th></th>" if labels else ""
    return (
        f'{_STYLE}<table class="tgt"><thead><tr>{corner}{title}</tr></thead><tbody>{"".join(body)}</tbody></table><p>{n} × {len(names)}</p>'
    )


def _ends(frame: Any, head: int, tail: int) -> Any:
    if hasattr(frame, "iloc"):
        return frame.iloc[[*range(head), *range(len(frame) - tail, len(frame))]]
    return frame.head(head).vstack(frame.tail(tail))


def _most_rows() -> int:
    pandas: Any = sys.modules.get("pandas")
    return int((pandas.get_option("display.max_rows") if pandas else None) or 60)


def _row(row: Iterable[object], names: list[str], label: str | None) -> str:
    cells = [_cell(value, name) for value, name in zip(row, names, strict=True)]
    return f"<tr>{'' if label is None else f'<th scope=row>{label}</th>'}{''.join(cells)}</tr>"


def _is_missing(value: object) -> bool:
    """Whether a cell is empty; pandas' NA will not say whether it differs from itself."""
    return value is None or type(value).__name__ == "NAType" or bool(value != value)


def _cell(value: object, name: str) -> str:
    if _is_missing(value):
        return '<td class="n">–</td>' if name in _BARS or name.startswith("value:") else "<td></td>"
    if (name in _BARS or name.startswith("value:")) and isinstance(value, int | float):
        width = 0.6 * max(0.0, min(100.0, float(value)))
        bar = (
            '<svg width="62" height="10" aria-hidden="true"><rect x=".5" y=".5" width="61" height="9" fill="none" stroke="currentColor" opacity=".45"/>'
            f'<rect x="1" y="1" width="{width:.1f}" height="8" fill="currentColor" opacity=".7"/></svg>'
        )
        # Figure spaces keep the bars of a column below each other.
        return f'<td class="n">{bar}{f"{value:.0f}".rjust(3, _FIGURE_SPACE)}</td>'
    if isinstance(value, float):
        return f'<td class="n">{value:g}</td>'
    text = str(value)
    short = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    kind = ' class="n"' if isinstance(value, int) and not isinstance(value, bool) and name not in SCORE_COLUMNS[:3] else ""
    return f"<td{kind}>{escape(short)}</td>"
