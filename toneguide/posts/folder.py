"""Many files as one input: a folder, or a zip."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from toneguide.errors import InputError
from toneguide.posts.encoding import looks_binary
from toneguide.posts.exports import HEAD, Export, find_export
from toneguide.posts.record import Post, Posts
from toneguide.posts.source import Source, file_source
from toneguide.posts.zipped import READ_ERRORS

__all__ = ["folder_sources", "is_wanted", "natural_key", "open_together"]

_DIGITS: Final = re.compile(r"(\d+)")
_MOST_TOLD: Final = 3
# Files that sit among posts without being any.
_ABOUT: Final = ("readme", "license", "licence", "changelog", "contributing")
_LEFT_OUT: Final = frozenset({
    "jpg", "jpeg", "png", "gif", "webp", "heic", "svg", "ico", "srt", "mp4", "mov", "avi", "webm", "mp3", "m4a", "wav", "ogg", "css", "py",
    "ipynb", "crc", "lock", "log", "yaml", "yml", "toml", "ini", "db", "pdf", "woff", "woff2", "ttf", "map",
})  # fmt: skip


def folder_sources(folder: Path) -> list[Source | InputError]:
    """The files below a folder that may hold posts, in the order of their names; an error for one that cannot be opened.

    Parameters
    ----------
    folder : Path
        The folder; hidden files, pictures, films, programs and readmes in it are left out.

    Raises
    ------
    InputError
        Where the folder cannot be read.
    """
    try:
        files = [path for path in folder.rglob("*") if path.is_file() and is_wanted(path.relative_to(folder).as_posix())]
    except OSError as error:
        raise InputError(f"{folder}: the folder cannot be read ({error.strerror}); check your rights") from None
    return [_opened(path) for path in sorted(files, key=lambda path: natural_key(path.as_posix()))]


def open_together(name: str, sources: Sequence[Source | InputError], open_one: Callable[[Source], Posts]) -> Posts:
    """Several sources as one input: columns by first appearance, records in order.

    Where one of them is the export of an account, only such are read: the files beside it are messages, contacts and settings.
    Messages are never read from among other files.
    A source that cannot be read becomes one record with a problem, so that it is told and the others are still read.

    Parameters
    ----------
    name : str
        The folder or zip.
    sources : sequence of Source
        What is in it.
    open_one : callable
        Opens one source.

    Raises
    ------
    InputError
        Where none of them can be read.
    """
    found = [(source, _export_of(source)) for source in sources]
    wanted = [source for source, export in found if export and export.account]
    if not wanted:
        wanted = [source for source, export in found if not _is_script(source) and not (export and export.service == "messages")]
    opened = [_open(source, open_one) for source in wanted]
    readable = [each for each in opened if isinstance(each, Posts)]
    if not readable:
        first = next((f"; the first: {each}" for each in opened if isinstance(each, Post)), "; is it the right one?")
        raise InputError(f"{name}: no file in it holds posts that can be read{first}")

    def records() -> Iterator[Post]:
        for each in opened:
            if isinstance(each, Posts):
                yield from each
            else:
                yield each

    columns = list(dict.fromkeys(column for each in readable for column in each.columns))
    names = {each.text_column for each in readable if each.columns}
    return Posts(columns, names.pop() if len(names) == 1 else "", _told(name, readable, len(sources) - len(wanted)), records)


def is_wanted(name: str) -> bool:
    """Whether a file may hold posts, by its name within the folder or zip."""
    parts = [part for part in name.split("/") if part not in ("..", ".")]
    stem, _, ending = parts[-1].lower().rpartition(".")
    return not any(part.startswith((".", "_", "~$")) for part in parts) and ending not in _LEFT_OUT and (stem or ending) not in _ABOUT


def natural_key(name: str) -> list[tuple[int, int, str]]:
    """A sort key that puts part2 before part10."""
    return [(0, int(piece), "") if piece.isdecimal() and piece.isascii() else (1, 0, piece) for piece in _DIGITS.split(name)]


def _opened(path: Path) -> Source | InputError:
    try:
        return file_source(path)
    except InputError as error:
        return error


def _export_of(source: Source | InputError) -> Export | None:
    if isinstance(source, InputError):
        return None
    try:
        with source.open() as stream:
            head = stream.read(HEAD)
        return None if looks_binary(head) else find_export(source.name, head)
    except (InputError, *READ_ERRORS):
        return None


def _is_script(source: Source | InputError) -> bool:
    return isinstance(source, Source) and source.suffix == ".js"


def _open(source: Source | InputError, open_one: Callable[[Source], Posts]) -> Posts | Post:
    if isinstance(source, InputError):
        return Post({}, None, str(source).split(": ", 1)[0], 0, str(source))
    try:
        return open_one(source)
    except InputError as error:
        return Post({}, None, source.name, 0, str(error))


def _told(name: str, readable: Sequence[Posts], left: int) -> str:
    told = [each.described for each in readable[:_MOST_TOLD]]
    if len(readable) > _MOST_TOLD:
        told.append(f"and {len(readable) - _MOST_TOLD} more")
    if left:
        told.append(f"{left} other {'file' if left == 1 else 'files'} left out")
    return f"{name}: {len(readable)} {'file' if len(readable) == 1 else 'files'} ({'; '.join(told)})"
