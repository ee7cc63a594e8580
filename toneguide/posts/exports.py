"""Exports of services, known by what is in them rather than by their names."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Final, NamedTuple

from toneguide.posts.encoding import detect_encoding, open_text
from toneguide.posts.feeds import feed_kind, is_json_feed, open_feed, open_json_feed
from toneguide.posts.jsons import Item, load_object, read_array
from toneguide.posts.linkedin import linkedin_kind, open_linkedin
from toneguide.posts.mastodon import is_outbox, open_mastodon
from toneguide.posts.meta import META_KEYS, meta_channel, open_meta
from toneguide.posts.record import Posts
from toneguide.posts.source import Source
from toneguide.posts.x_archive import looks_like_x, open_x

__all__ = ["HEAD", "Export", "find_export", "open_export"]

HEAD: Final = 262_144
_SAMPLE_ITEMS: Final = 20
_FIRST_KEY: Final = re.compile(r'\{\s*"(\w+)"\s*:\s*\[')
_OUTBOX: Final = re.compile(r'"orderedItems"\s*:\s*\[\s*(?:\{|\])')
# Private messages: LinkedIn's, Facebook's and Instagram's, X's.
_MESSAGES: Final = re.compile(r'"?CONVERSATION ID"?,[^\n]{0,300}CONTENT|\{\s*"participants"\s*:|window\.YTD\.direct_messages')
_JSON_FEED: Final = re.compile(r'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org')


class Export(NamedTuple):
    """What an input is an export of; `account`: of someone's account, with private files beside the posts.

    The service ``"messages"`` is such a private file: read only where it is asked for by its own name.
    """

    service: str
    kind: str = ""
    account: bool = True


def find_export(name: str, head: bytes) -> Export | None:
    """The export that the first bytes of a file belong to.

    Parameters
    ----------
    name : str
        The file, for messages.
    head : bytes
        Its first `HEAD` bytes.

    Returns
    -------
    Export or None
        None for tables, JSON and texts of one's own making.
    """
    glimpse = Source(name, partial(io.BytesIO, head))
    encoding = detect_encoding(glimpse)
    with open_text(glimpse, encoding) as stream:
        text = stream.read().lstrip("\ufeff \t\r\n")
    if _MESSAGES.match(text):
        return Export("messages", account=False)
    if looks_like_x(text):
        return Export("x")
    if kind := feed_kind(text):
        return Export("feed", kind, account=False)
    if text.startswith("{"):
        return _find_in_object(text)
    if text.startswith("["):
        items = (item.value for item in islice(read_array(glimpse, encoding), _SAMPLE_ITEMS) if not item.problem)
        channel = meta_channel(items)
        return Export("meta", channel) if channel else None
    if "linkedin" in text.lower() or "sharecommentary" in text.lower():
        kind = linkedin_kind(glimpse, encoding)
        return Export("linkedin", kind) if kind else None
    return None


def open_export(source: Source, export: Export) -> Posts | None:
    """Posts of an export; None where a second look shows that it is another kind of JSON.

    Raises
    ------
    InputError
        Where the file is damaged.
    """
    if export.service == "feed":
        return open_feed(source, export.kind)
    if export.service == "messages":
        return None
    encoding = detect_encoding(source)
    if export.service == "x":
        return open_x(source, encoding)
    if export.service == "linkedin":
        return open_linkedin(source, encoding, export.kind)
    if export.service == "meta" and export.kind not in META_KEYS:
        return open_meta(source, encoding, export.kind, partial(read_array, source, encoding))
    document = load_object(source, encoding)
    if export.service == "meta":
        found = document.get(export.kind)
        return open_meta(source, encoding, META_KEYS[export.kind], partial(_numbered, found)) if isinstance(found, list) else None
    if is_outbox(document):
        return open_mastodon(source, document)
    return open_json_feed(source, document) if is_json_feed(document) else None


def _find_in_object(text: str) -> Export | None:
    key = _FIRST_KEY.match(text)
    if key and key[1] in META_KEYS:
        return Export("meta", key[1])
    if _OUTBOX.search(text) and "OrderedCollection" in text:
        return Export("mastodon")
    return Export("json feed", account=False) if _JSON_FEED.search(text) else None


def _numbered(items: list[object]) -> Iterator[Item]:
    for number, value in enumerate(items, 1):
        yield Item(number, value)
