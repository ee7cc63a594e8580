"""Any input as posts: found by what is in it first, by its name second."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from toneguide.errors import InputError
from toneguide.posts.delimited import looks_delimited, open_delimited
from toneguide.posts.encoding import Encoding, detect_encoding, first_lines, looks_binary
from toneguide.posts.exports import HEAD, find_export, open_export
from toneguide.posts.folder import folder_sources, is_wanted, natural_key, open_together
from toneguide.posts.jsons import count_objects, open_json_array, open_json_lines, open_json_object
from toneguide.posts.plain import open_markdown, open_plain
from toneguide.posts.record import Post, Posts
from toneguide.posts.source import Source, file_source, stdin_source
from toneguide.posts.text_column import is_text_name
from toneguide.posts.zipped import READ_ERRORS, open_zip

__all__ = ["Posts", "open_posts", "open_source"]

_FIRST_BYTES: Final = 65_536
_TABLES: Final = (".csv", ".tsv", ".tab")
_LINES: Final = (".jsonl", ".ndjson")
_MARKDOWN: Final = (".md", ".markdown")
_FIRST_LINES: Final = 20
_ARRAY: Final = re.compile(r'\s*\[\s*[{"\]]')
_OBJECT: Final = re.compile(r'\s*\{\s*"[^"\n]*"\s*:')
_PAGE: Final = re.compile(r"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html)[\s>]", re.IGNORECASE | re.DOTALL)
_TEXT: Final = (None, "text")
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER: Final = (
    b"%PDF",
    b"{\\rtf",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"\x7fELF",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!\x1a",
    b"SQLite format 3\0",
)
_OTHER_DOCUMENTS: Final = frozenset({"xl/workbook.bin", "ppt/presentation.xml", "mimetype"})
_KNOWN: Final = ".csv, .tsv, .jsonl, .json, .parquet, .xlsx, .docx, .txt, .md, .xml, .html and .zip"


def open_posts(path: Path | str, *, text: str | None = None) -> Posts:
    r"""Posts of a file, a folder or standard input.

    Parameters
    ----------
    path : Path or str
        A file, a folder with files, or ``"-"`` for standard input.
    text : str, optional
        Column that holds the posts; found by name, then by length, where None.

    Returns
    -------
    Posts
        Iterate over it for the posts; `described` says what the input was taken for.

    Raises
    ------
    InputError
        Where the input is missing or locked, is no text, or has no such column.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "posts.csv")
    ...     _ = file.write_text("id;teksti\n1;Kiitos kaikille!\n", encoding="utf-8")
    ...     posts = open_posts(file)
    ...     print(posts.described)
    ...     print([post.text for post in posts])
    posts.csv: CSV, semicolons, UTF-8, text in 'teksti'
    ['Kiitos kaikille!']
    """
    if str(path) == "-":
        return open_source(stdin_source(), text)
    path = Path(path)
    if path.is_dir():
        return open_together(str(path), folder_sources(path), partial(open_source, text=text))
    return open_source(file_source(path), text)


def open_source(source: Source, text: str | None = None, *, packed: bool = False) -> Posts:
    """Posts of one stream of bytes; `packed` for a member of a zip, in which no further zip is opened."""
    try:
        posts = _open(source, text, packed=packed)
    except READ_ERRORS as error:
        raise InputError(f"{source.name}: cannot be read ({error}); it may be damaged: copy or download it again") from None
    return replace(posts, records=partial(_guarded, posts, source))


def _guarded(posts: Posts, source: Source) -> Iterator[Post]:
    """The records, and one more where the file cannot be read to its end."""
    line = 0
    try:
        for post in posts.records():
            line = post.line
            yield post
    except (InputError, *READ_ERRORS) as error:
        yield Post({}, None, source.name, line + 1, f"the rest of {source.label} cannot be read ({error})")


def _open(source: Source, text: str | None, *, packed: bool) -> Posts:
    with source.open() as stream:
        head = stream.read(HEAD)
    if not head:
        return Posts([], "", f"{source.label}: empty", _nothing)
    if head.startswith(b"PAR1"):
        from toneguide.posts.parquet import open_parquet

        return open_parquet(source, text)
    if head.startswith(_OLE):
        from toneguide.posts.excel import open_excel

        return open_excel(source, None, text)
    if head.startswith(_ZIP):
        return _open_zipped(source, text, packed=packed)
    if looks_binary(head[:_FIRST_BYTES]) or head.startswith(_OTHER):
        raise InputError(f"{source.name}: this is not a file of posts that can be read; {_KNOWN} can: export it as one of them")
    if text in _TEXT:
        export = find_export(source.name, head)
        opened = open_export(source, export) if export else None
        if opened is not None:
            return opened
    return _open_text(source, detect_encoding(source), text)


def _open_zipped(source: Source, text: str | None, *, packed: bool) -> Posts:
    """A workbook, a Word file, or an archive of files."""
    archive = open_zip(source)
    if "xl/workbook.xml" in archive.names:
        from toneguide.posts.excel import open_excel

        return open_excel(source, archive, text)
    if "word/document.xml" in archive.names:
        from toneguide.posts.documents import open_word

        _only_text(source, text)
        return open_word(source, archive)
    if archive.names & _OTHER_DOCUMENTS:
        raise InputError(f"{source.name}: this kind of document cannot be read; save it as .xlsx or .docx")
    if packed:
        raise InputError(f"{source.name}: a zip inside a zip; unpack the outer one and give the folder")
    sources = sorted(archive.sources(is_wanted), key=lambda each: natural_key(each.name))
    return open_together(source.name, sources, partial(open_source, text=text, packed=True))


def _only_text(source: Source, text: str | None) -> None:
    if text not in _TEXT:
        raise InputError(f"{source.name}: this has no columns but 'text'; leave --text {text} out")


def _nothing() -> Iterator[Post]:
    return iter(())


def _open_text(source: Source, encoding: Encoding, text: str | None) -> Posts:
    lines = first_lines(source, encoding, _FIRST_LINES)
    if not any(line.strip("\ufeff \t\r\n") for line in lines) and len(lines) < _FIRST_LINES:
        return Posts([], "", f"{source.label}: empty", _nothing)
    opened = _open_json(source, encoding, lines, text)
    if opened is not None:
        return opened
    # A table of one column shows nothing but its header; a name with a suffix says itself what it is.
    one_column = not source.suffix and len(lines) > 1 and is_text_name(lines[0].strip('\ufeff" \t\r\n'))
    if source.suffix in _TABLES or one_column:
        return open_delimited(source, encoding, text)
    start = "".join(lines).lstrip("\ufeff \t\r\n")[:_FIRST_BYTES]
    if source.suffix not in _MARKDOWN and not start.startswith("<") and looks_delimited(source, encoding):
        return open_delimited(source, encoding, text)
    _only_text(source, text)
    if source.suffix in _MARKDOWN:
        return open_markdown(source, encoding)
    if _PAGE.match(start):
        from toneguide.posts.documents import open_page

        return open_page(source, encoding)
    if start.startswith("<?xml"):
        raise InputError(f"{source.name}: this XML is no RSS or Atom feed and no WordPress export; export the posts as .csv or .json")
    return open_plain(source, encoding)


def _open_json(source: Source, encoding: Encoding, lines: list[str], text: str | None) -> Posts | None:
    """The input as JSON, where it is."""
    start = "".join(lines)[:_FIRST_BYTES]
    whole = [line for line in lines if line.strip()]
    objects = count_objects(whole)
    if source.suffix in _LINES and not (objects == 0 and _ARRAY.match(start)):
        return open_json_lines(source, encoding, text)
    if objects and len(whole) > 1:
        return open_json_lines(source, encoding, text)
    if _ARRAY.match(start) or (source.suffix == ".json" and start.lstrip().startswith("[")):
        return open_json_array(source, encoding, text)
    if source.suffix == ".json" or objects or _OBJECT.match(start):
        return open_json_object(source, encoding, text)
    return None
