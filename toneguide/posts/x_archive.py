"""The archive of X, once Twitter: data/tweets.js and its parts."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from toneguide.posts.encoding import Encoding
from toneguide.posts.exported import COLUMNS, exported_post, whole_number
from toneguide.posts.jsons import read_array
from toneguide.posts.record import Post, Posts
from toneguide.posts.source import Source

__all__ = ["looks_like_x", "open_x"]

# Deleted posts, likes and messages have other names.
_START: Final = re.compile(r"[\s\ufeff]*window\.YTD\.tweets?\.part\d+\s*=")


def looks_like_x(head: str) -> bool:
    """Whether a text begins like a tweets.js."""
    return _START.match(head) is not None


def open_x(source: Source, encoding: Encoding) -> Posts:
    """Posts from a tweets.js, or from one of its parts."""
    columns = [*COLUMNS, "reactions", "shares"]
    return Posts(columns, "text", f"{source.label}: X archive, {encoding.label}", partial(_posts, source, encoding))


def _posts(source: Source, encoding: Encoding) -> Iterator[Post]:
    for item in read_array(source, encoding):
        value = item.value
        tweet = value.get("tweet", value) if isinstance(value, Mapping) else None
        if not isinstance(tweet, Mapping) or not {"full_text", "text"} & set(tweet):
            yield Post({"channel": "x"}, None, source.name, item.line, item.problem or "this is no post of X: it has no full_text")
            continue
        yield _post(tweet, source, item.line)


def _post(tweet: Mapping[str, object], source: Source, line: int) -> Post:
    text = html.unescape(str(tweet.get("full_text") or tweet.get("text") or ""))
    number = str(tweet.get("id_str") or tweet.get("id") or "")
    answers = any(tweet.get(key) for key in ("in_reply_to_status_id_str", "in_reply_to_status_id", "in_reply_to_user_id_str"))
    kind = "reshare" if text.startswith("RT @") else "reply" if answers else "post"
    user = tweet.get("user")
    author = user.get("screen_name") if isinstance(user, Mapping) else ""
    return exported_post(
        source.name, line, text, channel="x", kind=kind, post_id=number, date=tweet.get("created_at"), author=author,
        url=f"https://x.com/i/web/status/{number}" if number else "",
        reactions=whole_number(tweet.get("favorite_count")), shares=whole_number(tweet.get("retweet_count")),
    )  # fmt: skip
