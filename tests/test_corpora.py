"""The example corpora: whole, labelled, and without a hint in ids, lengths or copies."""

from __future__ import annotations

import csv
import itertools
import re
import statistics
from pathlib import Path

import pytest

CORPORA = Path(__file__).parents[1] / "corpora"
COLUMNS = ["id", "message", "language", "channel", "corporate", "warmth", "writer", "text"]
CHANNELS = {"linkedin", "x", "instagram", "blog", "internal"}
CELLS = ["00", "01", "10", "11"]


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


FILES = sorted(CORPORA.glob("??/*.csv"))
ROWS = {path: read(path) for path in FILES}
CROSSED = [path for path in FILES if path.stem.startswith("writer_")]


def n_words(text: str) -> int:
    return len(re.findall(r"[^\W\d_][\w'’:-]*", text))


def cell(row: dict[str, str]) -> str:
    return row["corporate"] + row["warmth"]


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def area_under_curve(positive: list[int], negative: list[int]) -> float:
    wins = sum((p > n) + (p == n) / 2 for p in positive for n in negative)
    return wins / (len(positive) * len(negative))


@pytest.fixture(params=["fi", "en"])
def posts(request):
    return [row for path, rows in ROWS.items() if path.parent.name == request.param for row in rows]


def test_both_languages_are_there():
    assert {path.parent.name for path in FILES} == {"fi", "en"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_file_has_the_columns_and_whole_rows(path):
    rows = ROWS[path]
    assert list(rows[0])[:8] == COLUMNS
    for row in rows:
        assert None not in row
        assert all(row[name] for name in COLUMNS), row["id"]
        assert row["language"] == path.parent.name
        assert row["channel"] in CHANNELS


def test_ids_are_unique_over_all_files():
    ids = [row["id"] for rows in ROWS.values() for row in rows]
    assert len(ids) == len(set(ids))


def test_labels_are_0_or_1():
    assert {row[name] for rows in ROWS.values() for row in rows for name in ("corporate", "warmth")} == {"0", "1"}


def test_no_text_is_there_twice_whatever_its_marks_and_capitals():
    texts = [plain(row["text"]) for rows in ROWS.values() for row in rows]
    assert len(texts) == len(set(texts))


def test_no_text_of_the_sample_archive_is_in_the_corpora():
    archive = read(Path(__file__).parents[1] / "toneguide" / "data" / "sample_archive.csv")
    ours = {plain(row["text"]) for rows in ROWS.values() for row in rows}
    assert ours.isdisjoint(plain(row["text"]) for row in archive)


def test_every_message_is_described_once():
    messages = [row["message"] for row in read(CORPORA / "messages.csv")]
    assert len(messages) == len(set(messages))
    assert {row["message"] for rows in ROWS.values() for row in rows} <= set(messages)


@pytest.mark.parametrize("path", CROSSED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_message_is_written_in_all_four_ways(path):
    by_message: dict[str, list[str]] = {}
    for row in ROWS[path]:
        by_message.setdefault(row["message"], []).append(cell(row))
    assert all(sorted(cells) == CELLS for cells in by_message.values())


@pytest.mark.parametrize("path", CROSSED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_word_counts_spread_alike_in_every_cell(path):
    counts = {name: [n_words(row["text"]) for row in ROWS[path] if cell(row) == name] for name in CELLS}
    for measure, most in ((statistics.mean, 1.07), (statistics.stdev, 1.2)):
        found = [measure(lengths) for lengths in counts.values()]
        assert max(found) <= most * min(found)


@pytest.mark.parametrize("dimension", ["corporate", "warmth"])
def test_length_alone_says_next_to_nothing(posts, dimension):
    sides = {label: [n_words(row["text"]) for row in posts if row[dimension] == label] for label in "01"}
    assert area_under_curve(sides["1"], sides["0"]) == pytest.approx(0.5, abs=0.06)


def test_cells_are_of_about_the_same_size(posts):
    sizes = [sum(cell(row) == name for row in posts) for name in CELLS]
    assert max(sizes) <= 1.1 * min(sizes)


def test_posts_come_from_several_writers(posts):
    writers = {row["writer"] for row in posts}
    assert len(writers) >= 5
    shares = [sum(row["writer"] == writer for row in posts) / len(posts) for writer in writers]
    assert max(shares) < 0.4


def test_harder_posts_name_their_phenomenon_on_both_sides_of_a_label():
    hard = [row for path, rows in ROWS.items() if path not in CROSSED for row in rows]
    assert all(row["phenomenon"] for row in hard)
    phenomena = {row["phenomenon"] for row in hard}
    assert len(phenomena) >= 5


def test_the_id_tells_message_and_language(posts):
    assert all(row["id"].startswith(f"{row['language']}-{row['message']}") for row in posts)


def test_no_post_holds_a_real_address(posts):
    hosts = itertools.chain.from_iterable(re.findall(r"(?:https?://|www\.)([^/\s]+)", row["text"]) for row in posts)
    assert {host.rstrip(".,)") for host in hosts} <= {"example.org", "example.com", "www.example.org", "www.example.com", "example.fi"}
