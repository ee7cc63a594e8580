"""Scores as scikit-learn features."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from toneguide import ToneFeatures

TEXTS = ["Thank you all, what a lovely day we had!", "Claims must be submitted within thirty days of receipt.", ""]


def test_columns_are_named_and_a_text_without_words_is_nan():
    features = ToneFeatures(language="en").set_output(transform="pandas").fit(TEXTS)
    frame = features.transform(TEXTS)
    assert list(frame.columns) == list(features.get_feature_names_out())
    assert frame["warmth"][0] > frame["warmth"][1]
    assert frame.loc[2].drop("n_words").isna().all()
    assert frame["n_words"].tolist()[2] == 0


def test_signal_columns_add_up_with_the_words(fast):
    features = ToneFeatures(fast, language="en", columns="signals").fit(TEXTS)
    row = dict(zip(features.get_feature_names_out(), features.transform(TEXTS[:1])[0], strict=True))
    score = fast.score(TEXTS[0], language="en")
    signals = sum(amount for name, amount in row.items() if name.startswith("signal:") and name.endswith(":warmth"))
    words = sum(p.amount for p in score.evidence if p.kind != "signal" and p.dimension == "warmth")
    assert row["margin:warmth"] == pytest.approx(score.bias["warmth"] + words + signals, abs=1e-9)


def test_values_of_the_guide_are_columns(valued):
    features = ToneFeatures(valued).fit(TEXTS)
    assert {"alignment", "value:Rohkeus"} <= set(features.get_feature_names_out())


def test_clone_and_grid_search_work(fast):
    features = clone(ToneFeatures(fast, language="en"))
    posts = TEXTS[:2] * 6
    search = GridSearchCV(
        make_pipeline(features, StandardScaler(), LogisticRegression()), {"tonefeatures__columns": ["scores", "signals"]}, cv=2
    )
    search.fit(posts, [1, 0] * 6)
    assert search.best_score_ == 1.0


@pytest.mark.parametrize("texts", [TEXTS, np.array(TEXTS), pd.Series(TEXTS), pd.DataFrame({"text": TEXTS}), (t for t in TEXTS)])
def test_texts_come_as_any_one_column(texts, fast):
    features = ToneFeatures(fast, language="en").fit(TEXTS)
    assert features.transform(texts).shape == (3, 5)


def test_no_texts_give_no_rows(fast):
    assert ToneFeatures(fast).fit([]).transform([]).shape == (0, 5)


def test_wrong_calls_say_what_to_do(fast):
    with pytest.raises(TypeError, match="list"):
        ToneFeatures(fast).fit("one text")
    with pytest.raises(ValueError, match="scores or signals"):
        ToneFeatures(fast, columns="all").fit(TEXTS)
    with pytest.raises(ValueError, match="one column"):
        ToneFeatures(fast).fit(pd.DataFrame({"a": TEXTS, "b": TEXTS}))
