"""The report as a page: how an archive sounds, and the posts to look at, with the words behind their scores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from statistics import median
from typing import Final

from toneguide.interface import interface_language, tr
from toneguide.render import STYLE, score_to_html
from toneguide.render.highlight import SIDES, side_title
from toneguide.render.words import dimension_name
from toneguide.report.tally import DIMENSIONS, LEAST, Group, LanguageTally, Row, Tally
from toneguide.score import ToneScore

__all__ = ["heading", "language_name", "write_page"]

_WIDTH, _HEIGHT, _BINS = 240, 70, 10
_MOST_MONTHS: Final = 36
_MET: Final = 50.0
_PAGE_STYLE: Final = """\
body{margin:2rem auto;max-width:60rem;padding:0 1rem;font:16px/1.5 system-ui,sans-serif;color:#1c1b1f;background:#fff}
table{border-collapse:collapse;margin:.5rem 0 1.5rem}th,td{text-align:right;padding:.2rem .8rem;border-bottom:1px solid #bbb}
th:first-child,td:first-child{text-align:left}figure{display:inline-block;margin:0 1.5rem 1rem 0}figcaption{font-size:.92em;max-width:15rem}
rect{fill:#5b3d99}.warmth rect{fill:#b4490f}.alignment rect{fill:#2d6a32}article{border-top:1px solid #bbb;padding:.6rem 0}.meta,.note{font-size:.92em}
.legend mark{margin-right:1rem}@media (prefers-color-scheme:dark){body{color:#ece9f0;background:#17161a}rect{fill:#cdb8ff}.warmth rect{fill:#ffb584}
.alignment rect{fill:#a8dcab}}
"""
Show = Callable[[Row], ToneScore | None]


def write_page(path: Path, tally: Tally, *, title: str, show: Show) -> None:
    """Write the page: one HTML file with everything inside it, no script, nothing fetched.

    Parameters
    ----------
    path : Path
        The file to write.
    tally : Tally
        What was counted.
    title : str
        Heading.
    show : callable
        The score of a row with its parts, for the posts that are shown; None where it cannot be had.
    """
    n_ok, n = tally.statuses["ok"], sum(tally.statuses.values())
    body = [
        f"<h1>{escape(title)}</h1>",
        f"<p>{escape(tr('{ok} of {n} posts have a score. Scores go from 0 to 100; compare them within a language only.', ok=n_ok, n=n))}</p>",
    ]
    for ours in sorted(tally.languages.values(), key=lambda one: (-one.all.n, one.language)):
        body += _language(ours, show)
    left = n - n_ok
    if left:
        rows = "".join(f"<li>{escape(str(row.fields.get('id') or row.text[:60]))}: {escape(row.reason)}</li>" for row in tally.unscored)
        more = f"<p>{escape(tr('and {n} more', n=left - len(tally.unscored)))}</p>" if left > len(tally.unscored) else ""
        body.append(f"<h2>{escape(tr('Without a score: {n}', n=left))}</h2><ul>{rows}</ul>{more}")
    page = (
        f'<!doctype html><html lang="{interface_language()}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{_PAGE_STYLE}{STYLE}</style></head><body>{''.join(body)}</body></html>\n"
    )
    path.write_text(page, encoding="utf-8", errors="replace")


def language_name(language: str) -> str:
    """``"fi"`` as people say it."""
    return {"fi": tr("Finnish"), "en": tr("English")}.get(language, language)


def heading(by: str) -> str:
    """Heading of a table's first column."""
    return {"channel": tr("channel"), "year": tr("year"), "month": tr("month")}[by]


def _language(ours: LanguageTally, show: Show) -> list[str]:
    legend = "".join(f'<mark class="{side}">{escape(side_title(side))}</mark>' for side in SIDES)
    return [
        f"<h2>{escape(tr('{language}: {n} posts', language=language_name(ours.language), n=ours.all.n))}</h2>",
        *(_histogram(ours, dimension) for dimension in DIMENSIONS if ours.scores[dimension]),
        *(_table(ours, by) for by in ("channel", "year")),
        _table(ours, "month", last=_MOST_MONTHS) if len(ours.groups("year")) else "",
        _values(ours),
        f'<p class="tg legend">{legend}</p>',
        *(_posts(ours, dimension, show) for dimension in DIMENSIONS[:2]),
    ]


def _histogram(ours: LanguageTally, dimension: str) -> str:
    counts = [0] * _BINS
    for score in ours.scores[dimension]:
        counts[min(_BINS - 1, int(score / 100 * _BINS))] += 1
    step, tallest = _WIDTH / _BINS, max(counts) or 1
    bars = "".join(
        f'<rect x="{i * step + 1:.0f}" y="{_HEIGHT - n / tallest * _HEIGHT:.1f}" width="{step - 2:.0f}" height="{n / tallest * _HEIGHT:.1f}">'
        f"<title>{i * 10}-{i * 10 + 10}: {n}</title></rect>"
        for i, n in enumerate(counts)
    )
    told = tr(
        "{dimension}, 0 to 100: half the posts are above {middle}",
        dimension=dimension_name(dimension),
        middle=f"{median(ours.scores[dimension]):.0f}",
    )
    return (
        f'<figure class="{dimension}"><svg width="{_WIDTH}" height="{_HEIGHT}" role="img" aria-label="{escape(told)}">{bars}</svg>'
        f"<figcaption>{escape(told)}</figcaption></figure>"
    )


def _table(ours: LanguageTally, by: str, *, last: int | None = None) -> str:
    groups = [group for group in ours.groups(by) if group.name][-(last or 0) :]
    if not groups:
        return ""
    heads = [heading(by), tr("posts"), *(dimension_name(d) for d in DIMENSIONS[: len(groups[0].means)])]
    heads += [tr("in tone")] if groups[0].in_tone is not None else []
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in _cells(group))}</tr>" for group in groups)
    small = ours.left_out(by)
    note = (
        f'<p class="note">{escape(tr("{n} groups of fewer than {least} posts are not shown.", n=small, least=LEAST))}</p>' if small else ""
    )
    return f"<table><tr>{''.join(f'<th>{escape(h)}</th>' for h in heads)}</tr>{rows}</table>{note}"


def _cells(group: Group) -> list[str]:
    share = [] if group.in_tone is None else [f"{100 * group.in_tone:.0f} %"]
    return [group.name, str(group.n), *(f"{mean:.0f}" for mean in group.means), *share]


def _values(ours: LanguageTally) -> str:
    if not ours.values:
        return ""
    rows = "".join(
        f"<tr><td>{escape(name)}</td><td>{sum(found) / len(found):.0f}</td><td>{100 * sum(v >= _MET for v in found) / len(found):.0f} %</td></tr>"
        for name, found in ours.values.items()
    )
    heads = (tr("value"), tr("alignment, mean"), tr("posts at 50 or more"))
    return f"<table><tr>{''.join(f'<th>{escape(h)}</th>' for h in heads)}</tr>{rows}</table>"


def _posts(ours: LanguageTally, dimension: str, show: Show) -> str:
    return f"<h3>{escape(tr('Highest: {dimension}', dimension=dimension_name(dimension)))}</h3>" + "".join(
        _article(row, show) for row in ours.highest(dimension)
    )


def _article(row: Row, show: Show) -> str:
    score = show(row)
    told: Sequence[str] = [str(row.fields[k]) for k in ("id", "date", "channel") if row.fields.get(k)]
    shown = score_to_html(score, style=False) if score is not None else f"<p>{escape(row.text)}</p>"
    return f'<article><p class="meta">{escape(" · ".join(told))}</p>{shown}</article>'
