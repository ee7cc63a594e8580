"""Score whole files into a file or onto stdout; one unusable input does not stop the others."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from toneguide.batch.score_posts import Scored, score_posts
from toneguide.errors import InputError
from toneguide.posts import Posts, merge_row, open_posts, open_writer, output_columns, renamed_columns, write_stream

if TYPE_CHECKING:
    from toneguide.guide import ToneGuide

__all__ = ["Summary", "score_files", "with_progress"]

DONE, NOT_USABLE = 0, 3
_ROWS: Final = 512
_SNIPPET: Final = 60
Say = Callable[[str], None]


class Summary:
    """What was scored, counted as it went by."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.statuses: Counter[str] = Counter()
        self.languages: Counter[str] = Counter()

    def counting(self, scored: Iterable[Scored]) -> Iterator[Scored]:
        """The same posts, counted."""
        for one in scored:
            self.statuses[one.score.status] += 1
            self.languages[one.score.language or "unknown"] += 1
            yield one

    def lines(self) -> Iterator[str]:
        """The summary in two lines."""
        total = sum(self.statuses.values())
        seconds = time.monotonic() - self.started
        yield f"{total} {'post' if total == 1 else 'posts'} in {seconds:.1f} s: " + ", ".join(
            f"{n} {status}" for status, n in self.statuses.most_common()
        )
        yield "languages: " + ", ".join(f"{n} {language}" for language, n in self.languages.most_common())


def score_files(
    paths: list[str], guide: ToneGuide, *, out: Path | None, language: str | None, text: str | None, min_words: int | None,
    readability: bool, say: Say,
) -> int:  # fmt: skip
    """Score files in order.

    Parameters
    ----------
    paths : list of str
        Files and folders; ``"-"`` for stdin.
    guide : ToneGuide
        Scores them.
    out : Path or None
        Where to; stdout where None: lines on a terminal, CSV in a pipe.
    language, text, min_words
        As on the command line.
    readability : bool
        Whether to add textstat's columns.
    say : callable
        Takes messages for people.

    Returns
    -------
    int
        0, or 3 where an input could not be used; the others are scored all the same.
    """
    opened = list(_open_all(paths, text, say))
    if not opened:
        return NOT_USABLE
    more, extra = _readability() if readability else (None, ())
    inputs = list(dict.fromkeys(chain.from_iterable(posts.columns for posts in opened)))
    names = [value.name for value in guide.values]
    columns, renamed = [*output_columns(inputs, names), *extra], renamed_columns(inputs, names)
    summary = Summary()
    posts = chain.from_iterable(opened)
    scored = summary.counting(with_progress(score_posts(posts, guide, language=language, min_words=min_words, more=more)))
    if out is not None:
        with open_writer(out, columns) as writer:
            for batch in _batches(scored):
                writer.write([merge_row(one.post.fields, one.row, renamed) for one in batch])
        say(f"wrote {out}")
    elif sys.stdout.isatty():
        _print_lines(scored)
    else:
        write_stream((merge_row(one.post.fields, one.row, renamed) for one in scored), columns, sys.stdout)
    for line in summary.lines():
        say(line)
    return DONE if len(opened) == len(paths) else NOT_USABLE


def _open_all(paths: list[str], text: str | None, say: Say) -> Iterator[Posts]:
    for path in paths:
        try:
            posts = open_posts(path if path == "-" else Path(path), text=text)
        except InputError as e:
            say(f"toneguide: {e}")
            continue
        say(posts.described)
        yield posts


def _readability() -> tuple[Callable[[str], dict[str, Any]], tuple[str, ...]]:
    from toneguide.signals.readability import READABILITY, readability

    return readability, READABILITY


def _batches(scored: Iterable[Scored]) -> Iterator[list[Scored]]:
    remaining = iter(scored)
    while batch := list(islice(remaining, _ROWS)):
        yield batch


def with_progress(scored: Iterable[Scored], total: int | None = None) -> Iterable[Scored]:
    """The same posts behind a progress bar: on stderr, after two seconds, none in a pipe."""
    if not sys.stderr.isatty():
        return scored
    from tqdm import tqdm

    bar: Iterable[Scored] = tqdm(scored, total=total, unit=" posts", delay=2, file=sys.stderr, leave=False, mininterval=0.5)
    return bar


def _print_lines(scored: Iterable[Scored]) -> None:
    out = sys.stdout
    out.write(f"{'corporate':>9} {'warmth':>6} {'aligned':>7}  {'lang':4}  post\n")
    for one in scored:
        found = one.score
        numbers = [("–" if v is None else f"{v:.0f}") for v in (found.corporate, found.warmth, found.alignment)]
        snippet = " ".join(c for c in found.text[: 2 * _SNIPPET].split())[:_SNIPPET]
        shown = "".join(c for c in snippet if c.isprintable()) if found.status == "ok" else f"[{found.status}] {found.reason}"
        out.write(f"{numbers[0]:>9} {numbers[1]:>6} {numbers[2]:>7}  {found.language:4}  {shown}\n")
