"""A job: what is to be scored how, and the one function that scores a block of texts, wherever it runs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from toneguide.batch.ship import PackedGuide, pack_guide, unpack_guide
from toneguide.posts.columns import SCORE_COLUMNS

if TYPE_CHECKING:
    from toneguide.guide import ToneGuide

__all__ = ["Columns", "Job", "column_names", "from_bytes", "make_job", "score_texts", "to_bytes"]

Columns = dict[str, list[Any]]
_TEXTS: Final = ("language", "status", "reason")


@dataclass(frozen=True, slots=True)
class Job:
    """How texts are scored.

    Attributes
    ----------
    guide : PackedGuide
        As data.
    language, min_words
        As in `ToneGuide.score_many`.
    readability : bool
        Whether textstat's columns are added.
    """

    guide: PackedGuide
    language: str | None = None
    min_words: int | None = None
    readability: bool = False

    def key(self) -> dict[str, object]:
        """What the results depend on beside the texts."""
        return {
            "guide": self.guide.fingerprint,
            "language": self.language,
            "min_words": self.min_words,
            "readability": self.readability,
        }

    def to_bytes(self) -> bytes:
        """As JSON, for another process."""
        files = [[path, content.decode("latin-1")] for path, content in self.guide.files]
        return json.dumps({**self.key(), "files": files}).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Job:
        """The job that `to_bytes` wrote."""
        facts = json.loads(data)
        files = tuple((path, content.encode("latin-1")) for path, content in facts["files"])
        return cls(PackedGuide(files, facts["guide"]), facts["language"], facts["min_words"], facts["readability"])


def make_job(guide: ToneGuide, *, language: str | None = None, min_words: int | None = None, readability: bool = False) -> Job:
    """A job for a guide."""
    return Job(pack_guide(guide), language, min_words, readability)


def column_names(job: Job) -> list[str]:
    """Columns that the job adds, in order."""
    values = [f"value:{value.name}" for value in unpack_guide(job.guide).values]
    return [*SCORE_COLUMNS, *values, *_readability_names(job)]


def _readability_names(job: Job) -> Sequence[str]:
    if not job.readability:
        return ()
    from toneguide.signals.readability import READABILITY

    return READABILITY


def score_texts(texts: Sequence[str | None], job: Job) -> Columns:
    """Scores of a block of texts, as columns.

    Examples
    --------
    >>> from toneguide import ToneGuide
    >>> job = make_job(ToneGuide.default("fast"), min_words=0)
    >>> score_texts(["Kiitos kaikille!", None], job)["status"]
    ['ok', 'empty']
    """
    columns = unpack_guide(job.guide).score_columns(texts, job.language, job.min_words)
    if job.readability:
        from toneguide.signals.readability import READABILITY, readability

        rows = [readability(text or "") for text in texts]
        columns |= {name: [row[name] for row in rows] for name in READABILITY}
    return columns


def to_bytes(columns: Columns) -> bytes:
    """Score columns as an Arrow stream."""
    import pyarrow as pa

    kinds = {"n_words": pa.int64(), "in_tone": pa.bool_()} | dict.fromkeys(_TEXTS, pa.string())
    batch = pa.record_batch({name: pa.array(values, kinds.get(name, pa.float64())) for name, values in columns.items()})
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return bytes(sink.getvalue())


def from_bytes(data: bytes) -> Columns:
    """Score columns again."""
    import pyarrow as pa

    with pa.ipc.open_stream(data) as reader:
        columns: Columns = reader.read_next_batch().to_pydict()
    return columns
