"""Files that are either the old ones or the new ones, whatever happens meanwhile."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from toneguide.errors import InputError

__all__ = ["locked", "replace_file", "swap_folder"]

_WAIT: Final = 0.02
_PATIENCE: Final = 5.0
# Where a lock does not tell its process: older than this it was left behind.
_STALE: Final = 30.0


def replace_file(path: Path, content: bytes) -> None:
    """Write a file at once: a reader, or a power cut, finds the old one or the new one.

    Raises
    ------
    InputError
        Where it cannot be written.
    """
    temporary = path.parent / f".{path.name}.{os.getpid()}.part"
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with suppress(OSError):
            temporary.chmod(path.stat().st_mode & 0o777)
        temporary.replace(path)
    except OSError as e:
        raise InputError(f"{path}: cannot be written ({e.strerror or e}); close it where it is open, or choose another folder") from None
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a file for oneself while it is changed; other programs of ours wait.

    Raises
    ------
    InputError
        Where another program holds it for longer than some seconds.
    """
    lock = path.parent / f".{path.name}.lock"
    handle = _acquire(lock, path)
    try:
        yield
    finally:
        os.close(handle)
        lock.unlink(missing_ok=True)


def _acquire(lock: Path, path: Path) -> int:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
            os.write(handle, str(os.getpid()).encode())
            return handle
        except FileExistsError:
            if _is_left_behind(lock):
                lock.unlink(missing_ok=True)
                continue
        except OSError as e:
            raise InputError(f"{path}: cannot be written ({e.strerror or e}); choose another folder") from None
        if time.monotonic() > until:
            raise InputError(f"{path}: another program is writing it; try again, or delete {lock.name} if none is")
        time.sleep(_WAIT)


def _is_left_behind(lock: Path) -> bool:
    """Whether the process that made a lock has ended; by age where that cannot be told."""
    try:
        owner, age = lock.read_bytes(), time.time() - lock.stat().st_mtime
    except OSError:
        return False
    if os.name != "posix" or not owner.isdigit():
        return age > _STALE
    try:
        os.kill(int(owner), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


def swap_folder(new: Path, place: Path) -> None:
    """Put one folder where another is, at once; the other one is afterwards where the new one was.

    Where the system cannot exchange two folders, files are replaced one by one, each at once.

    Raises
    ------
    InputError
        Where the folder cannot be written.
    """
    try:
        if not place.exists():
            new.rename(place)
        elif not _exchange(new, place):
            for file in sorted(new.iterdir()):
                file.replace(place / file.name)
    except OSError as e:
        raise InputError(f"{place}: cannot be written ({e.strerror or e}); close what has it open, and try again") from None


def _exchange(one: Path, other: Path) -> bool:
    """Linux can swap two names in one step; nobody ever finds neither."""
    if sys.platform != "linux":
        return False
    import ctypes

    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    here, exchange = -100, 2
    return bool(rename(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0)
