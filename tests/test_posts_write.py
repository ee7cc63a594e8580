"""Writing: formats, types, the columns of the contract, and what happens when it goes wrong."""

import codecs
import csv
import datetime
import errno
import io
import json
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import python_calamine

from toneguide.errors import InputError
from toneguide.posts import write_excel, write_parquet
from toneguide.posts.write import SUFFIXES, merge_row, open_writer, output_columns, renamed_columns, write_stream

NASTY = [
    "=1+1",
    "+358",
    "-ei",
    "@nimi",
    "\ttab",
    "\rcr",
    'a "b", c; d',
    "rivi\r\ntoinen",
    "https://example.org",
    "😀 äö",
    "0042",
    " reunat ",
    "_x0041_",
]


def write(path: Path, rows: list[dict[str, object]], columns: list[str] | None = None) -> Path:
    with open_writer(path, columns or list(rows[0])) as writer:
        writer.write(rows)
    return path


def sheet(path: Path) -> list[list[object]]:
    return python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


# The contract's columns


def test_output_columns_follow_the_contract():
    assert output_columns(["id", "text"], ["Be bold", "Rohkeus"]) == [
        "id", "text", "language", "status", "reason", "n_words", "corporate", "warmth", "alignment", "in_tone", "value:Be bold", "value:Rohkeus",
    ]  # fmt: skip


def test_colliding_columns_are_renamed_and_stay_in_place():
    assert output_columns(["status", "text", "value:A", "value:B"], ["A"])[:4] == ["input:status", "text", "input:value:A", "value:B"]


def test_scoring_scored_posts_again_loses_nothing():
    once = output_columns(["text", "warmth"], ["A"])
    twice = output_columns(once, ["A"])
    assert len(twice) == len(set(twice)) == len(once) + 9
    assert twice[:3] == ["text", "input:warmth", "input:language"]
    assert "input:input:warmth" in twice


def test_merged_row_has_the_posts_fields_and_the_scores():
    row = merge_row({"id": 1, "warmth": "hot"}, {"warmth": 50.0, "value:A": 1.0}, renamed_columns(["id", "warmth"], ["A"]))
    assert row == {"id": 1, "input:warmth": "hot", "warmth": 50.0, "value:A": 1.0}


# Formats


def test_csv_is_what_excel_opens_and_rfc_4180_asks(tmp_path):
    path = write(tmp_path / "a.csv", [{"text": 'a "b"\nc', "n": 1, "ok": True, "none": None, "f": 0.1}])
    assert path.read_bytes() == codecs.BOM_UTF8 + b'text,n,ok,none,f\r\n"a ""b""\nc",1,true,,0.1\r\n'


@pytest.mark.parametrize("suffix", [".csv", ".tsv"])
def test_text_survives_delimited_files_exactly(tmp_path, suffix):
    path = write(tmp_path / f"a{suffix}", [{"id": str(i), "text": text} for i, text in enumerate(NASTY)])
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream, delimiter="\t" if suffix == ".tsv" else ","))
    assert [row[1] for row in rows[1:]] == NASTY


def test_excel_cells_are_text_never_formulas(tmp_path):
    rows = sheet(write(tmp_path / "a.xlsx", [{"id": i, "text": text} for i, text in enumerate(NASTY)]))
    assert [row[1] for row in rows[1:]] == NASTY


def test_excel_keeps_numbers_truth_and_long_ids(tmp_path):
    rows = sheet(
        write(
            tmp_path / "a.xlsx", [{"n": 3, "f": 0.25, "ok": False, "none": None, "nan": float("nan"), "id": 1234567890123456789, "z": "z"}]
        )
    )
    assert rows[1] == [3, 0.25, False, "", "", "1234567890123456789", "z"]


def test_excel_cell_is_cut_at_its_limit(tmp_path):
    rows = sheet(write(tmp_path / "a.xlsx", [{"text": "ä" * 32_767}, {"text": "ä" * 32_768}, {"text": "😀" * 20_000}]))
    assert rows[1][0] == "ä" * 32_767
    assert rows[2][0] == "ä" * 32_766 + "…"
    assert rows[3][0] == "😀" * 16_383 + "…"


def test_excel_says_when_a_sheet_is_full(tmp_path, monkeypatch):
    monkeypatch.setattr(write_excel, "_MOST_ROWS", 3)
    with pytest.raises(InputError, match=r"Excel holds 2 posts.*write \.csv or \.parquet"):
        write(tmp_path / "a.xlsx", [{"text": "a"}] * 3)
    assert list(tmp_path.iterdir()) == []


def test_json_lines_hold_types_and_no_nan(tmp_path):
    row = {"text": "ä\n", "n": 1, "f": float("nan"), "ok": None, "tags": ["a", {"b": 1}], "when": datetime.date(2024, 5, 1)}
    path = write(tmp_path / "a.jsonl", [row])
    assert json.loads(path.read_text("utf-8")) == {
        "text": "ä\n",
        "n": 1,
        "f": None,
        "ok": None,
        "tags": ["a", {"b": 1}],
        "when": "2024-05-01",
    }


def test_parquet_types_of_scores_hold_without_a_single_value(tmp_path):
    columns = output_columns(["id", "text"], ["Be bold"])
    schema = pq.read_schema(write(tmp_path / "a.parquet", [{"id": 1, "text": "a"}], columns))
    assert [str(kind) for kind in schema.types] == [
        "int64", "string", "string", "string", "string", "int64", "double", "double", "double", "bool", "double",
    ]  # fmt: skip


