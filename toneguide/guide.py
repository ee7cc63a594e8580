"""ToneGuide: a thin face over the rest."""

from __future__ import annotations

import math
import sys
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial, reduce
from itertools import chain, islice, repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from toneguide.decided import Decisions, Targets, make_targets, make_term
from toneguide.errors import CallError, InputError
from toneguide.language.analysis import PIPELINES, READING, Analysed, PipelineName, TypeTable, load_pipeline
from toneguide.language.hands_off import hands_off_spans, without_spans
from toneguide.language.identify import SUPPORTED
from toneguide.language.reading import Reading, read_texts
from toneguide.language.tokens import tokenize
from toneguide.model.tone_model import DIMENSIONS, Part, ToneModel
from toneguide.posts.columns import renamed_columns
from toneguide.score import ToneScore, notice, score_columns
from toneguide.score_many import Judge, score_plainly
from toneguide.suggest.help import Help
from toneguide.values.matching import ValueFinder, Values, read_values
from toneguide.values.parts import NOTHING, ValueScore, combine, overall, overall_of_many
from toneguide.values.row import row_of_all
from toneguide.values.topics import TopicFinder

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrameT

    from toneguide.language.tokens import Tokens
    from toneguide.model.calibration import Change
    from toneguide.values.value import Value

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
        decisions: Decisions = Decisions(),  # noqa: B008 (a frozen record)
        on_tone: Iterable[str] = (),
    ) -> None:
        if pipeline not in PIPELINES:
            raise CallError(f"no pipeline {pipeline!r}: choose one of {', '.join(PIPELINES)}")
        self._models = dict(models)
        self._changes = {language: tuple((changes or {}).get(language, ())) for language in models}
        self._pipeline = pipeline
        self._values = Values(values)
        self._decisions = decisions
        mean = sum(value.weight for value in self._values) / max(1, len(self._values))
        self._weights = {value.name: value.weight / mean for value in self._values}
        self._unseen: dict[str, ValueScore] = {value.name: NOTHING for value in self._values}
        self._on_tone = tuple(on_tone)
        self._finders = {language: ValueFinder(self._values, language) for language in SUPPORTED} if self._values else {}
        self._topics = {language: TopicFinder(decisions.topics, language) for language in SUPPORTED} if decisions.topics else {}

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
        return cls(
            decided.models, pipeline=decided.pipeline or DEFAULT_PIPELINE, values=decided.values, changes=decided.changes, decisions=decided.decisions
        )  # fmt: skip

    def save(self, folder: str | Path) -> None:
        """Write the guide into a folder; comments in a ``guide.yaml`` that is there survive."""
        from toneguide.guide_folder import write_folder

        write_folder(Path(folder), self._values, self._pipeline, self._changes, _shipped_models(), self._decisions)

    def write_page(self, path: str | Path) -> None:
        """Write the guide as a page that people can read: one HTML file, in the language of the interface.

        Parameters
        ----------
        path : str or Path
            The file; a page that is there already is replaced.

        Raises
        ------
        InputError
            Where it cannot be written.
        """
        from toneguide.guide_folder.page import guide_to_html

        try:
            Path(path).write_text(guide_to_html(self._values, self._decisions), encoding="utf-8")
        except OSError as e:
            raise InputError(f"{path}: cannot be written ({e.strerror or e}); choose another place") from None

    @property
    def pipeline(self) -> PipelineName:
        """``"accurate"`` or ``"fast"``."""
        return self._pipeline

    @property
    def values(self) -> Values:
        """The company's values, in the guide's order; by number or by name."""
        return self._values

    @property
    def decisions(self) -> Decisions:
        """House terms, targets, situations, topics and what is left alone."""
        return self._decisions

    def _with(self, **changed: Any) -> ToneGuide:
        kept = {
            "pipeline": self._pipeline,
            "values": self._values,
            "changes": self._changes,
            "decisions": self._decisions,
            "on_tone": self._on_tone,
        }
        return ToneGuide(changed.pop("models", self._models), **(kept | changed))

    def with_decisions(self, decisions: Decisions) -> ToneGuide:
        """The same guide with other house terms, targets, situations and topics."""
        return self._with(decisions=decisions)

    def with_terms(self, terms: Mapping[str, str | Iterable[str]]) -> ToneGuide:
        """A new guide with these house terms before those it has.

        Parameters
        ----------
        terms : mapping of str to str or iterable of str
            What is avoided, in its base form, and what is said instead, best first; ``""`` where it is simply left out.

        Raises
        ------
        ValueError
            For a term that is no text, or empty.

        Examples
        --------
        >>> guide = ToneGuide.default().with_terms({"hyödyntää": "käyttää"})
        >>> [choice.text for choice in guide.score("Hyödynnämme tätä joka päivä ja ilolla.").suggestions[0].choices][:1]
        ['Käytämme']
        """
        made = tuple(make_term(avoid, prefer) for avoid, prefer in terms.items())
        new = {term.avoid for term in made}
        kept = tuple(term for term in self._decisions.terms if term.avoid not in new or term.pack)
        return self.with_decisions(replace(self._decisions, terms=(*made, *kept)))

    def with_targets(self, targets: Mapping[str, Mapping[str, Mapping[str, float]]]) -> ToneGuide:
        """A new guide with these target bands; channels that are not named keep theirs.

        Parameters
        ----------
        targets : mapping
            As in ``guide.yaml``: by channel, ``"default"`` for all others, then by score, then ``min`` and ``max``.

        Raises
        ------
        ValueError
            For a score that there is not, or a band that is none.

        Examples
        --------
        >>> guide = ToneGuide.default().with_targets({"default": {"warmth": {"min": 40}}})
        >>> guide.score("Lomakkeet on palautettava perjantaihin mennessä.").in_tone
        False
        """
        made = {"" if channel == "default" else channel.strip().lower(): make_targets(bands) for channel, bands in targets.items()}
        return self.with_decisions(replace(self._decisions, targets={**self._decisions.targets, **made}))

    def with_examples(self, posts: Iterable[str]) -> ToneGuide:
        """A new guide that offers these posts of the company's own as examples; see `ToneScore.nearest`.

        Parameters
        ----------
        posts : iterable of str
            Posts on tone.

        Examples
        --------
        >>> guide = ToneGuide.default().with_examples(["Hissi jumissa yöllä, mummo kutoi sukkaa. Odotin kantapään yli."])
        >>> guide.score("Hissi oli jumissa ja sukka jäi kesken siellä.").nearest(1)[0].source
        'guide'
        """
        if isinstance(posts, str):
            raise TypeError("with_examples takes a list of posts, not one text")
        return self._with(on_tone=tuple(posts))

    def with_words(self, value: str, *, accepted: Iterable[str] = (), rejected: Iterable[str] = (), language: str = "") -> ToneGuide:
        """A new guide that knows which suggested words a person took and which not; `save` writes both into ``guide.yaml``.

        Parameters
        ----------
        value : str
            Name of the value.
        accepted, rejected : iterable of str
            Words from ``guide.values[value].suggest_words()``; rejected ones are never proposed again.
        language : {"fi", "en", ""}
            Of the accepted words; ``""`` for both.

        Examples
        --------
        >>> guide = ToneGuide.default("fast").with_values(["Rohkeus"]).with_words("Rohkeus", accepted=["uskallus"])
        >>> guide.values["Rohkeus"].words
        ('uskallus',)
        """
        from toneguide.values.growth import with_answers

        changed = with_answers(self._values[value], accepted, rejected, language)
        return self._with(values=[changed if one.name == value else one for one in self._values])

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
        return self._with(values=read_values(values))

    def with_pipeline(self, pipeline: PipelineName) -> ToneGuide:
        """The same guide on the other pipeline, ``"accurate"`` or ``"fast"``."""
        return self._with(pipeline=pipeline)

    def score(
        self, text: str, *, language: str | None = None, min_words: int | None = None, channel: str | None = None, situation: str | None = None
    ) -> ToneScore:  # fmt: skip
        """Score one text.

        Parameters
        ----------
        text : str
            The post.
        language : {"fi", "en"}, optional
            Skips identification.
        min_words : int, optional
            Fewer words give the status ``"too_short"``; the measured default where None, 0 for never.
        channel : str, optional
            Where it goes, such as ``"linkedin"``: chooses the guide's targets.
        situation : str, optional
            A situation of the guide, such as a crisis, whose targets come first.

        Examples
        --------
        >>> ToneGuide.default("fast").score("🎉").status
        'empty'
        """
        if not isinstance(text, str):
            raise TypeError(f"a text is a string, not {type(text).__name__}; use score_many for several")
        return next(self.score_many([text], language=language, min_words=min_words, channels=[channel], situation=situation))

    def score_many(
        self, texts: Iterable[str | None], language: str | None = None, min_words: int | None = None, *,
        channels: Iterable[str | None] | None = None, situation: str | None = None,
    ) -> Iterator[ToneScore]:  # fmt: skip
        """Score texts, lazily and in order.

        Parameters
        ----------
        texts : iterable of str
            Posts; None and NaN count as empty.
        language : {"fi", "en"}, optional
            The language of all of them; skips identification.
        min_words : int, optional
            As in `score`.
        channels : iterable of str, optional
            The channel of each post; None where it has none.
        situation : str, optional
            The situation of all of them.

        Raises
        ------
        TypeError
            At once, for a bare string.
        ValueError
            At once, for a language that is not supported, or a situation that the guide does not name.
        """
        if isinstance(texts, str | bytes):
            raise TypeError("score_many takes several texts; use score for one")
        if isinstance(channels, str):
            raise TypeError("channels holds one channel for each text; use score for one")
        if language is not None and language not in SUPPORTED:
            raise CallError(f"no models for language {language!r}: choose one of {', '.join(SUPPORTED)}, or None to have it identified")
        self._decisions.targets_for(None, situation)
        return self._scores(iter(texts), language, min_words, chain(channels or (), repeat(None)), situation)

    def _scores(
        self, texts: Iterator[object], language: str | None, min_words: int | None, channels: Iterator[str | None], situation: str | None
    ) -> Iterator[ToneScore]:  # fmt: skip
        pipeline = load_pipeline(self._pipeline)
        leave = self._leave if self._decisions.hands_off or self._decisions.quotes_off else None
        size = 1
        while batch := list(islice(texts, size)):
            with READING:
                read = read_texts(batch, pipeline, language=language, min_words=min_words, leave=leave)
                aligned = self._aligned(read) if self._values else [None] * len(read)
                scores = [
                    self._score(one, self._targets(next(channels), situation), situation, a) for one, a in zip(read, aligned, strict=True)
                ]
            yield from scores
            size = min(_BATCH, size * 4)

    def _targets(self, channel: object, situation: str | None) -> Targets | None:
        decided = self._decisions
        if not decided.targets and not decided.situations:
            return None
        found = decided.targets_for(channel if isinstance(channel, str) else None, situation)
        return None if found == Targets() else found

    def _leave(self, tokens: Tokens) -> Tokens:
        spans = hands_off_spans(tokens, self._decisions.hands_off, quotes=self._decisions.quotes_off)
        return without_spans(tokens, spans) if spans else tokens

    def hands_off_spans(self, text: str) -> list[tuple[int, int]]:
        """Stretches of a text that the guide leaves alone: neither score nor suggestion.

        Parameters
        ----------
        text : str
            The post.

        Returns
        -------
        list of (int, int)
            Offsets, rising.
        """
        return hands_off_spans(tokenize(text), self._decisions.hands_off, quotes=self._decisions.quotes_off)

    def _aligned(self, read: list[Reading]) -> list[float | None]:
        """Overall alignment of posts in one language; those in two wait for their values."""
        places: dict[TypeTable, list[int]] = {}
        for i, one in enumerate(read):
            if len(one.segments) == 1:
                places.setdefault(one.segments[0].table, []).append(i)
        found: list[float | None] = [None] * len(read)
        for table, alike in places.items():
            finder, model = self._finders[table.language], self._models[table.language]
            alignments = finder.alignments(row_of_all([read[i].segments[0] for i in alike]), model.negated_words)
            for i, aligned in zip(alike, overall_of_many(list(self._weights.values()), alignments).tolist(), strict=True):
                found[i] = aligned
        return found

    def _score(self, read: Reading, targets: Targets | None, situation: str | None, aligned: float | None) -> ToneScore:
        told: dict[str, Any] = {"language": read.language, "n_words": read.n_words, "targets": targets}
        if read.status != "ok":
            return ToneScore(read.text, status=read.status, reason=read.reason, values=dict(self._unseen), **told)
        segments = read.segments
        topics = tuple(dict.fromkeys(t for s in segments for t in self._topics[s.language].find(s))) if self._topics else ()
        if topics:
            return ToneScore(read.text, status="sensitive", reason=notice(topics), values=dict(self._unseen), topics=topics, **told)
        total = sum(s.n_words for s in segments)
        shares = [s.n_words / total for s in segments]
        margins = [self._models[s.language].margins(s) for s in segments]
        margin = {d: float(sum(w * m[j] for w, m in zip(shares, margins, strict=True))) for j, d in enumerate(DIMENSIONS)}
        bias = {
            d: float(sum(w * self._models[s.language].bias[j] for w, s in zip(shares, segments, strict=True)))
            for j, d in enumerate(DIMENSIONS)
        }
        find_values = partial(self._value_scores, segments) if self._values else None
        if find_values and aligned is None:
            aligned = overall((self._weights[name], score.alignment) for name, score in find_values().items() if score.alignment)
        find_parts = lru_cache(maxsize=1)(partial(self._evidence, segments, shares))
        return ToneScore(
            read.text, reason=read.reason, margin=margin, bias=bias, find_values=find_values, alignment=aligned,
            find_evidence=find_parts,
            help=Help(
                read.text, segments, find_parts=find_parts, rescore=partial(self._rescore, read.language),
                terms=self._decisions.terms_for(read.text, situation) if self._decisions.terms else (), hands_off=self._decisions.hands_off,
                examples=self._on_tone,
            ),
            **told,
        )  # fmt: skip

    def _rescore(self, language: str, text: str) -> tuple[dict[str, float], dict[str, float]] | None:
        """Scores and margins of an edited text, read in the language of the original."""
        score = next(self.score_many([text], language=language, min_words=0))
        return ({d: getattr(score, d) for d in DIMENSIONS}, dict(score.margin)) if score.status == "ok" else None

    def _evidence(self, segments: list[Analysed], shares: list[float]) -> list[Part]:
        parts = [
            part._replace(amount=part.amount * share)
            for segment, share in zip(segments, shares, strict=True)
            for part in self._models[segment.language].parts(segment)
        ]
        return sorted(parts, key=lambda part: (part.kind == "signal", part.spans[0] if part.spans else (0, 0)))

    def _value_scores(self, segments: list[Analysed]) -> dict[str, ValueScore]:
        """Scores of all values, by name."""
        scored = []
        # Asked for whenever somebody likes, from any thread.
        with READING:
            for segment in segments:
                finder = self._finders[segment.language]
                found, others = finder.find(segment, self._models[segment.language].negated_words)
                scored.append(dict.fromkeys(self._unseen, others) | {self._values[v].name: score for v, score in found.items()})
        if len(scored) == 1:
            return scored[0]
        return {name: reduce(combine, (one[name] for one in scored)) for name in self._unseen}

    def score_columns(
        self, texts: Iterable[str | None], language: str | None = None, min_words: int | None = None, *,
        channels: Iterable[str | None] | None = None, situation: str | None = None,
    ) -> dict[str, list[Any]]:  # fmt: skip
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
        names = [value.name for value in self._values]
        if self._decisions.hands_off or self._decisions.quotes_off:
            columns = score_columns(scores, names)
        else:
            judge = Judge(self._values, self._finders, self._topics, self._weights) if self._values or self._topics else None
            columns = score_plainly(
                texts, self._models, self.score_many, pipeline=self._pipeline, language=language, min_words=min_words, judge=judge
            )
        columns["in_tone"] = self.in_tone(columns, channels, situation)
        return columns

    def in_tone(
        self, columns: Mapping[str, Sequence[Any]], channels: Iterable[str | None] | None = None, situation: str | None = None
    ) -> list[bool | None]:
        """Whether posts lie in the bands of their channels.

        Parameters
        ----------
        columns : mapping of str to sequence
            ``status, corporate, warmth, alignment`` of each post.
        channels : iterable of str or None, optional
            Of each post.
        situation : str, optional
            Of all of them.

        Returns
        -------
        list of bool or None
            None without bands or without scores.
        """
        scores = zip(
            columns["status"],
            columns["corporate"],
            columns["warmth"],
            columns["alignment"],
            chain(channels or (), repeat(None)),
            strict=False,
        )
        found: list[bool | None] = []
        for status, corporate, warmth, alignment, channel in scores:
            targets = self._targets(channel, situation) if status == "ok" else None
            found.append(targets.met_by({"corporate": corporate, "warmth": warmth, "alignment": alignment}) if targets else None)
        return found

    def score_frame(
        self, frame: IntoDataFrameT, text: str = "text", *, language: str | None = None, min_words: int | None = None,
        channel: str | None = None, situation: str | None = None,
    ) -> IntoDataFrameT:  # fmt: skip
        """A data frame with the scores added.

        Parameters
        ----------
        frame : pandas, Polars or PyArrow frame
            One post a row.
        text : str
            Column that holds the posts.
        channel : str, optional
            Column that holds their channels, for the guide's targets.
        situation : str, optional
            The situation of all of them.

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

        if isinstance(frame, str | Path):
            raise CallError(f"a data frame of posts is scored here, not a name; read the file first: read_posts({str(frame)!r})")
        wrapped = nw.from_native(frame, eager_only=True)
        missing = next((name for name in (text, channel) if name is not None and name not in wrapped.columns), None)
        if missing is not None:
            raise CallError(f"no column {missing!r}; the columns are {', '.join(map(repr, wrapped.columns))}")
        channels = wrapped[channel].to_list() if channel else None
        columns = self.score_columns(wrapped[text].to_list(), language, min_words, channels=channels, situation=situation)
        wrapped = wrapped.rename(renamed_columns(wrapped.columns, [v.name for v in self._values]))
        space = nw.get_native_namespace(wrapped)
        series = [_series(nw, name, values, space) for name, values in columns.items()]
        out: Any = wrapped.with_columns(*(_aligned(nw, s, wrapped) for s in series))
        if "IPython" in sys.modules:
            from toneguide.render.bars import show_bars

            show_bars()
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

        Warns
        -----
        UserWarning
            Where ten ratings or more justify no move (all the same, contradictory, reversed), so that the scores of that dimension stay.
            How far weights move is found by cross-validation; with fewer than ten ratings a small move is made unchecked.
        """
        import narwhals as nw
        import numpy as np

        from toneguide.language.near_copies import near_copies
        from toneguide.model.adapt import adapt

        if language not in SUPPORTED:
            raise CallError(f"no models for language {language!r}: choose one of {', '.join(SUPPORTED)}")
        wrapped = nw.from_native(frame, eager_only=True)
        rated = [d for d in DIMENSIONS if d in wrapped.columns]
        if "text" not in wrapped.columns or not rated:
            raise CallError(f"calibrate needs the column 'text' and one of 'corporate' and 'warmth'; the columns are {wrapped.columns}")
        texts = [text if isinstance(text, str) else "" for text in wrapped["text"].to_list()]
        labels = {d: np.array([_rating(r, d, i) for i, r in enumerate(wrapped[d].to_list())]) for d in rated}
        analysed = self.analyse(texts, language)
        keep = [i for i, text in enumerate(analysed) if text.n_words]
        chosen: dict[str, Any] = {d: column[keep] for d, column in labels.items()}
        groups = near_copies([texts[i] for i in keep])
        adapted = adapt(self._models[language], [analysed[i] for i in keep], chosen, groups=groups, trust_few=True)
        change = adapted.change
        for decision in adapted.decisions.values():
            if not decision.moves and decision.n:
                warnings.warn(decision.told, stacklevel=2)
        return self.with_changes({**self._changes, language: (*self._changes[language], change)})

    def with_changes(self, changes: Mapping[str, Sequence[Change]]) -> ToneGuide:
        """The same guide with these moves away from the shipped weights, and no others.

        Parameters
        ----------
        changes : mapping of str to sequence of Change
            By language, in the order they are made; see `toneguide.model.adapt.adapt`.
        """
        from toneguide.model.calibration import apply

        models = _shipped_models()
        for language, made in changes.items():
            for change in made:
                models[language] = apply(models[language], change)
        return self._with(models=models, changes=changes)

    def analyse(self, texts: Iterable[str], language: str) -> list[Analysed]:
        """Texts in one language as this guide's pipeline reads them."""
        return list(load_pipeline(self._pipeline).analyse([tokenize(text) for text in texts], language))

    def model(self, language: str) -> ToneModel:
        """The weights this guide scores a language with."""
        return self._models[language]

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


def _series(nw: Any, name: str, values: Sequence[Any], space: Any) -> Any:
    if name == "in_tone" and space.__name__ == "pandas":
        # pandas' plain bool has no empty cell: a post without a score would count as one outside the targets.
        return nw.from_native(space.Series(list(values), name=name, dtype="boolean"), series_only=True)
    kinds = {"n_words": nw.Int64, "in_tone": nw.Boolean} | dict.fromkeys(("language", "status", "reason"), nw.String)
    return nw.new_series(name, values, dtype=kinds.get(name, nw.Float64), backend=space)


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
        raise CallError(f"{dimension} in row {row} is {value!r}: ratings go from 0 to 1 here; turn 1-5 ratings into (rating - 1) / 4")
    return float(value)
