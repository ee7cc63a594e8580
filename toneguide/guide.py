"""ToneGuide: a thin face over the rest; more than half of this file is what its methods say of themselves."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from toneguide.decided import Decisions, make_targets, make_term
from toneguide.errors import CallError, InputError
from toneguide.language.analysis import PIPELINES, Analysed, PipelineName, load_pipeline
from toneguide.language.hands_off import hands_off_spans
from toneguide.language.identify import SUPPORTED
from toneguide.language.tokens import tokenize
from toneguide.model.adapt_to_frame import adapt_to_frame
from toneguide.model.shipped import shipped_models
from toneguide.score_frame import score_frame
from toneguide.scorer import Scorer
from toneguide.values.value import Values, read_values

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrameT

    from toneguide.model.calibration import Change
    from toneguide.model.tone_model import ToneModel
    from toneguide.score import ToneScore
    from toneguide.values.value import Value

__all__ = ["ToneGuide"]

# Measured: the neural taggers are not better by 0.01 in the mean, and seven times slower at the least (README).
DEFAULT_PIPELINE: Final[PipelineName] = "fast"


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
        self._on_tone = tuple(on_tone)
        self._scorer = Scorer(self._models, self._values, pipeline=pipeline, decisions=decisions, on_tone=self._on_tone)

    @classmethod
    def default(cls, pipeline: PipelineName | None = None) -> ToneGuide:
        """The shipped models, without company values.

        Parameters
        ----------
        pipeline : {"accurate", "fast"}, optional
            Whether a neural tagger reads the sentences, or the word forms alone decide.
        """
        return cls(shipped_models(), pipeline=pipeline or DEFAULT_PIPELINE)

    @classmethod
    def load(cls, folder: str | Path) -> ToneGuide:
        """A guide from its folder.

        Raises
        ------
        GuideError
            Where the folder or its ``guide.yaml`` cannot be used; the message names file and line.
        """
        from toneguide.guide_folder import read_folder

        decided = read_folder(Path(folder), shipped_models())
        return cls(
            decided.models, pipeline=decided.pipeline or DEFAULT_PIPELINE, values=decided.values, changes=decided.changes, decisions=decided.decisions
        )  # fmt: skip

    def save(self, folder: str | Path) -> None:
        """Write the guide into a folder; comments in a ``guide.yaml`` that is there survive."""
        from toneguide.guide_folder import write_folder

        write_folder(Path(folder), self._values, self._pipeline, self._changes, shipped_models(), self._decisions)

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
        _check(texts, language, channels)
        self._decisions.targets_for(None, situation)
        return self._scorer.scores(iter(texts), language, min_words, channels or (), situation)

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
        _check(texts, language)
        return self._scorer.columns(texts, language, min_words, channels, situation)

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
        return self._scorer.in_tone(columns, channels, situation)

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
        score = partial(self.score_columns, language=language, min_words=min_words, situation=situation)
        return score_frame(frame, score, text=text, channel=channel, value_names=[value.name for value in self._values])

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
        if language not in SUPPORTED:
            raise CallError(f"no models for language {language!r}: choose one of {', '.join(SUPPORTED)}")
        adapted = adapt_to_frame(self._models[language], frame, partial(self.analyse, language=language))
        for decision in adapted.decisions.values():
            if not decision.moves and decision.n:
                warnings.warn(decision.told, stacklevel=2)
        return self.with_changes({**self._changes, language: (*self._changes[language], adapted.change)})

    def with_changes(self, changes: Mapping[str, Sequence[Change]]) -> ToneGuide:
        """The same guide with these moves away from the shipped weights, and no others.

        Parameters
        ----------
        changes : mapping of str to sequence of Change
            By language, in the order they are made; see `toneguide.model.adapt.adapt`.
        """
        from toneguide.model.calibration import apply

        models = shipped_models()
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


def _check(texts: object, language: str | None, channels: object = None) -> None:
    if isinstance(texts, str | bytes):
        raise TypeError("score_many takes several texts; use score for one")
    if isinstance(channels, str):
        raise TypeError("channels holds one channel for each text; use score for one")
    if language is not None and language not in SUPPORTED:
        raise CallError(f"no models for language {language!r}: choose one of {', '.join(SUPPORTED)}, or None to have it identified")
