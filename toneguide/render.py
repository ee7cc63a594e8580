"""A score as text for a terminal, or as HTML with everything inside it.

Words shown describe the text, never the person. HTML holds no script and asks for nothing; the text is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final, NamedTuple

from toneguide.model.tone_model import DIMENSIONS, Part
from toneguide.score import ToneScore

__all__ = ["STYLE", "Highlight", "describe", "highlights", "print_score", "score_to_html", "score_to_text", "text_to_html"]

STYLE: Final = """\
.tg{font:16px/1.5 system-ui,sans-serif;max-width:46rem;color:#1c1b1f;background:#fff}
.tg mark{background:none;color:inherit;padding:0 .1em;border-radius:.2em;text-decoration-line:underline;text-decoration-thickness:.14em;text-underline-offset:.2em}
.tg mark.warm{background:#fde8d7;text-decoration-style:solid;text-decoration-color:#b4490f}
.tg mark.cold{background:#dcebf7;text-decoration-style:double;text-decoration-color:#1f5f8b}
.tg mark.corporate{background:#e8e3f3;text-decoration-style:wavy;text-decoration-color:#5b3d99}
.tg mark.plain{background:#e2f0e2;text-decoration-style:dotted;text-decoration-color:#2d6a32}
.tg .meter{display:flex;align-items:center;gap:.6rem;margin:.15rem 0}.tg .meter span:first-child{width:9.5rem}
.tg .bar{width:12rem;height:.7rem;border:1px solid #6b6b6b;border-radius:.35rem;overflow:hidden}.tg .bar i{display:block;height:100%;background:#4a4a4a}
.tg p.post{white-space:pre-wrap;overflow-wrap:anywhere}.tg .why{color:#4a4a4a;font-size:.92em}
@media (prefers-color-scheme:dark){.tg{color:#ece9f0;background:#17161a}.tg mark.warm{background:#4b2a12;text-decoration-color:#ffb584}
.tg mark.cold{background:#12354d;text-decoration-color:#9fd0f5}.tg mark.corporate{background:#362a55;text-decoration-color:#cdb8ff}
.tg mark.plain{background:#1e3d21;text-decoration-color:#a8dcab}.tg .why{color:#c5c2ca}.tg .bar{border-color:#a5a2aa}.tg .bar i{background:#c5c2ca}}
"""
_SIDES: Final = {("corporate", True): "corporate", ("corporate", False): "plain", ("warmth", True): "warm", ("warmth", False): "cold"}
_TITLES: Final = {
    "corporate": "sounds corporate", "plain": "sounds plain", "warm": "adds warmth", "cold": "takes warmth",
}  # fmt: skip
_LEAST: Final = 0.04
_LISTS: Final = {
    "affection": "affection", "ai_polish": "machine-polished phrase", "cold": "order, rule or refusal", "business_positive": "good-sounding company word",
    "community": "togetherness", "emoji": "emoji",
    "empathy": "comfort and encouragement", "everyday": "everyday word", "first_person": "own voice", "greetings_wishes": "greeting or wish",
    "hedges": "hedge", "hostile": "hostile word", "inflated_verbs": "grand verb", "intensifiers": "intensifier", "jargon": "jargon", "joy": "joy",
    "marketing": "marketing copy", "officialese": "officialese", "politeness": "politeness", "press_release": "press-release polish",
    "sorrow": "sorrow shared", "spoken": "spoken form", "subwords": "ring of the word", "thanks_praise": "thanks or praise", "valence": "good or bad ring",
}  # fmt: skip


class Highlight(NamedTuple):
    """A stretch of text and what it does: ``"corporate"``, ``"plain"``, ``"warm"`` or ``"cold"``."""

    start: int
    end: int
    side: str
    title: str


def describe(part: Part) -> str:
    """What stands behind a part, in plain words.

    Examples
    --------
    >>> describe(Part("warmth", 0.4, "word", "thanks_praise", ((0, 6),), "Kiitos"))
    'Kiitos: thanks or praise'
    """
    if part.kind == "signal":
        return part.text
    negated = ", negated" if part.kind == "negated" else ""
    return f"{part.text}: {_LISTS.get(part.name, part.name)}{negated}"


def highlights(parts: Iterable[Part]) -> list[Highlight]:
    """Stretches of words and phrases worth showing, none overlapping, each with its strongest side."""
    best: dict[tuple[int, int], Part] = {}
    for part in parts:
        if part.kind == "signal" or abs(part.amount) < _LEAST:
            continue
        key = (part.spans[0][0], part.spans[-1][1])
        if key not in best or abs(part.amount) > abs(best[key].amount):
            best[key] = part
    out: list[Highlight] = []
    for (start, end), part in sorted(best.items()):
        if out and start < out[-1].end:
            continue
        side = _SIDES[part.dimension, part.amount > 0]
        out.append(Highlight(start, end, side, f"{_TITLES[side]}: {_LISTS.get(part.name, part.name)}"))
    return out


def _safe(text: str) -> str:
    """Escaped, and lone surrogates replaced: a page is UTF-8."""
    return escape(text).encode("utf-8", "replace").decode("utf-8")


def text_to_html(score: ToneScore) -> str:
    """The text with its highlights, escaped."""
    pieces, at = [], 0
    for found in highlights(score.evidence):
        pieces.append(_safe(score.text[at : found.start]))
        pieces.append(f'<mark class="{found.side}" title="{escape(found.title)}">{_safe(score.text[found.start : found.end])}</mark>')
        at = found.end
    return "".join([*pieces, _safe(score.text[at:])])


def _meter(name: str, value: float) -> str:
    return (
        f'<div class="meter"><span>{escape(name)}</span><span class="bar" role="img" aria-label="{escape(name)} {value:.0f} of 100">'
        f'<i style="width:{value:.0f}%"></i></span><span>{value:.0f}</span></div>'
    )


def score_to_html(score: ToneScore, *, style: bool = True) -> str:
    """The score as HTML: meters, the text with highlights, and the strongest reasons.

    Parameters
    ----------
    score : ToneScore
        Any status.
    style : bool
        Whether the style sheet is put in front; leave it out where a page has it already.
    """
    head = f"<style>{STYLE}</style>" if style else ""
    if score.status != "ok":
        return f'{head}<div class="tg"><p class="post">{_safe(score.text[:2000])}</p><p class="why">No score: {escape(score.reason)}.</p></div>'
    meters = [_meter(d, getattr(score, d)) for d in DIMENSIONS]
    if score.alignment is not None:
        meters.append(_meter("alignment", score.alignment))
        meters += [_meter(name, value.alignment) for name, value in score.values.items()]
    reasons = "".join(f"<li>{escape(line)}</li>" for line in _reasons(score))
    note = f'<p class="why">Note: {escape(score.reason)}.</p>' if score.reason else ""
    return f'{head}<div class="tg">{"".join(meters)}<p class="post">{text_to_html(score)}</p><ul class="why">{reasons}</ul>{note}</div>'


def _reasons(score: ToneScore) -> list[str]:
    lines = []
    for dimension in DIMENSIONS:
        for part in (p for p in score.top(dimension, 4) if abs(p.amount) >= _LEAST):
            sign = "+" if part.amount > 0 else "−"
            lines.append(f"{dimension} {sign}{abs(part.amount):.2f}  {describe(part)}")
    return lines


def score_to_text(score: ToneScore) -> str:
    """The score as plain text: numbers first, then the strongest reasons."""
    if score.status != "ok":
        return f"no score ({score.status}): {score.reason}"
    lines = [f"{d:<10} {getattr(score, d):3.0f}  {_bar(getattr(score, d))}" for d in DIMENSIONS]
    if score.alignment is not None:
        lines.append(f"{'alignment':<10} {score.alignment:3.0f}  {_bar(score.alignment)}")
        lines += [f"  {name}: named {v.named:.0f}, shown {v.shown:.0f}" for name, v in score.values.items()]
    lines += ["", *(f"  {line}" for line in _reasons(score))]
    if score.reason:
        lines += ["", f"note: {score.reason}"]
    return "\n".join(lines)


def _bar(value: float) -> str:
    full = round(value / 5)
    return "█" * full + "·" * (20 - full)


_COLOURS: Final = {"corporate": "magenta underline", "plain": "green", "warm": "bold yellow", "cold": "bold blue underline"}


def print_score(score: ToneScore) -> None:
    """The score on the terminal, the text with its highlights in colour."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    # Control characters could steer the terminal; they are shown as what they are.
    shown = "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in score.text)
    text = Text(shown)
    for found in highlights(score.evidence):
        text.stylize(_COLOURS[found.side], found.start, found.end)
    console.print(text)
    console.print()
    if score.status == "ok":
        legend = Text("  ".join(_TITLES.values()))
        at = 0
        for side, title in _TITLES.items():
            legend.stylize(_COLOURS[side], at, at + len(title))
            at += len(title) + 2
        console.print(legend)
        console.print()
    console.print(Text(score_to_text(score)))
