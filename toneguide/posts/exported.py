"""Posts of an export: the same columns, whatever the service calls them."""

from __future__ import annotations

from typing import Final

from toneguide.posts.dates import iso_date
from toneguide.posts.record import Post, make_post

__all__ = ["COLUMNS", "exported_post", "whole_number"]

COLUMNS: Final = ("id", "text", "date", "author", "channel", "kind", "url")


def exported_post(
    source: str, line: int, text: object, *, channel: str, kind: str = "post", post_id: object = "", date: object = "", author: object = "",
    url: object = "", **more: object,
) -> Post:  # fmt: skip
    """One post of an export.

    Parameters
    ----------
    source : str
        The file.
    line : int
        Line or item in it.
    text : object
        The post, as plain text.
    channel : str
        The service, such as ``"linkedin"``.
    kind : {"post", "reply", "reshare"}
        What was done: a comment is a reply, someone else's words passed on a reshare.
    post_id, date, author, url : object
        Empty where the export has none; `date` in any form that `iso_date` knows.
    **more : object
        Further columns, such as reactions, comments, shares, title.
    """
    named = zip(COLUMNS, (post_id, text, iso_date(date), author, channel, kind, url), strict=True)
    fields = {name: "" if value is None else value for name, value in named}
    return make_post({**fields, **more}, text, source, line)


def whole_number(value: object) -> int | None:
    """A count, which exports write as a number or as text; None for anything else."""
    try:
        return int(str(value))
    except ValueError:
        return None
