"""How one guide scores: a post that was read becomes a score with its parts, or a row of columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import chain, islice, repeat
from typing import Any, Final

from toneguide.decided import Decisions, Targets
from toneguide.language.analysis import READING, Analysed, PipelineName, load_pipeline
from toneguide.language.hands_off import hands_off_spans, without_spans
from toneguide.language.reading import Reading, read_texts
from toneguide.language.tokens import Tokens
from toneguide.model.tone_model import DIMENSIONS, Part, ToneModel
from toneguide.score import ToneScore, notice, score_columns
from toneguide.score_many import score_plainly
from toneguide.suggest.help import Help
from toneguide.values.judge import Judge
from toneguide.values.value import Values

__all__ = ["Scorer"]

_BATCH: Final = 256


class Scorer:
    """Scores posts as one guide wants them scored; what is asked of it was checked before.

    Parameters
    ----------
    models : mapping of str to ToneModel
        By language.
    values : Values
        The company's.
    pipeline : {"accurate", "fast"}
        Reads the posts.
    decisions : Decisions
        House terms, targets, situations, topics and what is left alone.
    on_tone : tuple of str
        The guide's own posts that are on tone.
    """

    def __init__(
        self, models: Mapping[str, ToneModel], values: Values, *, pipeline: PipelineName, decisions: Decisions, on_tone: tuple[str, ...] = ()
    ) -> None:  # fmt: skip
        self._models, self._pipeline, self._decisions, self._on_tone = models, pipeline, decisions, on_tone
        negated = {language: model.negated_words for language, model in models.items()}
        self._judge = Judge(values, decisions.topics, negated) if values or decisions.topics else None
        self._unseen = self._judge.unseen if self._judge else {}
        self._leaves = bool(decisions.hands_off or decisions.quotes_off)

    def scores(
        self, texts: Iterable[object], language: str | None = None, min_words: int | None = None, channels: Iterable[str | None] = (),
        situation: str | None = None,
    ) -> Iterator[ToneScore]:  # fmt: skip
        """Scores with their parts, lazily and in order; as `ToneGuide.score_many`."""
        remaining, channel_of = iter(texts), chain(channels, repeat(None))
        pipeline = load_pipeline(self._pipeline)
        leave = self._leave if self._leaves else None
        size = 1
        while batch := list(islice(remaining, size)):
            with READING:
                read = read_texts(batch, pipeline, language=language, min_words=min_words, leave=leave)
                aligned = self._judge.alignment(read) if self._judge else [None] * len(read)
                scores = [
                    self._score(one, self._targets(next(channel_of), situation), situation, a) for one, a in zip(read, aligned, strict=True)
                ]
            yield from scores
            size = min(_BATCH, size * 4)

    def columns(
        self, texts: Iterable[object], language: str | None = None, min_words: int | None = None, channels: Iterable[str | None] | None = None,
        situation: str | None = None,
    ) -> dict[str, list[Any]]:  # fmt: skip
        """The numbers alone; as `ToneGuide.score_columns`."""
        if self._leaves:
            columns = score_columns(self.scores(texts, language, min_words), tuple(self._unseen))
        else:
            columns = score_plainly(
                texts, self._models, self.scores, pipeline=self._pipeline, language=language, min_words=min_words, judge=self._judge
            )
        columns["in_tone"] = self.in_tone(columns, channels, situation)
        return columns

    def in_tone(
        self, columns: Mapping[str, Sequence[Any]], channels: Iterable[str | None] | None = None, situation: str | None = None
    ) -> list[bool | None]:
        """Whether posts lie in the bands of their channels; as `ToneGuide.in_tone`."""
        if not self._decisions.targets and not self._decisions.situations:
            return [None] * len(columns["status"])
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

    def _targets(self, channel: object, situation: str | None) -> Targets | None:
        decided = self._decisions
        if not decided.targets and not decided.situations:
            return None
        found = decided.targets_for(channel if isinstance(channel, str) else None, situation)
        return None if found == Targets() else found

    def _leave(self, tokens: Tokens) -> Tokens:
        spans = hands_off_spans(tokens, self._decisions.hands_off, quotes=self._decisions.quotes_off)
        return without_spans(tokens, spans) if spans else tokens

    def _score(self, read: Reading, targets: Targets | None, situation: str | None, aligned: float | None) -> ToneScore:
        told: dict[str, Any] = {"language": read.language, "n_words": read.n_words, "targets": targets}
        if read.status != "ok":
            return ToneScore(read.text, status=read.status, reason=read.reason, values=dict(self._unseen), **told)
        segments, judge = read.segments, self._judge
        topics = judge.topics_in(segments) if judge else ()
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
        find_values = partial(judge.value_scores, segments) if judge and judge.names else None
        if judge and find_values and aligned is None:
            aligned = judge.overall(find_values())
        find_parts = lru_cache(maxsize=1)(partial(self._evidence, segments, shares))
        return ToneScore(
            read.text, reason=read.reason, margin=margin, bias=bias, find_values=find_values, alignment=aligned,
            find_evidence=find_parts, help=self._help(read, situation, find_parts), **told,
        )  # fmt: skip

    def _help(self, read: Reading, situation: str | None, find_parts: Callable[[], list[Part]]) -> Help:
        decided = self._decisions
        return Help(
            read.text, read.segments, find_parts=find_parts, rescore=partial(self._rescore, read.language),
            terms=decided.terms_for(read.text, situation) if decided.terms else (), hands_off=decided.hands_off, examples=self._on_tone,
        )  # fmt: skip

    def _rescore(self, language: str, text: str) -> tuple[dict[str, float], dict[str, float]] | None:
        """Scores and margins of an edited text, read in the language of the original."""
        score = next(self.scores([text], language, min_words=0))
        return ({d: getattr(score, d) for d in DIMENSIONS}, dict(score.margin)) if score.status == "ok" else None

    def _evidence(self, segments: list[Analysed], shares: list[float]) -> list[Part]:
        parts = [
            part._replace(amount=part.amount * share)
            for segment, share in zip(segments, shares, strict=True)
            for part in self._models[segment.language].parts(segment)
        ]
        return sorted(parts, key=lambda part: (part.kind == "signal", part.spans[0] if part.spans else (0, 0)))
