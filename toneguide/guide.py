"""ToneGuide: a thin face over the rest."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from toneguide.language.analysis import PIPELINES, READING, Analysed, PipelineName, load_pipeline
from toneguide.language.identify import SUPPORTED
from toneguide.language.reading import Reading, read_texts
from toneguide.language.tokens import tokenize
from toneguide.model.tone_model import DIMENSIONS, Part, ToneModel
from toneguide.posts.columns import renamed_columns
from toneguide.score import ToneScore, score_columns
from toneguide.score_many import score_plainly
from toneguide.values.matching import Value, ValueFinder, ValueScore, read_values

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrameT

    from toneguide.model.calibration import Change

__all__ = ["ToneGuide"]

# Measured: the neural taggers are not better by 0.01 in the mean, and seven times slower at the least (README).
DEFAULT_PIPELINE: Final[PipelineName] = "fast"
_BATCH: Final = 256


class ToneGuide:
    """A company's tone of voice: models, values, and how posts are read.

    Make one with `default` or `load`; every change gives a new guide.

    Examples
    --------
    >>> guide = ToneGuide.default("fast")
    >>> warm = guide.score("Kiitos, että jäit auttamaan. Ilman sua olisin vieläkin siellä!")
    >>> cold = guide.score("Lomakkeet on palautettava perjantaihin mennessä. Myöhästyneitä ei käsitellä.")
    >>> warm.warmth > cold.warmth
    True
    """

    def __init__(
        self,
        models: Mapping[str, ToneModel],
        *,
        pipeline: PipelineName = DEFAULT_PIPELINE,
        values: Iterable[Value] = (),
        changes: Mapping[str, Sequence[Change]] | None = None,
    ) -> None:
        if pipeline not in PIPELINES:
            raise ValueError(f"no pipeline {pipeline!r}: choose one of {', '.join(PIPELINES)}")
        self._models = dict(models)
        self._changes = {language: tuple((changes or {}).get(language, ())) for language in models}
        self._pipeline = pipeline
        self._values = tuple(values)
        self._finders = {language: ValueFinder(self._values, language) for language in SUPPORTED} if self._values else {}

    @classmethod
    def default(cls, pipeline: PipelineName | None = None) -> ToneGuide:
        """The shipped models, without company values.

        Parameters
        ----------
        pipeline : {"accurate", "fast"}, optional
            Whether a neural tagger reads the sentences, or the word forms alone decide.
        """
        return cls(_shipped_models(), pipeline=pipeline or DEFAULT_PIPELINE)

    @classmethod
    def load(cls, folder: str | Path) -> ToneGuide:
        """A guide from its folder.

        Raises
        ------
        GuideError
            Where the folder or its ``guide.yaml`` cannot be used; the message names file and line.
        """
        from toneguide.guide_folder import read_folder

        decided = read_folder(Path(folder), _shipped_models())
        return cls(decided.models, pipeline=decided.pipeline or DEFAULT_PIPELINE, values=decided.values, changes=decided.changes)

    def save(self, folder: str | Path) -> None:
        """Write the guide into a folder; comments in a ``guide.yaml`` that is there survive."""
        from toneguide.guide_folder import write_folder

        write_folder(Path(folder), self._values, self._pipeline, self._changes, _shipped_models())

    @property
    def pipeline(self) -> PipelineName:
        """``"accurate"`` or ``"fast"``."""
        return self._pipeline

    @property
    def values(self) -> tuple[Value, ...]:
        """The company's values, in the guide's order."""
        return self._values

    def with_values(self, values: Iterable[str | Mapping[str, object]]) -> ToneGuide:
        """A new guide with these values and no others.

        Parameters
        ----------
        values : iterable of str or mapping
            Names, or records with `name` and `words`.

        Raises
        ------
        TypeError
            For a bare string.
        ValueError
            For a value without a name, or one named twice.

        Examples
        --------
        >>> guide = ToneGuide.default("fast").with_values(["Rohkeus", "Be bold"])
        >>> guide.score("Rohkeudesta puhutaan meillä joka viikko, ja hyvä niin.").values["Rohkeus"].named >= 50
        True
        """
        if isinstance(values, str):
            raise TypeError('with_values takes a list of values: ["Be bold"], not "Be bold"')
        return ToneGuide(self._models, pipeline=self._pipeline, values=read_values(values), changes=self._changes)

    def with_pipeline(self, pipeline: PipelineName) -> ToneGuide:
        """The same guide on the other pipeline, ``"accurate"`` or ``"fast"``."""
        return ToneGuide(self._models, pipeline=pipeline, values=self._values, changes=self._changes)

    def score(self, text: str, *, language: str | None = None, min_words: int | None = None) -> ToneScore:
        """Score one text.

        Parameters
        ----------
        text : str
            The post.
        language : {"fi", "en"}, optional
            Skips identification.
        min_words : int, optional
            Fewer words give the status ``"too_short"``; the measured default where None, 0 for never.

        Examples
        --------
        >>> ToneGuide.default("fast").score("🎉").status
        'empty'
        """
        if not isinstance(text, str):
            raise TypeError(f"a text is a string, not {type(text).__name__}; use score_many for several")
        return next(self.score_many([text], language=language, min_words=min_words))

    def score_many(self, texts: Iterable[str | None], language: str | None = None, min_words: int | None = None) -> Iterator[ToneScore]:
        """Score texts, lazily and in order.

        Parameters
        ----------
        texts : iterable of str
            Posts; None and NaN count as empty.
        language : {"fi", "en"}, optional
            The language of all of them; skips identification.
        min_words : int, optional
            As in `score`.

        Raises
        ------
        TypeError
            At once, for a bare string.
        ValueError
            At once, for a language that is not supported.
        """
        if isinstance(texts, str | bytes):
            raise TypeError("score_many takes several texts; use score for one")
        if language is not None and language not in SUPPORTED:
            raise ValueError(f"no models for language {language!r}: choose one of {', '.join(SUPPORTED)}, or None to have it identified")
        return self._scores(iter(texts), language, min_words)

    def _scores(self, texts: Iterator[object], language: str | None, min_words: int | None) -> Iterator[ToneScore]:
        pipeline = load_pipeline(self._pipeline)
        size = 1
        while batch := list(islice(texts, size)):
            with READING:
                scores = [self._score(read) for read in read_texts(batch, pipeline, language=language, min_words=min_words)]
            yield from scores
            size = min(_BATCH, size * 4)

    def _score(self, read: Reading) -> ToneScore:
        if read.status != "ok":
            nothing = {value.name: ValueScore(0.0, 0.0, 0.0) for value in self._values}
            return ToneScore(
                read.text, status=read.status, reason=read.reason, language=read.language, n_words=read.n_words, values=nothing
            )  # fmt: skip
        segments = read.segments
        total = sum(s.n_words for s in segments)
        shares = [s.n_words / total for s in segments]
        margins = [self._models[s.language].margins(s) for s in segments]
        margin = {d: float(sum(w * m[j] for w, m in zip(shares, margins, strict=True))) for j, d in enumerate(DIMENSIONS)}
        bias = {
            d: float(sum(w * self._models[s.language].bias[j] for w, s in zip(shares, segments, strict=True)))
            for j, d in enumerate(DIMENSIONS)
        }
        values = self._value_scores(segments)
        return ToneScore(
            read.text, reason=read.reason, language=read.language, n_words=read.n_words, margin=margin, bias=bias, values=values,
            alignment=_overall(values) if values else None, find_evidence=partial(self._evidence, segments, shares),
        )  # fmt: skip

    def _evidence(self, segments: list[Analysed], shares: list[float]) -> list[Part]:
        parts = [
            part._replace(amount=part.amount * share)
            for segment, share in zip(segments, shares, strict=True)
            for part in self._models[segment.language].parts(segment)
        ]
        return sorted(parts, key=lambda part: (part.kind == "signal", part.spans[0] if part.spans else (0, 0)))

    def _value_scores(self, segments: list[Analysed]) -> dict[str, ValueScore]:
        if not self._finders:
            return {}
        best = {value.name: ValueScore(0.0, 0.0, 0.0) for value in self._values}
        for segment in segments:
            found = self._finders[segment.language].score(segment, self._models[segment.language].negated_words(segment))
            for value, score in zip(self._values, found, strict=True):
                best[value.name] = max(best[value.name], score)
        return best

    def score_columns(self, texts: Iterable[str | None], language: str | None = None, min_words: int | None = None) -> dict[str, list[Any]]:
        """Scores as columns, for archives: the numbers of `score_many` without their explanations.

        Returns
        -------
        dict of str to list
            ``language, status, reason, n_words, corporate, warmth, alignment, in_tone`` and ``value:<name>``, each as long as `texts`.

        Examples
        --------
        >>> ToneGuide.default("fast").score_columns(["Kiitos kaikille eilisestä, oli kivaa!", ""])["status"]
        ['ok', 'empty']
        """
        scores = self.score_many(texts, language, min_words)
        if self._values:
            return score_columns(list(scores), [v.name for v in self._values])
        return score_plainly(texts, self._models, self.score_many, pipeline=self._pipeline, language=language, min_words=min_words)

    def score_frame(
        self, frame: IntoDataFrameT, text: str = "text", *, language: str | None = None, min_words: int | None = None
    ) -> IntoDataFrameT:
        """A data frame with the scores added.

        Parameters
        ----------
        frame : pandas, Polars or PyArrow frame
            One post a row.
        text : str
            Column that holds the posts.

        Returns
        -------
        The same kind of frame, index kept
            With ``language, status, reason, n_words, corporate, warmth, alignment`` and ``value:<name>`` added; a column of the input that
            has one of these names becomes ``input:<name>``.

        Raises
        ------
        ValueError
            Where there is no such column, naming those there are.
        """
        import narwhals as nw

        wrapped = nw.from_native(frame, eager_only=True)
        if text not in wrapped.columns:
            raise ValueError(f"no column {text!r}; the columns are {', '.join(map(repr, wrapped.columns))}")
        columns = self.score_columns(wrapped[text].to_list(), language, min_words)
        wrapped = wrapped.rename(renamed_columns(wrapped.columns, [v.name for v in self._values]))
        space = nw.get_native_namespace(wrapped)
        series = [nw.new_series(name, values, dtype=_dtype(nw, name), backend=space) for name, values in columns.items()]
        out: Any = wrapped.with_columns(*(_aligned(nw, s, wrapped) for s in series))
        return out.to_native()  # type: ignore[no-any-return]

    def calibrate(self, frame: IntoDataFrameT, *, language: str) -> ToneGuide:
        """A new guide, moved towards the company's own labels.

        Parameters
        ----------
        frame : pandas, Polars or PyArrow frame
            Column ``text`` and one or both of ``corporate`` and ``warmth``: ratings in 0..1, empty where a post has none.
        language : {"fi", "en"}
            Language of the posts; models are calibrated one by one.

        Raises
        ------
        ValueError
            For a missing column, or ratings outside 0..1; the message says what to do.
        """
        import narwhals as nw
        import numpy as np

        from toneguide.model.calibration import apply, learn

        if language not in SUPPORTED:
            raise ValueError(f"no models for language {language!r}: choose one of {', '.join(SUPPORTED)}")
        wrapped = nw.from_native(frame, eager_only=True)
        rated = [d for d in DIMENSIONS if d in wrapped.columns]
        if "text" not in wrapped.columns or not rated:
            raise ValueError(f"calibrate needs the column 'text' and one of 'corporate' and 'warmth'; the columns are {wrapped.columns}")
        texts = [text if isinstance(text, str) else "" for text in wrapped["text"].to_list()]
        labels = {d: np.array([_rating(r, d, i) for i, r in enumerate(wrapped[d].to_list())]) for d in rated}
        analysed = list(load_pipeline(self._pipeline).analyse([tokenize(text) for text in texts], language))
        keep = [i for i, text in enumerate(analysed) if text.n_words]
        change = learn(self._models[language], [analysed[i] for i in keep], {d: column[keep] for d, column in labels.items()})
        return ToneGuide(
            {**self._models, language: apply(self._models[language], change)},
            pipeline=self._pipeline,
            values=self._values,
            changes={**self._changes, language: (*self._changes[language], change)},
        )

    def __repr__(self) -> str:
        names = ", ".join(value.name for value in self._values) or "no values"
        return f"ToneGuide({self._pipeline}; {names})"


def _shipped_models() -> dict[str, ToneModel]:
    return {language: _shipped(language) for language in SUPPORTED}


@lru_cache(maxsize=None)
def _shipped(language: str) -> ToneModel:
    from toneguide.lexicons.lexicon import load_lexicon
    from toneguide.model.storage import load_model

    return load_model(Path(__file__).parent / "data", f"model_{language}", load_lexicon(language))


def _dtype(nw: Any, name: str) -> Any:
    kinds = {"n_words": nw.Int64, "in_tone": nw.Boolean} | dict.fromkeys(("language", "status", "reason"), nw.String)
    return kinds.get(name, nw.Float64)


def _aligned(nw: Any, series: Any, frame: Any) -> Any:
    """The series with the frame's own index, where its kind has one."""
    native = nw.to_native(series)
    index = getattr(nw.to_native(frame), "index", None)
    if index is not None and hasattr(native, "set_axis"):
        return nw.from_native(native.set_axis(index), series_only=True)
    return series


def _rating(value: object, dimension: str, row: int) -> float:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return math.nan
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ValueError(f"{dimension} in row {row} is {value!r}: ratings go from 0 to 1 here; turn 1-5 ratings into (rating - 1) / 4")
    return float(value)


def _overall(values: Mapping[str, ValueScore]) -> float:
    """Alignment with a guide: one value carried well is much, a second adds, none is needed twice."""
    left = 1.0
    for score in values.values():
        left *= 1 - score.alignment / 100
    return 100 * (1 - left)
