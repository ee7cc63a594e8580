"""The commands around labels, as a team uses them one after the other."""

from __future__ import annotations

from importlib.resources import files

import openpyxl
import pytest
from typer.testing import CliRunner

from toneguide import ToneGuide
from toneguide.calibrate.labels import Label, read_labels, write_labels
from toneguide.cli import app, main
from toneguide.lab import sample_labels

DATA = files("toneguide") / "data"


def run(*words: object):
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def folder(tmp_path):
    ToneGuide.default("fast").with_values(["Rohkeus"]).save(tmp_path / "guide")
    return tmp_path / "guide"


def test_from_an_archive_to_a_calibrated_guide(folder, tmp_path):
    sheet = tmp_path / "sheet.xlsx"
    done = run("sample", DATA / "sample_archive.csv", "-o", sheet, "-n", 24, "--language", "fi", "--guide", folder, "--rater", "Maija")
    assert (done.exit_code, done.stdout) == (0, "")
    assert f"24 posts to rate are in {sheet}" in done.stderr
    book = openpyxl.load_workbook(sheet)
    scores = [s.warmth for s in ToneGuide.default("fast").score_many([row[0].value for row in list(book["posts"].rows)[1:]], language="fi")]
    for row, score in enumerate(scores, 2):
        book["posts"].cell(row, 5).value = 1 + round(score / 25)
    book.save(sheet)
    done = run("labels", folder, sheet)
    assert "24 labels added" in done.stderr
    assert "Ask a second rater" in " ".join(done.stderr.split())
    done = run("calibrate", folder, "--no-peer", "--archive", DATA / "sample_archive.csv")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "card.md" in done.stderr.replace("\n", "")
    assert "warmth:" in done.stderr
    assert (folder / "model" / "card.md").read_text(encoding="utf-8").count("| warmth |") > 1
    done = run("forget", folder, "--rater", "Maija")
    assert "examples.csv: 24 taken out" in done.stderr


def test_labels_of_another_file_are_used_where_one_is_named(folder):
    done = run("calibrate", folder, DATA / "sample_labels_en.csv", "--no-peer")
    assert done.exit_code == 0
    assert sorted(p.name for p in (folder / "model").iterdir() if p.name in ("fi.json", "en.json")) == ["en.json"]


def test_labels_are_written_for_another_tool(folder, tmp_path):
    write_labels(folder / "examples.csv", [Label(text, "fi", warmth=3, rater="r1") for text in sample_labels("fi")["text"][:3]])
    assert run("labels", folder, "-o", tmp_path / "out.jsonl", "--format", "argilla").exit_code == 0
    assert '"responses"' in (tmp_path / "out.jsonl").read_text(encoding="utf-8")
    assert run("labels", folder, "-o", tmp_path / "out.csv").exit_code == 0
    assert len(read_labels(tmp_path / "out.csv")) == 3


def test_a_sheet_of_an_unknown_ending_is_not_written(folder, tmp_path):
    done = run("sample", DATA / "sample_archive.csv", "-o", tmp_path / "x.docx", "-n", 3)
    assert done.exit_code == 3
    assert "--format" in done.stderr
    assert not (tmp_path / "x.docx").exists()


def test_label_studio_gets_its_labelling_interface_with_the_values(folder, tmp_path):
    assert run("sample", DATA / "sample_archive.csv", "-o", tmp_path / "ls.json", "-n", 3, "--guide", folder).exit_code == 0
    assert '<Choice value="Rohkeus"/>' in (tmp_path / "ls.xml").read_text(encoding="utf-8")


@pytest.mark.parametrize(("there", "code", "told"), [(True, 0, "run toneguide calibrate"), (False, 0, "nothing of that was there")])
def test_forgetting_says_what_to_do_only_where_something_was_there(folder, there, code, told):
    write_labels(folder / "examples.csv", [Label("Kiitos kaikille eilisestä", "fi", warmth=5, rater="Matti Virtanen")])
    done = run("forget", folder, "--rater", "matti virtanen" if there else "rater 1")
    assert done.exit_code == code
    assert told in done.stderr
    assert ("calibrate" in done.stderr) is there


def test_an_unrated_sheet_adds_nothing_and_its_posts_are_offered_again(folder, tmp_path):
    sheet = tmp_path / "sheet.csv"
    write_labels(sheet, [Label(text, "fi") for text in sample_labels("fi")["text"][:30]])
    write_labels(folder / "examples.csv", [Label("Kiitos kaikille eilisestä", "fi", warmth=5)])
    assert "0 labels added, 30 rows without a rating left out" in run("labels", folder, sheet).stderr
    assert "30 posts to rate" in run("sample", sheet, "-o", tmp_path / "next.csv", "-n", 30, "--guide", folder).stderr


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["labels", "typo", "x.csv"], 3, "no guide.yaml there"),
        (["labels", "{folder}"], 3, "no labels there yet"),
        (["calibrate", "nowhere"], 3, "no guide.yaml there"),
        (["calibrate", "{folder}"], 3, "examples.csv: there is no such file"),
        (["calibrate", "{folder}", "--miss-cost", "0"], 2, "positive"),
        (["labels", "{folder}", "nowhere.xlsx"], 3, "nowhere.xlsx"),
        (["forget", "{folder}"], 2, "say what to forget"),
        (["forget", "nowhere", "x"], 3, "no guide.yaml there"),
        (["sample", "nowhere.csv", "-o", "x.csv"], 3, "nowhere.csv"),
    ],
)
def test_what_cannot_be_done_is_said_with_its_exit_code(folder, words, code, message):
    done = run(*(word.format(folder=folder) for word in words))
    assert done.exit_code == code
    assert message in done.stderr.replace("\n", " ")


def test_a_stopped_calibration_says_that_the_guide_is_whole(folder, monkeypatch, capsys):
    write_labels(folder / "examples.csv", [Label("Kiitos kaikille eilisestä", "fi", warmth=5)])

    def stop(*_args, **_rest):
        raise KeyboardInterrupt

    monkeypatch.setattr("toneguide.calibrate.folder.calibrate_folder", stop)
    monkeypatch.setattr("sys.argv", ["toneguide", "calibrate", str(folder)])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 130
    assert "nothing half-written is left behind" in capsys.readouterr().err
