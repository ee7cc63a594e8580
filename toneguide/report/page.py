"""A first page: how a scored archive sounds, and the posts to look at, with the words behind their scores."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Final

from toneguide.batch.score_posts import Scored
from toneguide.render import STYLE, score_to_html
from toneguide.report.groups import group_means

__all__ = ["write_page"]

_SHOWN: Final = 5
_WIDTH, _HEIGHT, _BINS = 240, 70, 10
_PAGE_STYLE: Final = """\
body{margin:2rem auto;max-width:60rem;padding:0 1rem;font:16px/1.5 system-ui,sans-serif;color:#1c1b1f;background:#fff}
table{border-collapse:collapse;margin:.5rem 0 1.5rem}th,td{text-align:right;padding:.2rem .8rem;border-bottom:1px solid #bbb}
th:nth-child(-n+2),td:nth-child(-n+2){text-align:left}figure{display:inline-block;margin:0 1.5rem 1rem 0}figcaption{font-size:.92em}
rect{fill:#5b3d99}.warmth rect{fill:#b4490f}article{border-top:1px solid #bbb;padding:.6rem 0}.meta{font-size:.92em}
.legend mark{margin-right:1rem}@media (prefers-color-scheme:dark){body{color:#ece9f0;background:#17161a}rect{fill:#cdb8ff}.warmth rect{fill:#ffb584}}
"""
_LEGEND: Final = (
    '<p class="tg legend"><mark class="corporate">sounds corporate</mark><mark class="plain">sounds plain</mark>'
    '<mark class="warm">adds warmth</mark><mark class="cold">takes warmth</mark></p>'
)


def write_page(path: Path, scored: Sequence[Scored], *, title: str, values: Sequence[str] = ()) -> None:
    """Write the page: one HTML file with everything inside it, no script, nothing fetched.

    Parameters
    ----------
    path : Path
        The file to write.
    scored : sequence of Scored
        Posts with their scores.
    title : str
        Heading.
    values : sequence of str
        Names of the guide's values.
    """
    ok = [one for one in scored if one.score.status == "ok"]
    body = [
        f"<h1>{escape(title)}</h1>",
        f"<p>{len(ok)} of {len(scored)} posts have a score. Scores go from 0 to 100; compare them within a language only.</p>",
    ]
    for language, name in (("fi", "Finnish"), ("en", "English")):
        ours = [one for one in ok if one.score.language == language]
        if ours:
            body.append(f"<h2>{name}: {len(ours)} posts</h2>")
            body += [_histogram(ours, dimension) for dimension in ("corporate", "warmth")]
            body += [_table(ours, by, values) for by in ("channel", "year")]
            body.append(_LEGEND)
            body += [_posts(ours, dimension) for dimension in ("corporate", "warmth")]
    unscored = [one for one in scored if one.score.status != "ok"]
    if unscored:
        rows = "".join(f"<li>{escape(str(one.post.fields.get('id', one.post.line)))}: {escape(one.score.reason)}</li>" for one in unscored)
        body.append(f"<h2>Without a score: {len(unscored)}</h2><ul>{rows}</ul>")
    page = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{_PAGE_STYLE}{STYLE}</style></head><body>{''.join(body)}</body></html>\n"
    )
    path.write_text(page, encoding="utf-8", errors="replace")


def _histogram(ours: Sequence[Scored], dimension: str) -> str:
    counts = [0] * _BINS
    for one in ours:
        counts[min(_BINS - 1, int(getattr(one.score, dimension) / 100 * _BINS))] += 1
    step, tallest = _WIDTH / _BINS, max(counts) or 1
    bars = "".join(
        f'<rect x="{i * step + 1:.0f}" y="{_HEIGHT - n / tallest * _HEIGHT:.1f}" width="{step - 2:.0f}" height="{n / tallest * _HEIGHT:.1f}">'
        f"<title>{i * 10}-{i * 10 + 10}: {n} posts</title></rect>"
        for i, n in enumerate(counts)
    )
    middle = sorted(getattr(one.score, dimension) for one in ours)[len(ours) // 2]
    return (
        f'<figure class="{dimension}"><svg width="{_WIDTH}" height="{_HEIGHT}" role="img" aria-label="Spread of {dimension}, median {middle:.0f}">{bars}</svg>'
        f"<figcaption>{dimension}, 0 to 100: half the posts are above {middle:.0f}</figcaption></figure>"
    )


def _table(ours: Sequence[Scored], by: str, values: Sequence[str]) -> str:
    heads = ["", by, "posts", "corporate", "warmth", *(["alignment"] if values else [])]
    rows = [
        f"<tr><td>{escape(g.language)}</td><td>{escape(g.name)}</td><td>{g.n}</td>"
        + "".join(f"<td>{m:.0f}</td>" for m in g.means)
        + "</tr>"
        for g in group_means(ours, by)
    ]
    return f"<table><tr>{''.join(f'<th>{h}</th>' for h in heads)}</tr>{''.join(rows)}</table>" if rows else ""


def _posts(ours: Sequence[Scored], dimension: str) -> str:
    top = sorted(ours, key=lambda one: -getattr(one.score, dimension))[:_SHOWN]
    articles = "".join(
        f'<article><p class="meta">{escape(" · ".join(str(one.post.fields[k]) for k in ("id", "date", "channel") if one.post.fields.get(k)))}</p>'
        f"{score_to_html(one.score, style=False)}</article>"
        for one in top
    )
    return f"<h3>Highest {dimension}</h3>{articles}"
