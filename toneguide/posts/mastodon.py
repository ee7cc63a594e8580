"""Mastodon's archive: outbox.json, an ActivityPub collection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from toneguide.posts.exported import COLUMNS, exported_post
from toneguide.posts.record import Post, Posts
from toneguide.posts.source import Source
from toneguide.posts.web_text import html_to_text

__all__ = ["is_outbox", "open_mastodon"]

_PUBLIC: Final = ("https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public")


def is_outbox(document: Mapping[str, object]) -> bool:
    """Whether a JSON object is an outbox."""
    items = document.get("orderedItems")
    if document.get("type") not in ("OrderedCollection", "OrderedCollectionPage") or not isinstance(items, list):
        return False
    # Likes and bookmarks are collections of links.
    return not items or any(isinstance(item, Mapping) for item in items)


def open_mastodon(source: Source, document: Mapping[str, object]) -> Posts:
    """Posts of an outbox; direct messages, which are nobody else's business, are left out and counted.

    Parameters
    ----------
    source : Source
        The file.
    document : mapping
        The outbox.
    """
    items = document["orderedItems"]
    assert isinstance(items, list)
    private = sum(isinstance(item, Mapping) and _is_private(item) for item in items)
    left = f", {private} direct {'message' if private == 1 else 'messages'} left out" if private else ""
    columns = [*COLUMNS, "title"]
    return Posts(columns, "text", f"{source.label}: Mastodon archive{left}", partial(_posts, source, items))


def _posts(source: Source, items: Sequence[object]) -> Iterator[Post]:
    for number, item in enumerate(items, 1):
        if not isinstance(item, Mapping):
            yield Post({"channel": "mastodon"}, None, source.name, number, "this is no activity of Mastodon")
        elif not _is_private(item):
            yield _post(item, source, number)


def _post(item: Mapping[str, object], source: Source, number: int) -> Post:
    note = item.get("object")
    author = str(item.get("actor") or "").rstrip("/").rsplit("/", 1)[-1]
    if not isinstance(note, Mapping):
        # A boost names the other's post only.
        kind = "reshare" if item.get("type") == "Announce" else "post"
        return exported_post(
            source.name, number, "", channel="mastodon", kind=kind, post_id=item.get("id"), date=item.get("published"), author=author,
            url=note if isinstance(note, str) else "", title="",
        )  # fmt: skip
    return exported_post(
        source.name, number, html_to_text(str(note.get("content") or "")), channel="mastodon", kind="reply" if note.get("inReplyTo") else "post",
        post_id=note.get("id"), date=note.get("published") or item.get("published"), author=author, url=note.get("url") or note.get("id"),
        title=html_to_text(str(note.get("summary") or "")),
    )  # fmt: skip


def _is_private(item: Mapping[str, object]) -> bool:
    """Whether neither everyone nor the followers were addressed."""
    inner = item.get("object")
    addressed = [*_names(item, "to"), *_names(item, "cc")]
    if isinstance(inner, Mapping):
        addressed += [*_names(inner, "to"), *_names(inner, "cc")]
    return bool(addressed) and not any(name in _PUBLIC or name.endswith("/followers") for name in addressed)


def _names(item: Mapping[str, object], key: str) -> list[str]:
    value = item.get(key)
    return [value] if isinstance(value, str) else [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
