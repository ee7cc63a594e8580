"""What a run did, counted as it went by, and how far it is."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from toneguide.batch.local import Block

if TYPE_CHECKING:
    from toneguide.posts.record import Post

__all__ = ["Summary", "estimate_posts", "with_progress"]

_MOST_CHANNELS: Final = 12
_LONGEST_CHANNEL: Final = 40
# Files in which a post takes as many bytes as its text and other cells have letters, or nearly so.
_PLAIN: Final = frozenset((".csv", ".tsv", ".tab", ".jsonl", ".ndjson"))
_BESIDE: Final = {".jsonl": 8, ".ndjson": 8}


class Summary:
    """Counts of a run.

    Attributes
    ----------
    scored, kept : int
        Texts that were scored, and how many of these in an earlier run of the same command; fewer than posts where texts are alike.
    """

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.statuses: Counter[str] = Counter()
        self.languages: Counter[str] = Counter()
        self.channels: Counter[str] = Counter()
        self.scored = self.kept = 0

    def counting(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """The same blocks, counted."""
        for block in blocks:
            self.statuses.update(block.columns["status"])
            self.languages.update(language or "unknown" for language in block.columns["language"])
            self.channels.update(str(post.fields["channel"]) for post in block.posts if post.fields.get("channel"))
            self.scored += block.scored
            self.kept += block.kept
            yield block

    def lines(self) -> Iterator[str]:
        """The summary, a line each."""
        total = self.statuses.total()
        seconds = time.monotonic() - self.started
        yield f"{total} {'post' if total == 1 else 'posts'} in {seconds:.1f} s: {_told(self.statuses)}"
        yield f"languages: {_told(self.languages)}"
        if self.channels:
            yield f"channels: {_told(self.channels, _MOST_CHANNELS)}"
        if self.kept:
            yield f"{self.kept} of the texts were scored before the run was interrupted"


def _told(counts: Counter[str], most: int | None = None) -> str:
    told = [f"{n} {name[:_LONGEST_CHANNEL]}" for name, n in counts.most_common(most)]
    left = len(counts) - len(told)
    return ", ".join(told) + (f" and {left} more" if left else "")


def estimate_posts(paths: list[str], posts: list[Post]) -> int | None:
    """About how many posts there are in files, judged by the first ones; None where nobody can tell.

    Parameters
    ----------
    paths : list of str
        The inputs.
    posts : list of Post
        Some of their posts.
    """
    files = [Path(path) for path in paths]
    if not all(file.is_file() for file in files):
        return None
    if all(file.suffix.lower() == ".parquet" for file in files):
        import pyarrow.parquet as pq

        return sum(int(pq.read_metadata(file).num_rows) for file in files)
    if not posts or not all(file.suffix.lower() in _PLAIN for file in files):
        return None
    beside = _BESIDE.get(files[0].suffix.lower(), 1)
    letters = sum(len(str(value).encode("utf-8", "replace")) + beside for post in posts for value in post.fields.values())
    return round(sum(file.stat().st_size for file in files) / max(1.0, letters / len(posts)))


def with_progress(blocks: Iterable[Block], paths: list[str], *, quiet: bool) -> Iterator[Block]:
    """The same blocks behind a progress bar with rate and time left: on stderr, after two seconds, none in a pipe."""
    if quiet or not sys.stderr.isatty():
        yield from blocks
        return
    from tqdm import tqdm

    bar: tqdm[Any] = tqdm(unit=" posts", delay=2, file=sys.stderr, leave=False, mininterval=0.5, dynamic_ncols=True)
    with bar:
        for block in blocks:
            if bar.total is None and not bar.n:
                bar.total = estimate_posts(paths, block.posts)
            bar.update(len(block.posts))
            if bar.total is not None and bar.n > bar.total:
                bar.total = None
            yield block
