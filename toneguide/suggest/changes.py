"""What would change a score: edits, each scored on the edited text, never estimated."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from toneguide.decided import Band, Targets
from toneguide.suggest.records import Change, Edit, Suggestion, apply_edits

__all__ = ["GOOD", "find_changes"]

# Where a guide sets no targets: away from corporate-speak, towards warmth.
GOOD: Final = Targets(corporate=Band(high=30.0), warmth=Band(low=60.0))
_MOST_TRIED: Final = 24

Margins = Mapping[str, float]
Rescore = Callable[[str], "tuple[Margins, Margins] | None"]


def find_changes(
    text: str,
    *,
    suggestions: Iterable[Suggestion],
    omitted: Iterable[Edit],
    rescore: Rescore,
    together: Iterable[tuple[Edit, ...]] = (),
    targets: Targets | None = None,
    n: int = 3,
) -> list[Change]:
    """The `n` edits that move a text most towards its target, the one that brings most first.

    Parameters
    ----------
    text : str
        The text.
    suggestions : iterable of Suggestion
        Each of their ready choices is tried.
    omitted : iterable of Edit
        Words that may be left out.
    together : iterable of tuple of Edit
        Edits to be made all at once, such as all short forms.
    rescore : callable
        Scores and margins of a text by dimension, or None where it has no score.
    targets : Targets, optional
        Bands to move towards; `GOOD` where None.
    n : int
        At most so many; none overlap, and each brings the text nearer by itself.
    """
    start = rescore(text)
    if start is None:
        return []
    before, margins = start
    wanted = targets or GOOD
    tried: list[tuple[float, Change]] = []
    for edits, found, new in _candidates(text, suggestions, omitted, together):
        scored = rescore(apply_edits(text, edits))
        if scored is None:
            continue
        after, moved = scored
        worth = _towards(before, margins, moved, wanted)
        if worth > 0:
            tried.append((worth, Change(edits, found, new, before, after, _distance(before, wanted) - _distance(after, wanted))))
    return _best(tried, n)


def _candidates(
    text: str, suggestions: Iterable[Suggestion], omitted: Iterable[Edit], together: Iterable[tuple[Edit, ...]]
) -> Iterator[tuple[tuple[Edit, ...], str, str]]:
    for edits in together:
        words = [apply_edits(text[_word_start(text, e.start) : e.end], [e._replace(start=e.start - s, end=e.end - s)])
                 for e in edits for s in [_word_start(text, e.start)]]  # fmt: skip
        yield edits, ", ".join(text[_word_start(text, e.start) : e.end] for e in edits), ", ".join(words)
    for suggestion in suggestions:
        for choice in suggestion.choices:
            if choice.ready:
                yield choice.edits, suggestion.found, choice.text
    for number, edit in enumerate(omitted):
        if number >= _MOST_TRIED:
            return
        yield (edit,), text[edit.start : edit.end].strip(), edit.text.strip()


def _word_start(text: str, at: int) -> int:
    while at > 0 and not text[at - 1].isspace():
        at -= 1
    return at


def _best(tried: list[tuple[float, Change]], n: int) -> list[Change]:
    """The best ones that do not touch each other."""
    kept: list[Change] = []
    for _, change in sorted(tried, key=lambda pair: (-pair[0], pair[1].edits)):
        if len(kept) < n and not any(_touch(change.edits, other.edits) for other in kept):
            kept.append(change)
    return kept


def _touch(some: Sequence[Edit], others: Sequence[Edit]) -> bool:
    return any(a.start <= b.end and b.start <= a.end for a in some for b in others)


def _distance(scores: Margins, targets: Targets) -> float:
    """Points outside the bands."""
    return sum(max(0.0, band.low - scores[d], scores[d] - band.high) for d, band in _bands(targets))


def _bands(targets: Targets) -> Iterator[tuple[str, Band]]:
    for dimension in ("corporate", "warmth"):
        band = getattr(targets, dimension)
        if band is not None:
            yield dimension, band


def _towards(scores: Margins, before: Margins, after: Margins, targets: Targets) -> float:
    """How far the margins move the wanted way: points hardly move at the ends of the scale, margins do."""
    worth = 0.0
    for dimension, band in _bands(targets):
        move = after[dimension] - before[dimension]
        outside = (scores[dimension] < band.low) - (scores[dimension] > band.high)
        # Inside its band a score may move, but what takes it away from the far side of the band counts a little against it.
        worth += outside * move if outside else 0.5 * min(0.0, move if band.low > 0 else -move)
    return worth
