"""Golden posts: what moved, and which words moved it. The shipped models have a hundred of their own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from toneguide.calibrate.drift import GoldenPost, check_golden, golden_table, read_golden
from toneguide.errors import InputError
from toneguide.guide import ToneGuide
from toneguide.model.calibration import Change

OURS = Path(__file__).parent / "golden"
POSTS = [
    GoldenPost("Kiitos, että jäit auttamaan. Ilman sua olisin vieläkin siellä!", "fi"),
    GoldenPost("That was a lovely evening, and we talked about old lifts until midnight.", "en"),
]


@pytest.fixture
def folder(tmp_path, fast):
    table, parts = golden_table(fast, POSTS)
    (tmp_path / "model").mkdir()
    (tmp_path / "golden.csv").write_bytes(table)
    (tmp_path / "model" / "golden.json").write_bytes(parts)
    return tmp_path


def heavier(guide: ToneGuide, entry: str, amount: float) -> ToneGuide:
    """The guide with one English word warmer than it was."""
    model, none = guide.model("en"), np.zeros(2)
    numbers = [i for i, e in enumerate(model.lexicon.entries) if e.text == entry]
    return guide.with_changes({"en": [Change(np.ones(2), none, {}, {}, {i: np.array([0.0, amount]) for i in numbers}, {})]})


def test_a_hundred_posts_of_the_shipped_models_have_not_moved(fast):
    posts = read_golden(OURS / "golden.csv")
    assert [sum(post.language == language for post in posts) for language in ("fi", "en")] == [50, 50]
    found = check_golden(OURS, fast, tolerance=0.1)
    # If the change was meant, look at the posts, then run tests/renew_golden.py.
    assert [finding.told for finding in found] == []


def test_nothing_moved_is_nothing_found(folder, fast):
    assert check_golden(folder, fast) == []


def test_a_move_is_found_with_the_word_that_moved_it(folder, fast):
    [found] = check_golden(folder, heavier(fast, "midnight", 30.0))
    assert (found.dimension, found.words[0][0]) == ("warmth", "midnight")
    assert found.after > found.before
    assert "midnight" in found.told


@pytest.mark.parametrize(("tolerance", "found"), [(100, 0), (0.5, 1)])
def test_the_tolerance_decides(folder, fast, tolerance, found):
    assert len(check_golden(folder, heavier(fast, "midnight", 30.0), tolerance=tolerance)) == found


def test_a_post_that_has_no_score_any_more_is_found(folder, fast):
    path = folder / "golden.csv"
    path.write_text("text,language,corporate\n🎉🎉,,40\n", encoding="utf-8")
    [found] = check_golden(folder, fast)
    assert found.after is None
    assert "no score" in found.told


def test_a_post_added_by_hand_waits_for_the_next_calibration(folder, fast):
    with (folder / "golden.csv").open("a", encoding="utf-8") as file:
        file.write("Uusi julkaisu ilman pisteitä,fi,,,,\r\n")
    assert len(read_golden(folder / "golden.csv")) == 3
    assert check_golden(folder, fast) == []


def test_no_golden_file_is_no_finding(tmp_path, fast):
    assert check_golden(tmp_path, fast) == []


def test_a_score_that_is_no_number_is_told_with_its_line(folder, fast):
    (folder / "golden.csv").write_text("text,warmth\nHei vaan kaikille,lots\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"golden\.csv, line 2"):
        check_golden(folder, fast)


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"a": 1}', b'{"a": {"warmth": {"b": "c"}}}', b"\xff"])
def test_a_damaged_record_of_words_says_to_calibrate_again(folder, fast, content):
    (folder / "model" / "golden.json").write_bytes(content)
    with pytest.raises(InputError, match="calibrate again"):
        check_golden(folder, fast)
