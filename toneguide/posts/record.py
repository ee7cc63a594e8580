"""A post as it was read, and an input as a stream of them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

__all__ = ["LONGEST_TEXT", "Post", "Posts", "make_post", "replace_surrogates"]

LONGEST_TEXT: Final = 5_000_000
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Post:
    """One record of an input; a broken one still is a record.

    Attributes
    ----------
    fields : dict of str to object
        The input's own columns as they were read, in their order.
    text : str or None
        The post; None where the input has none, or where the record could not be read.
    source : str
        The file it came from.
    line : int
        Line, row or item in that file, counted from 1; 0 where the whole file is meant.
    problem : str
        One sentence on why the record could not be read, or ``""``.
    """

    fields: dict[str, object]
    text: str | None
    source: str
    line: int
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Posts:
    """An input, ready to be read: iterate over it for its posts, as often as you like.

    Attributes
    ----------
    columns : list of str
        The input's columns, in order.
    text_column : str
        The column the texts come from; ``""`` where there is none, or where files differ.
    described : str
        One sentence: what the input was taken for.
    """

    columns: list[str]
    text_column: str
    described: str
    records: Callable[[], Iterator[Post]] = field(repr=False)

    def __iter__(self) -> Iterator[Post]:
        return self.records()


def make_post(fields: Mapping[str, object], value: object, source: str, line: int) -> Post:
    """A post from its fields and the value of its text column.

    Parameters
    ----------
    fields : mapping of str to object
        The input's own columns.
    value : object
        What stands in the text column: None and NaN stay None, anything else becomes a string.
    source : str
        The file.
    line : int
        Line, row or item, from 1.
    """
    text = _as_text(value)
    if text is not None and len(text) > LONGEST_TEXT:
        return Post(dict(fields), None, source, line, f"the text has {len(text):,} characters; posts of up to {LONGEST_TEXT:,} are read")
    return Post(dict(fields), text, source, line)


def replace_surrogates(text: str) -> str:
    """The text as any encoder takes it: surrogate pairs joined, lone ones replaced.

    Examples
    --------
    >>> replace_surrogates("a" + chr(0xD800) + "b")
    'a\ufffdb'
    """
    if text.isascii() or not _SURROGATE.search(text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _as_text(value: object) -> str | None:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return replace_surrogates(str(value))
