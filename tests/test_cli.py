"""The command line: data on stdout, messages on stderr, an exit code that tells what happened."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from python_calamine import load_workbook

OURS = ["language", "status", "reason", "n_words", "corporate", "warmth", "alignment", "in_tone"]
TEXTS = ["Kiitos kaikille eilisestä, oli tosi kivaa.", "", "Thanks to all of you for coming today."]
STATUSES = ["ok", "empty", "ok"]


@pytest.fixture
def archive(tmp_path) -> Path:
    path = tmp_path / "archive.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "text", "status"])
        writer.writerows([i, text, "sent"] for i, text in enumerate(TEXTS, 1))
    return path


@pytest.fixture
def score(run):
    def invoke(*words: str | Path, stdin: str | None = None):
        return run("score", *words, "--pipeline", "fast", stdin=stdin)

    return invoke


def spawn(*words: str | Path, stdin: str = "") -> subprocess.CompletedProcess:
    command = [sys.executable, "-W", "error", "-m", "toneguide.cli", *map(str, words)]
    return subprocess.run(
        command, input=stdin, capture_output=True, encoding="utf-8", timeout=120, env={**os.environ, "PYTHONUTF8": "1"}, check=False
    )


def rows_of(output: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(output.removeprefix("\ufeff"))))


def read_back(path: Path) -> list[dict]:
    if path.suffix == ".csv":
        return rows_of(path.read_text(encoding="utf-8-sig"))
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    if path.suffix == ".parquet":
        return pq.read_table(path).to_pylist()
    head, *rows = load_workbook(path).get_sheet_by_index(0).to_python()
    return [dict(zip(head, row, strict=True)) for row in rows]


# score


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet", ".xlsx"])
def test_every_format_has_one_row_per_record_in_order(score, archive, tmp_path, fast, suffix):
    out = tmp_path / f"scored{suffix}"
    result = score(archive, "-o", out)
    assert (result.exit_code, result.stdout) == (0, "")
    rows = read_back(out)
    assert list(rows[0]) == ["id", "text", "input:status", *OURS]
    assert [row["status"] for row in rows] == STATUSES
    assert [row["input:status"] for row in rows] == ["sent"] * 3
    assert float(rows[0]["warmth"]) == pytest.approx(fast.score(TEXTS[0]).warmth)
    assert rows[1]["warmth"] in (None, "")
    assert rows[1]["reason"] == "there is no text"


def test_a_pipe_gets_csv_and_nothing_else(score, archive):
    result = score(archive)
    assert result.exit_code == 0
    rows = rows_of(result.stdout)
    assert list(rows[0]) == ["id", "text", "input:status", *OURS]
    assert [row["status"] for row in rows] == STATUSES


def test_messages_go_to_stderr(score, archive, tmp_path):
    result = score(archive, "-o", tmp_path / "o.csv")
    for told in ("archive.csv: CSV", "text in 'text'", "wrote", "3 posts", "2 ok, 1 empty", "1 fi", "1 en"):
        assert told in result.stderr


def test_stdin_is_an_archive_too(score, archive):
    result = score("-", stdin=archive.read_text(encoding="utf-8"))
    assert result.exit_code == 0
    assert [row["status"] for row in rows_of(result.stdout)] == STATUSES


def test_several_archives_are_scored_in_order(score, archive, tmp_path):
    other = tmp_path / "b.jsonl"
    other.write_text(json.dumps({"text": TEXTS[2], "channel": "x"}) + "\n", encoding="utf-8")
    rows = rows_of(score(other, archive).stdout)
    assert [row["text"] for row in rows] == [TEXTS[2], *TEXTS]
    assert list(rows[0])[:4] == ["text", "channel", "id", "input:status"]


def test_a_folder_is_read_file_by_file(score, archive):
    rows = rows_of(score(archive.parent).stdout)
    assert [row["status"] for row in rows] == STATUSES


def test_a_missing_text_column_names_the_columns(score, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    result = score(path)
    assert result.exit_code == 3
    assert result.stdout == ""
    assert "'a', 'b'" in result.stderr
    assert "--text" in result.stderr


def test_an_unknown_text_column_names_the_columns(score, archive):
    result = score(archive, "--text", "nope")
    assert result.exit_code == 3
    assert "no column 'nope'; the columns are 'id', 'text', 'status'" in result.stderr


def test_the_text_column_can_be_chosen(score, archive):
    rows = rows_of(score(archive, "--text", "status", "--min-words", "0", "--language", "en").stdout)
    assert [row["n_words"] for row in rows] == ["1", "1", "1"]


def test_a_missing_file_ends_with_3_and_the_others_are_scored(score, archive):
    result = score(archive.parent / "nowhere.csv", archive)
    assert result.exit_code == 3
    assert "nowhere.csv: there is no such file" in result.stderr
    assert [row["status"] for row in rows_of(result.stdout)] == STATUSES


def test_only_a_missing_file_gives_no_output(score, tmp_path):
    result = score(tmp_path / "nowhere.csv", "-o", tmp_path / "o.csv")
    assert (result.exit_code, result.stdout) == (3, "")
    assert not (tmp_path / "o.csv").exists()


@pytest.mark.parametrize(("out", "told"), [("o.docx", ".csv, "), ("nowhere/o.csv", "no folder"), ("o", "ending")])
def test_an_output_that_cannot_be_written_says_why(score, archive, tmp_path, out, told):
    result = score(archive, "-o", tmp_path / out)
    assert result.exit_code == 3
    assert told in result.stderr


def test_a_guide_that_cannot_be_read_ends_with_3(run, archive, tmp_path):
    result = run("score", archive, "--guide", tmp_path / "nowhere")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "no guide.yaml there" in result.stderr


def test_a_guide_adds_a_column_per_value(score, archive, tmp_path):
    (tmp_path / "guide").mkdir()
    (tmp_path / "guide" / "guide.yaml").write_text("values: [Rohkeus, Be bold]\n", encoding="utf-8")
    rows = rows_of(score(archive, "--guide", tmp_path / "guide").stdout)
    assert list(rows[0])[-2:] == ["value:Rohkeus", "value:Be bold"]
    assert [row["alignment"] for row in rows] == ["0.0", "", "0.0"]


def test_language_and_min_words_are_passed_on(score, archive):
    rows = rows_of(score(archive, "--language", "fi", "--min-words", "8").stdout)
    assert [(row["language"], row["status"]) for row in rows] == [("fi", "too_short"), ("", "empty"), ("fi", "ok")]


def test_readability_columns_come_last_and_are_empty_without_words(score, archive):
    rows = rows_of(score(archive, "--readability").stdout)
    assert list(rows[0])[-4:] == ["lix", "rix", "automated_readability_index", "coleman_liau_index"]
    assert float(rows[0]["lix"]) > 0
    assert rows[1]["lix"] == ""


@pytest.mark.parametrize(
    "words",
    [
        ("score",),
        ("score", "a.csv", "--nope"),
        ("score", "a.csv", "--pipeline", "slow"),
        ("score", "a.csv", "--min-words", "-1"),
        ("nope",),
        (),
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2(run, words):
    result = run(*words)
    assert result.exit_code == 2
    assert "Usage" in result.output


@pytest.mark.parametrize("command", ["score", "explain", "demo", "lab", "init", "values", "guide", "check"])
def test_help_of_every_command(run, command):
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "Usage" in result.stdout
    assert result.stderr == ""


# explain and demo


def test_explain_shows_the_numbers_and_the_words(run, fast):
    result = run("explain", TEXTS[0], "--pipeline", "fast")
    score = fast.score(TEXTS[0], min_words=0)
    assert result.exit_code == 0
    assert TEXTS[0] in result.stdout
    assert f"warmth     {score.warmth:3.0f}" in result.stdout
    assert score.top("warmth", 1)[0].text in result.stdout


def test_explain_reads_stdin(run):
    result = run("explain", "-", "--pipeline", "fast", stdin=TEXTS[0])
    assert "warmth" in result.stdout


def test_explain_says_why_there_is_no_score(run):
    result = run("explain", "🎉", "--pipeline", "fast")
    assert result.exit_code == 0
    assert "No score. There are no words in it" in result.stdout


def test_explain_does_not_let_a_post_steer_the_terminal(run):
    result = run("explain", f"{TEXTS[0]} \x1b[2J\x07 [red]moi[/red]", "--pipeline", "fast")
    assert "\x1b[2J" not in result.stdout
    assert "\x07" not in result.stdout
    assert "[red]moi[/red]" in result.stdout


def test_demo_scores_the_archive_and_says_where_the_page_is(run, tmp_path):
    result = run("demo", tmp_path / "out", "--pipeline", "fast")
    assert result.exit_code == 0
    assert len(read_back(tmp_path / "out" / "scored.csv")) == 232
    assert (tmp_path / "out" / "report.html").resolve().as_uri() in result.stderr
    assert "Kaamos Huolto" in result.stdout


# A process of its own


def test_a_process_keeps_stdout_for_data(archive):
    done = spawn("score", "-", "--pipeline", "fast", stdin=archive.read_text(encoding="utf-8"))
    assert done.returncode == 0
    assert [row["status"] for row in rows_of(done.stdout)] == STATUSES
    assert "3 posts" in done.stderr


@pytest.fixture
def unread(archive):
    """A run whose reader is gone before the first row."""
    command = f'"{sys.executable}" -m toneguide.cli score "{archive}" --pipeline fast | true'
    return subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, encoding="utf-8", timeout=120, check=False)


def test_a_reader_that_goes_away_gets_no_traceback(unread):
    assert "Traceback" not in unread.stderr


def test_a_reader_that_goes_away_is_no_error(unread):
    assert unread.returncode == 0
