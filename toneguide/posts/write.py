"""Write scored posts: CSV, TSV, JSON Lines, Parquet, Excel."""

from __future__ import annotations

import contextlib
import csv
import errno
import io
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Final, Protocol, Self, TextIO, runtime_checkable

from toneguide.errors import InputError
from toneguide.posts.cells import plain_text, to_json
from toneguide.posts.columns import merge_row, output_columns, renamed_columns

__all__ = ["SUFFIXES", "Rows", "Writer", "merge_row", "open_writer", "output_columns", "renamed_columns", "write_stream"]

SUFFIXES: Final = (".csv", ".tsv", ".jsonl", ".parquet", ".xlsx")


class Rows(Protocol):
    """What writes rows into a stream that is open."""

    def write(self, rows: Sequence[dict[str, object]]) -> None:
        """Write some rows."""

    def close(self) -> None:
        """Write what is left; the stream stays open."""

    def abandon(self) -> None:
        """Let go of the stream, whatever is left; after an error."""


@runtime_checkable
class _Columns(Protocol):
    """What takes columns as they are."""

    def write_columns(self, columns: Mapping[str, Sequence[object]]) -> None:
        """Write some rows, given as columns of one length."""


class Writer:
    """An output file in the making: it appears under its name only when all of it is written.

    Use it in a ``with`` statement. After an exception the file that was there before is still there, unchanged.
    """

    def __init__(self, path: Path, columns: Sequence[str], notes: Mapping[str, str]) -> None:
        self._path = path
        self._notes = dict(notes)
        self._columns = list(columns)
        self._temporary = path.parent / f".toneguide-{secrets.token_hex(6)}.part"
        self._stream: IO[bytes] | None = None
        self._rows: Rows | None = None

    def __enter__(self) -> Self:
        with _told(self._path):
            self._stream = self._temporary.open("x+b")
            self._rows = _ROWS[self._path.suffix.lower()](self._stream, self._columns, self._path, self._notes)
        return self

    def write(self, rows: Sequence[dict[str, object]]) -> None:
        """Write some rows; keys that are no columns are left out, missing ones are empty.

        Raises
        ------
        InputError
            Where the disk is full, or the format holds no more rows.
        """
        if self._rows is None:
            raise ValueError("a writer is used in a with statement: with open_writer(...) as writer")
        with _told(self._path):
            self._rows.write(rows)

    def write_columns(self, columns: Mapping[str, Sequence[object]]) -> None:
        """Write some rows, given as columns of one length; what holds for `write` holds here."""
        if self._rows is None:
            raise ValueError("a writer is used in a with statement: with open_writer(...) as writer")
        with _told(self._path):
            if isinstance(self._rows, _Columns):
                self._rows.write_columns(columns)
            else:
                self._rows.write([dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)])

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            if error is None:
                with _told(self._path):
                    self._finish()
        finally:
            if self._rows is not None:
                self._rows.abandon()
            self._rows = None
            with contextlib.suppress(OSError):
                if self._stream is not None:
                    self._stream.close()
            self._temporary.unlink(missing_ok=True)

    def _finish(self) -> None:
        assert self._rows is not None
        assert self._stream is not None
        self._rows.close()
        self._rows = None
        self._stream.close()
        with contextlib.suppress(FileNotFoundError):
            shutil.copymode(self._path, self._temporary)
        self._temporary.replace(self._path)


def open_writer(path: Path | str, columns: Sequence[str], *, notes: Mapping[str, str] | None = None) -> Writer:
    """A file for scored posts; the suffix says the format.

    Parameters
    ----------
    path : Path or str
        Ends in .csv, .tsv, .jsonl, .parquet or .xlsx.
    columns : sequence of str
        The columns, in order; see `output_columns`.
    notes : mapping of str to str, optional
        Kept in the metadata of a Parquet file; other formats have no place for them.

    Raises
    ------
    InputError
        For another suffix, or a folder that is not there.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "scored.jsonl")
    ...     with open_writer(file, ["text", "warmth"]) as writer:
    ...         writer.write([{"text": "Kiitos!", "warmth": 81.5}])
    ...     print(file.read_text(encoding="utf-8"), end="")
    {"text": "Kiitos!", "warmth": 81.5}
    """
    path = Path(path)
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(f"{path}: the ending says the format, and {path.suffix or 'none'!r} is not one; choose {', '.join(SUFFIXES)}")
    path = path.resolve() if path.is_symlink() else path
    if not path.parent.is_dir():
        raise InputError(f"{path}: there is no folder {str(path.parent)!r}; make it first")
    if path.is_dir():
        raise InputError(f"{path}: this is a folder; give the name of a file in it")
    return Writer(path, columns, notes or {})


