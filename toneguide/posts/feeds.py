"""RSS, Atom, JSON Feed, and WordPress' own export, which is RSS with more in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from toneguide.errors import InputError
from toneguide.posts.exported import COLUMNS, exported_post
from toneguide.posts.record import Post, Posts
from toneguide.posts.source import Source
from toneguide.posts.web_text import html_to_text
from toneguide.posts.xml_text import XmlError, local_name, read_elements, xml_encoding

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from toneguide.posts.encoding import Encoding

__all__ = ["feed_kind", "is_json_feed", "open_feed", "open_json_feed"]

_ROOT: Final = re.compile(r"<(?:\w+:)?(rss|feed|RDF)[\s>]")
_WORDPRESS: Final = "http://wordpress.org/export/"
_ITEMS: Final = frozenset({"item", "entry"})
_SHOWN: Final = ("publish", "future", "private", "")
_KINDS: Final = {"rss": "RSS feed", "rdf": "RSS feed", "feed": "Atom feed", "wordpress": "WordPress export"}


def feed_kind(head: str) -> str:
    """``"wordpress"``, ``"rss"``, ``"rdf"``, ``"feed"`` (Atom), or ``""`` for text that begins like none of them."""
    start = head.lstrip("\ufeff \t\r\n")
    if not start.startswith("<"):
        return ""
    root = _ROOT.search(start)
    if root is None or "<html" in start[: root.start()].lower():
        return ""
    return "wordpress" if _WORDPRESS in start else root[1].lower()


def open_feed(source: Source, kind: str) -> Posts:
    """Posts of a feed or of a WordPress export.

    Parameters
    ----------
    source : Source
        The file.
    kind : {"wordpress", "rss", "rdf", "feed"}
        From `feed_kind`.

    Raises
    ------
    InputError
        Where nothing of it can be read.
    """
    encoding = xml_encoding(source)
    posts = _wordpress if kind == "wordpress" else _feed
    records = partial(posts, source, encoding)
    first = next(records(), None)
    if first is not None and first.problem:
        raise InputError(f"{source.name}: {first.problem}")
    columns = [*COLUMNS, "title", "comments"] if kind == "wordpress" else [*COLUMNS, "title"]
    return Posts(columns, "text", f"{source.label}: {_KINDS[kind]}, {encoding.label}", records)


def is_json_feed(document: Mapping[str, object]) -> bool:
    """Whether a JSON object is a JSON Feed."""
    return str(document.get("version", "")).startswith(("https://jsonfeed.org/version/", "http://jsonfeed.org/version/")) and isinstance(
        document.get("items"), list
    )


def open_json_feed(source: Source, document: Mapping[str, object]) -> Posts:
    """Posts of a JSON Feed."""
    items = document["items"]
    assert isinstance(items, list)
    return Posts([*COLUMNS, "title"], "text", f"{source.label}: JSON Feed", partial(_json_items, source, items, _authors(document)))


def _wordpress(source: Source, encoding: Encoding) -> Iterator[Post]:
    number = 0
    try:
        for item in read_elements(source, encoding, _ITEMS):
            number += 1
            parts = {local_name(part.tag): part.text or "" for part in item if local_name(part.tag) != "encoded"}
            if parts.get("post_type", "post") != "post" or parts.get("status", "") not in _SHOWN:
                continue
            bodies = {part.tag: part.text or "" for part in item if local_name(part.tag) == "encoded"}
            content = next((body for tag, body in bodies.items() if "content" in tag), "")
            excerpt = next((body for tag, body in bodies.items() if "excerpt" in tag), "")
            title = html_to_text(parts.get("title", ""))
            yield exported_post(
                source.name, number, html_to_text(_with_paragraphs(content)) or html_to_text(excerpt) or title, channel="blog", post_id=parts.get("post_id"),
                date=_first_date(parts), author=parts.get("creator"), url=parts.get("link"), title=title,
                comments=sum(local_name(part.tag) == "comment" for part in item),
            )  # fmt: skip
    except XmlError as problem:
        yield Post({"channel": "blog"}, None, source.name, number + 1, str(problem))


def _with_paragraphs(content: str) -> str:
    """HTML for what the older editor keeps: blank lines part its paragraphs."""
    if "<!-- wp:" in content or "<p>" in content or "<p " in content:
        return content
    return content.replace("\r\n", "\n").replace("\n\n", "<p>").replace("\n", "<br>")


def _first_date(parts: Mapping[str, str]) -> str:
    gmt = parts.get("post_date_gmt", "")
    if gmt and not gmt.startswith("0000"):
        return f"{gmt} UTC"
    return parts.get("post_date") or parts.get("pubDate", "")


def _feed(source: Source, encoding: Encoding) -> Iterator[Post]:
    number = 0
    try:
        for item in read_elements(source, encoding, _ITEMS):
            number += 1
            title = html_to_text(_text(item, "title"))
            author = _text(item, "creator") or _text(item, "author") or _name(item)
            yield exported_post(
                source.name, number, _body(item) or title, channel="web", post_id=_text(item, "guid", "id"), author=author, url=_link(item), title=title,
                date=_text(item, "pubDate", "published", "date", "updated", "issued"),
            )  # fmt: skip
    except XmlError as problem:
        yield Post({"channel": "web"}, None, source.name, number + 1, str(problem))


def _body(item: Element) -> str:
    """The fullest text an item has."""
    from xml.etree.ElementTree import tostring

    for name in ("encoded", "content", "description", "summary"):
        for part in item:
            if local_name(part.tag) != name or part.tag.startswith("{http://search.yahoo.com/mrss/}"):
                continue
            markup = tostring(part, encoding="unicode") if len(part) else part.text or ""
            text = markup.strip() if part.get("type") == "text" else html_to_text(markup)
            if text:
                return text
    return ""


def _text(item: Element, *names: str) -> str:
    for name in names:
        for part in item:
            if local_name(part.tag) == name and (part.text or "").strip():
                return (part.text or "").strip()
    return ""


def _name(item: Element) -> str:
    return next((_text(part, "name") for part in item if local_name(part.tag) == "author"), "")


def _link(item: Element) -> str:
    links = [part for part in item if local_name(part.tag) == "link"]
    for part in links:
        if part.get("href") and part.get("rel", "alternate") == "alternate":
            return part.get("href", "")
    return _text(item, "link")


def _json_items(source: Source, items: Sequence[object], authors: str) -> Iterator[Post]:
    for number, item in enumerate(items, 1):
        if not isinstance(item, Mapping):
            yield Post({"channel": "web"}, None, source.name, number, "this is no item of a JSON Feed")
            continue
        title = str(item.get("title") or "")
        text = str(item.get("content_text") or "") or html_to_text(str(item.get("content_html") or item.get("summary") or ""))
        yield exported_post(
            source.name, number, text or title, channel="web", post_id=item.get("id"), date=item.get("date_published") or item.get("date_modified"),
            author=_authors(item) or authors, url=item.get("url"), title=title,
        )  # fmt: skip


def _authors(holder: Mapping[str, object]) -> str:
    found = holder.get("authors") or [holder.get("author")]
    names = [each.get("name") for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []
    return ", ".join(str(name) for name in names if name)
