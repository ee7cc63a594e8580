"""What the draft meter shows of one draft: meters with target bands, highlights, suggestions; offsets as a browser counts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import Any, Final

from toneguide.decided import Band, Targets
from toneguide.interface import tr
from toneguide.render import describe, highlights
from toneguide.render.advice_words import advice_lines
from toneguide.render.highlight import Highlight
from toneguide.render.reasons import reason_words
from toneguide.render.words import band_words, describe_value, quoted
from toneguide.score import ToneScore
from toneguide.suggest.records import Choice, Suggestion

__all__ = ["browser_offsets", "help_to_show", "score_to_show"]

_MOST_CHOICES: Final = 3
_MOST_LISTED: Final = 12
_BEYOND: Final = "\U0000ffff"


def browser_offsets(text: str) -> Callable[[int], int]:
    """A function from our offsets to a browser's, which counts most emoji twice.

    Examples
    --------
    >>> browser_offsets("🎉 ok")(2)
    3
    """
    wide = [i for i, letter in enumerate(text) if letter > _BEYOND]
    return (lambda at: at + bisect_left(wide, at)) if wide else (lambda at: at)


def score_to_show(score: ToneScore) -> dict[str, Any]:
    """Meters and highlights of a draft."""
    if score.status != "ok":
        empty = not score.text.strip()
        return {"meters": [], "marks": [], "listed": [], "note": "" if empty else reason_words(score.reason)}
    found = highlights(score.evidence)
    loudest = sorted(range(len(found)), key=lambda i: -abs(found[i].part.amount))[:_MOST_LISTED]
    return {
        "meters": _meters(score), "marks": _marks(score.text, found), "listed": sorted(loudest),
        "note": reason_words(score.reason) if score.reason else "",
    }  # fmt: skip


def _marks(text: str, found: Sequence[Highlight]) -> list[dict[str, Any]]:
    to_browser = browser_offsets(text)
    return [
        {
            "start": to_browser(one.start), "end": to_browser(one.end), "side": one.side, "found": text[one.start : one.end],
            "why": describe(one.part).removeprefix(f"{quoted(one.part.text)}: "),
        }
        for one in found
    ]  # fmt: skip


def _meters(score: ToneScore) -> list[dict[str, Any]]:
    targets = score.targets or Targets()
    meters = [_meter(tr("Corporate-speak"), score.corporate, targets.corporate), _meter(tr("Warmth"), score.warmth, targets.warmth)]
    if score.alignment is not None:
        meters.append(_meter(tr("Alignment"), score.alignment, targets.alignment))
        for name, value in score.values.items():
            meters.append({**_meter(name, value.alignment, None), "kind": "value", "told": describe_value(name, value)})
    return meters


def _meter(label: str, score: float | None, band: Band | None) -> dict[str, Any]:
    value = score or 0.0
    told = tr("{name}: {score} of 100", name=label, score=f"{value:.0f}")
    if band is not None:
        inside = value in band
        where = tr("within the target, {band}") if inside else tr("outside the target, {band}")
        told += ", " + where.format(band=band_words(band))
        return {"label": label, "score": value, "low": band.low, "high": band.high, "inside": inside, "kind": "dimension", "told": told}
    return {"label": label, "score": value, "low": None, "high": None, "inside": None, "kind": "dimension", "told": told}


def help_to_show(score: ToneScore) -> dict[str, list[Any]]:
    """Suggestions for a draft, those that can be put in as they stand first in each row, and advice in lines."""
    to_browser = browser_offsets(score.text)
    return {"suggestions": [_suggestion(one, to_browser) for one in score.suggestions], "advice": list(advice_lines(score.advice))}


def _suggestion(one: Suggestion, to_browser: Callable[[int], int]) -> dict[str, Any]:
    ready = [choice for choice in one.choices if choice.ready][:_MOST_CHOICES]
    return {
        "start": to_browser(one.spans[0][0]), "end": to_browser(one.spans[-1][1]), "found": one.found, "note": one.note,
        "choices": [{"text": choice.text, "edits": _edits(choice, to_browser)} for choice in ready],
        "advice": _advice(one.choices, ready),
    }  # fmt: skip


def _edits(choice: Choice, to_browser: Callable[[int], int]) -> list[list[Any]]:
    return [[to_browser(edit.start), to_browser(edit.end), edit.text] for edit in sorted(choice.edits)]


def _advice(choices: Sequence[Choice], ready: Sequence[Choice]) -> str:
    return "" if ready else ", ".join(choice.text for choice in choices[:_MOST_CHOICES])