def write_stream(rows: Iterable[dict[str, object]], columns: Sequence[str], stream: TextIO) -> None:
    r"""CSV in UTF-8 into a stream such as standard output.

    Parameters
    ----------
    rows : iterable of dict
        Written as they come.
    columns : sequence of str
        The columns, in order.
    stream : text stream
        Where it stands on bytes, as standard output does, those are written, whatever its own encoding.

    Examples
    --------
    >>> out = io.StringIO()
    >>> write_stream([{"text": "hyvää", "in_tone": None}], ["text", "in_tone"], out)
    >>> out.getvalue()
    'text,in_tone\r\nhyvää,\r\n'
    """
    beneath = getattr(stream, "buffer", None)
    if beneath is None:
        _write_csv(csv.writer(stream), columns, rows)
        return
    stream.flush()
    text = io.TextIOWrapper(beneath, encoding="utf-8", newline="", write_through=True)
    try:
        _write_csv(csv.writer(text), columns, rows)
    finally:
        text.detach()
    stream.flush()


def _write_csv(out: Any, columns: Sequence[str], rows: Iterable[dict[str, object]], *, header: bool = True) -> None:
    if header:
        out.writerow([plain_text(name) for name in columns])
    out.writerows([plain_text(row.get(name)) for name in columns] for row in rows)


class _Delimited:
    def __init__(self, stream: IO[bytes], columns: list[str], delimiter: str) -> None:
        # Excel takes a CSV for UTF-8 only where it starts with the mark.
        self._text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
        self._out = csv.writer(self._text, delimiter=delimiter)
        self._columns = columns
        _write_csv(self._out, columns, [])

    def write(self, rows: Sequence[dict[str, object]]) -> None:
        _write_csv(self._out, self._columns, rows, header=False)

    def close(self) -> None:
        self._text.detach()

    def abandon(self) -> None:
        # Detaching flushes first, which a full disk refuses again.
        with contextlib.suppress(OSError, ValueError):
            self._text.detach()


class _JsonLines:
    def __init__(self, stream: IO[bytes], columns: list[str]) -> None:
        self._stream = stream
        self._columns = columns

    def write(self, rows: Sequence[dict[str, object]]) -> None:
        lines = (to_json({name: row.get(name) for name in self._columns}) for row in rows)
        self._stream.write("".join(f"{line}\n" for line in lines).encode())

    def close(self) -> None:
        self._stream.flush()

    def abandon(self) -> None:
        """Nothing is held."""


def _parquet(stream: IO[bytes], columns: list[str], path: Path, notes: dict[str, str]) -> Rows:
    from toneguide.posts.write_parquet import ParquetRows

    return ParquetRows(stream, columns, path, notes)


def _excel(stream: IO[bytes], columns: list[str], path: Path, _notes: dict[str, str]) -> Rows:
    from toneguide.posts.write_excel import ExcelRows

    return ExcelRows(stream, columns, path)


_ROWS: Final[dict[str, Callable[[IO[bytes], list[str], Path, dict[str, str]], Rows]]] = {
    ".csv": lambda stream, columns, _path, _notes: _Delimited(stream, columns, ","),
    ".tsv": lambda stream, columns, _path, _notes: _Delimited(stream, columns, "\t"),
    ".jsonl": lambda stream, columns, _path, _notes: _JsonLines(stream, columns),
    ".parquet": _parquet,
    ".xlsx": _excel,
}


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """What the system says against writing, as a sentence."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise InputError(f"{path}: the disk is full, nothing was written; make room, or write to another disk") from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise InputError(f"{path}: you may not write here; choose another folder, or close the file where it is open") from error
        raise InputError(f"{path}: cannot be written ({error.strerror or error}); choose another name or folder") from error
