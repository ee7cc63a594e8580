"""Where bytes come from: a file, standard input, a member of a zip."""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from toneguide.errors import InputError

if TYPE_CHECKING:
    from typing_extensions import Buffer

__all__ = ["Source", "file_source", "stdin_source"]

_IN_MEMORY: Final = 16_000_000


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes that can be opened again and again.

    Attributes
    ----------
    name : str
        What records and messages call it.
    open : callable
        A fresh binary stream from the first byte.
    suffix : str
        Ending of the name, in lower case, with its dot; ``""`` where there is none.
    """

    name: str
    open: Callable[[], IO[bytes]]
    suffix: str = ""

    @property
    def label(self) -> str:
        """The last part of the name."""
        return self.name.replace("\\", "/").rsplit("/", 1)[-1]


def file_source(path: Path) -> Source:
    """A file, looked at once so that a missing or locked one is told early.

    Raises
    ------
    InputError
        Where it cannot be opened.
    """
    try:
        with path.open("rb"):
            pass
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file; {_where_to_look(path)}") from None
    except PermissionError:
        raise InputError(f"{path}: you may not read this file; ask for the right, or copy it to a folder of your own") from None
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be opened ({error}); check the name") from None
    return Source(str(path), lambda: path.open("rb"), path.suffix.lower())


def _where_to_look(path: Path) -> str:
    """What a file that is not there may have been meant to be."""
    try:
        there = [one.name for one in path.resolve().parent.iterdir() if one.is_file() and one.suffix and not one.name.startswith(".")]
    except OSError:
        return "check the name and the folder"
    by_stem = {Path(name).stem.casefold(): name for name in sorted(there)}
    close = get_close_matches(path.stem.casefold(), by_stem, 1, 0.75)
    return f"did you mean {by_stem[close[0]]!r}?" if close else f"check the name, or put the file into {path.resolve().parent}"


def stdin_source(stream: IO[bytes] | None = None) -> Source:
    """Standard input, kept so that it can be read twice: once to see what it is, once for the posts."""
    kept = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
    shutil.copyfileobj(stream or sys.stdin.buffer, kept)

    def reopen() -> IO[bytes]:
        return io.BufferedReader(_View(kept))

    # Closed with the last one who could read it.
    weakref.finalize(reopen, kept.close)
    return Source("stdin", reopen)


class _View(io.RawIOBase):
    """A file that others read too, from its start and with a position of its own."""

    def __init__(self, shared: IO[bytes]) -> None:
        self._shared = shared
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence == io.SEEK_END:
            self._at = self._shared.seek(offset, whence)
        else:
            self._at = offset + (self._at if whence == io.SEEK_CUR else 0)
        return self._at

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer)
        self._shared.seek(self._at)
        data = self._shared.read(len(view))
        view[: len(data)] = data
        self._at += len(data)
        return len(data)
