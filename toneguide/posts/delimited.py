"""CSV and its kin: cells parted by a comma, a tab, a semicolon or a bar."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from toneguide.posts.encoding import Encoding, first_lines, read_lines
from toneguide.posts.record import Post, Posts, make_post
from toneguide.posts.rows import Dialect, Row, read_rows
from toneguide.posts.source import Source
from toneguide.posts.text_column import choose_text_column, is_text_name

__all__ = ["Layout", "column_names", "find_layout", "header_row", "looks_delimited", "open_delimited", "read_table"]

_DELIMITERS: Final = {",": "commas", "\t": "tabs", ";": "semicolons", "|": "bars"}
# No text holds it, so that every line is one cell.
_NO_DELIMITER: Final = "\x1f"
_SAMPLE_LINES: Final = 400
_ENOUGH_ROWS: Final = 10
_SAMPLE_ROWS: Final = 200
# With the byte order mark, which a second one leaves in the first name.
_BLANK: Final = " \t\r\n\ufeff\xa0"
_MOST_PREAMBLE: Final = 10
_LONGEST_NAME: Final = 100
_NEARLY_ALL: Final = 0.9
_EXCEL_HINT: Final = re.compile(r"\s*\"?sep=(.)\"?\s*\Z")


class Layout(NamedTuple):
    """How a table is written, and where it begins.

    `skipped` lines stand before the header; without a header the columns are numbered. `has_quotes`: in the cells of its first row.
    """

    dialect: Dialect
    columns: list[str]
    skipped: int
    has_header: bool
    has_quotes: bool = False

    @property
    def told(self) -> str:
        """Delimiter and anything unusual, in words."""
        told = _DELIMITERS.get(
            self.dialect.delimiter, "one column" if self.dialect.delimiter == _NO_DELIMITER else repr(self.dialect.delimiter)
        )
        return told if self.has_header else f"{told}, no header"


def open_delimited(source: Source, encoding: Encoding, text: str | None = None) -> Posts:
    """Posts from a delimited file.

    Parameters
    ----------
    source : Source
        The file.
    encoding : Encoding
        Its encoding.
    text : str, optional
        The text column; chosen by name, then by length, where None.
    """
    layout = find_layout(source, encoding)
    sample = [
        dict(zip(layout.columns, row.cells, strict=False))
        for row in islice(read_table(source, encoding, layout), _SAMPLE_ROWS)
        if not row.problem
    ]
    chosen = choose_text_column(layout.columns, sample, source.name, text)
    kind = "TSV" if layout.dialect.delimiter == "\t" else "CSV"
    described = f"{source.label}: {kind}, {layout.told}, {encoding.label}, {chosen.told}" if layout.columns else f"{source.label}: empty"
    return Posts(layout.columns, chosen.name, described, lambda: _posts(source, encoding, layout, chosen.name))


def read_table(source: Source, encoding: Encoding, layout: Layout) -> Iterator[Row]:
    """The rows below the header."""
    if not layout.columns:
        return
    lines = read_lines(source, encoding)
    list(islice(lines, layout.skipped))
    rows = read_rows(lines, layout.dialect, len(layout.columns), first_line=layout.skipped + 1)
    if layout.has_header:
        # Trailing delimiters of the header row are no columns, so it may be wider than they are.
        next(rows, None)
    yield from rows


def find_layout(source: Source, encoding: Encoding) -> Layout:
    """Delimiter, quoting, header and columns, from the header and the first rows."""
    lines = first_lines(source, encoding, _SAMPLE_LINES)
    hint = _EXCEL_HINT.match(lines[0]) if lines else None
    if hint:
        return _layout(lines[1:], Dialect(hint[1]), skipped=1)[1]
    escapes = [None, "\\"] if any('\\"' in line for line in lines) else [None]
    candidates = [Dialect(delimiter, escape=escape) for delimiter in _DELIMITERS for escape in escapes]
    candidates.append(Dialect("\t", csv.QUOTE_NONE))
    rated = [_layout(lines, dialect) for dialect in candidates]
    # The first of the best: commas before bars, quotes before none.
    # Quotes left in the header are the sign of a wrong delimiter.
    share, best = max(rated, key=lambda each: (len(each[1].columns) > 1, each[0] > 0, not each[1].has_quotes, each[0]))
    return best if len(best.columns) > 1 and share > 0 else _layout(lines, Dialect(_NO_DELIMITER))[1]


def looks_delimited(source: Source, encoding: Encoding) -> bool:
    """Whether a text without a telling name is a table: a header with a usual text column, and rows that fit it."""
    layout = find_layout(source, encoding)
    if len(layout.columns) < 2 or not layout.has_header or not any(map(is_text_name, layout.columns)):
        return False
    rows = list(islice(read_table(source, encoding, layout), _SAMPLE_ROWS))
    return sum(not row.problem for row in rows) >= _NEARLY_ALL * len(rows)


def _posts(source: Source, encoding: Encoding, layout: Layout, text: str) -> Iterator[Post]:
    for row in read_table(source, encoding, layout):
        fields: dict[str, object] = dict(zip(layout.columns, row.cells, strict=False))
        if row.problem:
            yield Post(fields, None, source.name, row.line, row.problem)
        else:
            yield make_post(fields, fields[text], source.name, row.line)


def _layout(lines: Sequence[str], dialect: Dialect, skipped: int = 0) -> tuple[float, Layout]:
    """The layout under one dialect, and the share of sample rows that fit it."""
    rows = list(islice(read_rows(iter(lines), dialect), _MOST_PREAMBLE))
    if not rows:
        return 0.0, Layout(dialect, [], skipped, has_header=True)
    header = header_row(rows)
    top = rows[header]
    has_header = not _is_data(top.cells)
    columns = column_names(top.cells) if has_header else [f"column {i + 1}" for i in range(len(top.cells))]
    fitting = list(read_rows(iter(lines[top.line - 1 :]), dialect, len(columns)))[has_header:]
    if len(fitting) > _ENOUGH_ROWS:
        # The last one may be cut by the end of the sample.
        fitting.pop()
    share = sum(not row.problem for row in fitting) / len(fitting) if fitting else 0.5
    quotes = any('"' in cell for cell in top.cells)
    return share, Layout(dialect, columns, skipped + top.line - 1, has_header=has_header, has_quotes=quotes)


def header_row(rows: Sequence[Row]) -> int:
    """Which row is the header: the first, or one with a text column below notes of a single cell."""
    for i, row in enumerate(rows):
        filled = sum(map(bool, row.cells))
        if i and filled > 1 and any(map(is_text_name, row.cells)):
            return i
        if filled > 1:
            break
    return 0


def _is_data(cells: Sequence[str]) -> bool:
    """Whether a first row reads like posts rather than names of columns."""
    return any(len(cell) > _LONGEST_NAME or "\n" in cell.strip() for cell in cells)


def column_names(cells: Sequence[str]) -> list[str]:
    """Names for the cells of a header row: empty ones numbered, repeated ones told apart, those at the end left out."""
    names: list[str] = []
    while cells and not cells[-1].strip(_BLANK):
        cells = cells[:-1]
    for i, cell in enumerate(cells):
        name = wanted = cell.strip(_BLANK) or f"column {i + 1}"
        count = 1
        while name in names:
            count += 1
            name = f"{wanted} ({count})"
        names.append(name)
    return names
