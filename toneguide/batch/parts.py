"""What a long run has done so far, kept beside its output so that the same command can go on.

The folder ``OUT.parts`` holds the scores of each finished block and a journal: its first line says what the run is about,
every further one that a block is done. A block counts only where the journal, the file and the texts agree.
"""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Final, Self
from zlib import crc32

from toneguide.errors import InputError

__all__ = ["Parts", "identify_inputs", "parts_folder", "texts_hash"]

JOURNAL: Final = "journal.jsonl"
_NOTE: Final = "kept by toneguide so that the same command can go on; it is removed when the run is done"


def parts_folder(out: Path) -> Path:
    """Where the blocks of an output are kept while it is in the making."""
    return out.with_name(out.name + ".parts")


def identify_inputs(paths: list[str]) -> list[list[object]]:
    """What the inputs are known by: path, size and time of change of every file."""
    found: list[list[object]] = []
    for path in map(Path, paths):
        files = sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]
        for file in files:
            with contextlib.suppress(OSError):
                stat = file.stat()
                found.append([str(file.resolve()), stat.st_size, stat.st_mtime_ns])
    return found


def texts_hash(texts: list[str | None]) -> int:
    """A number that other texts are most unlikely to have."""
    return crc32(json.dumps(texts).encode())


@dataclass(frozen=True, slots=True)
class _Done:
    texts: int
    content: int


class Parts:
    """The finished blocks of one run.

    Use it in a ``with`` statement; what is kept stays until `remove`.

    Parameters
    ----------
    folder : Path or None
        From `parts_folder`; None to keep nothing.
    about : mapping
        What the results depend on. Blocks of a run about something else are never used.
    resume : bool
        Whether to use what is there.
    say : callable
        Takes messages for people.
    """

    def __init__(self, folder: Path | None, about: dict[str, object], *, resume: bool, say: Callable[[str], None]) -> None:
        self.folder = folder or Path()
        self._keeps = folder is not None
        self._about = json.loads(json.dumps(about))
        self._resume = resume
        self._say = say
        self._done: dict[int, _Done] = {}
        self._journal: IO[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def start(self) -> None:
        """Begin to keep blocks, and take over those of an earlier run of the same.

        Raises
        ------
        InputError
            Where nothing can be written, or another run is at it.
        """
        if not self._keeps:
            return
        journal = self.folder / JOURNAL
        try:
            self.folder.mkdir(exist_ok=True)
            self._journal = journal.open("a+b")
            _lock(self._journal, self.folder)
            self._journal.seek(0)
            if not self._take_over(self._journal.read().splitlines(keepends=True)):
                self._journal.truncate(0)
                self._append({"about": self._about, "note": _NOTE})
        except OSError as error:
            raise InputError(
                f"{self.folder}: cannot be written ({error.strerror or error}); choose another folder for the output"
            ) from None
        if self._done:
            self._say(f"{self.folder.name}: going on where the run before stopped, {len(self._done)} blocks are done")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._close()

    def _close(self) -> None:
        if self._journal is not None:
            self._journal.close()
            self._journal = None

    @property
    def started(self) -> bool:
        """Whether blocks are kept."""
        return self._journal is not None

    def _take_over(self, lines: list[bytes]) -> bool:
        """Whether the run that the journal tells of can be gone on with; if so its blocks are."""
        facts = [_parsed(line) for line in lines]
        if not lines:
            return False
        before = facts[0].get("about")
        if before != self._about or not self._resume:
            if self._resume:
                told = _differences(before, self._about)
                self._say(f"{self.folder.name}: what is kept there is of another run ({told}); starting afresh")
            return False
        self._done = {f["block"]: _Done(f["texts"], f["content"]) for f in facts[1:] if set(f) == {"block", "texts", "content"}}
        if lines and not lines[-1].endswith(b"\n"):
            # A line cut off by a kill must not swallow the next one.
            self._write(b"\n")
        return True

    def load(self, block: int, texts: int) -> bytes | None:
        """Scores of a block; None where it is not done, or not whole."""
        # A text is looked at again before its scores are taken over: blocks of other texts never mix.
        done = self._done.get(block)
        if done is None or done.texts != texts:
            return None
        try:
            content = self._path(block).read_bytes()
        except OSError:
            return None
        return content if crc32(content) == done.content else None

    def save(self, block: int, texts: int, content: bytes) -> None:
        """Keep the scores of a block.

        Raises
        ------
        InputError
            Where the disk is full.
        """
        if not self.started:
            return
        path = self._path(block)
        temporary = path.with_suffix(".tmp")
        try:
            temporary.write_bytes(content)
            temporary.replace(path)
            self._append({"block": block, "texts": texts, "content": crc32(content)})
        except OSError as error:
            raise InputError(f"{self.folder}: cannot be written ({error.strerror or error}); make room and run the command again") from None

    def remove(self) -> None:
        """Nothing is kept any longer: the output is there."""
        self._close()
        if self._keeps and (self.folder / JOURNAL).is_file():
            shutil.rmtree(self.folder, ignore_errors=True)

    def _path(self, block: int) -> Path:
        return self.folder / f"{block:08}.arrow"

    def _append(self, facts: dict[str, object]) -> None:
        self._write(json.dumps(facts).encode() + b"\n")

    def _write(self, data: bytes) -> None:
        assert self._journal is not None
        self._journal.write(data)
        self._journal.flush()


def _parsed(line: bytes) -> dict[str, Any]:
    """A journal line; empty where it was cut off."""
    try:
        facts = json.loads(line)
    except ValueError:
        return {}
    return facts if isinstance(facts, dict) else {}


def _differences(before: object, now: dict[str, object]) -> str:
    if not isinstance(before, dict):
        return "its journal is damaged"
    names = [name for name in now if before.get(name) != now[name]]
    return f"other {', '.join(names)}" if names else "of another version"


def _lock(journal: IO[bytes], folder: Path) -> None:
    """One run at a time; the system lets go of the lock when the process ends, however it ends."""
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(journal, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise InputError(f"{folder}: another run is writing the same output; wait for it, or choose another output") from None
