"""Rows into a Parquet file, with types that hold from the first batch to the last."""

from __future__ import annotations

import contextlib
import datetime
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from toneguide.posts.cells import plain_text
from toneguide.posts.record import replace_surrogates

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["ParquetRows"]

_FIXED: Final = {
    "corporate": float, "warmth": float, "alignment": float, "n_words": int, "in_tone": bool, "language": str, "status": str, "reason": str,
}  # fmt: skip
_FITS: Final[dict[type, frozenset[type]]] = {
    float: frozenset({float, int}), int: frozenset({int}), bool: frozenset({bool}),
    datetime.date: frozenset({datetime.date}), datetime.datetime: frozenset({datetime.datetime}),
}  # fmt: skip
_GROUP_ROWS: Final = 10_000


class ParquetRows:
    """One Parquet file; a column that changes its type on the way becomes text, with what is written already."""

    def __init__(self, stream: IO[bytes], columns: list[str], path: Path, notes: Mapping[str, str] | None = None) -> None:
        self._stream = stream
        self._columns = columns
        self._folder = path.parent
        self._notes = dict(notes or {})
        self._waiting: dict[str, list[object]] = {name: [] for name in columns}
        self._rows = 0
        self._types: dict[str, type] = {}
        self._writer: Any = None

    def write(self, rows: Sequence[dict[str, object]]) -> None:
        """Keep rows until they make a row group."""
        for name, values in self._waiting.items():
            values.extend(row.get(name) for row in rows)
        self._count(len(rows))

    def write_columns(self, columns: Mapping[str, Sequence[object]]) -> None:
        """Keep rows, given as columns of one length, until they make a row group."""
        n = len(next(iter(columns.values()), ()))
        for name, values in self._waiting.items():
            values.extend(columns.get(name, [None] * n))
        self._count(n)

    def _count(self, rows: int) -> None:
        self._rows += rows
        if self._rows >= _GROUP_ROWS:
            self._flush()

    def close(self) -> None:
        """Write what is left, and the footer."""
        self._flush()
        self._writer.close()

    def abandon(self) -> None:
        """Close the writer, which a full disk refuses again."""
        if self._writer is not None:
            with contextlib.suppress(OSError, ValueError):
                self._writer.close()

    def _flush(self) -> None:
        import pyarrow as pa

        columns = self._waiting
        if self._writer is None:
            self._types = {name: _type_of(name, values) for name, values in columns.items()}
        arrays = {name: _array(values, self._types[name]) for name, values in columns.items()}
        misfits = [name for name, array in arrays.items() if array is None]
        for name in misfits:
            self._types[name] = str
            arrays[name] = _array(columns[name], str)
        if self._writer is None:
            self._writer = self._new_writer()
        elif misfits:
            self._turn_into_text(misfits)
        self._writer.write_table(pa.table(list(arrays.values()), schema=self._schema()))
        self._waiting = {name: [] for name in self._columns}
        self._rows = 0

    def _schema(self) -> pa.Schema:
        import pyarrow as pa

        return pa.schema([(replace_surrogates(name), _arrow(self._types[name])) for name in self._columns], metadata=self._notes or None)

    def _new_writer(self) -> Any:
        import pyarrow.parquet as pq

        return pq.ParquetWriter(self._stream, self._schema(), compression="zstd")

    def _turn_into_text(self, names: Sequence[str]) -> None:
        """Write anew what is written, some columns as text."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        self._writer.close()
        with tempfile.TemporaryFile(dir=self._folder) as before:
            self._stream.seek(0)
            shutil.copyfileobj(self._stream, before)
            self._stream.seek(0)
            self._stream.truncate()
            self._writer = self._new_writer()
            with pq.ParquetFile(before) as file:
                for group in range(file.num_row_groups):
                    table = file.read_row_group(group)
                    arrays = [
                        _array(column.to_pylist(), str) if name in names else column
                        for name, column in zip(self._columns, table.columns, strict=True)
                    ]  # fmt: skip
                    self._writer.write_table(pa.table(arrays, schema=self._schema()))


def _type_of(name: str, values: Sequence[object]) -> type:
    """The type of a column: ours are given, the input's own are those of its first values."""
    fixed = float if name.startswith("value:") else _FIXED.get(name)
    if fixed is not None:
        return fixed
    seen = {type(value) for value in values if value is not None}
    # The narrowest first: a column of whole numbers is one of whole numbers, though they would fit fractions too.
    return next((kind for kind in (bool, int, float, datetime.date, datetime.datetime) if seen and seen <= _FITS[kind]), str)


def _arrow(kind: type) -> pa.DataType:
    import pyarrow as pa

    if kind is datetime.datetime:
        return pa.timestamp("us")
    return {float: pa.float64(), int: pa.int64(), bool: pa.bool_(), datetime.date: pa.date32()}.get(kind, pa.string())


def _array(values: Sequence[object], kind: type) -> pa.Array | None:
    """The values as one array; None where they do not fit the type unchanged."""
    import pyarrow as pa

    if kind is str:
        if {type(value) for value in values} <= {str, type(None)}:
            with contextlib.suppress(UnicodeEncodeError):
                return pa.array(values, pa.string())
        return pa.array([None if value is None else plain_text(value) for value in values], pa.string())
    # Arrow would cut 1.5 to 1 in silence.
    if not {type(value) for value in values if value is not None} <= _FITS[kind]:
        return None
    if kind is datetime.datetime and any(isinstance(value, datetime.datetime) and value.tzinfo for value in values):
        return None
    try:
        return pa.array(values, _arrow(kind))
    except (pa.ArrowException, OverflowError):
        return None
