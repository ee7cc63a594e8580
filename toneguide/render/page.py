"""A score as HTML: everything inside it, no script, nothing asked for, the text escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

from toneguide.decided import Band, Targets
from toneguide.interface import interface_language, tr
from toneguide.model.tone_model import DIMENSIONS
from toneguide.render.advice_words import advice_lines, suggestion_words
from toneguide.render.highlight import LEAST, SIDES, highlights, side_title
from toneguide.render.reasons import reason_words
from toneguide.render.style import STYLE
from toneguide.render.words import band_words, describe, describe_value, dimension_name
from toneguide.score import ToneScore

__all__ = ["score_to_html", "text_to_html"]

_TOP: Final = 3
_MOST_SUGGESTIONS: Final = 12
_MOST_ADVICE: Final = 4
_MOST_WORDS: Final = 24
_SHOWN_UNSCORED: Final = 2000
# A display is for reading: the text of a very long post is cut, its numbers are of the whole.
_LONGEST_TEXT: Final = 20_000


def _safe(text: str) -> str:
    """Escaped, and lone surrogates replaced: a page is UTF-8."""
    return escape(text).encode("utf-8", "replace").decode("utf-8")


def text_to_html(score: ToneScore) -> str:
    """The text with its highlights, escaped."""
    pieces, at = [], 0
    for found in highlights(score.evidence):
        pieces.append(_safe(score.text[at : found.start]))
        pieces.append(f'<mark class="{found.side}">{_safe(score.text[found.start : found.end])}</mark>')
        at = found.end
        if at > _LONGEST_TEXT:
            return "".join([*pieces, " …"])
    rest = score.text[at:]
    return "".join([*pieces, _safe(rest[:_LONGEST_TEXT]), "" if len(rest) <= _LONGEST_TEXT else " …"])


def score_to_html(score: ToneScore, *, style: bool = True) -> str:
    """The score as HTML: meters, the text with highlights, the strongest reasons, suggestions, and advice.

    Parameters
    ----------
    score : ToneScore
        Any status.
    style : bool
        Whether the style sheet is put in front; leave it out where a page has it already.
    """
    head = f"<style>{STYLE}</style>" if style else ""
    language = f' lang="{score.language}"' if score.language in ("fi", "en") else ""
    opening = f'{head}<div class="tg" lang="{interface_language()}">'
    if score.status != "ok":
        shown = _safe(score.text[:_SHOWN_UNSCORED])
        why = _safe(reason_words(score.reason))
        return f'{opening}<p class="post" dir="auto">{shown}</p><p class="why">{_safe(tr("No score."))} {why}</p></div>'
    body = [
        *_meters(score),
        _status(score),
        f'<p class="post"{language} dir="auto">{text_to_html(score)}</p>',
        _legend(score, language),
        *_lists(score, language),
    ]
    return f"{opening}{''.join(body)}</div>"


def _meters(score: ToneScore) -> Iterator[str]:
    targets = score.targets or Targets()
    for dimension in (*DIMENSIONS, "alignment"):
        value = getattr(score, dimension)
        if value is not None:
            yield _meter(dimension_name(dimension), value, getattr(targets, dimension))
    for name, found in score.values.items():
        yield _meter(name, found.alignment, None)


def _meter(name: str, value: float, band: Band | None) -> str:
    label = tr("{name} {value} of 100", name=name, value=f"{value:.0f}")
    goal = ""
    if band is not None:
        label = tr("{label}, target {band}", label=label, band=band_words(band))
        goal = f'<b style="left:{band.low:.0f}%;width:{band.high - band.low:.0f}%"></b>'
    return (
        f'<div class="meter"><span>{_safe(name)}</span><span class="bar" role="img" aria-label="{_safe(label)}">{goal}'
        f'<i style="width:{value:.0f}%"></i></span><span class="num">{value:.0f}</span></div>'
    )


def _status(score: ToneScore) -> str:
    lines = [*_target_lines(score), *([reason_words(score.reason)] if score.reason else [])]
    return "".join(f'<p class="why">{_safe(line)}</p>' for line in lines)


def _target_lines(score: ToneScore) -> list[str]:
    targets = score.targets
    if targets is None:
        return []
    bands = {d: getattr(targets, d) for d in (*DIMENSIONS, "alignment")}
    outside = [d for d, band in bands.items() if band is not None and getattr(score, d) is not None and getattr(score, d) not in band]
    if not any(bands.values()):
        return []
    if not outside:
        return [tr("On target.")]
    return [tr("Not on target yet: {what}.", what=", ".join(f"{dimension_name(d)} ({band_words(bands[d])})" for d in outside))]


def _legend(score: ToneScore, language: str) -> str:
    """The sides with their words: what the colours say, said in words."""
    by_side: dict[str, list[str]] = {}
    for found in highlights(score.evidence):
        words = " ".join(score.text[found.start : found.end].split())
        there = by_side.setdefault(found.side, [])
        if words not in there:
            there.append(words)
    items = [
        f'<li><mark class="{side}">{_safe(side_title(side))}</mark>: '
        + ", ".join(f"<bdi{language}>{_safe(w[:60])}</bdi>" for w in by_side[side][:_MOST_WORDS])
        + ("…" if len(by_side[side]) > _MOST_WORDS else "")
        + "</li>"
        for side in SIDES
        if side in by_side
    ]
    return f'<ul class="legend">{"".join(items)}</ul>' if items else ""


def _lists(score: ToneScore, language: str) -> Iterator[str]:
    reasons = [_reason(score, d) for d in DIMENSIONS]
    yield _list(tr("What the scores are made of"), [item for lines in reasons for item in lines])
    yield _list(tr("Could also be said"), [_suggestion(*suggestion_words(s), language) for s in score.suggestions[:_MOST_SUGGESTIONS]])
    yield _list(tr("How the text is built"), [_safe(line) for line in advice_lines(score.advice[:_MOST_ADVICE])])
    yield _list(tr("Values"), [_safe(describe_value(name, found)) for name, found in score.values.items()])


def _reason(score: ToneScore, dimension: str) -> Iterator[str]:
    for part in score.top(dimension, _TOP):
        if abs(part.amount) >= LEAST:
            sign = "+" if part.amount > 0 else "−"
            yield f"{_safe(dimension_name(dimension))} {sign}{abs(part.amount):.2f}: <bdi>{_safe(describe(part))}</bdi>"


def _suggestion(found: str, choices: list[str], note: str, language: str) -> str:
    said = " / ".join(f'<bdi class="new"{language}>{_safe(choice)}</bdi>' for choice in choices)
    return f"<bdi{language}>{_safe(found)}</bdi> → {said}" + (f" ({_safe(note)})" if note else "")


def _list(title: str, items: Iterable[str]) -> str:
    lines = "".join(f"<li>{item}</li>" for item in items)
    return f'<p class="head">{_safe(title)}</p><ul class="why">{lines}</ul>' if lines else ""
