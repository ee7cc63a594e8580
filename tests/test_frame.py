"""Data frames: the same kind back, the index kept, our columns last."""

from __future__ import annotations

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

TEXTS = ["Kiitos kaikille eilisestä, oli tosi kivaa.", None, "Thanks to all of you for coming today."]
OURS = ["language", "status", "reason", "n_words", "corporate", "warmth", "alignment", "in_tone"]


def make_pandas(columns: dict) -> pd.DataFrame:
    return pd.DataFrame(columns)


def make_polars(columns: dict) -> pl.DataFrame:
    return pl.DataFrame(columns)


def make_arrow(columns: dict) -> pa.Table:
    return pa.table(columns)


KINDS = pytest.mark.parametrize("make", [make_pandas, make_polars, make_arrow])


def names(frame) -> list[str]:
    return list(getattr(frame, "column_names", None) or frame.columns)


@KINDS
def test_the_same_kind_of_frame_comes_back_with_our_columns_last(valued, make):
    frame = make({"id": [1, 2, 3], "text": TEXTS})
    scored = valued.score_frame(frame)
    assert type(scored) is type(frame)
    assert names(scored) == ["id", "text", *OURS, "value:Rohkeus", "value:Yhdessä", "value:Be bold"]
    assert names(frame) == ["id", "text"]


@KINDS
def test_a_column_that_collides_is_renamed_and_kept(fast, make):
    scored = fast.score_frame(make({"text": TEXTS, "warmth": [0.1, 0.2, 0.3], "status": ["x", "y", "z"]}))
    assert names(scored)[:3] == ["text", "input:warmth", "input:status"]
    assert list(scored["input:status"]) == ["x", "y", "z"] or scored["input:status"].to_pylist() == ["x", "y", "z"]


def test_a_column_that_is_called_like_a_renamed_one_is_kept_too(fast):
    scored = fast.score_frame(pd.DataFrame({"text": TEXTS, "input:status": [1, 2, 3], "status": [4, 5, 6]}))
    assert list(scored.columns)[:3] == ["text", "input:status", "input:input:status"]


@pytest.mark.parametrize(
    "index",
    [["a", "b", "c"], [7, 7, 7], pd.MultiIndex.from_tuples([(1, 2), (3, 4), (5, 6)]), pd.date_range("2026-01-01", periods=3)],
    ids=["letters", "repeated", "multi", "dates"],
)
def test_pandas_index_is_kept(fast, index):
    frame = pd.DataFrame({"text": TEXTS}, index=index)
    scored = fast.score_frame(frame)
    assert scored.index.equals(frame.index)
    assert scored["language"].tolist() == ["fi", "", "en"]


def test_numbers_are_those_of_score(fast):
    scored = fast.score_frame(pl.DataFrame({"text": TEXTS}))
    for row, text in zip(scored.iter_rows(named=True), TEXTS, strict=True):
        score = fast.score(text or "")
        assert (row["warmth"], row["corporate"], row["n_words"]) == (score.warmth, score.corporate, score.n_words)


def test_without_a_score_the_numbers_are_empty(valued):
    scored = valued.score_frame(pl.DataFrame({"text": [""]}))
    row = scored.row(0, named=True)
    assert (row["status"], row["n_words"]) == ("empty", 0)
    assert [row[name] for name in ("corporate", "warmth", "alignment", "in_tone", "value:Be bold")] == [None] * 5


@KINDS
def test_an_empty_frame_has_all_columns(fast, make):
    scored = fast.score_frame(make({"text": ["x"]})[:0] if make is not make_arrow else make_arrow({"text": ["x"]}).slice(0, 0))
    assert names(scored) == ["text", *OURS]
    assert len(scored) == 0


def test_column_types_do_not_depend_on_the_rows(fast):
    all_scored, none_scored = (fast.score_frame(pl.DataFrame({"text": texts})).schema for texts in ([TEXTS[0]], [""]))
    assert all_scored == none_scored


def test_another_text_column_is_named(fast):
    scored = fast.score_frame(pd.DataFrame({"Teksti": TEXTS}), text="Teksti")
    assert scored["status"].tolist() == ["ok", "empty", "ok"]


def test_a_missing_text_column_names_those_there_are(fast):
    with pytest.raises(ValueError, match="no column 'text'; the columns are 'id', 'Teksti'"):
        fast.score_frame(pd.DataFrame({"id": [1], "Teksti": ["moi"]}))


def test_the_text_column_may_collide_with_ours(fast):
    scored = fast.score_frame(pd.DataFrame({"reason": TEXTS}), text="reason")
    assert list(scored.columns) == ["input:reason", *OURS]
    assert scored["n_words"].tolist() == [6, 0, 8]


def test_language_and_min_words_reach_the_texts(fast):
    scored = fast.score_frame(pd.DataFrame({"text": ["Moi", "Good morning"]}), language="fi", min_words=0)
    assert scored["language"].tolist() == ["fi", "fi"]
    assert scored["status"].tolist() == ["ok", "ok"]


def test_cells_that_are_no_text_do_not_stop_the_frame(fast):
    scored = fast.score_frame(pd.DataFrame({"text": pd.Series([1, float("nan"), True, TEXTS[0]], dtype=object)}))
    assert scored["status"].tolist()[1::2] == ["empty", "ok"]


def test_no_frame_is_a_type_error(fast):
    with pytest.raises(TypeError):
        fast.score_frame([1, 2])


def test_a_post_without_a_score_is_neither_in_tone_nor_out_of_it(fast):
    guide = fast.with_targets({"default": {"warmth": {"max": 0}}})
    scored = guide.score_frame(pd.DataFrame({"text": ["Kiitos kaikille, jotka jäivät eilen auttamaan!", "Hei"]}))
    assert scored["in_tone"].isna().tolist() == [False, True]
    assert scored["in_tone"].mean() == 0
    assert len(scored[scored["in_tone"].eq(False)]) == 1
