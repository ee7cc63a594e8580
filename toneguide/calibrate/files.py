"""Files that are either the old ones or the new ones, whatever happens meanwhile."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from toneguide.errors import InputError

__all__ = ["locked", "replace_file"]

_WAIT: Final = 0.02
_PATIENCE: Final = 5.0
# A lock older than this was left behind by a process that died.
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
            return os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
        except FileExistsError:
            with suppress(OSError):
                if time.time() - lock.stat().st_mtime > _STALE:
                    lock.unlink(missing_ok=True)
                    continue
        except OSError as e:
            raise InputError(f"{path}: cannot be written ({e.strerror or e}); choose another folder") from None
        if time.monotonic() > until:
            raise InputError(f"{path}: another program is writing it; try again, or delete {lock.name} if none is")
        time.sleep(_WAIT)
