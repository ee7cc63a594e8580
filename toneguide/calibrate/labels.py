"""Labels: what raters say of posts, in a CSV file that a team can read, edit and keep in git.

``examples.csv`` has the columns ``text, language, channel, corporate, warmth, values, rater, date``. Ratings go from 1 (not at all) to 5 (very);
an empty one means that the rater did not say. `values` are the names of the values a post carries, parted by semicolons.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from toneguide.calibrate.columns import find_columns, refuse_other_scale, refuse_short_names
from toneguide.calibrate.files import locked, replace_file
from toneguide.calibrate.label import COLUMNS, Label, label_from, text_key
from toneguide.errors import CallError, InputError

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "COLUMNS",
    "Label",
    "LabelRow",
    "Labels",
    "add_label",
    "add_labels",
    "label_from",
    "put_label",
    "read_labels",
    "remove_label",
    "rewrite_labels",
    "text_key",
    "write_labels",
]

LabelRow = dict[str, str]


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels of a file, and what could not be read of it.

    Attributes
    ----------
    labels : list of Label
        In file order.
    problems : list of str
        One sentence for each row that was left out, with file and line.
    described : str
        What the file was taken for.
    unused : list of str
        Names of columns, or of what another tool calls its questions, that were not understood.
    """

    labels: list[Label] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    described: str = ""
    unused: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Label]:
        return iter(self.labels)

    def __len__(self) -> int:
        return len(self.labels)

    def table(self, dimension: str) -> pd.DataFrame:
        """Ratings of one dimension: a post a row, a rater a column, empty where a rater did not say.

        Parameters
        ----------
        dimension : {"corporate", "warmth"}
            Which ratings.

        Examples
        --------
        >>> labels = Labels([Label("Kiitos kaikille!", warmth=5, rater="r1"), Label("Kiitos kaikille!", warmth=4, rater="r2")])
        >>> labels.table("warmth").loc["Kiitos kaikille!"].tolist()
        [5.0, 4.0]
        """
        import pandas as pd

        if dimension not in ("corporate", "warmth"):
            raise CallError(f"no ratings of {dimension!r}: choose corporate or warmth")
        rows: dict[str, dict[str, float | None]] = {}
        texts: dict[str, str] = {}
        for label in self.labels:
            key = text_key(label.text)
            texts.setdefault(key, label.text)
            rows.setdefault(key, {})[label.rater] = getattr(label, dimension)
        return pd.DataFrame(list(rows.values()), index=pd.Index([texts[key] for key in rows], name="text", dtype=object), dtype=float)


def read_labels(path: Path | str, *, text: str | None = None, missing_ok: bool = False) -> Labels:
    """Labels of a CSV file, or of any table that posts are read from: Excel, TSV, JSON Lines, Parquet.

    Parameters
    ----------
    path : Path or str
        The file. Finnish column names (*korporaatiokieli, lämpö, arvioija*) are understood too.
    text : str, optional
        Column that holds the posts; found where left out.
    missing_ok : bool
        No labels, rather than an error, where the file is not there.

    Raises
    ------
    InputError
        Where the file cannot be read, has no column with posts or with ratings, or its ratings are on another scale.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "examples.csv")
    ...     add_label(file, Label("Kiitos kaikille!", language="fi", warmth=5, rater="r1"))
    ...     [label.warmth for label in read_labels(file)]
    [5.0]
    """
    from toneguide.posts import open_posts
    from toneguide.posts.text_column import is_text_name

    path = Path(path)
    if missing_ok and not path.exists():
        return Labels(described=f"{path.name}: not there yet")
    posts = open_posts(path, text=text)
    columns = find_columns(posts.columns)
    if posts.columns and not {"corporate", "warmth", "values"} & set(columns):
        raise InputError(f"{path}: no column 'corporate', 'warmth' or 'values'; the columns are {', '.join(map(repr, posts.columns))}")
    others = [column for column in posts.columns if column not in columns.values() and column != posts.text_column]
    found, told = Labels(described=posts.described, unused=others), []
    for post in posts:
        if post.problem:
            found.problems.append(f"{path}, line {post.line}: {post.problem}")
        elif post.text and post.text.strip():
            fields = {name: post.fields.get(column) for name, column in columns.items()}
            told.append(fields)
            try:
                found.labels.append(label_from(post.text, fields))
            except ValueError as e:
                found.problems.append(f"{path}, line {post.line}: {e}")
    if text is None and posts.text_column is not None and not is_text_name(posts.text_column):
        refuse_short_names(path, posts.text_column, found.labels, posts.columns)
    refuse_other_scale(path, told)
    return found


