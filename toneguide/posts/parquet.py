"""Parquet files, a batch of rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final

from toneguide.errors import InputError
from toneguide.posts.record import LONGEST_TEXT, Post, Posts, make_post
from toneguide.posts.source import Source
from toneguide.posts.text_column import choose_text_column

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["open_parquet"]

_BATCH_ROWS: Final = 1_000
_SAMPLE_ROWS: Final = 200


def open_parquet(source: Source, text: str | None = None) -> Posts:
    """Posts from a Parquet file.

    Raises
    ------
    InputError
        Where the file is damaged, or has no text column.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with source.open() as stream, pq.ParquetFile(stream) as file:
            columns = list(file.schema_arrow.names)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise InputError(f"{source.name}: the Parquet file is damaged or cut off ({_first_line(error)}); export it again") from None
    sample = [post.fields for post in islice(_posts(source, ""), _SAMPLE_ROWS)]
    chosen = choose_text_column(columns, sample, source.name, text)
    return Posts(columns, chosen.name, f"{source.label}: Parquet, {chosen.told}", lambda: _posts(source, chosen.name))


def _posts(source: Source, text: str) -> Iterator[Post]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    row = 0
    try:
        with source.open() as stream, pq.ParquetFile(stream) as file:
            for batch in file.iter_batches(batch_size=_BATCH_ROWS):
                plain = _plain(batch)
                names = plain.schema.names
                for values in zip(*(column.to_pylist() for column in plain.columns), strict=True):
                    row += 1
                    fields = dict(zip(names, values, strict=True))
                    found = fields.get(text)
                    if isinstance(found, str) and len(found) <= LONGEST_TEXT:
                        # What Arrow holds as text has no lone surrogates.
                        yield Post(fields, found, source.name, row)
                    else:
                        yield make_post(fields, found, source.name, row)
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        yield Post(
            {},
            None,
            source.name,
            row + 1,
            f"the Parquet file is damaged from row {row + 1} on ({_first_line(error)}); its other rows are left out",
        )


def _plain(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Nanoseconds cut to microseconds: Python's own dates hold no more."""
    import pyarrow as pa

    fields = [
        pa.field(f.name, pa.timestamp("us", tz=f.type.tz)) if pa.types.is_timestamp(f.type) and f.type.unit == "ns" else f
        for f in batch.schema
    ]
    return batch.cast(pa.schema(fields), safe=False)


def _first_line(error: Exception) -> str:
    return str(error).split("\n", 1)[0][:200]
