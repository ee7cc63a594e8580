"""Documents that are one post each: Word files and web pages."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Final

from toneguide.errors import InputError
from toneguide.posts.dates import iso_date
from toneguide.posts.encoding import Encoding, open_text
from toneguide.posts.record import LONGEST_TEXT, Post, Posts, make_post
from toneguide.posts.source import Source
from toneguide.posts.web_text import html_to_text
from toneguide.posts.xml_text import local_name
from toneguide.posts.zipped import READ_ERRORS, Zip

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["open_page", "open_word"]

_WORD_COLUMNS: Final = ("text", "title", "date", "author")
# Deleted text, moved text where it was, field codes, and the twin that old programs are shown.
_UNSEEN: Final = frozenset({"del", "moveFrom", "delText", "instrText", "Fallback"})
_MARKS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def open_word(source: Source, archive: Zip) -> Posts:
    """The text of a Word file, as one post.

    Raises
    ------
    InputError
        Where the file is damaged.
    """
    archive.refuse_bombs(archive.members)
    text = _word_text(_parse(source, archive, "word/document.xml"))
    about = _parse(source, archive, "docProps/core.xml") if "docProps/core.xml" in archive.names else ()
    known = {local_name(element.tag): (element.text or "").strip() for element in about}
    fields = {"text": text, "title": known.get("title", ""), "date": iso_date(known.get("created", "")), "author": known.get("creator", "")}
    posts = [make_post(fields, text, source.name, 1)] if text else []
    return Posts(list(_WORD_COLUMNS), "text", f"{source.label}: Word document, the whole file is one post", partial(iter, posts))


def open_page(source: Source, encoding: Encoding) -> Posts:
    """The text of a web page, as one post."""
    return Posts(
        ["text"], "text", f"{source.label}: web page, {encoding.label}, the whole file is one post", partial(_page, source, encoding)
    )


def _page(source: Source, encoding: Encoding) -> Iterator[Post]:
    with open_text(source, encoding) as stream:
        markup = stream.read(2 * LONGEST_TEXT)
    if text := html_to_text(markup.replace("\0", "")):
        yield make_post({"text": text}, text, source.name, 1)


def _parse(source: Source, archive: Zip, name: str) -> Element:
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        with archive.open(name) as stream:
            root: Element = fromstring(stream.read())
    except (ParseError, DefusedXmlException, KeyError, ValueError, *READ_ERRORS) as error:
        raise InputError(f"{source.name}: the Word file is damaged ({error}); save it again as .docx or .txt") from None
    return root


def _word_text(root: Element) -> str:
    pieces: list[str] = []
    # Not recursive: elements may be nested deeper than Python allows calls.
    waiting: list[Element | str] = [root]
    while waiting:
        element = waiting.pop()
        if isinstance(element, str):
            pieces.append(element)
            continue
        name = local_name(element.tag)
        if name in _UNSEEN:
            continue
        pieces.append(element.text or "" if name == "t" else _MARKS.get(name, ""))
        if name == "p":
            waiting.append("\n")
        waiting.extend(reversed(element))
    return "".join(pieces).strip()
