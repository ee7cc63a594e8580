"""The lab: what is copied, what is never overwritten, and how JupyterLab is started."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import ClassVar

import nbformat
import pandas as pd
import pytest
from nbformat.sign import NotebookNotary

from toneguide import lab
from toneguide.errors import ToneguideError

DATA = Path(lab.__file__).parent / "data"
OLD, NEW = b'{"cells": ["old"]}', b'{"cells": ["new"]}'
NOTEBOOK = "01_first_scores.ipynb"


@pytest.fixture
def ship(monkeypatch: pytest.MonkeyPatch):
    """Stands for a version of toneguide: the notebooks it brings."""

    def set_shipped(content: bytes) -> None:
        monkeypatch.setattr(lab, "_find_notebooks", lambda _: {NOTEBOOK: content})

    set_shipped(OLD)
    return set_shipped


class FakeServer:
    """Ends with 7 after as many interrupts as asked for."""

    started: ClassVar[list[list[str]]] = []
    settings: ClassVar[list[dict]] = []
    paths: ClassVar[list[str]] = []
    commands: ClassVar[list[str]] = []
    interrupts = 0
    terminated = 0
    asked_to_end = False

    def __init__(self, command: list[str], env: dict[str, str]) -> None:
        path = env["JUPYTER_CONFIG_PATH"]
        overrides = Path(path.split(os.pathsep)[0]) / "labconfig" / "default_setting_overrides.json"
        self.started.append(command)
        self.paths.append(path)
        self.commands.append(env["PATH"])
        self.settings.append(json.loads(overrides.read_text(encoding="utf-8")))

    def __enter__(self) -> FakeServer:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def wait(self) -> int:
        if FakeServer.interrupts:
            FakeServer.interrupts -= 1
            raise KeyboardInterrupt
        if FakeServer.asked_to_end:
            signal.raise_signal(signal.SIGTERM)
        return 7

    def terminate(self) -> None:
        FakeServer.terminated += 1


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> type[FakeServer]:
    FakeServer.started, FakeServer.settings, FakeServer.paths, FakeServer.commands = [], [], [], []
    FakeServer.interrupts = FakeServer.terminated = 0
    FakeServer.asked_to_end = False
    monkeypatch.setattr(lab.subprocess, "Popen", FakeServer)
    monkeypatch.setattr(lab, "find_spec", lambda _: object())
    monkeypatch.delenv("JUPYTER_CONFIG_PATH", raising=False)
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path_factory.mktemp("jupyter")))
    return FakeServer


class TestCopying:
    @pytest.mark.parametrize("language", ["fi", "en"])
    def test_all_notebooks_of_a_language_arrive_unchanged(self, tmp_path: Path, language: str) -> None:
        lab.copy_notebooks(tmp_path / "new" / "folder", language)
        source = Path(__file__).parents[1] / "notebooks" / language
        copied = {path.name: path.read_bytes() for path in (tmp_path / "new" / "folder").glob("*.ipynb")}
        assert copied == {path.name: path.read_bytes() for path in source.glob("*.ipynb")}

    def test_a_second_time_writes_nothing(self, tmp_path: Path, ship) -> None:
        lab.copy_notebooks(tmp_path, "fi")
        assert lab.copy_notebooks(tmp_path, "fi") == []

    def test_a_notebook_left_as_it_was_is_brought_up_to_date(self, tmp_path: Path, ship) -> None:
        lab.copy_notebooks(tmp_path, "fi")
        ship(NEW)
        assert lab.copy_notebooks(tmp_path, "fi") == [tmp_path / NOTEBOOK]
        assert (tmp_path / NOTEBOOK).read_bytes() == NEW

    def test_a_changed_notebook_stays_and_nothing_is_put_beside_it_without_news(self, tmp_path: Path, ship) -> None:
        lab.copy_notebooks(tmp_path, "fi")
        (tmp_path / NOTEBOOK).write_bytes(b"mine")
        assert lab.copy_notebooks(tmp_path, "fi") == []
        assert (tmp_path / NOTEBOOK).read_bytes() == b"mine"

    def test_a_newer_version_goes_beside_a_changed_notebook_once(self, tmp_path: Path, ship) -> None:
        lab.copy_notebooks(tmp_path, "fi")
        (tmp_path / NOTEBOOK).write_bytes(b"mine")
        ship(NEW)
        assert lab.copy_notebooks(tmp_path, "fi") == [tmp_path / "01_first_scores (new).ipynb"]
        assert lab.copy_notebooks(tmp_path, "fi") == []
        assert (tmp_path / NOTEBOOK).read_bytes() == b"mine"
        assert (tmp_path / "01_first_scores (new).ipynb").read_bytes() == NEW

    def test_an_earlier_new_notebook_is_not_overwritten_either(self, tmp_path: Path, ship) -> None:
        (tmp_path / NOTEBOOK).write_bytes(b"mine")
        (tmp_path / "01_first_scores (new).ipynb").write_bytes(b"mine too")
        lab.copy_notebooks(tmp_path, "fi")
        assert (tmp_path / "01_first_scores (new).ipynb").read_bytes() == b"mine too"
        assert (tmp_path / "01_first_scores (new 2).ipynb").read_bytes() == OLD

    @pytest.mark.parametrize("record", ["", "{", "[1]", "\xff"])
    def test_without_a_readable_record_every_notebook_counts_as_changed(self, tmp_path: Path, ship, record: str) -> None:
        (tmp_path / NOTEBOOK).write_bytes(b"mine")
        (tmp_path / ".toneguide.json").write_text(record, encoding="latin-1")
        lab.copy_notebooks(tmp_path, "fi")
        assert (tmp_path / NOTEBOOK).read_bytes() == b"mine"

    def test_a_deleted_notebook_comes_back(self, tmp_path: Path, ship) -> None:
        lab.copy_notebooks(tmp_path, "fi")
        (tmp_path / NOTEBOOK).unlink()
        assert lab.copy_notebooks(tmp_path, "fi") == [tmp_path / NOTEBOOK]

    def test_a_readme_that_is_there_stays(self, tmp_path: Path, ship) -> None:
        (tmp_path / "README.md").write_text("mine", encoding="utf-8")
        lab.copy_notebooks(tmp_path, "fi")
        assert (tmp_path / "README.md").read_text(encoding="utf-8") == "mine"

    def test_the_readme_is_in_the_language_of_the_notebooks(self, tmp_path: Path) -> None:
        lab.copy_notebooks(tmp_path / "fi", "fi")
        lab.copy_notebooks(tmp_path / "en", "en")
        assert "Mitään ei lähetetä verkkoon" in (tmp_path / "fi" / "README.md").read_text(encoding="utf-8")
        assert "Nothing is sent anywhere" in (tmp_path / "en" / "README.md").read_text(encoding="utf-8")

    def test_a_file_in_the_place_of_the_folder_is_said(self, tmp_path: Path) -> None:
        (tmp_path / "lab").write_text("a file", encoding="utf-8")
        with pytest.raises(ToneguideError, match=r"lab: the notebooks cannot be written there .* name another folder"):
            lab.copy_notebooks(tmp_path / "lab", "fi")

    def test_missing_notebooks_are_said(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(lab, "files", lambda _: tmp_path)
        monkeypatch.setattr(lab, "__file__", str(tmp_path / "toneguide" / "lab.py"))
        with pytest.raises(ToneguideError, match="not part of this installation"):
            lab.copy_notebooks(tmp_path, "fi")

    def test_notebooks_inside_the_installed_package_come_first(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        inside = tmp_path / "package" / "notebooks" / "fi"
        inside.mkdir(parents=True)
        (inside / NOTEBOOK).write_bytes(NEW)
        monkeypatch.setattr(lab, "files", lambda _: tmp_path / "package")
        lab.copy_notebooks(tmp_path / "lab", "fi")
        assert (tmp_path / "lab" / NOTEBOOK).read_bytes() == NEW


class TestOpening:
    def test_the_exit_code_of_jupyterlab_is_returned(self, tmp_path: Path, server) -> None:
        assert lab.open_lab(tmp_path, "fi", browser=True, say=lambda _: None) == 7

    def test_jupyterlab_opens_the_first_notebook_in_the_working_folder(self, tmp_path: Path, server) -> None:
        lab.open_lab(tmp_path, "en", browser=True, say=lambda _: None)
        (command,) = server.started
        assert command[:3] == [sys.executable, "-m", "jupyterlab"]
        assert f"--ServerApp.root_dir={tmp_path.resolve()}" in command
        assert "--LabApp.default_url=/lab/tree/en/01_first_scores.ipynb" in command
        assert "--KernelManager.transport_encryption=auto" in command
        assert (tmp_path / "en" / NOTEBOOK).is_file()

    @pytest.mark.parametrize("browser", [True, False])
    def test_a_browser_is_opened_only_where_wanted(self, tmp_path: Path, server, browser: bool) -> None:
        lab.open_lab(tmp_path, "fi", browser=browser, say=lambda _: None)
        assert ("--no-browser" in server.started[0]) is not browser

    def test_jupyterlab_is_told_to_ask_the_network_for_nothing(self, tmp_path: Path, server) -> None:
        lab.open_lab(tmp_path, "fi", browser=False, say=lambda _: None)
        assert server.settings == [{"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}]
        assert "--LabApp.extension_manager=readonly" in server.started[0]

    def test_a_jupyter_configuration_of_ones_own_still_counts(self, tmp_path: Path, server, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("JUPYTER_CONFIG_PATH", "mine")
        lab.open_lab(tmp_path, "fi", browser=False, say=lambda _: None)
        assert server.paths[0].split(os.pathsep)[1:] == ["mine"]

    def test_a_cell_finds_our_commands_first(self, tmp_path: Path, server, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", "mine")
        lab.open_lab(tmp_path, "fi", browser=False, say=lambda _: None)
        assert server.commands[0].split(os.pathsep) == [str(Path(sys.executable).parent), "mine"]

    def test_a_request_to_end_is_passed_on_to_jupyterlab(self, tmp_path: Path, server) -> None:
        before = signal.getsignal(signal.SIGTERM)
        server.asked_to_end = True
        lab.open_lab(tmp_path, "fi", browser=False, say=lambda _: None)
        assert server.terminated == 1
        assert signal.getsignal(signal.SIGTERM) == before

    def test_copied_notebooks_are_trusted_so_that_their_outputs_show(self, tmp_path: Path, server) -> None:
        lab.open_lab(tmp_path, "fi", browser=False, say=lambda _: None)
        notebook = nbformat.read(tmp_path / "fi" / NOTEBOOK, as_version=4)
        assert NotebookNotary().check_signature(notebook)

    def test_control_c_leaves_the_closing_to_jupyterlab(self, tmp_path: Path, server) -> None:
        server.interrupts = 2
        assert lab.open_lab(tmp_path, "fi", browser=False, say=lambda _: None) == 7

    def test_what_was_copied_is_said(self, tmp_path: Path, server) -> None:
        said: list[str] = []
        lab.open_lab(tmp_path, "fi", browser=False, say=said.append)
        assert f"new: {tmp_path / 'fi' / NOTEBOOK}" in said

    @pytest.mark.parametrize("missing", ["jupyterlab", "ipykernel"])
    def test_without_jupyterlab_the_error_says_what_to_install(self, tmp_path: Path, monkeypatch, missing: str) -> None:
        monkeypatch.setattr(lab, "find_spec", lambda name: None if name == missing else object())
        with pytest.raises(ToneguideError, match=r"pip install toneguide\[lab\]"):
            lab.open_lab(tmp_path, "fi", browser=False, say=lambda _: None)
        assert list(tmp_path.iterdir()) == []


class TestSamples:
    @pytest.mark.parametrize("language", ["fi", "en"])
    def test_labels_are_posts_of_the_archive_word_for_word(self, language: str) -> None:
        posts = lab.sample_posts(language).set_index("id")
        labels = lab.sample_labels(language).set_index("id")
        assert len(labels) == 45
        assert labels["text"].to_dict() == posts.loc[labels.index, "text"].to_dict()
        assert labels["channel"].to_dict() == posts.loc[labels.index, "channel"].to_dict()

    @pytest.mark.parametrize("language", ["fi", "en"])
    @pytest.mark.parametrize("dimension", ["corporate", "warmth"])
    def test_ratings_use_the_whole_scale(self, language: str, dimension: str) -> None:
        assert set(lab.sample_labels(language)[dimension]) == {1, 2, 3, 4, 5}

    def test_posts_of_the_two_languages_do_not_overlap(self) -> None:
        assert set(lab.sample_posts("fi")["id"]).isdisjoint(lab.sample_posts("en")["id"])

    def test_posts_are_in_the_order_they_were_written(self) -> None:
        assert lab.sample_posts("fi")["date"].is_monotonic_increasing

    @pytest.mark.parametrize("read", [lab.sample_posts, lab.sample_labels])
    def test_another_language_is_refused(self, read) -> None:
        with pytest.raises(ValueError, match="choose one of fi, en"):
            read("sv")

    @pytest.mark.parametrize("language", ["fi", "en"])
    def test_the_label_file_is_plain_utf8_with_the_columns_promised(self, language: str) -> None:
        frame = pd.read_csv(DATA / f"sample_labels_{language}.csv", encoding="utf-8")
        assert list(frame.columns) == ["id", "language", "channel", "text", "corporate", "warmth", "rater"]
        assert set(frame["language"]) == {language}


def test_importing_the_lab_loads_no_pandas() -> None:
    code = "import sys, json, toneguide.lab; print(json.dumps([m for m in ('pandas', 'spacy', 'jupyterlab') if m in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []


def test_every_notebook_is_put_into_the_wheel() -> None:
    root = Path(__file__).parents[1]
    project = (root / "pyproject.toml").read_text(encoding="utf-8")
    shipped = [f"notebooks/{path.parent.name}/{path.name}" for path in sorted((root / "notebooks").glob("*/*.ipynb"))]
    assert [path for path in shipped if f'"{path}" = "toneguide/{path}"' not in project] == []
