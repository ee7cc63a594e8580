"""Plain text and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from toneguide.posts.dates import iso_date
from toneguide.posts.encoding import Encoding, read_lines
from toneguide.posts.record import LONGEST_TEXT, Post, Posts, make_post
from toneguide.posts.source import Source

__all__ = ["open_markdown", "open_plain"]

_MOST_FRONT_MATTER: Final = 100
_FIELD: Final = re.compile(r"([A-Za-z][\w-]*):[ \t]+(\S.*)")


def open_plain(source: Source, encoding: Encoding) -> Posts:
    """Posts from plain text: blocks between blank lines where there are such, else one a line."""
    blocks = _has_blocks(source, encoding)
    told = "one post a block, blank lines between" if blocks else "one post a line"

    def records() -> Iterator[Post]:
        kept: list[str] = []
        first = number = 0
        for number, line in enumerate(read_lines(source, encoding), 1):
            blank = not line.strip()
            if kept and (blank or not blocks):
                yield _post(kept, source, first)
                kept = []
            if not blank:
                first = first if kept else number
                kept.append(line)
        if kept:
            yield _post(kept, source, first)

    return Posts(["text"], "text", f"{source.label}: plain text, {encoding.label}, {told}", records)


def open_markdown(source: Source, encoding: Encoding) -> Posts:
    """One post: the whole file; what stands between ``---`` at its top becomes fields."""
    known, start = _front_matter(source, encoding)
    columns = [*known, "text"]

    def records() -> Iterator[Post]:
        kept: list[str] = []
        size = 0
        for line in islice(read_lines(source, encoding), start, None):
            size += len(line)
            kept.append(line)
            if size > LONGEST_TEXT:
                break
        if "".join(kept).strip():
            text = _joined(kept)
            yield make_post({**known, "text": text}, text, source.name, start + 1)

    return Posts(columns, "text", f"{source.label}: Markdown, {encoding.label}, the whole file is one post", records)


def _front_matter(source: Source, encoding: Encoding) -> tuple[dict[str, object], int]:
    """The fields at the top of a file, and the number of lines they take."""
    lines = list(islice(read_lines(source, encoding), _MOST_FRONT_MATTER))
    if not lines or lines[0].strip(" \ufeff\r\n") != "---":
        return {}, 0
    end = next((i for i, line in enumerate(lines[1:], 1) if line.strip() in ("---", "...")), 0)
    pairs = (match.groups() for line in lines[1:end] if (match := _FIELD.match(line)))
    known: dict[str, object] = {name: value.strip().strip("\"'") for name, value in pairs if name != "text"}
    if "date" in known:
        known["date"] = iso_date(known["date"])
    return known, end + 1 if end else 0


def _post(lines: list[str], source: Source, first: int) -> Post:
    text = _joined(lines)
    return make_post({"text": text}, text, source.name, first)


def _joined(lines: list[str]) -> str:
    return "".join(lines).strip("\r\n").replace("\r\n", "\n").replace("\r", "\n")


def _has_blocks(source: Source, encoding: Encoding) -> bool:
    """Whether a blank line stands between two that are not."""
    seen = gap = False
    for line in read_lines(source, encoding):
        if line.strip():
            if gap:
                return True
            seen = True
        else:
            gap = seen
    return False
