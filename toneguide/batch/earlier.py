"""A scored archive that grows: which of its rows still hold, and which posts are new.

A scored file knows what it was scored with: a Parquet file in its metadata, any other in a small file beside it. Where that
is the guide, the model and the options of today, a text that stands in it is not scored again; where not, its rows are stale.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from toneguide.batch.job import Columns, Job, column_names
from toneguide.batch.local import BLOCK, Answer, Place
from toneguide.posts import Post, Posts, open_posts
from toneguide.posts.cells import plain_text
from toneguide.posts.columns import SCORE_COLUMNS

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

__all__ = ["NOTE", "Earlier", "read_earlier", "read_note", "sidecar"]

NOTE: Final = "toneguide"
_SAME_POST: Final = ("id", "url", "date", "author", "channel")
_UNREADABLE: Final = re.compile(r"line (\d+): (.*)", re.DOTALL)
_TRUTH: Final = {"true": True, "false": False, True: True, False: False}


def sidecar(out: Path) -> Path:
    """Where a scored file that has no room for it keeps what it was scored with."""
    return out.with_name(f"{out.name}.toneguide.json")


def read_note(out: Path) -> dict[str, Any]:
    """What a scored file was scored with; empty where nobody knows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        is_parquet = out.suffix.lower() == ".parquet"
        note = json.loads((pq.read_schema(out).metadata or {}).get(NOTE.encode(), b"{}") if is_parquet else sidecar(out).read_bytes())
    except (OSError, ValueError, pa.ArrowException):
        return {}
    return note if isinstance(note, dict) else {}


def read_earlier(out: Path, new: Sequence[Posts], job: Job, tell: Callable[[str], None]) -> Earlier | None:
    """What a scored file holds; None where it is not there yet.

    Parameters
    ----------
    out : Path
        The scored file.
    new : sequence of Posts
        What is added to it: a post that is in both is taken from there.
    job : Job
        How posts are scored now.
    tell : callable
        Takes messages for people.
    """
    if not out.exists():
        return None
    note = read_note(out)
    posts = open_posts(out, text=note.get("text"))
    replaced = {_record_key(post) for each in new for post in each if not post.problem}
    holds = note.get("scored_with") == job.key() and set(column_names(job)) <= set(posts.columns)
    found = Earlier(posts, column_names(job), replaced, holds=holds)
    if found.n and not holds:
        why = "with another guide, model or options" if note else "nobody knows with which guide"
        tell(f"{out.name}: its {found.n} rows are stale, they were scored {why}; they are scored again")
    return found


@dataclass(frozen=True, slots=True)
class _Table:
    """Scores by the hash of their text."""

    hashes: npt.NDArray[np.uint64]
    rows: pa.Table


class Earlier:
    """The rows of a scored file.

    Attributes
    ----------
    kept : Posts
        Its records without our columns, those left out that the new archive has too.
    n : int
        How many rows it has.
    """

    def __init__(self, posts: Posts, names: list[str], replaced: set[bytes], *, holds: bool) -> None:
        self._posts, self._names, self._replaced, self._holds = posts, names, replaced, holds
        self._own = {column: _original(column) for column in posts.columns if not _is_ours(column, names)}
        self.n = self.reused = self.left_out = 0
        self._table = self._read()
        self.kept = Posts(list(self._own.values()), posts.text_column, posts.described, self._records)

    def find(self, texts: Sequence[str | None]) -> list[Place | None]:
        """Where the scores of texts stand; None for a text that is to be scored."""
        import numpy as np

        if self._table is None:
            return [None] * len(texts)
        asked = np.array([_text_key(text) for text in texts], dtype=np.uint64)
        at = np.searchsorted(self._table.hashes, asked)
        at[at == len(self._table.hashes)] = 0
        hit = self._table.hashes[at] == asked
        answer = Answer(self._table.rows.take(at[hit]).to_pydict())
        numbers = iter(range(int(hit.sum())))
        self.reused += int(hit.sum())
        return [(answer, next(numbers)) if one else None for one in hit.tolist()]

    def lines(self) -> Iterator[str]:
        """What became of the rows, for the summary."""
        yield f"{self.n} rows were there: {self.left_out} of them are in the new archive too; {self.reused} texts were not scored again"

    def _read(self) -> _Table | None:
        import numpy as np
        import pyarrow as pa

        keys: list[int] = []
        tables = []
        remaining = iter(self._posts)
        while batch := list(islice(remaining, BLOCK)):
            self.n += len(batch)
            if self._holds:
                read = [post for post in batch if post.fields.get("status") != "unreadable"]
                keys.extend(_text_key(post.text) for post in read)
                tables.append(_typed([post.fields for post in read], self._names))
        if not keys:
            return None
        hashes, first = np.unique(np.array(keys, dtype=np.uint64), return_index=True)
        return _Table(hashes, pa.concat_tables(tables).take(first))

    def _records(self) -> Iterator[Post]:
        self.left_out = 0
        for post in self._posts:
            fields = {name: post.fields.get(column) for column, name in self._own.items()}
            found = _UNREADABLE.match(str(post.fields.get("reason"))) if post.fields.get("status") == "unreadable" else None
            if found:
                yield Post(fields, None, post.source, int(found[1]), found[2])
            elif self._replaced and _record_key(Post(fields, post.text, "", 0)) in self._replaced:
                self.left_out += 1
            else:
                yield Post(fields, post.text, post.source, post.line)


def _is_ours(column: str, names: Iterable[str]) -> bool:
    return column in SCORE_COLUMNS or column.startswith("value:") or column in names


def _original(column: str) -> str:
    """What an input column was called before it had to make room for ours."""
    name = column.removeprefix("input:")
    return name if name in SCORE_COLUMNS or name.startswith(("value:", "input:")) else column


def _text_key(text: str | None) -> int:
    return int.from_bytes(blake2b((text or "").encode("utf-8", "replace"), digest_size=8).digest(), "little")


def _record_key(post: Post) -> bytes:
    """What makes a record the same one as last month: who posted it where and when; the text too where no date tells."""
    named = [(name, plain_text(post.fields.get(name))) for name in _SAME_POST]
    dated = dict(named)["date"] and (dict(named)["id"] or dict(named)["url"])
    return blake2b(repr((named, None if dated else post.text or "")).encode("utf-8", "replace"), digest_size=12).digest()


def _typed(rows: list[Mapping[str, object] | dict[str, object]], names: list[str]) -> pa.Table:
    """Our columns of a scored file, in our types whatever the format made of them."""
    import pyarrow as pa

    columns: Columns = {name: [row.get(name) for row in rows] for name in names}
    for name, values in columns.items():
        if name in ("language", "status", "reason"):
            columns[name] = ["" if value is None else str(value) for value in values]
        elif name == "in_tone":
            columns[name] = [_TRUTH.get(value.lower() if isinstance(value, str) else value) for value in values]
        else:
            kind: type = int if name == "n_words" else float
            columns[name] = [None if value in (None, "") else kind(value) for value in values]
    kinds = {"n_words": pa.int64(), "in_tone": pa.bool_()} | dict.fromkeys(("language", "status", "reason"), pa.string())
    return pa.table({name: pa.array(values, kinds.get(name, pa.float64())) for name, values in columns.items()})
