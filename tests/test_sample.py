"""The sample archive and its labels: what the demo and the notebooks stand on."""

from __future__ import annotations

import csv
import datetime
import re
from collections import Counter
from importlib import resources

import pytest

COLUMNS = ["id", "date", "author", "channel", "text", "reactions", "comments"]


def read(name: str) -> list[dict[str, str]]:
    with (resources.files("toneguide") / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def archive():
    return read("sample_archive.csv")


@pytest.fixture(scope="module")
def scores(archive, fast):
    return list(fast.score_many([row["text"] for row in archive]))


def test_the_archive_has_232_posts_in_whole_rows(archive):
    assert len(archive) == 232
    for row in archive:
        assert list(row) == COLUMNS
        assert all(row[name] for name in ("id", "date", "author", "channel"))
        assert row["reactions"].isdigit()
        assert row["comments"].isdigit()


def test_ids_are_unique_and_dates_rise(archive):
    assert len({row["id"] for row in archive}) == len(archive)
    dates = [datetime.date.fromisoformat(row["date"]) for row in archive]
    assert dates == sorted(dates)
    assert (dates[-1] - dates[0]).days > 500


def test_authors_are_numbers_and_no_names(archive):
    assert all(re.fullmatch(r"a\d\d", row["author"]) for row in archive)


def test_both_languages_and_every_channel_are_there(scores, archive):
    languages = Counter(score.language for score in scores if score.status == "ok")
    assert set(languages) == {"fi", "en"}
    assert min(languages.values()) >= 50
    assert {row["channel"] for row in archive} == {"linkedin", "x", "instagram", "blog", "internal"}


def test_what_real_archives_hold_is_in_the_sample(scores):
    statuses = {score.status for score in scores}
    assert {"ok", "empty", "unsupported_language"} <= statuses
    assert Counter(score.status for score in scores)["ok"] >= 200


def test_scores_spread_and_do_not_stick_to_the_ends(scores):
    for language in ("fi", "en"):
        for dimension in ("corporate", "warmth"):
            found = sorted(getattr(score, dimension) for score in scores if score.language == language and score.status == "ok")
            assert found[len(found) // 10] < 35
            assert found[-len(found) // 10] > 55
            assert 25 < found[len(found) // 2] < 75


@pytest.mark.parametrize("language", ["fi", "en"])
def test_labels_are_posts_of_the_archive_rated_1_to_5(language, archive):
    labels = read(f"sample_labels_{language}.csv")
    texts = {row["id"]: row["text"] for row in archive}
    assert len(labels) == 45
    assert len({row["id"] for row in labels}) == 45
    for row in labels:
        assert row["language"] == language
        assert row["text"] == texts[row["id"]]
        assert {row["corporate"], row["warmth"]} <= set("12345")


@pytest.mark.parametrize("language", ["fi", "en"])
@pytest.mark.parametrize("dimension", ["corporate", "warmth"])
def test_shipped_scores_go_with_the_labels(language, dimension, fast):
    labels = read(f"sample_labels_{language}.csv")
    scores = [fast.score(row["text"], language=language, min_words=0).margin[dimension] for row in labels]
    pairs = [(i, j) for i in range(len(labels)) for j in range(i) if labels[i][dimension] != labels[j][dimension]]
    agreeing = sum((scores[i] > scores[j]) == (labels[i][dimension] > labels[j][dimension]) for i, j in pairs)
    assert agreeing / len(pairs) > 0.6
