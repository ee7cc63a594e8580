"""Zip files: streamed member by member, never unpacked to disk, and looked at before they are read."""

from __future__ import annotations

import io
import weakref
import zipfile
import zlib
from collections.abc import Callable, Sequence
from functools import partial
from typing import IO, Final

from toneguide.errors import InputError
from toneguide.posts.source import Source

__all__ = ["READ_ERRORS", "Zip", "open_zip"]

# What reading a damaged file, or a damaged member of a zip, can raise.
READ_ERRORS: Final = (OSError, EOFError, zlib.error, zipfile.BadZipFile)
_MOST_UNPACKED: Final = 8_000_000_000
_LARGE: Final = 20_000_000
_MOST_RATIO: Final = 200
_LOCKED: Final = 0x1
# Formats that are read from their end.
_SOUGHT: Final = (".xlsx", ".xls", ".parquet", ".docx")


class Zip:
    """A zip whose members can be opened again and again; it closes when nobody can open one any more."""

    def __init__(self, name: str, archive: zipfile.ZipFile, stream: IO[bytes]) -> None:
        self._name = name
        self._archive = archive
        self.members = [member for member in archive.infolist() if member.filename and not member.filename.endswith("/")]
        weakref.finalize(self, _close, archive, stream)

    @property
    def names(self) -> set[str]:
        """The members' names, as they are in the zip."""
        return {member.filename for member in self.members}

    def open(self, name: str) -> IO[bytes]:
        """One member, to be read from its start."""
        return self._open(self._archive.getinfo(name))

    def sources(self, is_wanted: Callable[[str], bool]) -> list[Source]:
        """Members as sources; their names are only names, wherever they claim to lead.

        Parameters
        ----------
        is_wanted : callable
            Told a member's name, says whether to read it.

        Raises
        ------
        InputError
            Where one of them is locked, or unpacks to far more than it could in earnest.
        """
        wanted = [member for member in self.members if is_wanted(member.filename)]
        self.refuse_bombs(wanted)
        return [Source(f"{self._name}/{member.filename}", partial(self._open, member), _suffix(member.filename)) for member in wanted]

    def refuse_bombs(self, members: Sequence[zipfile.ZipInfo]) -> None:
        """Raise an `InputError` for members that are locked, or too large for what they are packed in."""
        total = sum(member.file_size for member in members)
        if total > _MOST_UNPACKED:
            raise InputError(f"{self._name}: unpacks to {total / 1e9:,.0f} GB; unpack it yourself and give the folder, if that is right")
        for member in members:
            if member.file_size > _LARGE and member.file_size > _MOST_RATIO * member.compress_size:
                raise InputError(
                    f"{self._name}: {member.filename!r} unpacks to over {_MOST_RATIO} times its size, like a zip bomb; it is not opened"
                )
            if member.flag_bits & _LOCKED:
                raise InputError(f"{self._name}: {member.filename!r} is locked with a password; pack it again without one")

    def _open(self, member: zipfile.ZipInfo) -> IO[bytes]:
        try:
            stream = self._archive.open(member)
        except (NotImplementedError, RuntimeError, zipfile.BadZipFile) as error:
            raise InputError(f"{self._name}: {member.filename!r} cannot be unpacked ({error}); pack it again") from None
        if _suffix(member.filename) not in _SOUGHT:
            return stream
        with stream:
            return io.BytesIO(stream.read())


def open_zip(source: Source) -> Zip:
    """A zip, its directory read.

    Raises
    ------
    InputError
        Where it is cut off or damaged.
    """
    stream = source.open()
    try:
        return Zip(source.name, zipfile.ZipFile(stream), stream)
    except (*READ_ERRORS, ValueError, NotImplementedError) as error:
        stream.close()
        raise InputError(f"{source.name}: the zip is cut off or damaged ({error}); download or pack it again") from None


def _close(archive: zipfile.ZipFile, stream: IO[bytes]) -> None:
    archive.close()
    stream.close()


def _suffix(name: str) -> str:
    end = name.rsplit("/", 1)[-1]
    return f".{end.rsplit('.', 1)[-1].lower()}" if "." in end else ""
