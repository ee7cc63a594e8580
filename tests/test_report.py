"""The first page and its groups: means within a language, small groups left out, nothing fetched."""

from __future__ import annotations

import re

import pytest

from toneguide.batch.score_posts import score_posts
from toneguide.posts import open_posts
from toneguide.report.groups import LEAST, group_means
from toneguide.report.page import write_page

POSTS = (
    "id,date,channel,text\n"
    + "".join(f'{i},2025-01-0{i},x,"Kiitos kaikille eilisestä talkoosta, numero {i}!"\n' for i in range(1, 6))
    + "".join(f'{i},2026-01-01,x,"Thanks to all of you for coming today, number {i}."\n' for i in range(6, 10))
    + "10,2026-01-01,x,🎉\n"
    + '11,2026-01-01,blog,"<script>alert(1)</script> kiitos kaikille ihanille ihmisille"\n'
)


@pytest.fixture
def scored(tmp_path, fast):
    path = tmp_path / "posts.csv"
    path.write_text(POSTS, encoding="utf-8")
    return list(score_posts(open_posts(path), fast))


@pytest.fixture
def page(tmp_path, scored):
    path = tmp_path / "page.html"
    write_page(path, scored, title="A & B <posts>")
    return path.read_text(encoding="utf-8")


def test_means_are_of_posts_with_a_score(scored):
    (group,) = group_means(scored, "channel")
    assert (group.language, group.name, group.n) == ("fi", "x", 5)
    ours = [one.score for one in scored if one.score.language == "fi"][:5]
    assert group.means[0] == pytest.approx(sum(score.corporate for score in ours) / 5)
    assert group.means[1] == pytest.approx(sum(score.warmth for score in ours) / 5)


def test_groups_under_five_are_not_shown(scored):
    assert LEAST == 5
    assert all(group.n >= LEAST for by in ("channel", "year", "id") for group in group_means(scored, by))


def test_year_is_the_first_four_characters_of_the_date(scored):
    assert [group.name for group in group_means(scored, "year")] == ["2025"]


def test_alignment_is_a_third_mean_where_there_are_values(tmp_path, valued):
    path = tmp_path / "posts.csv"
    path.write_text(POSTS, encoding="utf-8")
    (group,) = group_means(score_posts(open_posts(path), valued), "channel")
    assert len(group.means) == 3


def test_the_page_counts_posts_and_says_why_some_have_no_score(page):
    assert "10 of 11 posts have a score" in page
    assert "10: There are no words in it" in page


def test_the_page_is_escaped_and_asks_for_nothing(page):
    assert "A &amp; B &lt;posts&gt;" in page
    assert "<script" not in page
    assert not re.search(r"(?:src|href)\s*=|@import|url\(", page)


def test_the_page_keeps_the_languages_apart(page):
    assert page.index("<h2>Finnish: 6 posts</h2>") < page.index("<h2>English: 4 posts</h2>")


def test_a_page_of_nothing_is_a_page(tmp_path):
    write_page(tmp_path / "p.html", [], title="Nothing")
    assert "0 of 0 posts" in (tmp_path / "p.html").read_text(encoding="utf-8")


def test_score_posts_keeps_order_and_says_what_was_wrong_with_a_record(tmp_path, fast):
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"text": "Kiitos kaikille eilisestä, oli kivaa!"}\n{broken\n{"text": "Thanks to all of you for coming today."}\n', encoding="utf-8"
    )
    found = list(score_posts(open_posts(path), fast))
    assert [one.score.status for one in found] == ["ok", "unreadable", "ok"]
    assert found[1].score.reason.startswith("line 2: ")


def test_further_columns_are_put_beside_the_scores(tmp_path, fast):
    path = tmp_path / "a.csv"
    path.write_text("text\nmoi\n")
    (one,) = score_posts(open_posts(path), fast, language="fi", min_words=0, more=lambda text: {"letters": len(text)})
    assert one.row["letters"] == 3
    assert one.row["status"] == "ok"
