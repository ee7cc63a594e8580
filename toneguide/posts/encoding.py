"""Which encoding a file is in, and its lines."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import Final, NamedTuple

from toneguide.posts.source import Source

__all__ = ["LONGEST_LINE", "Encoding", "detect_encoding", "first_lines", "looks_binary", "open_text", "read_lines"]

# A longer line is cut: it is reported, and what follows it is still read.
LONGEST_LINE: Final = 16_000_000
_HEAD: Final = 65_536
_GLIMPSE: Final = 400_000
_CHUNK: Final = 1_000_000
_BEYOND: Final = bytes(range(128, 256))
_CONTROLS: Final = bytes(c for c in range(32) if c not in b"\t\n\r\f\x0b\x1b\x00")
_MOST_CONTROLS: Final = 0.02
_SPARED: Final = 8
_MANY: Final = 0.7
_FEW: Final = 0.1
_FEWEST_BYTES: Final = 4


class Encoding(NamedTuple):
    """An encoding: the codec, what to do with bytes outside it, and what to call it."""

    codec: str
    errors: str
    label: str


def _byte_as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """One stray byte of a UTF-8 file, read as the older encoding it most likely comes from."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.start + 1]
    return stray.decode("cp1252", "replace"), error.start + 1


codecs.register_error("toneguide.cp1252", _byte_as_cp1252)


def detect_encoding(source: Source) -> Encoding:
    """The encoding of a text: UTF-8 with or without a byte order mark, UTF-16, or cp1252.

    The whole file is looked at, in chunks, so that reading never has to start anew.

    Parameters
    ----------
    source : Source
        The text.

    Returns
    -------
    Encoding
        cp1252 where most of the bytes beyond ASCII are not UTF-8; with a few stray ones only, the file is UTF-8 and those are read as cp1252.
    """
    with source.open() as stream:
        head = stream.read(_HEAD)
    wide = _utf_16(head)
    if wide is not None:
        return wide
    good, bad = _count_utf_8(source)
    mark = head.startswith(codecs.BOM_UTF8)
    if bad > good and not mark:
        return Encoding("cp1252", "replace", "cp1252")
    label = "UTF-8 with a byte order mark" if mark else "UTF-8"
    if bad:
        label += f" with {bad} stray {'byte' if bad == 1 else 'bytes'} read as cp1252"
    return Encoding("utf-8-sig" if mark else "utf-8", "toneguide.cp1252", label)


def open_text(source: Source, encoding: Encoding) -> io.TextIOWrapper:
    """The decoded text of a source, line ends as they are."""
    return io.TextIOWrapper(source.open(), encoding=encoding.codec, errors=encoding.errors, newline="")


def read_lines(source: Source, encoding: Encoding) -> Iterator[str]:
    """Lines with their ends, NULs dropped; one beyond `LONGEST_LINE` is cut just after it."""
    with open_text(source, encoding) as text:
        while line := text.readline(LONGEST_LINE + 1):
            if len(line) > LONGEST_LINE:
                rest = line
                while rest and rest[-1] not in "\r\n":
                    rest = text.readline(_CHUNK)
            yield line.replace("\0", "") if "\0" in line else line


def first_lines(source: Source, encoding: Encoding, most: int) -> list[str]:
    """Some lines from the start, to see what a text is; a last one that is cut is left out, unless there is no other."""
    with open_text(source, encoding) as stream:
        start = stream.read(_GLIMPSE)
        whole = len(start) < _GLIMPSE
    lines = list(io.StringIO(start.replace("\0", ""), newline=""))
    return (lines if whole or len(lines) == 1 else lines[:-1])[:most]


def looks_binary(head: bytes) -> bool:
    """Whether the first bytes of a file are no text in any encoding known here."""
    if _utf_16(head) is not None:
        return False
    filled = head.rstrip(b"\0")
    if not filled:
        return bool(head)
    odd = len(filled) - len(filled.translate(None, _CONTROLS))
    nuls = filled.count(0)
    return odd > _MOST_CONTROLS * len(filled) + _SPARED or nuls > _FEW * len(filled) + _SPARED


def _utf_16(head: bytes) -> Encoding | None:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Encoding("utf-16", "replace", "UTF-16")
    pairs = len(head) // 2
    if len(head) < _FEWEST_BYTES:
        return None
    even, odd = head[0::2].count(0) / pairs, head[1::2].count(0) / pairs
    if odd > _MANY and even < _FEW:
        return Encoding("utf-16-le", "replace", "UTF-16")
    if even > _MANY and odd < _FEW:
        return Encoding("utf-16-be", "replace", "UTF-16")
    return None


def _count_utf_8(source: Source) -> tuple[int, int]:
    """How many characters beyond ASCII are UTF-8, and how many bytes are not."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    good = bad = 0
    with source.open() as stream:
        while chunk := stream.read(_CHUNK):
            text = decoder.decode(chunk)
            if not text.isascii():
                lost = max(0, text.count("\ufffd") - chunk.count(b"\xef\xbf\xbd"))
                bad += lost
                good += len(text) - len(text.encode().translate(None, _BEYOND)) - lost
    return good, bad + len(decoder.decode(b"", final=True))
