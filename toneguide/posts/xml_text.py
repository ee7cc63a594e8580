"""XML, element by element, with nothing in it that could hurt."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, TextIO

from toneguide.posts.encoding import Encoding, detect_encoding, open_text
from toneguide.posts.source import Source

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["XmlError", "local_name", "read_elements", "xml_encoding"]

_DECLARED: Final = re.compile(rb"""<\?xml[^>]{0,200}encoding=["']([\w.:-]{1,40})["']""")
_ENTITY: Final = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
_BARE: Final = re.compile(r"&(?!#?[A-Za-z0-9]{1,31};)")
_KNOWN: Final = frozenset({"amp", "lt", "gt", "quot", "apos"})
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LONGEST_ENTITY: Final = 33


class XmlError(Exception):
    """A document cannot be read further; the message says why."""


def xml_encoding(source: Source) -> Encoding:
    """The encoding found, or the one declared where the text is neither UTF-8 nor UTF-16."""
    found = detect_encoding(source)
    with source.open() as stream:
        declared = _DECLARED.search(stream.read(400))
    if found.codec != "cp1252" or declared is None:
        return found
    name = declared[1].decode().lower()
    try:
        "".encode(name)
    except LookupError:
        return found
    return found if name in ("utf-8", "iso-8859-1", "latin1") else Encoding(name, "replace", name)


def read_elements(source: Source, encoding: Encoding, names: frozenset[str]) -> Iterator[Element]:
    """Elements of some names, whole, as they end; they are forgotten after each step.

    Parameters
    ----------
    source : Source
        The document.
    encoding : Encoding
        Its encoding; what the document itself declares does not count.
    names : frozenset of str
        Names without their namespace.

    Raises
    ------
    XmlError
        Where the document is broken or cut off, or declares entities; elements before that are given.
    """
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    with open_text(source, encoding) as text:
        try:
            for _, element in iterparse(_Cleaned(text), events=("end",)):
                if local_name(element.tag) in names:
                    yield element
                    element.clear()
        except ParseError as error:
            line, _ = error.position
            raise XmlError(f"the XML is broken or cut off at line {line} ({str(error).split(':')[0]})") from None
        except DefusedXmlException:
            raise XmlError("the XML declares entities of its own, which can hide a trap; export it again without them") from None


def local_name(tag: str) -> str:
    """A name without its namespace.

    Examples
    --------
    >>> local_name("{http://www.w3.org/2005/Atom}entry")
    'entry'
    """
    return tag.rsplit("}", 1)[-1]


class _Cleaned:
    """Text for the parser: letters XML forbids left out, HTML's entities resolved."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._held = ""

    def read(self, size: int = -1, /) -> str:
        while True:
            chunk = self._text.read(size)
            text = self._held + chunk
            cut = text.rfind("&", max(0, len(text) - _LONGEST_ENTITY)) if chunk else -1
            self._held = text[cut:] if cut >= 0 else ""
            ready = _ENTITY.sub(_resolve, _BARE.sub("&amp;", _ILLEGAL.sub("", text[:cut] if cut >= 0 else text)))
            if ready or not chunk:
                return ready


def _resolve(match: re.Match[str]) -> str:
    if match[1] in _KNOWN:
        return match[0]
    letters = html.unescape(match[0])
    return "".join(f"&#{ord(letter)};" for letter in letters) if letters != match[0] else f"&amp;{match[1]};"