def add_label(path: Path | str, label: Label) -> None:
    """Append one label; what is in the file stays byte for byte, and a crash leaves all of the line or none of it.

    A file in another shape (semicolons, other columns, UTF-16) is written anew in the usual one, its further columns kept.

    Raises
    ------
    InputError
        Where the file cannot be written.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with locked(path):
        if not path.exists() or not path.stat().st_size:
            replace_file(path, _table(COLUMNS, [_row(label)]))
            return
        header = _plain_header(path)
        if header is None:
            fields, rows = _all_rows(path)
            replace_file(path, _table(fields, [*rows, _row(label)]))
            return
        line = _table(header, [_row(label)], header=False)
        _append(path, line)


def add_labels(path: Path | str, labels: Iterable[Label], *, unrated: bool = False) -> int:
    """Append labels that are not there yet, at once; those without a rating or value say nothing and are left out, unless `unrated`.

    Raises
    ------
    InputError
        Where a rating without a rater differs from another one without: whose is which?

    Returns
    -------
    int
        How many were added.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with locked(path):
        there = list(read_labels(path)) if path.exists() and path.stat().st_size else []
        known = {(text_key(label.text), replace(label, text="", date="")) for label in there}
        fresh = []
        unnamed = {(text_key(label.text), d): rating for label in there if not label.rater for d, rating in label.ratings.items()}
        for label in (label for label in labels if unrated or label.says_something):
            if not label.rater:
                _refuse_second_unnamed(path, label, unnamed)
                unnamed |= {(text_key(label.text), d): rating for d, rating in label.ratings.items()}
            key = text_key(label.text), replace(label, text="", date="")
            if key not in known:
                known.add(key)
                fresh.append(label)
        if fresh:
            fields, rows = _all_rows(path) if there else (list(COLUMNS), [])
            replace_file(path, _table(fields, [*rows, *map(_row, fresh)]))
    return len(fresh)


def put_label(path: Path | str, label: Label) -> None:
    """Write a rater's label of a post in the place of any earlier one, at once: a crash leaves the one or the other.

    A label that says nothing takes the earlier one out.

    Raises
    ------
    InputError
        Where the file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "examples.csv")
    ...     put_label(file, Label("Kiitos kaikille!", warmth=3, rater="r1"))
    ...     put_label(file, Label("Kiitos kaikille!", warmth=5, rater="r1"))
    ...     [label.warmth for label in read_labels(file)]
    [5.0]
    """
    path = Path(path)
    key = text_key(label.text)

    def is_earlier(row: Mapping[str, str]) -> bool:
        return text_key(row["text"]) == key and row.get("rater", "") == label.rater

    says = label.corporate is not None or label.warmth is not None or bool(label.values)
    with locked(path):
        fields, rows = _all_rows(path) if path.exists() and path.stat().st_size else (list(COLUMNS), [])
        at = [i for i, row in enumerate(rows) if is_earlier(row)]
        if at:
            row = rows[at[-1]] | _row(label)
            kept = [other for other in rows if not is_earlier(other)]
            place = at[0]
            replace_file(path, _table(fields, [*kept[:place], *([row] if says else []), *kept[place:]]))
            return
    if says:
        add_label(path, label)


