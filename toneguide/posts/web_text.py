"""HTML as the text a reader sees."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

__all__ = ["html_to_text"]

_BLOCKS: Final = frozenset({
    "address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figcaption", "figure", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "ul",
})  # fmt: skip
_LINES_OF: Final = frozenset({"br", "li", "tr", "dt", "dd"})
_UNSEEN: Final = frozenset({"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "head", "title"})
# Parsers are slow on thousands of nested elements; no post has them.
_MOST_TAGS: Final = 20_000
_TAG: Final = re.compile(r"<[^<>]*>")
_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
_SHORTCODE: Final = re.compile(r"\[/?(?:caption|gallery|embed|audio|video|playlist)\b[^\]\n]{0,500}\]")
_LINES: Final = re.compile(r" *\n *")
_GAPS: Final = re.compile(r"\n{3,}")


def html_to_text(markup: str) -> str:
    r"""The text of some HTML: paragraphs apart, list items on lines of their own, scripts and shortcodes gone.

    Parameters
    ----------
    markup : str
        HTML; plain text passes unchanged, apart from its white space.

    Examples
    --------
    >>> html_to_text("<p>Kiitos&nbsp;kaikille &amp; hei!</p><ul><li>yksi<li>kaksi</ul>").split("\n")
    ['Kiitos\xa0kaikille & hei!', '', 'yksi', 'kaksi']
    """
    if "<" not in markup:
        return html.unescape(markup).strip()
    if markup.count("<") > _MOST_TAGS:
        return _SPACE.sub(" ", html.unescape(_TAG.sub(" ", markup))).strip()
    return _GAPS.sub("\n\n", _LINES.sub("\n", "".join(_pieces(_SHORTCODE.sub("", markup))))).strip()


def _pieces(markup: str) -> list[str]:
    from selectolax.lexbor import LexborHTMLParser

    pieces: list[str] = []
    body = LexborHTMLParser(f"<body>{markup}").body
    node = body.child if body is not None else None
    open_tags: list[str] = []
    while node is not None:
        tag = _local(node.tag)
        pieces.append(_SPACE.sub(" ", node.text_content or "") if tag == "-text" and "pre" not in open_tags else _before(node, tag))
        if node.child is not None and tag not in _UNSEEN:
            open_tags.append(tag)
            node = node.child
            continue
        pieces.append(_break(tag))
        while node is not None and node.next is None and open_tags:
            node = node.parent
            pieces.append(_break(open_tags.pop()))
        node = node.next if node is not None else None
    return pieces


def _before(node: LexborNode, tag: str) -> str:
    """What stands before the inside of an element; the text itself where it is preformatted."""
    if tag == "-text":
        return node.text_content or ""
    if tag in _LINES_OF:
        return "\n"
    if tag in ("td", "th"):
        return "\t" if node.prev is not None else ""
    return _break(tag)


def _break(tag: str) -> str:
    return "\n\n" if tag in _BLOCKS else ""


def _local(tag: str | None) -> str:
    """The name without the prefix that XHTML in a feed may have."""
    return (tag or "").rsplit(":", 1)[-1].lower()
