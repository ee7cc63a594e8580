"""A team's own posts as a frame: usual columns found, others kept, mistakes told in one line."""

from __future__ import annotations

import pandas as pd
import pytest

from toneguide import InputError, ToneGuide, read_posts

FINNISH = "Kiitos kaikille, jotka jäivät eilen auttamaan!"
ENGLISH = "Thank you all for staying to help us yesterday."


@pytest.fixture
def write(tmp_path):
    def table(name: str, rows: list[dict]) -> str:
        path = tmp_path / name
        frame = pd.DataFrame(rows)
        frame.to_excel(path, index=False) if path.suffix == ".xlsx" else frame.to_csv(path, index=False, sep=";")
        return str(path)

    return table


@pytest.mark.parametrize("name", ["posts.csv", "posts.xlsx"])
def test_finnish_headings_become_the_columns_that_notebooks_use(write, name):
    row = {
        "Päivämäärä": "3.11.2025",
        "Kirjoittaja": "a1",
        "Kanava": "LinkedIn ",
        "Teksti": FINNISH,
        "Tykkäykset": "1 204",
        "Kommentit": 7,
        "Aihe": "talkoot",
    }
    [post] = read_posts(write(name, [row])).to_dict("records")
    assert post.pop("date") == pd.Timestamp(2025, 11, 3)
    assert post == {"text": FINNISH, "author": "a1", "channel": "linkedin", "reactions": 1204, "comments": 7, "Aihe": "talkoot"}


def test_a_file_of_nothing_but_posts_has_the_columns_that_notebooks_group_by(write):
    [post] = read_posts(write("posts.csv", [{"Teksti": FINNISH}])).to_dict("records")
    assert (post["author"], post["channel"], pd.isna(post["date"])) == ("", "", True)


def test_posts_come_oldest_first(write):
    path = write("posts.csv", [{"text": FINNISH, "date": "2025-02-01"}, {"text": ENGLISH, "date": "2024-12-31"}])
    assert list(read_posts(path)["text"]) == [ENGLISH, FINNISH]


def test_a_language_keeps_its_own_posts(write):
    path = write("posts.csv", [{"text": FINNISH}, {"text": ENGLISH}, {"text": ""}])
    assert list(read_posts(path, "en")["text"]) == [ENGLISH]


def test_a_column_asked_for_wins_over_one_called_text(write):
    path = write("posts.csv", [{"text": "a heading", "Sisältö": FINNISH}])
    frame = read_posts(path, text="Sisältö")
    assert (frame.loc[0, "text"], frame.loc[0, "input:text"]) == (FINNISH, "a heading")


def test_what_comes_back_can_be_scored(write):
    frame = read_posts(write("posts.csv", [{"Teksti": FINNISH, "Kanava": "x"}]), "fi")
    assert list(ToneGuide.default("fast").score_frame(frame, channel="channel")["status"]) == ["ok"]


@pytest.mark.parametrize(
    ("rows", "language", "told"),
    [
        ([{"text": ""}], None, "no posts in it"),
        ([{"text": FINNISH}], "en", "no post in it is in 'en'"),
        ([{"text": FINNISH}], "sv", "choose one of fi, en"),
    ],
)
def test_a_file_without_such_posts_says_so(write, rows, language, told):
    with pytest.raises((InputError, ValueError), match=told):
        read_posts(write("posts.csv", [*rows, {"text": ""}]), language)


def test_an_empty_folder_is_told_in_one_line(tmp_path):
    with pytest.raises(InputError) as problem:
        read_posts(tmp_path)
    assert "\n" not in str(problem.value)
