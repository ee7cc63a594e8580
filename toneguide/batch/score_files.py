"""Score whole files into a file or onto stdout; one unusable input does not stop the others."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from toneguide.batch.earlier import NOTE, read_earlier, sidecar
from toneguide.batch.job import Job, column_names, make_job
from toneguide.batch.local import BLOCK, SMALL, Block, available_cores, score_blocks
from toneguide.batch.parts import Parts, identify_inputs, parts_folder
from toneguide.batch.summary import Summary, with_progress
from toneguide.errors import InputError
from toneguide.posts import Posts, merge_row, open_posts, open_writer, output_columns, renamed_columns, write_stream

if TYPE_CHECKING:
    from toneguide.guide import ToneGuide

__all__ = ["Run", "score_files"]

DONE, NOT_USABLE, STOPPED = 0, 3, 130
_SNIPPET: Final = 60
Say = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Run:
    """How files are scored.

    Attributes
    ----------
    out : Path or None
        Where to; stdout where None: lines on a terminal, CSV in a pipe.
    language, text, min_words
        As on the command line.
    readability : bool
        Whether to add textstat's columns.
    workers : int or None
        Processes; as many as there are cores where None.
    resume : bool
        Whether to go on where an earlier run of the same command stopped.
    add : bool
        Whether the rows that are in `out` already stay.
    quiet : bool
        Whether to say nothing but what went wrong.
    small : int or None
        Up to how many posts one process does it all; measured where None.
    """

    out: Path | None = None
    language: str | None = None
    text: str | None = None
    min_words: int | None = None
    readability: bool = False
    workers: int | None = None
    resume: bool = True
    add: bool = False
    quiet: bool = False
    small: int | None = None


def score_files(paths: list[str], guide: ToneGuide, run: Run, *, say: Say) -> int:
    """Score files in order.

    Parameters
    ----------
    paths : list of str
        Files and folders; ``"-"`` for stdin.
    guide : ToneGuide
        Scores them.
    run : Run
        How.
    say : callable
        Takes messages for people.

    Returns
    -------
    int
        0; 3 where an input could not be used, though the others are scored; 130 where the run was stopped by Ctrl-C.
    """
    tell = (lambda _: None) if run.quiet else say
    opened = list(_open_all(paths, run.text, say, tell))
    if not opened:
        return NOT_USABLE
    job = make_job(guide, language=run.language, min_words=run.min_words, readability=run.readability)
    earlier = read_earlier(run.out, opened, job, tell) if run.add and run.out is not None else None
    inputs = [earlier.kept, *opened] if earlier else opened
    names = [value.name for value in guide.values]
    own = list(dict.fromkeys(chain.from_iterable(posts.columns for posts in inputs)))
    extra = column_names(job)[len(output_columns([], names)) :]
    columns, renamed = [*output_columns(own, names), *extra], renamed_columns(own, names)
    summary = Summary()
    with _keeper(paths, job, run, tell) as parts:
        blocks = score_blocks(
            chain.from_iterable(inputs), job, workers=run.workers or available_cores(), small=_small(run, guide), parts=parts, known=earlier
        )
        counted = summary.counting(with_progress(blocks, paths, quiet=run.quiet))
        try:
            _write(counted, columns, own, renamed, run, _note(inputs, job, renamed))
        except KeyboardInterrupt:
            say(_how_to_go_on(summary, parts))
            return STOPPED
        parts.remove()
    if run.out is not None:
        tell(f"wrote {run.out}")
    for line in (*summary.lines(), *(earlier.lines() if earlier else ())):
        tell(line)
    return DONE if len(opened) == len(paths) else NOT_USABLE


def _open_all(paths: list[str], text: str | None, say: Say, tell: Say) -> Iterator[Posts]:
    for path in paths:
        try:
            posts = open_posts(path if path == "-" else Path(path), text=text)
        except InputError as e:
            say(f"toneguide: {e}")
            continue
        tell(posts.described)
        yield posts


def _small(run: Run, guide: ToneGuide) -> int:
    return SMALL[guide.pipeline] if run.small is None else run.small


def _keeper(paths: list[str], job: Job, run: Run, tell: Say) -> Parts:
    about: dict[str, object] = {"input": identify_inputs(paths), **job.key(), "text column": run.text, "block": BLOCK}
    if run.add and run.out is not None:
        about["rows that were there"] = identify_inputs([str(run.out)])
    # Standard input is not there a second time, and what goes to standard output is gone: nothing is kept then.
    folder = parts_folder(run.out) if run.out is not None and "-" not in paths else None
    return Parts(folder, about, resume=run.resume, say=tell)


def _how_to_go_on(summary: Summary, parts: Parts) -> str:
    if not parts.started:
        return "stopped; nothing half-written is left behind"
    done = summary.statuses.total()
    return f"stopped: {done} posts are done and kept in {parts.folder}; run the same command again to go on, or add --no-resume to start afresh"


def _note(inputs: list[Posts], job: Job, renamed: dict[str, str]) -> str:
    """What the output was scored with, for the next archive that is added to it."""
    named = {posts.text_column for posts in inputs if posts.columns}
    text = named.pop() if len(named) == 1 else ""
    return json.dumps({"scored_with": job.key(), "text": renamed.get(text, text) or None})


def _write(blocks: Iterator[Block], columns: list[str], own: list[str], renamed: dict[str, str], run: Run, note: str) -> None:
    if run.out is not None:
        with open_writer(run.out, columns, notes={NOTE: note}) as writer:
            for block in blocks:
                writer.write_columns(_columns(block, own, renamed))
        if run.add and run.out.suffix.lower() != ".parquet":
            sidecar(run.out).write_text(note + "\n", encoding="utf-8")
    elif sys.stdout.isatty():
        _print_lines(blocks)
    else:
        write_stream((row for block in blocks for row in _rows(block, renamed)), columns, sys.stdout)


def _columns(block: Block, own: list[str], renamed: dict[str, str]) -> dict[str, list[object]]:
    theirs: dict[str, list[object]] = {renamed.get(name, name): [post.fields.get(name) for post in block.posts] for name in own}
    return theirs | block.columns


def _rows(block: Block, renamed: dict[str, str]) -> Iterator[dict[str, object]]:
    names = list(block.columns)
    for post, values in zip(block.posts, zip(*block.columns.values(), strict=True), strict=True):
        yield merge_row(post.fields, dict(zip(names, values, strict=True)), renamed)


def _print_lines(blocks: Iterator[Block]) -> None:
    out = sys.stdout
    out.write(f"{'corporate':>9} {'warmth':>6} {'aligned':>7}  {'lang':4}  post\n")
    for block in blocks:
        for i, post in enumerate(block.posts):
            row = {name: values[i] for name, values in block.columns.items()}
            numbers = ["–" if row[name] is None else f"{row[name]:.0f}" for name in ("corporate", "warmth", "alignment")]
            snippet = " ".join((post.text or "")[: 2 * _SNIPPET].split())[:_SNIPPET]
            shown = "".join(c for c in snippet if c.isprintable()) if row["status"] == "ok" else f"[{row['status']}] {row['reason']}"
            out.write(f"{numbers[0]:>9} {numbers[1]:>6} {numbers[2]:>7}  {row['language']:4}  {shown}\n")
