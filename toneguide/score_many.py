"""Scores of many texts as columns, without their explanations: what an archive wants."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Final

import numpy as np

from toneguide.language.analysis import READING, PipelineName
from toneguide.language.reading import least_words, too_few
from toneguide.language.reading_many import ManyReadings, read_tagged, shared_reader
from toneguide.model.many import margins_of_many
from toneguide.model.tone_model import DIMENSIONS, ToneModel, to_score
from toneguide.posts.columns import SCORE_COLUMNS
from toneguide.score import ToneScore, notice, score_row
from toneguide.values.judge import Judge, Told

__all__ = ["Judge", "Told", "score_plainly"]

_AT_ONCE: Final = 1_000
Columns = dict[str, list[Any]]


def score_plainly(
    texts: Iterable[object], models: Mapping[str, ToneModel], score_many: Callable[..., Iterator[ToneScore]], *, pipeline: PipelineName,
    language: str | None, min_words: int | None, judge: Judge | None = None,
) -> Columns:  # fmt: skip
    """Scores where no decision needs to see the text as it is written.

    Parameters
    ----------
    texts : iterable
        As in `ToneGuide.score_many`.
    models : mapping of str to ToneModel
        By language.
    score_many : callable
        Scores the texts that are not plain.
    pipeline, language, min_words
        As in `ToneGuide`.
    judge : Judge, optional
        Looks for the guide's values and topics.

    Returns
    -------
    dict of str to list
        `SCORE_COLUMNS`, and ``value:<name>`` for every value.
    """
    columns: Columns = {name: [] for name in (*SCORE_COLUMNS, *(judge.columns if judge else ()))}
    remaining = iter(texts)
    while batch := list(islice(remaining, _AT_ONCE)):
        with READING:
            read = read_tagged if pipeline == "accurate" else shared_reader().read
            scored = _score_batch(batch, read(batch, language=language), models, score_many, language, min_words, judge)
        for name, values in scored.items():
            columns[name] += values
    return columns


def _score_batch(
    texts: list[object], readings: ManyReadings, models: Mapping[str, ToneModel], score_many: Callable[..., Iterator[ToneScore]],
    language: str | None, min_words: int | None, judge: Judge | None,
) -> Columns:  # fmt: skip
    columns: Columns = {name: [None] * len(texts) for name in (*SCORE_COLUMNS, *(judge.columns if judge else ()))}
    aligned = np.empty((1 + len(judge.names), len(texts))) if judge else np.empty((1, 0))
    languages, statuses, reasons, counts = (columns[name] for name in ("language", "status", "reason", "n_words"))
    dimensions = [columns[name] for name in DIMENSIONS]
    for one, posts, flat in readings.groups:
        least = least_words(one, min_words)
        margins = margins_of_many(models[one], flat).tolist()
        told = judge.look(flat, one) if judge else None
        for j, (i, n_words, margin) in enumerate(zip(posts.tolist(), flat.n_words.tolist(), margins, strict=True)):
            languages[i], counts[i] = one, n_words
            if n_words < least:
                statuses[i], reasons[i] = "too_short", too_few(n_words, least)
            elif told and told.topics[j]:
                statuses[i], reasons[i] = "sensitive", notice(told.topics[j])
            else:
                statuses[i], reasons[i] = "ok", ""
                for column, value in zip(dimensions, margin, strict=True):
                    column[i] = to_score(value)
        if told:
            aligned[:, posts] = told.alignment, *told.values.T
    if judge and judge.names:
        for name, values in zip(("alignment", *judge.columns), aligned.tolist(), strict=True):
            columns[name] = values
        for i in (i for i, status in enumerate(statuses) if status != "ok"):
            for name in ("alignment", *judge.columns):
                columns[name][i] = None
    others = score_many([texts[i] for i in readings.others], language, min_words)
    for i, score in zip(readings.others, others, strict=True):
        for name, value in score_row(score, judge.names if judge else ()).items():
            columns[name][i] = value
    return columns
