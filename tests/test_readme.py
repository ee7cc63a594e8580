"""README: its commands run as they stand, and every command of the program is in it."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import toneguide
from toneguide.calibrate.exchange import export_labels
from toneguide.calibrate.labels import Label
from toneguide.cli import app
from toneguide.guide_folder.start import start_guide

README = Path(__file__).parents[1] / "README.md"
TEXT = README.read_text(encoding="utf-8") if README.exists() else ""
DATA = Path(toneguide.__file__).parent / "data"
WITH_PIPELINE = ("score", "explain", "demo")
# Opens a browser or works in the reader's own checkout.
NOT_HERE = ("lab", "bench")

pytestmark = pytest.mark.skipif(not TEXT, reason="README.md is not there yet")


def console_lines() -> list[str]:
    """Commands of the fenced console blocks, lines that end in a backslash put together."""
    blocks = re.findall(r"^```console\n(.*?)^```", TEXT, flags=re.MULTILINE | re.DOTALL)
    lines = "\n".join(blocks).replace("\\\n", " ").splitlines()
    return [line.removeprefix("$ ").strip() for line in lines if line.startswith("$ toneguide")]


COMMANDS = console_lines()


@pytest.fixture
def workplace(tmp_path, monkeypatch):
    """A folder with the files that README's examples read."""
    monkeypatch.chdir(tmp_path)
    for line in COMMANDS:
        for word in shlex.split(line.split("|")[0]):
            path = Path(word)
            if path.suffix == ".csv" and not path.is_absolute() and ".." not in path.parts:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes((DATA / "sample_archive.csv").read_bytes())
    # A rater's file, for the commands on labels.
    export_labels(tmp_path / "batch.xlsx", [Label("Kiitos kaikille eilisestä", "fi", warmth=5, rater="r1")], "excel")
    return tmp_path


@pytest.mark.parametrize("line", COMMANDS or [pytest.param("", marks=pytest.mark.skip(reason="no console block"))])
def test_command_runs(line, workplace):
    words = shlex.split(re.split(r"\s[|>]\s", line)[0], comments=True)[1:]
    if words and words[0] in NOT_HERE and "--help" not in words:
        assert CliRunner().invoke(app, [words[0], "--help"]).exit_code == 0
        return
    if words and words[0] in WITH_PIPELINE and "--pipeline" not in words:
        words += ["--pipeline", "fast"]
    if words[:1] == ["report"]:
        CliRunner().invoke(app, ["score", str(DATA / "sample_archive.csv"), "-o", words[1], "--pipeline", "fast"])
    if "our-guide" in words and words[0] != "init":
        start_guide(workplace / "our-guide")
        (workplace / "our-guide" / "examples.csv").write_bytes((DATA / "sample_labels_fi.csv").read_bytes())
    text = "Kiitos kaikille eilisestä, oli tosi kivaa." if "-" in words else None
    result = CliRunner().invoke(app, words, input=text if words[:1] == ["explain"] else f"text\n{text}\n")
    assert result.exit_code == 0, result.output


@pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::DeprecationWarning")
def test_python_runs(workplace, monkeypatch):
    """Python blocks, one after the other, with a frame of posts and one of labels at hand."""
    blocks = re.findall(r"^```python\n(.*?)^```", TEXT, flags=re.MULTILINE | re.DOTALL)
    rows = pd.read_csv(DATA / "sample_labels_fi.csv")
    labelled = pd.DataFrame({"text": rows["text"], "corporate": (rows["corporate"] - 1) / 4, "warmth": (rows["warmth"] - 1) / 4})
    names: dict[str, object] = {"posts": rows[["text"]], "labelled": labelled}
    for block in blocks:
        exec(compile(block, "README.md", "exec"), names)
    assert blocks


def test_readme_has_commands():
    assert COMMANDS


@pytest.mark.parametrize("command", sorted(command.name or command.callback.__name__ for command in app.registered_commands))
def test_every_command_is_in_the_readme(command):
    assert f"toneguide {command}" in TEXT
