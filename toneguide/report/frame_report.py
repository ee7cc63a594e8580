"""A report straight from a frame of posts: what ``toneguide report`` makes of a scored file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from toneguide.batch.score_posts import score_posts
from toneguide.errors import CallError, InputError
from toneguide.guide import ToneGuide
from toneguide.interface import tr
from toneguide.posts.record import make_post
from toneguide.report.page import write_page
from toneguide.report.tally import Row, Tally, rows_of
from toneguide.report.workbook import write_workbook

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame

    from toneguide.score import ToneScore

__all__ = ["write_report"]


def write_report(
    posts: IntoDataFrame, guide: ToneGuide, path: str | Path, *, text: str = "text", language: str | None = None, title: str = ""
) -> None:
    """Score a frame of posts and write a page or a workbook about them, in the language of the interface.

    Parameters
    ----------
    posts : pandas, Polars or PyArrow frame
        One post a row; columns ``id``, ``date`` and ``channel`` are used where they are there.
    guide : ToneGuide
        Scores them.
    path : str or Path
        ``.html`` or ``.xlsx``; a file that is there is replaced.
    text : str
        Column that holds the posts.
    language : {"fi", "en"}, optional
        The language of all of them; skips identification.
    title : str
        Heading of the page; the guide's company where left out.

    Raises
    ------
    CallError
        Where there is no such column, or for another suffix.
    InputError
        Where the file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> from toneguide import ToneGuide
    >>> posts = pd.DataFrame({"text": ["Kiitos kaikille eilisestä, oli kivaa!"]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_report(posts, ToneGuide.default(), Path(folder, "report.html"), title="Our posts")
    ...     "Our posts" in Path(folder, "report.html").read_text(encoding="utf-8")
    True
    """
    import narwhals as nw

    path, frame = Path(path), nw.from_native(posts, eager_only=True)
    if text not in frame.columns:
        raise CallError(f"no column {text!r}; the columns are {', '.join(map(repr, frame.columns))}; name yours: text=...")
    if path.suffix.lower() not in (".html", ".xlsx"):
        raise CallError(f"{path}: a report is .html or .xlsx")
    read = [
        make_post({k: v for k, v in row.items() if k != text}, row[text], "", i + 1) for i, row in enumerate(frame.iter_rows(named=True))
    ]

    def show(row: Row) -> ToneScore | None:
        score = guide.score(row.text, language=language, min_words=0, channel=str(row.fields.get("channel") or ""))
        return score if score.status == "ok" else None

    tally = Tally.of(rows_of(score_posts(read, guide, language=language)))
    named = title or tr("{company}: how our posts sound", company=guide.decisions.company or tr("We"))
    try:
        if path.suffix.lower() == ".xlsx":
            write_workbook(path, tally)
        else:
            write_page(path, tally, title=named, show=show)
    except OSError as e:
        raise InputError(f"{path}: cannot be written ({e.strerror or e}); choose another place") from None
