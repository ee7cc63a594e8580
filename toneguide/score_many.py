"""Scores of many texts as columns, without their explanations: what an archive wants."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from toneguide.decided import Topic
from toneguide.language.analysis import READING, PipelineName
from toneguide.language.flat import FlatTexts
from toneguide.language.reading import least_words, too_few
from toneguide.language.reading_many import ManyReadings, read_tagged, shared_reader
from toneguide.model.many import margins_of_many
from toneguide.model.tone_model import DIMENSIONS, ToneModel, to_score
from toneguide.posts.columns import SCORE_COLUMNS
from toneguide.score import ToneScore, notice, score_row
from toneguide.values.matching import Value, ValueFinder
from toneguide.values.parts import overall_of_many
from toneguide.values.row import row_of
from toneguide.values.topics import TopicFinder

__all__ = ["Judge", "Told", "score_plainly"]

_AT_ONCE: Final = 1_000
Columns = dict[str, list[Any]]


class Told(NamedTuple):
    """What a guide's values and topics make of texts: topics, alignment with each value, and with all."""

    topics: list[tuple[Topic, ...]]
    values: npt.NDArray[np.float64]
    alignment: npt.NDArray[np.float64]


class Judge:
    """Looks for a guide's values and sensitive topics in many texts.

    Parameters
    ----------
    values : sequence of Value
        In the guide's order.
    finders, topics : mapping of str to ValueFinder, TopicFinder
        By language; empty where there is nothing to look for.
    weights : mapping of str to float
        Of each value, by name.
    """

    def __init__(
        self, values: Sequence[Value], finders: Mapping[str, ValueFinder], topics: Mapping[str, TopicFinder], weights: Mapping[str, float]
    ) -> None:
        self.names = tuple(value.name for value in values)
        self.columns = tuple(f"value:{name}" for name in self.names)
        self._finders, self._topics = finders, topics
        self._weights = [weights[name] for name in self.names]

    def look(self, model: ToneModel, texts: FlatTexts) -> Told:
        """Topics and alignment of every text; `ToneGuide.score_many` tells where they come from."""
        finder, topics = self._finders.get(model.language), self._topics.get(model.language)
        told: list[tuple[Topic, ...]] = [tuple(topics.find(texts.text(i))) for i in range(len(texts))] if topics else [()] * len(texts)
        aligned = finder.alignments(row_of(texts), model.negated_words) if finder else np.zeros((len(texts), 0))
        return Told(told, aligned, overall_of_many(self._weights, aligned))


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
        told = judge.look(models[one], flat) if judge else None
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
