"""Score posts as they are read: rows in, rows out, in order, whatever is wrong with one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from toneguide.score import ToneScore, score_row

if TYPE_CHECKING:
    from toneguide.guide import ToneGuide
    from toneguide.posts.record import Post

__all__ = ["Scored", "score_posts"]

_BATCH: Final = 512


class Scored:
    """One post with its score.

    Attributes
    ----------
    post : Post
        As read.
    score : ToneScore
        Status ``"unreadable"`` where the record was broken.
    row : dict of str to object
        The score columns, without the input's own.
    """

    __slots__ = ("post", "row", "score")

    def __init__(self, post: Post, score: ToneScore, row: dict[str, Any]) -> None:
        self.post, self.score, self.row = post, score, row


def score_posts(
    posts: Iterable[Post], guide: ToneGuide, *, language: str | None = None, min_words: int | None = None,
    more: Callable[[str], dict[str, Any]] | None = None,
) -> Iterator[Scored]:  # fmt: skip
    """Score posts lazily.

    Parameters
    ----------
    posts : iterable of Post
        From `toneguide.posts.open_posts`.
    guide : ToneGuide
        Scores them.
    language, min_words
        As in `ToneGuide.score_many`.
    more : callable, optional
        Further columns of a text, such as readability.
    """
    remaining = iter(posts)
    names = [value.name for value in guide.values]
    while batch := list(islice(remaining, _BATCH)):
        scores = guide.score_many([post.text for post in batch], language=language, min_words=min_words)
        for post, score in zip(batch, scores, strict=True):
            found = score if not post.problem else ToneScore("", status="unreadable", reason=f"line {post.line}: {post.problem}")
            row = score_row(found, names)
            if more is not None:
                row |= more(found.text)
            yield Scored(post, found, row)
