"""Charts: titles say the finding, the picture carries its description, and nothing is fetched."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from toneguide.calibrate.learning import CurvePoint, Forecast, LearningCurve
from toneguide.calibrate.quality import Bin
from toneguide.decided import Band
from toneguide.errors import CallError
from toneguide.guide import ToneGuide
from toneguide.interface import speaking
from toneguide.lab import sample_posts
from toneguide.report import contrast_chart, contrast_words, learning_chart, reliability_chart, scores_chart, trend_chart, values_chart


@pytest.fixture(scope="module")
def guide() -> ToneGuide:
    return ToneGuide.default("fast").with_values(["Rohkeus", "Yhdessä"])


@pytest.fixture(scope="module")
def scored(guide: ToneGuide) -> pd.DataFrame:
    return guide.score_frame(sample_posts("fi"))


def all_charts(guide: ToneGuide, scored: pd.DataFrame):
    posts = list(scored["text"])
    yield scores_chart(scored, "warmth", target=Band(low=40))
    yield scores_chart(scored, "corporate")
    yield values_chart(guide.score_many(posts))
    yield trend_chart(scored)
    yield contrast_chart(contrast_words(["Ratkaisumme toimii."] * 9, ["Kiitos kaikille!"] * 9, language="fi", names=("a", "b")))
    yield learning_chart(LearningCurve("warmth", [CurvePoint(0, 0.4, 0.0), CurvePoint(30, 0.6, 0.02)], Forecast(60, 0.05, 0.01)))
    yield reliability_chart([Bin(20, 25, 15, 35, 12), Bin(70, 40, 30, 50, 12)], "corporate")


def test_every_chart_has_a_title_axes_and_a_description_in_both_languages(guide: ToneGuide, scored: pd.DataFrame) -> None:
    titles = {}
    for language in ("fi", "en"):
        with speaking(language):
            for chart in all_charts(guide, scored):
                assert chart.title
                assert chart.describe
                assert f"<desc>{chart.describe[:20]}" in chart.svg
                assert 'role="img"' in chart.svg
                titles.setdefault(language, []).append(chart.title)
    assert sum(one != other for one, other in zip(titles["fi"], titles["en"], strict=True)) >= 5


def test_a_picture_fetches_nothing_and_runs_nothing(guide: ToneGuide, scored: pd.DataFrame) -> None:
    for chart in all_charts(guide, scored):
        without = chart.svg.replace("http://www.w3.org/", "")
        assert not re.search(r"https?://|<script|@import|url\((?!#)", without)


def test_words_of_posts_are_escaped() -> None:
    contrast = contrast_words(["Ratkaisumme toimii."] * 9, ["Kiitos kaikille!"] * 9, language="fi", names=("<b>", "x"))
    assert "<b>" not in contrast_chart(contrast).svg


def test_the_title_of_a_target_says_the_share_that_meets_it(scored: pd.DataFrame) -> None:
    with speaking("en"):
        assert scores_chart(scored, "warmth", target=Band(low=0)).title.startswith("100 %")
        assert scores_chart(scored, "warmth", target=Band(low=101)).title.startswith("0 %")


def test_a_trend_that_is_within_its_error_is_not_called_one() -> None:
    rows = [(f"2025-0{month}-03", 50 + 20 * (day % 2)) for month in (1, 2) for day in range(8)]
    frame = pd.DataFrame(rows, columns=["date", "warmth"]).assign(status="ok")
    with speaking("en"):
        assert "no change that stands out" in trend_chart(frame, every="month").title
        moved = frame.assign(warmth=frame["warmth"] + 25 * (frame["date"] > "2025-02"))
        assert trend_chart(moved, every="month").title == "warmth moved by +25 points (± 10)"


def test_saved_as_svg_and_png(scored: pd.DataFrame, tmp_path: Path) -> None:
    chart = trend_chart(scored)
    chart.save(tmp_path / "trend.svg")
    chart.save(tmp_path / "trend.png")
    assert (tmp_path / "trend.svg").read_text(encoding="utf-8").startswith("<svg")
    assert (tmp_path / "trend.png").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(CallError, match=r"saved as \.svg or \.png"):
        chart.save(tmp_path / "trend.pdf")


def test_a_notebook_gets_svg_and_text_only(scored: pd.DataFrame) -> None:
    assert set(trend_chart(scored)._repr_mimebundle_()) == {"text/plain", "image/svg+xml"}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda f: f.drop(columns="warmth"), "score the posts first"),
        (lambda f: f.assign(status="too_short"), "look at the columns status and reason"),
        (lambda f: f.assign(language=["fi", "en"] * (len(f) // 2)), "within a language only"),
    ],
)
def test_what_cannot_be_drawn_is_said(scored: pd.DataFrame, change, told: str) -> None:
    with pytest.raises(CallError, match=told):
        scores_chart(change(scored), "warmth")


@pytest.mark.parametrize(
    ("draw", "told"),
    [
        (lambda: learning_chart(None), "it takes 24 rated posts"),
        (lambda: reliability_chart([], "warmth"), "too few ratings, or raters who disagree"),
    ],
)
def test_where_labels_tell_nothing_the_chart_says_so_and_the_notebook_goes_on(draw, told):
    with speaking("en"):
        chart = draw()
    assert told in chart.title
    assert "<svg" in chart._repr_mimebundle_()["image/svg+xml"]
