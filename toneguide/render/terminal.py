"""A score on a terminal, with rich, or as plain text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from toneguide.decided import Targets
from toneguide.interface import tr
from toneguide.model.tone_model import DIMENSIONS
from toneguide.render.advice_words import advice_lines, change_words, suggestion_words
from toneguide.render.highlight import LEAST, SIDES, highlights, side_title
from toneguide.render.reasons import reason_words
from toneguide.render.words import band_words, describe, describe_value, dimension_name
from toneguide.score import ToneScore

if TYPE_CHECKING:
    from rich.text import Text

__all__ = ["print_score", "score_to_text"]

_TOP: Final = 4
_BAR: Final = 20
_SHOWN_EXAMPLE: Final = 160
_COLOURS: Final = {"corporate": "magenta underline", "plain": "green", "warm": "bold yellow", "cold": "bold blue underline"}


def score_to_text(score: ToneScore) -> str:
    """The score as plain text: numbers first, then the strongest reasons, suggestions and advice."""
    if score.status != "ok":
        return f"{tr('No score.')} {reason_words(score.reason)}"
    lines = [*_meters(score), "", *_reasons(score), *_offers(score)]
    if score.reason:
        lines += ["", reason_words(score.reason)]
    return printable("\n".join(lines))


def printable(text: str) -> str:
    """A text without characters that could steer a terminal; each is shown as what it is."""
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text)


def _meters(score: ToneScore) -> Iterator[str]:
    targets = score.targets or Targets()
    shown = [
        (dimension_name(d), getattr(score, d), getattr(targets, d)) for d in (*DIMENSIONS, "alignment") if getattr(score, d) is not None
    ]
    wide = max(len(name) for name, _, _ in shown)
    for name, value, band in shown:
        goal = "  " + tr("target {band}", band=band_words(band)) if band else ""
        yield f"{name:<{wide}}  {value:3.0f}  {_bar(value)}{goal}"
    for name, found in score.values.items():
        yield f"  {describe_value(name, found)}"


def _bar(value: float) -> str:
    full = round(value / 100 * _BAR)
    return "█" * full + "·" * (_BAR - full)


def _reasons(score: ToneScore) -> Iterator[str]:
    for dimension in DIMENSIONS:
        for part in (p for p in score.top(dimension, _TOP) if abs(p.amount) >= LEAST):
            sign = "+" if part.amount > 0 else "−"
            yield f"  {dimension_name(dimension)} {sign}{abs(part.amount):.2f}  {describe(part)}"


def _offers(score: ToneScore) -> Iterator[str]:
    if score.suggestions:
        yield from ("", tr("Could also be said"))
        for found, choices, note in map(suggestion_words, score.suggestions):
            yield f"  {found} → {' / '.join(choices)}" + (f"  ({note})" if note else "")
    if score.advice:
        yield from ("", tr("How the text is built"))
        yield from (f"  {line}" for line in advice_lines(score.advice))


def print_score(score: ToneScore, *, more: bool = True) -> None:
    """The score on the terminal, the text with its highlights in colour and each side with its own marks.

    Parameters
    ----------
    score : ToneScore
        Any status.
    more : bool
        Whether to add what would change it, and the nearest posts on tone.
    """
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    text = Text(printable(score.text))
    for found in highlights(score.evidence):
        text.stylize(_COLOURS[found.side], found.start, found.end)
    console.print(text)
    console.print()
    if score.status == "ok":
        console.print(_legend())
        console.print()
    console.print(Text(score_to_text(score)))
    if score.status == "ok" and more:
        rest = [printable(line) for line in (*_changes(score), *_nearest(score))]
        if rest:
            console.print(Text("\n".join(rest)))


def _legend() -> Text:
    from rich.text import Text

    legend = Text()
    for side in SIDES:
        legend.append(side_title(side), style=_COLOURS[side])
        legend.append("  ")
    return legend


def _changes(score: ToneScore) -> Iterator[str]:
    changes = score.changes()
    if changes:
        yield from ("", tr("What would change it most"))
        yield from (f"  {change_words(change)}" for change in changes)


def _nearest(score: ToneScore) -> Iterator[str]:
    examples = score.nearest()
    if examples:
        yield from ("", tr("Posts on the same subject that are on tone"))
        for example in examples:
            words = " ".join(example.text.split())
            yield f"  {words if len(words) <= _SHOWN_EXAMPLE else words[: _SHOWN_EXAMPLE - 1] + '…'}"
