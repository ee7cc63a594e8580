"""Posts to label: from a frame, a file or a list, each once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from toneguide.calibrate.labels import text_key
from toneguide.errors import CallError
from toneguide.language.identify import identify, words_of
from toneguide.language.tokens import tokenize

__all__ = ["PostToLabel", "posts_to_label"]


class PostToLabel(NamedTuple):
    """One post as the labeller shows it.

    Attributes
    ----------
    text : str
        The post.
    language : str
        Language code; ``""`` where nobody can tell.
    channel : str
        Lower case; ``""`` where unknown.
    """

    text: str
    language: str = ""
    channel: str = ""


def posts_to_label(posts: Any, text: str = "text") -> list[PostToLabel]:
    """Posts in order, empty ones left out and doubles once.

    Parameters
    ----------
    posts : data frame, path, or iterable of str
        A frame or file may have columns ``language`` and ``channel``.
    text : str
        Column of a frame that holds the posts; a file's is found where it has no such column.

    Raises
    ------
    CallError
        Where there is no such column, or nothing to label.

    Examples
    --------
    >>> posts_to_label(["Kiitos kaikille eilisestä!", "Kiitos  kaikille eilisestä!"])
    [PostToLabel(text='Kiitos kaikille eilisestä!', language='fi', channel='')]
    """
    found: dict[str, PostToLabel] = {}
    for post in _records(posts, text):
        found.setdefault(text_key(post.text), post)
    found.pop("", None)
    if not found:
        raise CallError("there are no posts to label: every text is empty")
    return [post if post.language else post._replace(language=identify(words_of(tokenize(post.text))).language) for post in found.values()]


def _records(posts: Any, text: str) -> Iterator[PostToLabel]:
    if isinstance(posts, str | Path):
        yield from _from_file(Path(posts), text)
    elif hasattr(posts, "columns"):
        import narwhals as nw

        frame = nw.from_native(posts, eager_only=True)
        if text not in frame.columns:
            raise CallError(f"no column {text!r}; the columns are {', '.join(map(repr, frame.columns))}; name yours: text=...")
        columns = [name for name in (text, "language", "channel") if name in frame.columns]
        for row in frame.select(columns).iter_rows(named=True):
            yield _post(row[text], row.get("language"), row.get("channel"))
    elif isinstance(posts, Iterable):
        yield from (_post(one) for one in posts)
    else:
        raise CallError(f"posts are a data frame, a file or a list of texts, not {type(posts).__name__}")


def _from_file(path: Path, text: str) -> Iterator[PostToLabel]:
    from toneguide.posts import open_posts

    opened = open_posts(path)
    if text in opened.columns and opened.text_column != text:
        opened = open_posts(path, text=text)
    for post in opened:
        if not post.problem:
            yield _post(post.text, post.fields.get("language"), post.fields.get("channel"))


def _post(text: object, language: object = None, channel: object = None) -> PostToLabel:
    said = [cell.strip().lower() if isinstance(cell, str) else "" for cell in (language, channel)]
    return PostToLabel(text if isinstance(text, str) else "", *said)
