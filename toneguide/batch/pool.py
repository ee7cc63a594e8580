"""Worker processes: blocks of texts in, their scores out, in the order they came, never more than a few on the way."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import toneguide
from toneguide.batch.job import Job
from toneguide.batch.worker import read_frame, write_frame
from toneguide.errors import ToneguideError

__all__ = ["Pool"]

_WAITING: Final = 2


class Pool:
    """Processes that score blocks of texts for one job.

    Use it in a ``with`` statement; leaving it ends the processes at once, whatever they are at.

    Parameters
    ----------
    job : Job
        The same for all blocks.
    workers : int
        How many processes.
    """

    def __init__(self, job: Job, workers: int) -> None:
        self._job = job
        self._workers = workers
        self._processes: list[subprocess.Popen[bytes]] = []
        self._idle: queue.SimpleQueue[subprocess.Popen[bytes]] = queue.SimpleQueue()

    def __enter__(self) -> Self:
        here = str(Path(toneguide.__file__).parents[1])
        env = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, [here, os.environ.get("PYTHONPATH", "")]))}
        for _ in range(self._workers):
            process = subprocess.Popen(
                [sys.executable, "-m", "toneguide.batch.worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env,
                # Ctrl-C is for the parent, which ends its workers itself.
                start_new_session=True,
            )  # fmt: skip
            self._processes.append(process)
            self._idle.put(process)
        self._threads = ThreadPoolExecutor(self._workers)
        for process in self._processes:
            _send(process, self._job.to_bytes())
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for process in self._processes:
            process.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for process in self._processes:
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    if pipe is not None:
                        pipe.close()

    def submit(self, texts: list[str | None]) -> Future[bytes]:
        """Have a block scored; the result is an Arrow stream."""
        return self._threads.submit(self._ask, texts)

    @property
    def depth(self) -> int:
        """How many blocks may be on the way, so that no worker waits and memory stays small."""
        return self._workers * (1 + _WAITING)

    def _ask(self, texts: list[str | None]) -> bytes:
        process = self._idle.get()
        try:
            _send(process, json.dumps(texts).encode())
            assert process.stdout is not None
            answer = read_frame(process.stdout)
        finally:
            self._idle.put(process)
        if answer is None:
            raise _died(process)
        return answer


def _send(process: subprocess.Popen[bytes], data: bytes) -> None:
    assert process.stdin is not None
    try:
        write_frame(process.stdin, data)
    except OSError:
        raise _died(process) from None


def _died(process: subprocess.Popen[bytes]) -> ToneguideError:
    code = process.poll()
    how = "" if code is None else f" (exit code {code})"
    return ToneguideError(f"a worker process ended early{how}: the machine may be short of memory; try again with fewer --workers")
