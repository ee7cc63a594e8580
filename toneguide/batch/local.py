"""Posts scored on this machine: in this process or in several, in order, whatever happens on the way."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final, Protocol

from toneguide.batch.job import Columns, Job, column_names, from_bytes, score_texts, to_bytes
from toneguide.batch.parts import Parts, texts_hash
from toneguide.batch.pool import Pool
from toneguide.batch.ship import unpack_guide

if TYPE_CHECKING:
    from toneguide.posts.record import Post

__all__ = ["BLOCK", "SMALL", "Answer", "Block", "Known", "Place", "available_cores", "score_blocks"]

BLOCK: Final = 2_000
# Fewer posts are done before a process has started.
SMALL: Final = {"fast": 50_000, "accurate": 400}
_REMEMBERED: Final = 50_000
_LONG: Final = 2_000


@dataclass(slots=True)
class Answer:
    """Scores of the texts of one block that were not met before; empty until they are there."""

    columns: Columns = field(default_factory=dict)


Place = tuple[Answer, int]


class Known(Protocol):
    """Scores that are known already."""

    def find(self, texts: Sequence[str | None]) -> list[Place | None]:
        """Where the scores of texts stand; None for a text that is to be scored."""


@dataclass(slots=True)
class Block:
    """Some posts with their scores.

    Attributes
    ----------
    posts : list of Post
        In input order.
    columns : dict of str to list
        Our columns, as long as `posts`.
    scored, kept : int
        How many texts were scored for it, and how many of these in an earlier run of the same command.
    """

    posts: list[Post]
    columns: Columns
    scored: int
    kept: int = 0


class _Plan:
    """A block on its way: which of its texts are new, and where the scores of the others stand."""

    def __init__(self, number: int, posts: list[Post]) -> None:
        self.number = number
        self.posts = posts
        self.answer = Answer()
        self.fresh: list[str | None] = []
        self.places: list[Place] = []
        self.hash = 0
        self.result: Future[bytes] | Future[Columns] | bytes | None = None

    def columns(self, names: list[str]) -> Columns:
        if len(self.fresh) == len(self.posts):
            return self.answer.columns
        return {name: [answer.columns[name][i] for answer, i in self.places] for name in names}


def available_cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def score_blocks(
    posts: Iterable[Post], job: Job, *, workers: int, small: int, parts: Parts | None = None, known: Known | None = None, size: int = BLOCK
) -> Iterator[Block]:
    """Score posts block by block; an identical text that was met lately is not scored again.

    Parameters
    ----------
    posts : iterable of Post
        Read as they are needed.
    job : Job
        How.
    workers : int
        Processes; with one, or with no more than `small` posts, everything happens in this process.
    small : int
        As above.
    parts : Parts, optional
        Keeps finished blocks, and gives back those of an earlier run.
    known : Known, optional
        Scores from elsewhere that still hold.
    size : int
        Posts in a block.

    Yields
    ------
    Block
        In input order; results depend on neither workers nor blocks.
    """
    remaining = iter(posts)
    first = list(islice(remaining, small + 1))
    many = len(first) > small
    if many and parts is not None:
        parts.start()
    plans = _plans(chain(first, remaining), size, column_names(job), known)
    # The list is let go of as soon as it is read through.
    del first
    with ExitStack() as stack:
        pool: Pool | _Here = stack.enter_context(Pool(job, workers)) if many and workers > 1 else _Here(job)
        guide = unpack_guide(job.guide)
        for block in _in_order(plans, pool, parts, column_names(job)):
            # The channel is the post's, not the text's: an identical text elsewhere may be on target.
            channels = [str(post.fields.get("channel") or "") for post in block.posts]
            yield replace(block, columns=block.columns | {"in_tone": guide.in_tone(block.columns, channels)})


class _Here:
    """One process, this one, in place of a pool."""

    depth = 1

    def __init__(self, job: Job) -> None:
        self._job = job

    def submit(self, texts: list[str | None]) -> Future[Columns]:
        done: Future[Columns] = Future()
        done.set_result(score_texts(texts, self._job))
        return done


def _in_order(plans: Iterator[_Plan], pool: Pool | _Here, parts: Parts | None, names: list[str]) -> Iterator[Block]:
    waiting: deque[_Plan] = deque()
    for plan in plans:
        if parts is not None and parts.started:
            plan.hash = texts_hash(plan.fresh)
            plan.result = parts.load(plan.number, plan.hash)
        if plan.result is None and plan.fresh:
            plan.result = pool.submit(plan.fresh)
        waiting.append(plan)
        if len(waiting) >= pool.depth:
            yield _finish(waiting.popleft(), parts, names)
    while waiting:
        yield _finish(waiting.popleft(), parts, names)


def _finish(plan: _Plan, parts: Parts | None, names: list[str]) -> Block:
    kept = isinstance(plan.result, bytes)
    result = plan.result.result() if isinstance(plan.result, Future) else plan.result
    if parts is not None and parts.started and result is not None and not kept:
        result = result if isinstance(result, bytes) else to_bytes(result)
        parts.save(plan.number, plan.hash, result)
    if result is not None:
        plan.answer.columns = from_bytes(result) if isinstance(result, bytes) else result
    return Block(plan.posts, plan.columns(names), len(plan.fresh), len(plan.fresh) if kept else 0)


def _plans(posts: Iterator[Post], size: int, names: list[str], known: Known | None) -> Iterator[_Plan]:
    """Blocks, each with the texts that no block before it asks for already."""
    lately: dict[str | None, Place] = {}
    number = 0
    while batch := list(islice(posts, size)):
        plan = _Plan(number, batch)
        elsewhere = known.find([post.text for post in batch]) if known is not None else None
        for i, post in enumerate(batch):
            place = _unreadable(post, names) if post.problem else (elsewhere[i] if elsewhere else None) or lately.get(post.text)
            if place is None:
                place = plan.answer, len(plan.fresh)
                plan.fresh.append(post.text)
                if len(post.text or "") <= _LONG:
                    lately[post.text] = place
            plan.places.append(place)
        while len(lately) > _REMEMBERED:
            del lately[next(iter(lately))]
        yield plan
        number += 1


def _unreadable(post: Post, names: list[str]) -> Place:
    row: dict[str, Any] = dict.fromkeys(names) | {"language": "", "n_words": 0, "status": "unreadable"}
    row["reason"] = f"line {post.line}: {post.problem}"
    return Answer({name: [value] for name, value in row.items()}), 0
