"""Wrong input in a cell: one readable line, as a notebook shows it, and no stack of frames."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout

import pytest

SETUP = """
%load_ext toneguide
import pandas as pd
from toneguide import ToneGuide, read_posts, use_language
from toneguide.calibrate import read_labels
from toneguide.lab import sample_posts
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


def test_a_mistake_of_another_kind_keeps_its_frames(shell):
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        shell.run_cell("{}['x']")
    assert "Traceback" in out.getvalue()