def test_parquet_column_that_changes_its_type_becomes_text(tmp_path, monkeypatch):
    monkeypatch.setattr(write_parquet, "_GROUP_ROWS", 2)
    rows = [
        {"a": 1, "b": 1, "c": None, "d": 1.5},
        {"a": 2, "b": 2, "c": None, "d": 2},
        {"a": "x", "b": 1.5, "c": 7, "d": None},
        {"a": 3, "b": 3, "c": [1], "d": 1},
    ]
    path = tmp_path / "a.parquet"
    with open_writer(path, ["a", "b", "c", "d"]) as writer:
        for row in rows:
            writer.write([row])
    table = pq.read_table(path)
    assert table.to_pydict() == {
        "a": ["1", "2", "x", "3"],
        "b": ["1", "2", "1.5", "3"],
        "c": [None, None, "7", "[1]"],
        "d": [1.5, 2.0, None, 1.0],
    }
    assert table.schema.field("d").type == pa.float64()
    assert [each.name for each in tmp_path.iterdir()] == ["a.parquet"]


def test_parquet_keeps_dates_whole_numbers_and_truth(tmp_path):
    when = datetime.datetime(2024, 5, 1, 12, 30)
    row = {"when": when, "day": when.date(), "n": 2**60, "ok": True, "big": 2**70, "aware": when.replace(tzinfo=datetime.UTC)}
    (found,) = pq.read_table(write(tmp_path / "a.parquet", [row])).to_pylist()
    assert found == {**row, "big": str(2**70), "aware": "2024-05-01T12:30:00+00:00"}


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_nothing_to_write_makes_a_valid_file(tmp_path, suffix):
    with open_writer(tmp_path / f"a{suffix}", ["text", "warmth"]):
        pass
    assert (tmp_path / f"a{suffix}").exists()
    if suffix == ".parquet":
        assert pq.read_table(tmp_path / "a.parquet").column_names == ["text", "warmth"]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_unknown_keys_are_left_out_and_missing_ones_empty(tmp_path, suffix):
    path = write(tmp_path / f"a{suffix}", [{"text": "a", "other": 1}, {}], ["text", "warmth"])
    assert path.stat().st_size > 0


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_lone_surrogates_and_controls_do_not_break_a_writer(tmp_path, suffix):
    nasty = "a\ud800b\0c\x0bd\ufffe"
    path = write(tmp_path / f"a{suffix}", [{"text": nasty, nasty: 1, "deep": [nasty]}])
    assert path.stat().st_size > 0


# Going wrong


def test_unknown_suffix_names_the_known_ones(tmp_path):
    with pytest.raises(InputError, match=r"choose \.csv, \.tsv, \.jsonl, \.parquet, \.xlsx"):
        open_writer(tmp_path / "a.doc", ["text"])


def test_folder_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match="make it first"):
        open_writer(tmp_path / "no" / "a.csv", ["text"])


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_exception_leaves_the_old_file_and_nothing_else(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"old")

    def fail():
        with open_writer(path, ["text"]) as writer:
            writer.write([{"text": "new"}])
            raise KeyError("scoring failed")

    with pytest.raises(KeyError):
        fail()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_full_disk_is_told_and_leaves_nothing(tmp_path, suffix, monkeypatch):
    really_open = Path.open

    def open_full(self, *args, **options):
        stream = really_open(self, *args, **options)
        return _Full(stream) if self.name.endswith(".part") else stream

    monkeypatch.setattr(Path, "open", open_full)
    path = tmp_path / f"a{suffix}"
    with pytest.raises(InputError, match="disk is full"):
        write(path, [{"text": "abc" * 100_000}])
    assert list(tmp_path.iterdir()) == []


class _Full(io.BufferedRandom):
    def __init__(self, stream):
        super().__init__(stream.detach())

    def write(self, _data):
        raise OSError(errno.ENOSPC, "No space left on device")


def test_finished_file_replaces_the_old_one_with_its_rights(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write(path, [{"text": "new"}])
    assert path.stat().st_mode & 0o777 == 0o640
    assert b"new" in path.read_bytes()


def test_file_appears_only_when_done(tmp_path):
    path = tmp_path / "a.csv"
    with open_writer(path, ["text"]) as writer:
        writer.write([{"text": "a"}])
        assert not path.exists()
    assert path.exists()


def test_output_may_replace_its_own_input(tmp_path):
    from toneguide.posts.read import open_posts

    path = tmp_path / "a.csv"
    path.write_text("id,text\n" + "".join(f"{n},post {n}\n" for n in range(5_000)), encoding="utf-8")
    posts = open_posts(path)
    with open_writer(path, [*posts.columns, "n"]) as writer:
        for post in posts:
            writer.write([{**post.fields, "n": post.line}])
    assert len(list(open_posts(path))) == 5_000


# Standard output


def test_stream_is_utf_8_without_a_mark_whatever_the_terminal_says(monkeypatch):
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    write_stream([{"text": "hyvää 😀", "n": None}], ["text", "n"], sys.stdout)
    assert raw.getvalue().decode() == "text,n\r\nhyvää 😀,\r\n"
    sys.stdout.write("still open")
    sys.stdout.flush()


def test_stream_passes_a_full_pipe_on():
    class Closed(io.BytesIO):
        def write(self, _data):
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        write_stream([{"text": "a"}], ["text"], io.TextIOWrapper(Closed(), encoding="utf-8"))
