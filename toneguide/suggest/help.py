"""Everything offered for one scored text, found when first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from toneguide.decided import Targets, Term
from toneguide.language.analysis import Analysed
from toneguide.suggest.records import Advice, Change, Edit, Example, Suggestion

if TYPE_CHECKING:
    from toneguide.model.tone_model import Part
    from toneguide.suggest.changes import Rescore

__all__ = ["Help"]


class Help:
    """What a scored text can be offered.

    Parameters
    ----------
    text : str
        The text.
    segments : sequence of Analysed
        The same, by language.
    find_parts : callable
        The parts of its score.
    rescore : callable
        Scores and margins of another text read the same way.
    terms : tuple of Term
        The guide's own.
    hands_off : tuple of str
        Phrases to leave alone.
    examples : tuple of str
        The guide's own posts that are on tone.
    """

    __slots__ = ("_advice", "_examples", "_find_parts", "_hands_off", "_rescore", "_segments", "_suggestions", "_terms", "_text")

    def __init__(
        self, text: str, segments: Sequence[Analysed], *, find_parts: Callable[[], Sequence[Part]], rescore: Rescore,
        terms: Iterable[Term] = (), hands_off: Iterable[str] = (), examples: Iterable[str] = (),
    ) -> None:  # fmt: skip
        self._text, self._segments = text, tuple(segments)
        self._find_parts, self._rescore = find_parts, rescore
        self._terms, self._hands_off, self._examples = tuple(terms), tuple(hands_off), tuple(examples)
        self._suggestions: list[Suggestion] | None = None
        self._advice: list[Advice] | None = None

    def suggestions(self) -> list[Suggestion]:
        """Plainer words, in text order."""
        if self._suggestions is None:
            from toneguide.suggest.offer import find_suggestions

            found = [s for text in self._segments for s in find_suggestions(text, terms=self._terms, hands_off=self._hands_off)]
            self._suggestions = sorted(found, key=lambda s: s.spans)
        return self._suggestions

    def advice(self) -> list[Advice]:
        """Advice on how the text is built."""
        if self._advice is None:
            from toneguide.suggest.advice import find_advice

            self._advice = find_advice(self._segments, self._find_parts())
        return self._advice

    def changes(self, n: int, targets: Targets | None) -> list[Change]:
        """The edits that bring most, scored on the edited text."""
        from toneguide.suggest.changes import find_changes
        from toneguide.suggest.contractions import short_forms
        from toneguide.suggest.omissions import idle_phrases, idle_sentences, omissions
        from toneguide.suggest.protect import left_alone

        parts = self._find_parts()
        omitted: list[Edit] = []
        together: list[tuple[Edit, ...]] = []
        for text in self._segments:
            blocked = left_alone(text, self._hands_off)
            omitted += [*omissions(text, parts, blocked), *idle_phrases(text, blocked), *idle_sentences(text, parts, blocked)]
            together += [edits] if (edits := short_forms(text, blocked)) else []
        return find_changes(
            self._text, suggestions=self.suggestions(), omitted=omitted, together=together, rescore=self._rescore, targets=targets, n=n
        )  # fmt: skip

    def nearest(self, n: int) -> list[Example]:
        """Posts on tone that speak of like things."""
        from toneguide.suggest.nearest import nearest_examples

        return nearest_examples(max(self._segments, key=lambda text: text.n_words), n, own=self._examples) if self._segments else []
