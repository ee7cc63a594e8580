"""The lab: notebooks in a working folder, opened in JupyterLab, and sample posts to try them on.

A notebook that its reader has changed is never overwritten: a newer one is put beside it.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from toneguide.errors import ToneguideError
from toneguide.samples import check_language, sample_folder, sample_guide, sample_labels, sample_posts

__all__ = ["copy_notebooks", "open_lab", "sample_folder", "sample_guide", "sample_labels", "sample_posts"]

_DATA: Final = Path(__file__).parent / "data"
_RECORD: Final = ".toneguide.json"
_SAMPLE_FILE: Final = "kaamos_huolto.csv"
# JupyterLab would ask the network for news and updates, and the reader whether it may.
_SETTINGS: Final = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}
_README: Final = {
    "fi": """\
# Sävypaja

Aloita muistikirjasta `01_first_scores.ipynb` ja jatka numeroiden järjestyksessä.

- Solu ajetaan näppäimillä Vaihto + Enter. Aja solut ylhäältä alas.
- Laita omat tiedostosi (Excel tai CSV) tähän samaan kansioon, muistikirjojen viereen. Mallina on `kaamos_huolto.csv`:
  yksi julkaisu rivillä, sarakkeina päivä, kirjoittaja, kanava, teksti, reaktiot ja kommentit.
- Omat julkaisut luetaan vaihtamalla yksi rivi solussa, jossa lukee `sample_posts`. Kunkin muistikirjan lopussa on malli.
- Jos solu sanoo, ettei jotakin nimeä tunneta, aja ensin sen yläpuolella olevat solut (valikosta *Run > Run All Above Selected Cell*).
- Muuta muistikirjoja vapaasti. `toneguide lab` ei kirjoita muutostesi päälle: uudempi versio tulee viereen
  nimellä `01_first_scores (new).ipynb`.
- Haluatko alkuperäisen takaisin? Poista muistikirja ja käynnistä `toneguide lab` uudelleen.

Mitään ei lähetetä verkkoon. Kaikki tapahtuu tällä koneella.
""",
    "en": """\
# Tone lab

Start with the notebook `01_first_scores.ipynb`, then go on in the order of the numbers.

- Shift + Enter runs a cell. Run them from top to bottom.
- Put your own files (Excel or CSV) in this folder, next to the notebooks. `kaamos_huolto.csv` shows the shape: one post a
  row, with date, author, channel, text, reactions and comments.
- Your own posts come in by changing one line, in the cell with `sample_posts`. The end of each notebook has it ready to copy.
- Where a cell says that a name is not known, run the cells above it first (menu *Run > Run All Above Selected Cell*).
- Change the notebooks as you like. `toneguide lab` never writes over your changes: a newer version is put beside
  yours as `01_first_scores (new).ipynb`.
- Want the original back? Delete the notebook and start `toneguide lab` again.

