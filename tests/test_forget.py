"""Forgetting: a post or a rater is gone from everything the folder keeps."""

from __future__ import annotations

import pytest

from toneguide import ToneGuide
from toneguide.calibrate.drift import GoldenPost, golden_table
from toneguide.calibrate.forget import forget_posts, forget_rater
from toneguide.calibrate.labels import Label, read_labels, write_labels
from toneguide.calibrate.merge import post_id
from toneguide.errors import GuideError

MARJA = "Marjan hissi seisoi taas, ja Marja odotti kellarissa kolme tuntia ilman kahvia."
OTHER = "Kiitos kaikille, jotka tulitte talkoisiin."


@pytest.fixture
def folder(tmp_path, fast):
    ToneGuide.default("fast").save(tmp_path)
    write_labels(tmp_path / "examples.csv", [Label(text, "fi", warmth=3, rater=rater) for text in (MARJA, OTHER) for rater in ("a", "b")])
    table, parts = golden_table(fast, [GoldenPost(MARJA, "fi"), GoldenPost(OTHER, "fi")])
    for place in (tmp_path, tmp_path / "backup" / "model-1"):
        place.mkdir(parents=True, exist_ok=True)
        (place / "golden.csv").write_bytes(table)
    (tmp_path / "model").mkdir()
    for place in (tmp_path / "model", tmp_path / "backup" / "model-1"):
        (place / "golden.json").write_bytes(parts)
    return tmp_path


def everything(folder) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file()).lower()


@pytest.mark.parametrize("how", ["text", "id"])
def test_a_forgotten_post_is_nowhere_any_more_and_others_stay(folder, how):
    assert "marja" in everything(folder)
    done = forget_posts(folder, [f" {MARJA}\n"]) if how == "text" else forget_posts(folder, ids=[post_id(MARJA)])
    assert done.rows == {
        "examples.csv": 2, "golden.csv": 1, "model/golden.json": 1, "backup/model-1/golden.csv": 1, "backup/model-1/golden.json": 1,
    }  # fmt: skip
    assert "marja" not in everything(folder)
    assert post_id(MARJA) not in everything(folder)
    assert [label.text for label in read_labels(folder / "examples.csv")] == [OTHER, OTHER]


def test_a_near_copy_stays_and_is_named(folder):
    copy = MARJA.replace("kolme", "3") + " Ikävää."
    write_labels(folder / "examples.csv", [Label(copy, "fi", warmth=2)])
    assert forget_posts(folder, [MARJA]).similar == [post_id(copy)]


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff"])
def test_a_damaged_record_does_not_stop_it_and_is_deleted(folder, content):
    for place in ("model", "backup/model-1"):
        (folder / place / "golden.json").write_bytes(content)
    assert forget_posts(folder, [MARJA]).rows["examples.csv"] == 2
    assert "marja" not in everything(folder)
    assert not list(folder.rglob("golden.json"))


def test_cards_and_what_killed_runs_left_are_cleaned_too(folder):
    card = folder / "backup" / "model-1" / "card.md"
    card.write_text(f"Posts to discuss: {post_id(MARJA)}, {post_id(OTHER)}.", encoding="utf-8")
    (folder / "backup" / "model-1" / "fi.json").write_text("{}")
    (folder / ".calibrating" / "model").mkdir(parents=True)
    (folder / ".calibrating" / "model" / "golden.csv").write_text(MARJA, encoding="utf-8")
    (folder / ".examples.csv.123.part").write_text(MARJA, encoding="utf-8")
    done = forget_posts(folder, ids=[post_id(MARJA).upper()])
    assert card.read_text(encoding="utf-8") == f"Posts to discuss: forgotten, {post_id(OTHER)}."
    assert done.learnt == ["backup/model-1"]
    assert "marja" not in everything(folder)


def test_a_raters_capital_letters_do_not_matter(folder):
    assert forget_rater(folder, " A").rows == {"examples.csv": 2}


def test_a_forgotten_rater_leaves_the_posts(folder):
    assert forget_rater(folder, "a").rows == {"examples.csv": 2}
    assert [label.rater for label in read_labels(folder / "examples.csv")] == ["b", "b"]


def test_what_is_not_there_takes_nothing_out(folder):
    before = everything(folder)
    assert forget_posts(folder, ["Jotain aivan muuta"]).rows == {}
    assert forget_rater(folder, "zzz").rows == {}
    assert everything(folder) == before


def test_an_empty_text_forgets_nothing(folder):
    assert forget_posts(folder, ["", "  "]).rows == {}


def test_another_folder_is_refused(tmp_path):
    with pytest.raises(GuideError, match=r"no guide\.yaml"):
        forget_posts(tmp_path, ["x"])
