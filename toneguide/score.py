"""The score of one text, with the parts it is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from toneguide.decided import Targets, Topic
from toneguide.interface import tr
from toneguide.language.reading import Status
from toneguide.model.tone_model import DIMENSIONS, Part, to_score
from toneguide.posts.columns import SCORE_COLUMNS
from toneguide.values.parts import ValueScore

if TYPE_CHECKING:
    from toneguide.suggest.help import Help
    from toneguide.suggest.records import Advice, Change, Example, Suggestion

__all__ = ["STATUSES", "Status", "ToneScore", "notice", "score_columns", "score_row"]

STATUSES: Final = ("ok", "too_short", "empty", "unknown_language", "unsupported_language", "unreadable", "sensitive")


class ToneScore:
    """What toneguide says of one text.

    Attributes
    ----------
    text : str
        The text.
    status : str
        ``"ok"``, ``"too_short"``, ``"empty"``, ``"unknown_language"``, ``"unsupported_language"`` or ``"unreadable"``;
        ``"sensitive"`` where the guide has a notice on the topic instead of a score.
    reason : str
        One sentence on why there is no score, or on what was left out; often ``""``.
    language : str
        ``"fi"``, ``"en"``, another code, or ``""`` where nobody can tell.
    n_words : int
        Tokens that hold a letter; links, mentions and emoji left out, a hashtag counted as its words.
    corporate, warmth, alignment : float or None
        0-100, unrounded; None unless the status is ok (alignment also where the guide has no values).
    values : mapping of str to ValueScore
        Every value of the guide, always; worked out when first asked for.
    margin, bias : mapping of str to float
        Log-odds of the score, and what of it is there before any word.
    targets : Targets or None
        The guide's bands for this post's channel and situation; None where it has none.
    in_tone : bool or None
        Whether the scores lie in all bands; None without bands or scores.
    topics : tuple of Topic
        Sensitive topics of the guide that the post raises.
    evidence : list of Part
        The parts: ``margin[d] == bias[d] + sum(p.amount for p in evidence if p.dimension == d)``.

    Examples
    --------
    >>> from toneguide import ToneGuide
    >>> score = ToneGuide.default().score("Kiitos, että jäit auttamaan eilen illalla!")
    >>> score.status, score.language, 0 < score.warmth < 100
    ('ok', 'fi', True)
    """

    __slots__ = (
        "_evidence",
        "_find_evidence",
        "_find_values",
        "_help",
        "_values",
        "alignment",
        "bias",
        "language",
        "margin",
        "n_words",
        "reason",
        "status",
        "targets",
        "text",
        "topics",
    )  # fmt: skip

    def __init__(
        self, text: str, *, status: Status = "ok", reason: str = "", language: str = "", n_words: int = 0, alignment: float | None = None,
        values: Mapping[str, ValueScore] | None = None, margin: Mapping[str, float] | None = None, bias: Mapping[str, float] | None = None,
        find_evidence: Callable[[], list[Part]] | None = None, help: Help | None = None, targets: Targets | None = None,  # noqa: A002
        topics: tuple[Topic, ...] = (), find_values: Callable[[], Mapping[str, ValueScore]] | None = None,
    ) -> None:  # fmt: skip
        self.text = text
        self.status = status
        self.reason = reason
        self.language = language
        self.n_words = n_words
        self.alignment = alignment
        self._values = values or {}
        self._find_values = find_values
        self.margin = margin or {}
        self.bias = bias or {}
        self.targets = targets
        self.topics = topics
        self._find_evidence = find_evidence
        self._evidence: list[Part] | None = None
        self._help = help

    @property
    def values(self) -> Mapping[str, ValueScore]:
        """Scores of every value of the guide, by its name."""
        if self._find_values is not None:
            self._values = self._find_values()
            self._find_values = None
        return self._values

    @property
    def corporate(self) -> float | None:
        """How much the text sounds like corporate-speak, 0-100."""
        return self._score("corporate")

    @property
    def warmth(self) -> float | None:
        """How human, personal and friendly the text is, 0-100."""
        return self._score("warmth")

    @property
    def in_tone(self) -> bool | None:
        """Whether the scores lie in the guide's target bands; None without bands or without scores."""
        if self.targets is None or self.status != "ok":
            return None
        return self.targets.met_by({"corporate": self.corporate, "warmth": self.warmth, "alignment": self.alignment})

    def _score(self, dimension: str) -> float | None:
        return to_score(self.margin[dimension]) if dimension in self.margin else None

    @property
    def evidence(self) -> list[Part]:
        """The parts, worked out when first asked for: in text order, signals last."""
        if self._evidence is None:
            self._evidence = self._find_evidence() if self._find_evidence else []
            self._find_evidence = None
        return self._evidence

    def top(self, dimension: str, n: int = 5) -> list[Part]:
        """The `n` parts that move a dimension most, up or down.

        Parameters
        ----------
        dimension : {"corporate", "warmth"}
            Which score.
        n : int
            How many.
        """
        if dimension not in DIMENSIONS:
            raise ValueError(f"no dimension {dimension!r}: choose one of {', '.join(DIMENSIONS)}")
        return sorted((p for p in self.evidence if p.dimension == dimension), key=lambda p: -abs(p.amount))[:n]

    @property
    def suggestions(self) -> list[Suggestion]:
        """Words that could be said more plainly, in text order, with what could stand there instead, in the right form.

        Found when first asked for; empty where there is no score.
        """
        return self._help.suggestions() if self._help else []

    @property
    def advice(self) -> list[Advice]:
        """Advice on how the text is built, the weightiest first: where nobody seems to act, where a sentence runs long."""
        return self._help.advice() if self._help else []

    def changes(self, n: int = 3) -> list[Change]:
        """The edits that would move the text most towards its targets, each scored on the edited text.

        Parameters
        ----------
        n : int
            At most so many. Together: ``apply_edits(score.text, [e for c in score.changes() for e in c.edits])``.
        """
        return self._help.changes(n, self.targets) if self._help else []

    def nearest(self, n: int = 2) -> list[Example]:
        """Posts on tone that speak of like things: the guide's own examples, then those of the example corpora.

        Parameters
        ----------
        n : int
            At most so many, the nearest first.
        """
        return self._help.nearest(n) if self._help else []

    def __repr__(self) -> str:
        if self.status != "ok":
            return f"ToneScore({self.status}: {self.reason})"
        shown = "" if self.alignment is None else f", alignment {self.alignment:.0f}"
        return f"ToneScore(corporate {self.corporate:.0f}, warmth {self.warmth:.0f}{shown}; {self.language}, {self.n_words} words)"

    def _repr_mimebundle_(self, **_kinds: object) -> dict[str, str]:
        from toneguide.render import score_to_html, score_to_text

        return {"text/plain": score_to_text(self), "text/html": score_to_html(self)}


def score_columns(scores: Iterable[ToneScore], value_names: Iterable[str]) -> dict[str, list[Any]]:
    """Scores as columns, in the order of the output contract."""
    rows = [score_row(score, value_names) for score in scores]
    names = [*SCORE_COLUMNS, *(f"value:{name}" for name in value_names)]
    return {name: [row[name] for row in rows] for name in names}


def score_row(score: ToneScore, value_names: Iterable[str]) -> dict[str, Any]:
    """One score as a row: `in_tone` is empty without targets, a value's alignment without a score."""
    row = {name: getattr(score, name, None) for name in SCORE_COLUMNS}
    ok = score.status == "ok"
    return row | {f"value:{name}": score.values[name].alignment if ok else None for name in value_names}


def notice(topics: Sequence[Topic]) -> str:
    """One line for a sensitive post: the company's own words first."""
    return "; ".join(
        f"{topic.name}: "
        + " ".join(filter(None, (topic.notice or tr("ask communications before you post"), topic.silent, topic.ask and f"({topic.ask})")))
        for topic in topics
    )
