"""LinkedIn's "Get a copy of your data": Shares.csv and Comments.csv."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Final
from urllib.parse import unquote

from toneguide.posts.delimited import Layout, find_layout, read_table
from toneguide.posts.encoding import Encoding
from toneguide.posts.exported import COLUMNS, exported_post
from toneguide.posts.record import Post, Posts
from toneguide.posts.source import Source

__all__ = ["linkedin_kind", "open_linkedin"]

_URN: Final = re.compile(r"(?:urn:li:(?:share|ugcPost|activity)|-(?:activity|share|ugcPost))[:-](\d+)")
_COMMENT_URN: Final = re.compile(r"urn:li:comment:\([^)]*?,(\d+)\)")
_SAMPLE_ROWS: Final = 20


def linkedin_kind(source: Source, encoding: Encoding) -> str:
    """``"shares"``, ``"comments"``, or ``""`` where a table is none of LinkedIn's."""
    layout = find_layout(source, encoding)
    names = _keys(layout.columns)
    if {"date", "sharelink", "sharecommentary"} <= set(names):
        return "shares"
    if names[:3] == ["date", "link", "message"]:
        rows = islice(read_table(source, encoding, layout), _SAMPLE_ROWS)
        if any("linkedin.com/" in row.cells[1] for row in rows if not row.problem):
            return "comments"
    return ""


def open_linkedin(source: Source, encoding: Encoding, kind: str) -> Posts:
    """Posts from Shares.csv, or comments from Comments.csv.

    Parameters
    ----------
    source : Source
        The file.
    encoding : Encoding
        Its encoding.
    kind : {"shares", "comments"}
        Which of the two.
    """
    layout = find_layout(source, encoding)
    columns = [*COLUMNS, "shared_url", "visibility"] if kind == "shares" else list(COLUMNS)
    described = f"{source.label}: LinkedIn export, {kind}, {encoding.label}"
    return Posts(columns, "text", described, partial(_posts, source, encoding, layout, kind))


def _posts(source: Source, encoding: Encoding, layout: Layout, kind: str) -> Iterator[Post]:
    names = _keys(layout.columns)
    for row in read_table(source, encoding, layout):
        cells = dict(zip(names, row.cells, strict=False))
        if row.problem:
            yield Post({"date": cells.get("date", ""), "channel": "linkedin"}, None, source.name, row.line, row.problem)
        elif kind == "shares":
            yield _share(cells, source, row.line)
        else:
            link = cells["link"]
            found = _COMMENT_URN.search(unquote(link))
            yield exported_post(
                source.name, row.line, _unquoted(cells["message"]), channel="linkedin", kind="reply", post_id=found[1] if found else "",
                date=cells["date"], url=link,
            )  # fmt: skip


def _share(cells: dict[str, str], source: Source, line: int) -> Post:
    link, text = cells["sharelink"], _unquoted(cells["sharecommentary"])
    found = _URN.search(unquote(link))
    # LinkedIn writes passing on without a word as an empty post.
    bare = not text.strip() and not cells.get("mediaurl", "").strip()
    return exported_post(
        source.name, line, text, channel="linkedin", kind="reshare" if bare else "post", post_id=found[1] if found else "", date=cells["date"], url=link,
        shared_url=cells.get("sharedurl", ""), visibility=cells.get("visibility", ""),
    )  # fmt: skip


def _unquoted(text: str) -> str:
    """The text without the quotes that LinkedIn puts around every line of a post of several."""
    lines = text.replace("\r\n", "\n").split("\n")
    wrapped = len(lines) > 1 and all(line.endswith('"') for line in lines[:-1]) and all(line.startswith('"') for line in lines[1:])
    if wrapped:
        lines = [lines[0][:-1], *(line[1:].removesuffix('"') for line in lines[1:-1]), lines[-1][1:]]
    joined = "\n".join(lines) if wrapped else text
    if joined.startswith('"') and joined.endswith('"') and (wrapped or '""' in joined[1:-1]):
        return joined[1:-1].replace('""', '"')
    return joined.replace('""', '"') if wrapped else text


def _keys(columns: Sequence[str]) -> list[str]:
    return [re.sub(r"[\s_]", "", name).casefold() for name in columns]
