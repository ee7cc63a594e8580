"""Rows of delimited text, each with its line, whatever is wrong with the others."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from typing import Final, NamedTuple

from toneguide.posts.encoding import LONGEST_LINE

__all__ = ["Dialect", "Row", "read_rows"]

# One wrong quote can swallow what follows; reading anew from the second line is bounded, so that a hostile file stays linear.
_MOST_RESTARTS: Final = 1_000
_APART: Final = "the row cannot be taken apart"
_LOOK_AHEAD: Final = 20


class Dialect(NamedTuple):
    """How cells are written."""

    delimiter: str
    quoting: int = csv.QUOTE_MINIMAL
    escape: str | None = None


class Row(NamedTuple):
    """The cells of one row, the line it starts on, and what is wrong with it."""

    line: int
    cells: list[str]
    problem: str = ""


def read_rows(lines: Iterator[str], dialect: Dialect, width: int | None = None, *, first_line: int = 1) -> Iterator[Row]:
    """Rows of delimited text; blank lines are skipped.

    Parameters
    ----------
    lines : iterator of str
        Physical lines, with their ends.
    dialect : Dialect
        Delimiter and quoting.
    width : int, optional
        Number of cells a row should have; any where None.
    first_line : int
        Number of the first line.

    Yields
    ------
    Row
        A row of another width, or with a quote that never closes, has a problem; the rows after it are still read.
    """
    # The limit is one for the whole process: it is only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_LINE))
    feed = _Feed(lines, first_line)
    reader = _reader(feed, dialect)
    restarts = 0
    while True:
        feed.taken.clear()
        line, error = feed.next_line, ""
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as raised:
            cells, error = [], str(raised)
            reader = _reader(feed, dialect)
        if not error and not cells:
            continue
        problem = _problem(cells, width, error, feed)
        if not problem:
            yield Row(line, cells[:width])
            continue
        if restarts < _MOST_RESTARTS and any(_stands_alone(each, dialect, width) for each in feed.taken[1:_LOOK_AHEAD]):
            restarts += 1
            feed.put_back()
            reader = _reader(feed, dialect)
            problem = "a quote is opened in this row and not closed; the row is left out, the next ones are read"
        yield _told(Row(line, cells[:width], problem), width, error, feed, dialect)


class _Feed:
    """Lines for the reader; remembers those of the current row so that they can be put back."""

    def __init__(self, lines: Iterator[str], first_line: int) -> None:
        self._lines = lines
        self._waiting: deque[str] = deque()
        self.taken: list[str] = []
        self.next_line = first_line
        self.ended = False

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        if self._waiting:
            line = self._waiting.popleft()
        else:
            try:
                line = next(self._lines)
            except StopIteration:
                self.ended = bool(self.taken)
                raise
        self.taken.append(line)
        self.next_line += 1
        return line

    def put_back(self) -> None:
        """All but the first line of the row wait to be read again."""
        back = self.taken[1:]
        del self.taken[1:]
        self._waiting.extendleft(reversed(back))
        self.next_line -= len(back)
        self.ended = False


def _reader(lines: Iterator[str], dialect: Dialect, *, strict: bool = True) -> Iterator[list[str]]:
    return csv.reader(lines, delimiter=dialect.delimiter, quoting=dialect.quoting, escapechar=dialect.escape, strict=strict)  # type: ignore[arg-type]


def _problem(cells: list[str], width: int | None, error: str, feed: _Feed) -> str:
    if feed.ended and error:
        return "a quote is opened in this row and not closed before the file ends"
    if error:
        return f"{_APART} ({error})"
    if width is None or len(cells) == width or (len(cells) > width and not any(cells[width:])):
        return ""
    less = "; the row may be cut off" if len(cells) < width else "; a cell with a delimiter in it needs quotes"
    return f"the row has {len(cells)} {'cell' if len(cells) == 1 else 'cells'} where the header has {width}{less}"


def _told(row: Row, width: int | None, error: str, feed: _Feed, dialect: Dialect) -> Row:
    """A row with a problem, its cells as far as they can be told; without the problem where one line is all there is to it."""
    if not error:
        return row
    cells = _cells_of(feed.taken[0].rstrip("\r\n"), dialect)
    # A quote inside a quoted cell: the row can be read all the same.
    harmless = row.problem.startswith(_APART) and len(feed.taken) == 1 and not _problem(cells, width, "", feed)
    return Row(row.line, cells[:width], "" if harmless else row.problem)


def _stands_alone(line: str, dialect: Dialect, width: int | None) -> bool:
    """Whether a line is a whole row by itself."""
    try:
        rows = list(_reader(iter([line]), dialect))
    except csv.Error:
        return False
    return len(rows) == 1 and len(rows[0]) == width


def _cells_of(line: str, dialect: Dialect) -> list[str]:
    """The cells of one line, as far as they can be told."""
    try:
        return next(_reader(iter([line]), dialect, strict=False), [])
    except csv.Error:
        return []
