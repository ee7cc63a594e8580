"""Wrong input in a cell: one readable line, as a notebook shows it, and no stack of frames."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout

import pytest

SETUP = """
%load_ext toneguide
import pandas as pd
from toneguide import ToneGuide, read_posts, use_language
from toneguide.calibrate import read_labels, read_ratings
from toneguide.lab import sample_folder, sample_posts
from toneguide.report import measure_impact, trend_chart, write_sheet
from toneguide.widgets import Labeller
use_language("en")
guide = ToneGuide.default("fast")
posts = pd.DataFrame({"Teksti": ["Kiitos kaikille, jotka jäivät eilen auttamaan!"], "corporate": ["paljon"], "warmth": ["vähän"]})
"""


@pytest.fixture(scope="module")
def shell():
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell()
    assert shell.run_cell(SETUP, silent=True).success
    return shell


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("guide.score_frame(posts)", "no column 'text'; the columns are 'Teksti'"),
        ("guide.score_frame(posts, text='Teksti', channel='kanava')", "no column 'kanava'"),
        ("posts['reactions']", "no column 'reactions'; the columns are 'Teksti', 'corporate', 'warmth'"),
        ("posts.groupby('corporate')[['reactions']].mean()", "reactions"),
        ("guide.calibrate(posts.rename(columns={'Teksti': 'text'}), language='fi')", "is 'paljon': ratings go from 0 to 1"),
        ("measure_impact(guide.score_frame(posts, text='Teksti'), 'reactions')", "no column 'reactions'"),
        ("read_posts('EMPTY')", "EMPTY"),
        ("read_posts('nowhere.xlsx')", "nowhere.xlsx"),
        ("Labeller(posts, 'x.csv', rater='r1')", "no column 'text'"),
        ("Labeller([], 'x.csv', rater='r1')", "there are no posts to label"),
        ("guide.with_targets({'x': {'warmth': 40}})", "a target of warmth is"),
        ("ToneGuide.load('EMPTY')", "no guide.yaml there"),
        ("read_posts('')", "no file is named"),
        ("read_posts(our_posts.xlsx)", "'our_posts' is not known yet; run the cells above first"),
        ("scored['warmth']", "'scored' is not known yet"),
        ("pd.read_csv('EMPTY/nowhere.csv')", "nowhere.csv' is not there; the folder"),
        ("(posts[['corporate', 'warmth']] - 1) / 4", "there are words where numbers ought to be"),
        ("guide.score(posts)", "a text is a string, not DataFrame"),
        ("guide.score_frame('posts.xlsx')", "read the file first: read_posts('posts.xlsx')"),
        ("guide.with_values('Rohkeus')", "takes a list of values"),
        ("read_ratings('EMPTY', 'fi')", "holds posts that can be read"),
        ("quality = None; quality.worst", "there is no 'worst' yet"),
    ],
)
def test_is_told_in_one_line(shell, tmp_path, cell, told):
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        result = shell.run_cell(cell.replace("EMPTY", str(tmp_path)))
    assert not result.success
    lines = [line for line in out.getvalue().splitlines() if line.strip()]
    assert len(lines) == 1, lines
    assert told.replace("EMPTY", str(tmp_path)) in lines[0]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("text,corporate,warmth\nKiitos kaikille avusta eilen!,paljon,5\n", "line 2: corporate is 'paljon'; ratings go from 1 to 5"),
        ("text,corporate,warmth\nKiitos kaikille avusta eilen!,,\n", "no post in 'fi' has both ratings yet"),
        (
            "Teksti;Kanava\nKiitos kaikille avusta eilen!;x\n",
            "no column 'corporate', 'warmth' or 'values'; the columns are 'Teksti', 'Kanava'",
        ),
    ],
)
def test_ratings_that_cannot_be_used_are_told_in_one_line(shell, tmp_path, content, told):
    (tmp_path / "examples.csv").write_text(content, encoding="utf-8")
    test_is_told_in_one_line(shell, tmp_path, "read_ratings('EMPTY/examples.csv', 'fi')", told)


def test_a_file_that_is_not_in_utf_8_is_sent_to_the_reader_that_copes(shell, tmp_path):
    (tmp_path / "posts.csv").write_bytes("Päivä;Teksti\n1;Hyvää\n".encode("cp1252"))
    test_is_told_in_one_line(shell, tmp_path, "pd.read_csv('EMPTY/posts.csv')", "read_posts reads it whatever its encoding")


def test_a_mistake_in_code_of_ones_own_keeps_its_frames(shell):
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        shell.run_cell("int('x')")
    assert "Traceback" in out.getvalue()


def test_a_mistake_of_another_kind_keeps_its_frames(shell):
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        shell.run_cell("{}['x']")
    assert "Traceback" in out.getvalue()
