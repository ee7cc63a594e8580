"""The first page and its groups: means within a language, small groups left out, nothing fetched."""

from __future__ import annotations

import re

import pytest

from toneguide.batch.score_posts import score_posts
from toneguide.errors import InputError
from toneguide.posts import open_posts
from toneguide.report.page import write_page
from toneguide.report.tally import LEAST, Tally, read_scored, rows_of
from toneguide.report.workbook import write_workbook

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
    found = {one.score.text: one.score for one in scored}
    write_page(path, Tally.of(rows_of(scored)), title="A & B <posts>", show=lambda row: found.get(row.text))
    return path.read_text(encoding="utf-8")


def groups(scored, by):
    return [group for ours in Tally.of(rows_of(scored)).languages.values() for group in ours.groups(by)]


def test_means_are_of_posts_with_a_score(scored):
    (group,) = groups(scored, "channel")
    assert (group.language, group.name, group.n) == ("fi", "x", 5)
    ours = [one.score for one in scored if one.score.language == "fi"][:5]
    assert group.means[0] == pytest.approx(sum(score.corporate for score in ours) / 5)
    assert group.means[1] == pytest.approx(sum(score.warmth for score in ours) / 5)


def test_groups_under_five_are_not_shown(scored):
    assert LEAST == 5
    assert all(group.n >= LEAST for by in ("channel", "year", "month") for group in groups(scored, by))
    assert Tally.of(rows_of(scored)).languages["fi"].left_out("channel") == 1


def test_year_and_month_come_from_the_date(scored):
    assert [group.name for group in groups(scored, "year")] == ["2025"]
    assert [group.name for group in groups(scored, "month")] == ["2025-01"]


def test_alignment_is_a_third_mean_where_there_are_values(tmp_path, valued):
    path = tmp_path / "posts.csv"
    path.write_text(POSTS, encoding="utf-8")
    (group,) = groups(score_posts(open_posts(path), valued), "channel")
    assert len(group.means) == 3


def test_the_posts_shown_are_the_highest_first_come_first(scored):
    ours = Tally.of(rows_of(scored)).languages["fi"]
    top = [row.scores["warmth"] for row in ours.highest("warmth")]
    assert top == sorted(top, reverse=True)
    assert top[0] == max(one.score.warmth for one in scored if one.score.language == "fi")


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet", ".xlsx"])
def test_a_scored_file_gives_the_same_report_as_the_scores_themselves(tmp_path, run, scored, suffix):
    source, out = tmp_path / "in.csv", tmp_path / f"out{suffix}"
    source.write_text(POSTS, encoding="utf-8")
    assert run("score", source, "-o", out, "--pipeline", "fast").exit_code == 0
    one, other = Tally.of(read_scored(out)), Tally.of(rows_of(scored))
    assert one.statuses == other.statuses
    assert one.languages["fi"].groups("channel")[0].means == pytest.approx(other.languages["fi"].groups("channel")[0].means)


def test_a_file_without_scores_is_refused_with_what_to_do(tmp_path):
    path = tmp_path / "posts.csv"
    path.write_text(POSTS, encoding="utf-8")
    with pytest.raises(InputError, match="toneguide score"):
        list(read_scored(path))


def test_the_workbook_holds_posts_as_text_and_no_formula(tmp_path, fast):
    from openpyxl import load_workbook

    path = tmp_path / "posts.csv"
    path.write_text('text,channel\n"=1+1 kiitos kaikille ihanille ihmisille, oli tosi kivaa!",=2+2\n', encoding="utf-8")
    write_workbook(tmp_path / "r.xlsx", Tally.of(rows_of(score_posts(open_posts(path), fast, min_words=0))))
    cells = [cell for sheet in load_workbook(tmp_path / "r.xlsx") for row in sheet for cell in row]
    assert {"=1+1 kiitos kaikille ihanille ihmisille, oli tosi kivaa!", "=2+2"} <= {cell.value for cell in cells}
    assert all(cell.data_type != "f" for cell in cells)


@pytest.mark.parametrize("name", ["r.html", "r.xlsx"])
def test_report_writes_what_its_suffix_says(tmp_path, run, name):
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(POSTS, encoding="utf-8")
    run("score", source, "-o", out, "--pipeline", "fast")
    result = run("report", out, "-o", tmp_path / name)
    assert result.exit_code == 0
    assert (tmp_path / name).stat().st_size > 1000


def test_report_in_another_format_is_a_usage_error(tmp_path, run):
    assert run("report", tmp_path / "x.csv", "-o", tmp_path / "x.pdf").exit_code == 2


def test_the_page_counts_posts_and_says_why_some_have_no_score(page):
    assert "10 of 11 posts have a score" in page
    assert "10: there are no words in it" in page


def test_the_page_is_escaped_and_asks_for_nothing(page):
    assert "A &amp; B &lt;posts&gt;" in page
    assert "<script" not in page
    assert not re.search(r"(?:src|href)\s*=|@import|url\(", page)


def test_the_page_keeps_the_languages_apart(page):
    assert page.index("<h2>Finnish: 6 posts</h2>") < page.index("<h2>English: 4 posts</h2>")


def test_a_page_of_nothing_is_a_page(tmp_path):
    write_page(tmp_path / "p.html", Tally(), title="Nothing", show=lambda _: None)
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
