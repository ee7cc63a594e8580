"""Facebook's, Instagram's and Threads' "Download your information", as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Final

from toneguide.posts.encoding import Encoding
from toneguide.posts.exported import COLUMNS, exported_post
from toneguide.posts.jsons import Item
from toneguide.posts.record import Post, Posts
from toneguide.posts.source import Source

__all__ = ["META_KEYS", "mend", "meta_channel", "open_meta"]

# Keys an export wraps its lists in, and the service they belong to.
META_KEYS: Final = {
    "ig_stories": "instagram", "ig_reels_media": "instagram", "ig_igtv_media": "instagram", "ig_archived_post_media": "instagram",
    "comments_reels_comments": "instagram", "text_post_app_text_posts": "threads", "comments_v2": "facebook", "group_posts_v2": "facebook",
}  # fmt: skip
_COMMENT_LABELS: Final = ("Comment", "Kommentti")


def meta_channel(items: Iterable[object]) -> str:
    """The service some items of a JSON array come from; ``""`` where none of Meta's."""
    for item in items:
        if not isinstance(item, Mapping):
            continue
        if isinstance(item.get("timestamp"), int) and (
            _parts(item, "data", "post") or _parts(item, "data", "comment") or _has_attachments(item)
        ):
            return "facebook"
        first = next(iter(_maps(item.get("media"))), item)
        if isinstance(first.get("creation_timestamp"), int) and "uri" in first:
            return "instagram"
        if _comment_of(item) is not None:
            return "instagram"
    return ""


def open_meta(source: Source, encoding: Encoding, channel: str, items: Callable[[], Iterator[Item]]) -> Posts:
    """Posts, comments, stories and reels of an account.

    Parameters
    ----------
    source : Source
        The file.
    encoding : Encoding
        Its encoding.
    channel : {"facebook", "instagram", "threads"}
        The service.
    items : callable
        Gives the items of the file's list anew.
    """
    name = channel.capitalize()
    return Posts(list(COLUMNS), "text", f"{source.label}: {name} export, {encoding.label}", partial(_posts, source, channel, items))


def mend(text: str) -> str:
    r"""Text whose UTF-8 was written as Latin-1, put right; other text as it is.

    Examples
    --------
    >>> mend("hyv\u00c3\u00a4\u00c3\u00a4"), mend("hyvää"), mend("€ ja ä")
    ('hyvää', 'hyvää', '€ ja ä')
    """
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _posts(source: Source, channel: str, items: Callable[[], Iterator[Item]]) -> Iterator[Post]:
    for item in items():
        if not isinstance(item.value, Mapping):
            problem = item.problem or f"this is no post of {channel.capitalize()}"
            yield Post({"channel": channel}, None, source.name, item.line, problem)
        elif channel == "facebook":
            yield _facebook(item.value, source, item.line)
        else:
            yield _instagram(item.value, channel, source, item.line)


def _facebook(item: Mapping[str, object], source: Source, line: int) -> Post:
    comments = [each for each in _parts(item, "data", "comment") if isinstance(each, Mapping)]
    texts = [each.get("comment") for each in comments] or _parts(item, "data", "post")
    text = "\n\n".join(mend(each) for each in texts if isinstance(each, str))
    links = [each.get("url") for each in _attached(item, "external_context") if each.get("url")]
    author = mend(str(comments[0].get("author") or "")) if comments else ""
    kind = "reply" if comments else "reshare" if links and not text else "post"
    return exported_post(
        source.name, line, text, channel="facebook", kind=kind, date=item.get("timestamp"), author=author, url=links[0] if links else ""
    )


def _instagram(item: Mapping[str, object], channel: str, source: Source, line: int) -> Post:
    comment = _comment_of(item)
    if comment is not None:
        text, when = comment
        return exported_post(source.name, line, mend(text), channel=channel, kind="reply", date=when)
    media = list(_maps(item.get("media"))) or [item]
    captions = [each.get("title") for each in (item, *media)]
    text = next((mend(each) for each in captions if isinstance(each, str) and each.strip()), "")
    when = item.get("creation_timestamp") or media[0].get("creation_timestamp")
    thread = media[0].get("text_app_post")
    answers = isinstance(thread, Mapping) and bool(thread.get("is_reply"))
    return exported_post(source.name, line, text, channel=channel, kind="reply" if answers else "post", date=when)


def _comment_of(item: Mapping[str, object]) -> tuple[str, object] | None:
    """Text and time of an Instagram comment, whose labels are in the account's language."""
    labels = item.get("string_map_data")
    if not isinstance(labels, Mapping):
        return None
    found = next((labels[name] for name in _COMMENT_LABELS if isinstance(labels.get(name), Mapping)), None)
    if found is None or not isinstance(found.get("value"), str):
        return None
    times = (each.get("timestamp") for each in labels.values() if isinstance(each, Mapping))
    return found["value"], next((time for time in times if time), "")


def _parts(item: Mapping[str, object], outer: str, inner: str) -> list[object]:
    return [each[inner] for each in _maps(item.get(outer)) if inner in each]


def _has_attachments(item: Mapping[str, object]) -> bool:
    return any("data" in each for each in _maps(item.get("attachments")))


def _attached(item: Mapping[str, object], name: str) -> Iterator[Mapping[str, object]]:
    for attachment in _maps(item.get("attachments")):
        yield from (each for each in _parts(attachment, "data", name) if isinstance(each, Mapping))


def _maps(value: object) -> Iterator[Mapping[str, object]]:
    if isinstance(value, list):
        yield from (each for each in value if isinstance(each, Mapping))