Nothing is sent anywhere. Everything happens on this computer.
""",
}


def copy_notebooks(folder: Path, language: str) -> list[Path]:
    """Copy the notebooks of a language into a folder, without touching what its reader has changed.

    A notebook that is there as it was copied is replaced. One that was changed stays, and where this version of
    toneguide brings another one, it goes beside it as ``name (new).ipynb``.

    Parameters
    ----------
    folder : Path
        Made where it is not there; also gets a ``README.md``, and a file of sample posts to open in Excel, where it has none.
    language : {"fi", "en"}
        Language of the notebooks.

    Returns
    -------
    list of Path
        What was written.

    Raises
    ------
    ToneguideError
        Where the notebooks are not installed, or the folder cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     "01_first_scores.ipynb" in [path.name for path in copy_notebooks(Path(folder), "fi")]
    True
    """
    check_language(language)
    shipped = _find_notebooks(language)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        given = _read_record(folder)
        written = [target for name, content in shipped.items() if (target := _place(folder, name, content, given))]
        (folder / _RECORD).write_text(json.dumps(given, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        if not (readme := folder / "README.md").exists():
            readme.write_text(_README[language], encoding="utf-8")
            written.append(readme)
        if not (sample := folder / _SAMPLE_FILE).exists():
            # Excel takes a CSV for UTF-8 only where it starts with the mark.
            sample.write_bytes(b"\xef\xbb\xbf" + (_DATA / "sample_archive.csv").read_bytes())
            written.append(sample)
    except OSError as e:
        raise ToneguideError(f"{folder}: the notebooks cannot be written there ({e.strerror or e}); name another folder") from None
    return written


def _find_notebooks(language: str) -> dict[str, bytes]:
    """Notebooks by name: out of the installed package, or out of the folder beside it in a source checkout."""
    for place in (files("toneguide") / "notebooks" / language, Path(__file__).parents[1] / "notebooks" / language):
        if place.is_dir():
            found = {one.name: one.read_bytes() for one in place.iterdir() if one.name.endswith(".ipynb")}
            if found:
                return dict(sorted(found.items()))
    raise ToneguideError("the notebooks are not part of this installation; install again: pip install --force-reinstall toneguide[lab]")


def _read_record(folder: Path) -> dict[str, str]:
    """Which version of every notebook was copied here last; without it every notebook counts as changed."""
    try:
        record = json.loads((folder / _RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(k): str(v) for k, v in record.items()} if isinstance(record, dict) else {}


def _place(folder: Path, name: str, content: bytes, given: dict[str, str]) -> Path | None:
    """Write one notebook where that loses nothing, and note the version in `given`."""
    target = folder / name
    digest = _digest(content)
    last, given[name] = given.get(name), digest
    if target.exists():
        there = _digest(target.read_bytes())
        if there == digest:
            return None
        if there != last:
            if last == digest:
                return None
            target = _free_name(target)
    target.write_bytes(content)
    return target


def _free_name(path: Path) -> Path:
    numbers = iter(range(2, sys.maxsize))
    free = path.with_stem(f"{path.stem} (new)")
    while free.exists():
        free = path.with_stem(f"{path.stem} (new {next(numbers)})")
    return free


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def open_lab(folder: Path, language: str, *, browser: bool, say: Callable[[str], None]) -> int:
    """Copy the notebooks into a working folder and open them in JupyterLab.

    Parameters
    ----------
    folder : Path
        Working folder, made where it is not there; the notebooks go into its subfolder ``fi`` or ``en``.
    language : {"fi", "en"}
        Language of the notebooks.
    browser : bool
        Whether a browser is opened; the address is on the terminal either way.
    say : callable
        Takes messages for people.

    Returns
    -------
    int
        Exit code of JupyterLab, when it has been closed.

    Raises
    ------
    ToneguideError
        Where JupyterLab is not installed, or the folder cannot be written.

    Examples
    --------
    >>> open_lab(Path("lab"), "fi", browser=True, say=print)  # doctest: +SKIP
    """
    if find_spec("jupyterlab") is None or find_spec("ipykernel") is None:
        raise ToneguideError("JupyterLab is not installed; install it with: pip install toneguide[lab]")
    place = folder / language
    for path in copy_notebooks(place, language):
        say(f"new: {path}")
        if path.suffix == ".ipynb":
            _trust(path)
    say(f"notebooks are in {place}; Ctrl-C here closes JupyterLab")
    with TemporaryDirectory(prefix="toneguide-") as config:
        settings = Path(config) / "labconfig" / "default_setting_overrides.json"
        settings.parent.mkdir()
        settings.write_text(json.dumps(_SETTINGS), encoding="utf-8")
        paths = filter(None, (config, os.environ.get("JUPYTER_CONFIG_PATH")))
        environment = {**os.environ, "JUPYTER_CONFIG_PATH": os.pathsep.join(paths), "PATH": _path_with_us()}
        with subprocess.Popen(_command(folder, language, browser=browser), env=environment) as server:
            return _wait(server)


def _path_with_us() -> str:
    """``PATH`` with our own commands in front, so that ``!toneguide`` works in a cell without an activated environment."""
    return os.pathsep.join(filter(None, (str(Path(sys.executable).parent), os.environ.get("PATH"))))


def _trust(path: Path) -> None:
    """Have JupyterLab show the kept outputs of a notebook of ours in colour, before it is run."""
    # nbformat comes with JupyterLab and has no types.
    nbformat: Any = import_module("nbformat")
    notary: Any = import_module("nbformat.sign").NotebookNotary()
    notary.sign(nbformat.read(path, as_version=4))


def _wait(server: subprocess.Popen[bytes]) -> int:
    """Wait for JupyterLab to end, and pass on to it what would end us."""
    handler = signal.getsignal(signal.SIGTERM)
    # Signals can be caught in the main thread only.
    with suppress(ValueError):
        signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    try:
        while True:
            # Ctrl-C reaches JupyterLab too, which asks before it closes: wait for its answer.
            with suppress(KeyboardInterrupt):
                return server.wait()
    finally:
        with suppress(ValueError):
            signal.signal(signal.SIGTERM, handler)


def _command(folder: Path, language: str, *, browser: bool) -> list[str]:
    first = next(iter(_find_notebooks(language)))
    command = [
        sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder.resolve()}", f"--LabApp.default_url=/lab/tree/{language}/{first}",
        # ipykernel from 7.3 on warns at every start unless the connection is encrypted.
        "--KernelManager.transport_encryption=auto",
        "--LabApp.extension_manager=readonly",
    ]  # fmt: skip
    if not browser:
        command.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # In a container everybody is root; JupyterLab would refuse to start.
        command.append("--allow-root")
    return command
