"""A worker process: reads blocks of texts from standard input, writes their scores to standard output.

Messages are frames: a length of eight bytes, then as many bytes. The first one is the job; then come texts as JSON, each
answered by the scores as an Arrow stream. When standard input ends, so does the worker: none outlives its parent.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import struct
import sys
from typing import IO, Final

__all__ = ["main", "read_frame", "write_frame"]

_LENGTH: Final = struct.Struct("<Q")


def read_frame(stream: IO[bytes]) -> bytes | None:
    """The next message; None where the other side is gone."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    return data if len(data) == length else None


def write_frame(stream: IO[bytes], data: bytes) -> None:
    """Send one message."""
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def main() -> None:
    """Serve until standard input ends."""
    # Whatever a library prints must not fall among the messages.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    first = read_frame(sys.stdin.buffer)
    if first is None:
        return
    from toneguide.batch.job import Job, score_texts, to_bytes

    job = Job.from_bytes(first)
    score_texts([""], job)
    # Models and word lists stay for good; the collector need not look at them again and again.
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    # A parent that is gone no longer asks, or no longer listens.
    with contextlib.suppress(BrokenPipeError):
        while (data := read_frame(sys.stdin.buffer)) is not None:
            write_frame(out, to_bytes(score_texts(json.loads(data), job)))


if __name__ == "__main__":
    main()