def _refuse_second_unnamed(path: Path, label: Label, unnamed: Mapping[tuple[str, str], float]) -> None:
    if any(unnamed.get((text_key(label.text), dimension), rating) != rating for dimension, rating in label.ratings.items()):
        raise InputError(
            f'"{label.text[:40]}" has two different ratings without a rater, here and in {path.name}: write names into the column rater, '
            "or give a file's with --rater NAME (`toneguide forget DIR --rater ''` takes out those without one). Nothing of this file was added"
        )


def remove_label(path: Path | str, text: str, rater: str | None = None) -> int:
    """Take labels of a post out of a file.

    Parameters
    ----------
    path : Path or str
        The file; nothing happens where it is not there.
    text : str
        The post; see `text_key`.
    rater : str, optional
        Only this rater's.

    Returns
    -------
    int
        How many rows were taken out.
    """
    wanted = text_key(text)
    return rewrite_labels(path, lambda row: text_key(row["text"]) == wanted and (rater is None or row.get("rater", "") == rater))


def rewrite_labels(path: Path | str, is_meant: Callable[[LabelRow], bool]) -> int:
    """Take rows out of a file of labels, at once; further columns stay.

    Returns
    -------
    int
        How many rows were taken out.
    """
    path = Path(path)
    if not path.exists():
        return 0
    with locked(path):
        fields, rows = _all_rows(path)
        kept = [row for row in rows if not is_meant(row)]
        if len(kept) < len(rows):
            replace_file(path, _table(fields, kept))
    return len(rows) - len(kept)


def write_labels(path: Path | str, labels: Iterable[Label]) -> None:
    """Write a file of labels anew, at once."""
    path = Path(path)
    with locked(path):
        replace_file(path, _table(COLUMNS, [_row(label) for label in labels]))


def _row(label: Label) -> dict[str, str]:
    rating = {name: "" if (r := getattr(label, name)) is None else f"{r:g}" for name in ("corporate", "warmth")}
    told = {name: str(getattr(label, name)) for name in ("text", "language", "channel", "rater", "date")}
    return {**told, **rating, "values": "; ".join(label.values)}


def _table(columns: Sequence[str], rows: Iterable[Mapping[str, str]], *, header: bool = True) -> bytes:
    out = io.StringIO(newline="")
    write = csv.writer(out, lineterminator="\r\n")
    if header:
        write.writerow(columns)
    write.writerows([row.get(name, "") for name in columns] for row in rows)
    # Excel takes a CSV for UTF-8 only where it starts with the mark.
    return out.getvalue().encode("utf-8-sig" if header else "utf-8", "replace")


def _plain_header(path: Path) -> list[str] | None:
    """Columns of a file that a line of ours can simply be appended to."""
    with path.open("rb") as file:
        first = file.readline(10_000)
    try:
        names = next(csv.reader([first.decode("utf-8-sig")]), [])
    except (UnicodeDecodeError, csv.Error):
        return None
    return names if set(COLUMNS) <= set(names) else None


def _all_rows(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Every row in our columns, the file's own further columns behind them."""
    from toneguide.posts import open_posts
    from toneguide.posts.cells import plain_text

    posts = open_posts(path)
    ours = find_columns(posts.columns)
    others = [column for column in posts.columns if column not in ours.values() and column != posts.text_column and column not in COLUMNS]
    rows = []
    for post in posts:
        if post.problem:
            raise InputError(f"{path}, line {post.line}: {post.problem}; mend that line first, so that nothing is lost")
        row = {name: plain_text(post.fields.get(column)) for name, column in ours.items()}
        row |= {column: plain_text(post.fields.get(column)) for column in others}
        rows.append(row | {"text": post.text or ""})
    return [*COLUMNS, *others], rows


def _append(path: Path, line: bytes) -> None:
    try:
        with path.open("rb+") as file:
            file.seek(-1, os.SEEK_END)
            ends = file.read(1)
        # One write of all of it: nobody finds half a line. A line that an editor left open is closed first.
        handle = os.open(path, os.O_WRONLY | os.O_APPEND)
        try:
            os.write(handle, (b"" if ends == b"\n" else b"\r\n") + line)
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as e:
        raise InputError(f"{path}: cannot be written ({e.strerror or e}); close it where it is open") from None
