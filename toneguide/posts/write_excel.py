"""Rows into an Excel workbook; text stays text, also where it looks like a formula or a link."""

from __future__ import annotations

import contextlib
import math
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Final

from toneguide.errors import InputError
from toneguide.posts.cells import excel_text, plain_text

__all__ = ["ExcelRows"]

_MOST_ROWS: Final = 1_048_576
_MOST_COLUMNS: Final = 16_384
# Above it Excel rounds: long ids stay whole as text.
_LARGEST_NUMBER: Final = 10**15


class ExcelRows:
    """One sheet, written row by row."""

    def __init__(self, stream: IO[bytes], columns: list[str], path: Path) -> None:
        import xlsxwriter

        if len(columns) > _MOST_COLUMNS:
            raise InputError(f"{path}: {len(columns):,} columns, and Excel holds {_MOST_COLUMNS:,}; write .csv or .parquet")
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        # Its own pieces, and the finished book before it is copied, are written here.
        self._folder = tempfile.TemporaryDirectory(prefix="toneguide-")
        self._stream = stream
        self._finished = Path(self._folder.name, "posts.xlsx")
        self._book = xlsxwriter.Workbook(self._finished, {**options, "tmpdir": self._folder.name})
        self._sheet = self._book.add_worksheet("posts")
        self._columns = columns
        self._path = path
        self._next = 1
        self._sheet.freeze_panes(1, 0)
        for column, name in enumerate(columns):
            self._write_cell(0, column, name)

    def write(self, rows: Sequence[dict[str, object]]) -> None:
        """Write some rows; past the last row a sheet has, an InputError."""
        for row in rows:
            if self._next >= _MOST_ROWS:
                raise InputError(
                    f"{self._path}: Excel holds {_MOST_ROWS - 1:,} posts in a sheet, and there are more; write .csv or .parquet"
                )
            for column, name in enumerate(self._columns):
                self._write_cell(self._next, column, row.get(name))
            self._next += 1

    def close(self) -> None:
        """Finish the workbook and copy it to the stream."""
        from xlsxwriter.exceptions import XlsxWriterException

        try:
            self._book.close()
        except XlsxWriterException as error:
            cause = error.args[0] if error.args else error
            raise cause if isinstance(cause, OSError) else OSError(str(error)) from error
        with self._finished.open("rb") as finished:
            shutil.copyfileobj(finished, self._stream)
        self._folder.cleanup()

    def abandon(self) -> None:
        """Close the file the rows are kept in, and remove it."""
        self._book.fileclosed = True
        with contextlib.suppress(OSError):
            self._sheet._opt_close()  # noqa: SLF001
        self._folder.cleanup()

    def _write_cell(self, row: int, column: int, value: object) -> None:
        if value is None or value == "":
            return
        if isinstance(value, bool):
            self._sheet.write_boolean(row, column, value)
        elif isinstance(value, int | float) and math.isfinite(value) and abs(value) < _LARGEST_NUMBER:
            self._sheet.write_number(row, column, value)
        elif text := excel_text(plain_text(value)):
            self._sheet.write_string(row, column, text)
