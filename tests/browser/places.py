"""JupyterLab and Voila on loopback, and a headless Chromium that may talk to nothing else."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
SCREENSHOTS = Path(os.environ.get("TONEGUIDE_SCREENSHOTS", Path(__file__).parents[2] / "build" / "screenshots"))
START = 90
TOKEN = "t"


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


@contextmanager
def serving(command: list[str], port: int, path: str, log: Path, folder: Path) -> Iterator[str]:
    """A server as a process of its own, until the block ends; its address."""
    home = folder.parent / "home"
    home.mkdir(exist_ok=True)
    own = {
        "HOME": home,
        "JUPYTER_CONFIG_DIR": home / "config",
        "JUPYTER_DATA_DIR": home / "data",
        "JUPYTER_RUNTIME_DIR": home / "run",
        "IPYTHONDIR": home / "ipython",
    }
    environment = {**os.environ, **{name: str(value) for name, value in own.items()}}
    with (
        log.open("wb") as out,
        subprocess.Popen([sys.executable, "-m", *command], cwd=folder, env=environment, stdout=out, stderr=out) as server,
    ):
        try:
            wait_for(f"http://127.0.0.1:{port}{path}", server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()


def wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(f"no server at {address}:\n{log.read_text(errors='replace')[-3000:]}")


def jupyterlab(port: int, folder: Path) -> list[str]:
    # What `toneguide lab` starts, but for the address and the token.
    return [
        "jupyterlab", "--no-browser", "--ip=127.0.0.1", f"--port={port}", f"--IdentityProvider.token={TOKEN}", "--allow-root",
        f"--ServerApp.root_dir={folder}", "--LabApp.expose_app_in_browser=True", "--LabApp.extension_manager=readonly",
        "--KernelManager.transport_encryption=auto", "--ServerApp.port_retries=0",
    ]  # fmt: skip


def voila(port: int, notebook: Path) -> list[str]:
    return [
        "voila",
        str(notebook),
        "--no-browser",
        "--Voila.ip=127.0.0.1",
        f"--port={port}",
        "--show_tracebacks=True",
        "--KernelManager.transport_encryption=auto",
    ]


def kill_kernel(kernel: str) -> None:
    """End one kernel the hard way, found by the connection file on its command line."""
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = process.read_bytes()
        except OSError:
            continue
        if f"kernel-{kernel}.json".encode() in words:
            os.kill(int(process.parent.name), signal.SIGKILL)
            return
    raise AssertionError(f"no process of kernel {kernel}")


class Watch:
    """What a page asked for and complained of."""

    def __init__(self, page) -> None:
        self.elsewhere: list[str] = []
        self.errors: list[str] = []
        page.on("request", self._on_request)
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _on_request(self, request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.hostname != "127.0.0.1":
            self.elsewhere.append(request.url)

    def _on_console(self, message) -> None:
        if message.type == "error":
            self.errors.append(f"{message.text} ({message.location.get('url', '')})")
