"""Excel and OpenDocument workbooks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from toneguide.errors import InputError
from toneguide.posts.delimited import column_names, header_row
from toneguide.posts.record import Post, Posts, make_post
from toneguide.posts.rows import Row
from toneguide.posts.source import Source
from toneguide.posts.text_column import choose_text_column, is_text_name
from toneguide.posts.zipped import Zip

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

__all__ = ["open_excel"]

_SAMPLE_ROWS: Final = 200
_MOST_PREAMBLE: Final = 10
_MOST_CELLS: Final = 60_000_000
# Columns of one letter are not counted one by one.
_NARROW: Final = 26
_ANY_CELL: Final = re.compile(rb'\sr="([A-Z]{2,3})\d')
_FILLED_CELL: Final = re.compile(rb'<c\b[^>]*\sr="([A-Z]{2,3})\d+"[^>]*(?<!/)>')
_ROW: Final = re.compile(rb'<row\b[^>]*\sr="(\d{1,7})"')
_CHUNK: Final = 1_000_000
_LONGEST_TAG: Final = 200


class _Sheet(NamedTuple):
    """Where the posts of a workbook are: `skipped` rows stand before the first one."""

    name: str
    columns: list[str]
    skipped: int


def open_excel(source: Source, archive: Zip | None, text: str | None = None) -> Posts:
    """Posts from the first sheet of a workbook that has a text column.

    Parameters
    ----------
    source : Source
        The workbook.
    archive : Zip or None
        The zip it is; None for the older .xls.
    text : str, optional
        The text column.

    Raises
    ------
    InputError
        Where the workbook is damaged or locked, or no sheet has a text column.
    """
    import python_calamine as calamine

    if archive is not None:
        archive.refuse_bombs(archive.members)
        _refuse_far_cells(source, archive)
    try:
        with source.open() as stream, calamine.CalamineWorkbook.from_filelike(stream) as book:
            sheets = [sheet for name in book.sheet_names if (sheet := _layout(book.get_sheet_by_name(name))).columns]
    except calamine.PasswordError:
        raise InputError(f"{source.name}: the workbook is locked with a password; save a copy without one") from None
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise InputError(
            f"{source.name}: cannot be read as a workbook ({error}); save it again as .xlsx or .csv (a text as .docx)"
        ) from None
    if not sheets:
        return Posts([], "", f"{source.label}: workbook, no posts", lambda: iter(()))
    sheet = next((s for s in sheets if (text in s.columns if text else any(map(is_text_name, s.columns)))), sheets[0])
    sample = [post.fields for post in islice(_posts(source, sheet, ""), _SAMPLE_ROWS)]
    chosen = choose_text_column(sheet.columns, sample, source.name, text)
    described = f"{source.label}: workbook, sheet {sheet.name!r}, {chosen.told}"
    return Posts(sheet.columns, chosen.name, described, lambda: _posts(source, sheet, chosen.name))


def _refuse_far_cells(source: Source, archive: Zip) -> None:
    """A sheet is held as a full rectangle: one cell in a far corner would need more memory than there is."""
    for name in archive.names:
        if not name.startswith("xl/worksheets/") or _area(archive, name, _ANY_CELL) <= _MOST_CELLS:
            continue
        if _area(archive, name, _FILLED_CELL) > _MOST_CELLS:
            raise InputError(
                f"{source.name}: a sheet has cells far from all others; delete the empty rows and columns between, or save it as .csv"
            )


def _area(archive: Zip, name: str, cells: re.Pattern[bytes]) -> int:
    """Rows times columns of a sheet, by its furthest cells."""
    rows = columns = 0
    tail = b""
    with archive.open(name) as stream:
        while chunk := stream.read(_CHUNK):
            data = tail + chunk
            for column in set(cells.findall(data)):
                columns = max(columns, _number_of(column))
            rows = max(rows, max(map(int, _ROW.findall(data)), default=0))
            tail = data[-_LONGEST_TAG:]
    return rows * max(columns, _NARROW)


def _number_of(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _layout(sheet: CalamineSheet) -> _Sheet:
    rows = list(islice(_rows(sheet), _MOST_PREAMBLE))
    if not rows:
        return _Sheet(sheet.name, [], 0)
    top = rows[header_row([Row(row.line, [str(cell) for cell in row.cells]) for row in rows])]
    return _Sheet(sheet.name, column_names([str(cell) for cell in top.cells]), top.line)


class _Cells(NamedTuple):
    line: int
    cells: list[object]


def _rows(sheet: CalamineSheet) -> Iterator[_Cells]:
    """Rows that are not empty, numbered as in the program."""
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if any(cell != "" for cell in cells):
            yield _Cells(number, [_plain(cell) for cell in cells])


def _plain(cell: object) -> object:
    """Whole numbers as such: a workbook knows fractions only."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def _posts(source: Source, sheet: _Sheet, text: str) -> Iterator[Post]:
    import python_calamine as calamine

    with source.open() as stream, calamine.CalamineWorkbook.from_filelike(stream) as book:
        for row in _rows(book.get_sheet_by_name(sheet.name)):
            if row.line > sheet.skipped:
                fields = dict(zip(sheet.columns, row.cells, strict=False))
                extra = any(cell != "" for cell in row.cells[len(sheet.columns) :])
                if extra:
                    yield Post(
                        fields, None, source.name, row.line, "the row has cells beside the columns of the header; name them, or move them"
                    )
                else:
                    yield make_post(fields, fields.get(text), source.name, row.line)
