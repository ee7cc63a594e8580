"""Manners of the house in a notebook: the magic, little bars, one readable line for a mistake, and an example behind every question mark."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator

import pandas as pd
import polars as pl
import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

import toneguide
from toneguide.decided import Decisions, Situation, Targets
from toneguide.errors import CallError, GuideError
from toneguide.guide import ToneGuide
from toneguide.render.bars import _is_scored, frame_to_html
from toneguide.widgets.magics import score_cell

TEXT = "Kiitos, että jäit auttamaan eilen illalla."


@pytest.fixture(scope="module")
def shell() -> Iterator[InteractiveShell]:
    quiet = Config()
    quiet.HistoryManager.enabled = False
    quiet.InteractiveShell.colors = "nocolor"
    running = InteractiveShell.instance(config=quiet)
    running.run_line_magic("load_ext", "toneguide")
    yield running
    InteractiveShell.clear_instance()


class TestMagic:
    def test_scores_the_text_of_a_cell(self, shell) -> None:
        score = shell.run_cell_magic("tone", "--lang fi --channel linkedin", TEXT + "\n")
        assert (score.text, score.language) == (TEXT, "fi")

    def test_scores_a_line(self, shell) -> None:
        assert shell.run_line_magic("tone", TEXT).status == "ok"

    def test_takes_the_guide_of_the_notebook(self, fast: ToneGuide) -> None:
        assert list(score_cell(TEXT, names={"guide": fast.with_values(["Rohkeus"])}).values) == ["Rohkeus"]
        assert list(score_cell(TEXT, "--guide ours", names={"ours": fast.with_values(["Yhdessä"])}).values) == ["Yhdessä"]

    def test_takes_a_situation_and_a_channel(self, fast: ToneGuide) -> None:
        guide = fast.with_decisions(Decisions(targets={"x": Targets()}, situations={"suru": Situation()}))
        assert score_cell(TEXT, "--situation suru --channel x", names={"guide": guide}).status == "ok"

    @pytest.mark.parametrize("options", ["--lang sv", "--lnag fi", "'", "fi"])
    def test_what_is_no_option_is_answered_with_those_there_are(self, options: str) -> None:
        with pytest.raises(CallError, match=r"write it so: %%tone \[--lang fi\|en\]"):
            score_cell(TEXT, options)

    def test_a_guide_that_is_not_there_is_said(self) -> None:
        with pytest.raises(GuideError, match=r"no guide\.yaml"):
            score_cell(TEXT, "--guide nowhere")


class TestBars:
    @pytest.mark.parametrize("kind", [pd.DataFrame, pl.DataFrame])
    def test_scores_get_bars_and_what_is_missing_a_dash(self, fast: ToneGuide, kind) -> None:
        html = frame_to_html(fast.with_values(["Rohkeus"]).score_frame(kind({"text": [TEXT, "Hei"]})))
        assert html.count("<svg") == 4
        assert html.count(">–<") == 4

    def test_texts_are_escaped_and_long_ones_shortened(self) -> None:
        html = frame_to_html(pd.DataFrame({"text": ["<b>" + "a" * 500], "status": ["ok"], "corporate": [1.0], "warmth": [99.0]}))
        assert "<b>" not in html
        assert "a" * 100 not in html

    def test_long_frames_are_shown_in_part(self) -> None:
        frame = pd.DataFrame({"status": ["ok"] * 500, "corporate": 1.0, "warmth": range(500)})
        assert frame_to_html(frame).count("<tr>") == 12
        assert "500 × 3" in frame_to_html(frame)
        assert frame_to_html(pl.DataFrame({"status": ["ok"] * 500, "corporate": 1.0, "warmth": range(500)})).count("<tr>") == 12

    def test_a_notebook_shows_them_and_other_frames_as_ever(self, shell, fast: ToneGuide) -> None:
        html = shell.display_formatter.formatters["text/html"]
        scored = fast.score_frame(pd.DataFrame({"text": [TEXT]}))
        assert "<rect" in html(scored)
        other = pd.DataFrame({"a": [1]})
        assert html(other) == other._repr_html_()


class TestMistakes:
    @pytest.mark.parametrize(
        "cell",
        [
            "guide.score_frame(pd.DataFrame({'teksti': ['Hei']}))",
            "guide.calibrate(pd.DataFrame({'text': ['Hei'], 'warmth': ['paljon']}), language='fi')",
            "ToneGuide.load('nowhere')",
            "from toneguide.posts import open_posts; open_posts('nowhere')",
            "from toneguide.widgets import Labeller; Labeller([], rater='r1')",
        ],
    )
    def test_one_readable_line_and_no_frames(self, shell, capsys, cell: str) -> None:
        shell.user_ns |= {"guide": ToneGuide.default("fast"), "pd": pd, "ToneGuide": ToneGuide}
        capsys.readouterr()
        shell.run_cell(cell)
        said = "".join(capsys.readouterr())
        assert "Error: " in said
        assert "Traceback" not in said
        assert len(said.strip().splitlines()) == 1


def public_names() -> list[tuple[str, str]]:
    modules = ("toneguide", "toneguide.lab", "toneguide.report", "toneguide.widgets")
    return [(module, name) for module in modules for name in importlib.import_module(module).__all__ if not name.startswith("__")]


@pytest.mark.parametrize(("module", "name"), public_names())
def test_every_public_name_answers_with_an_example(module: str, name: str) -> None:
    doc = inspect.getdoc(getattr(importlib.import_module(module), name)) or ""
    assert ">>> " in doc, f"{module}.{name}"


def test_public_names_are_listed() -> None:
    assert "ToneGuide" in toneguide.__all__
    assert len(public_names()) > 15


def test_posts_picked_with_their_scores_have_bars_and_ratings_to_five_have_none() -> None:
    picked = pd.DataFrame({"text": ["Hei"], "corporate": [20.0], "warmth": [70.0]})
    assert [_is_scored(one) for one in (picked, picked.assign(corporate=2, warmth=5))] == [True, False]
