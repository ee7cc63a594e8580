"""Ratings as a table, and the sample's folder: what a notebook shows before anything is taught."""

from __future__ import annotations

from pathlib import Path

import pytest

from toneguide.calibrate import Label, add_label, calibrate_folder, read_ratings
from toneguide.errors import CallError, GuideError, InputError
from toneguide.lab import sample_folder, sample_labels

POST, OTHER = "Kiitos kaikille, jotka jäivät eilen auttamaan!", "Lomakkeet on palautettava perjantaihin mennessä."


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "examples.csv"
    for text, rater, corporate, warmth in [
        (POST, "a", 1, 5),
        (POST, "b", 2, 4),
        (OTHER, "a", 4, 1),
        ("Hyvää työtä tänään, kaikki te!", "a", 3, None),
    ]:
        add_label(path, Label(text, "fi", "x", corporate, warmth, rater=rater))
    add_label(path, Label("Thank you all for staying yesterday!", "en", "x", 1, 5, rater="a"))
    return path


def test_a_post_of_two_raters_is_one_row_with_their_mean(file: Path) -> None:
    ratings = read_ratings(file, "fi")
    assert ratings[["text", "corporate", "warmth", "raters"]].to_numpy().tolist() == [[POST, 1.5, 4.5, 2], [OTHER, 4.0, 1.0, 1]]


def test_posts_of_the_other_language_are_left_out(file: Path) -> None:
    assert len(read_ratings(file, "en")) == 1


def test_a_rating_that_is_none_is_told_with_its_line_and_how_many_more(tmp_path: Path) -> None:
    path = tmp_path / "ratings.csv"
    path.write_text(f'text,corporate,warmth\n"{POST}",paljon,5\n"{OTHER}",9,1\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"line 2: corporate is 'paljon'.* \(1 more row"):
        read_ratings(path, "fi")


def test_another_language_is_refused(file: Path) -> None:
    with pytest.raises(CallError, match="choose fi or en"):
        read_ratings(file, "sv")


@pytest.mark.parametrize("language", ["fi", "en"])
class TestSampleFolder:
    def test_holds_the_forty_five_ratings(self, tmp_path: Path, language: str) -> None:
        folder = sample_folder(tmp_path / "sample", language)
        found = read_ratings(f"{folder}/examples.csv", language)
        assert (
            found[["text", "corporate", "warmth"]].to_numpy().tolist()
            == sample_labels(language)[["text", "corporate", "warmth"]].to_numpy().tolist()
        )

    def test_is_written_again_over_a_calibrated_one(self, tmp_path: Path, language: str) -> None:
        folder = sample_folder(tmp_path, language)
        calibrate_folder(folder, peer=False)
        assert sample_folder(folder, language) == str(tmp_path)

    def test_leaves_a_guide_of_ones_own_alone(self, tmp_path: Path, language: str) -> None:
        (tmp_path / "guide.yaml").write_text("values: [Rohkeus]\n", encoding="utf-8")
        with pytest.raises(GuideError, match=r"guide\.yaml in it is your own"):
            sample_folder(tmp_path, language)
        assert [path.name for path in tmp_path.iterdir()] == ["guide.yaml"]

    def test_leaves_ratings_of_ones_own_alone(self, tmp_path: Path, language: str) -> None:
        add_label(tmp_path / "examples.csv", Label(POST, "fi", warmth=4, rater="r1"))
        before = (tmp_path / "examples.csv").read_bytes()
        with pytest.raises(GuideError, match=r"examples\.csv in it is your own"):
            sample_folder(tmp_path, language)
        assert (tmp_path / "examples.csv").read_bytes() == before
