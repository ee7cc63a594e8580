"""A first page: how a scored archive sounds, and the posts to look at, with the words behind their scores."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

from toneguide.batch.score_posts import Scored, score_posts
from toneguide.errors import CallError, InputError
from toneguide.guide import ToneGuide
from toneguide.interface import interface_language, tr
from toneguide.posts.record import make_post
from toneguide.render import STYLE, score_to_html
from toneguide.render.highlight import SIDES, side_title
from toneguide.render.reasons import reason_words
from toneguide.render.words import dimension_name
from toneguide.report.groups import group_means

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame

__all__ = ["write_page", "write_report"]

_SHOWN: Final = 5
_WIDTH, _HEIGHT, _BINS = 240, 70, 10
_PAGE_STYLE: Final = """\
body{margin:2rem auto;max-width:60rem;padding:0 1rem;font:16px/1.5 system-ui,sans-serif;color:#1c1b1f;background:#fff}
table{border-collapse:collapse;margin:.5rem 0 1.5rem}th,td{text-align:right;padding:.2rem .8rem;border-bottom:1px solid #bbb}
th:nth-child(-n+2),td:nth-child(-n+2){text-align:left}figure{display:inline-block;margin:0 1.5rem 1rem 0}figcaption{font-size:.92em}
rect{fill:#5b3d99}.warmth rect{fill:#b4490f}article{border-top:1px solid #bbb;padding:.6rem 0}.meta{font-size:.92em}
.legend mark{margin-right:1rem}@media (prefers-color-scheme:dark){body{color:#ece9f0;background:#17161a}rect{fill:#cdb8ff}.warmth rect{fill:#ffb584}}
"""


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
        f"<p>{escape(tr('{n} of {total} posts have a score. Scores go from 0 to 100; compare them within a language only.', n=len(ok), total=len(scored)))}</p>",
    ]
    for language, heading in (("fi", tr("Finnish: {n} posts")), ("en", tr("English: {n} posts"))):
        ours = [one for one in ok if one.score.language == language]
        if ours:
            body.append(f"<h2>{escape(heading.format(n=len(ours)))}</h2>")
            body += [_histogram(ours, dimension) for dimension in ("corporate", "warmth")]
            body += [_table(ours, by, values) for by in ("channel", "year")]
            body.append(_legend())
            body += [_posts(ours, dimension) for dimension in ("corporate", "warmth")]
    unscored = [one for one in scored if one.score.status != "ok"]
    if unscored:
        rows = "".join(
            f"<li>{escape(str(one.post.fields.get('id', one.post.line)))}: {escape(reason_words(one.score.reason))}</li>"
            for one in unscored
        )
        body.append(f"<h2>{escape(tr('Without a score: {n}', n=len(unscored)))}</h2><ul>{rows}</ul>")
    page = (
        f'<!doctype html><html lang="{interface_language()}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{_PAGE_STYLE}{STYLE}</style></head><body>{''.join(body)}</body></html>\n"
    )
    path.write_text(page, encoding="utf-8", errors="replace")


def write_report(
    posts: IntoDataFrame, guide: ToneGuide, path: str | Path, *, text: str = "text", language: str | None = None, title: str = ""
) -> None:
    """Score a frame of posts and write a page about them, in the language of the interface.

    Parameters
    ----------
    posts : pandas, Polars or PyArrow frame
        One post a row; columns ``id``, ``date`` and ``channel`` are used where they are there.
    guide : ToneGuide
        Scores them.
    path : str or Path
        The HTML file; one that is there is replaced.
    text : str
        Column that holds the posts.
    language : {"fi", "en"}, optional
        The language of all of them; skips identification.
    title : str
        Heading; the guide's company where left out.

    Raises
    ------
    InputError
        Where the page cannot be written.
    ValueError
        Where there is no such column.
    """
    import narwhals as nw

    frame = nw.from_native(posts, eager_only=True)
    if text not in frame.columns:
        raise CallError(f"no column {text!r}; the columns are {', '.join(map(repr, frame.columns))}")
    rows = frame.iter_rows(named=True)
    read = [make_post({k: v for k, v in row.items() if k != text}, row[text], "", i + 1) for i, row in enumerate(rows)]
    heading = title or tr("{company}: how our posts sound", company=guide.decisions.company or tr("We"))
    try:
        write_page(
            Path(path), list(score_posts(read, guide, language=language)), title=heading, values=[value.name for value in guide.values]
        )
    except OSError as e:
        raise InputError(f"{path}: cannot be written ({e.strerror or e}); choose another place") from None


def _legend() -> str:
    marks = "".join(f'<mark class="{side}">{escape(side_title(side))}</mark>' for side in SIDES)
    return f'<p class="tg legend">{marks}</p>'


def _histogram(ours: Sequence[Scored], dimension: str) -> str:
    counts = [0] * _BINS
    for one in ours:
        counts[min(_BINS - 1, int(getattr(one.score, dimension) / 100 * _BINS))] += 1
    step, tallest = _WIDTH / _BINS, max(counts) or 1
    bars = "".join(
        f'<rect x="{i * step + 1:.0f}" y="{_HEIGHT - n / tallest * _HEIGHT:.1f}" width="{step - 2:.0f}" height="{n / tallest * _HEIGHT:.1f}">'
        f"<title>{i * 10}-{i * 10 + 10}: {escape(tr('{n} posts', n=n))}</title></rect>"
        for i, n in enumerate(counts)
    )
    middle = sorted(getattr(one.score, dimension) for one in ours)[len(ours) // 2]
    name = dimension_name(dimension)
    told = tr("{name}, 0 to 100: half the posts are above {middle}", name=name, middle=f"{middle:.0f}")
    spread = tr("Spread of {name}, median {middle}", name=name, middle=f"{middle:.0f}")
    return (
        f'<figure class="{dimension}"><svg width="{_WIDTH}" height="{_HEIGHT}" role="img" aria-label="{escape(spread)}">{bars}</svg>'
        f"<figcaption>{escape(told)}</figcaption></figure>"
    )


def _table(ours: Sequence[Scored], by: str, values: Sequence[str]) -> str:
    by_name = {"channel": tr("channel"), "year": tr("year")}.get(by, by)
    heads = ["", by_name, tr("posts"), *(dimension_name(d) for d in ("corporate", "warmth", *(["alignment"] if values else [])))]
    rows = [
        f"<tr><td>{escape(g.language)}</td><td>{escape(g.name)}</td><td>{g.n}</td>"
        + "".join(f"<td>{m:.0f}</td>" for m in g.means)
        + "</tr>"
        for g in group_means(ours, by)
    ]
    return f"<table><tr>{''.join(f'<th>{escape(h)}</th>' for h in heads)}</tr>{''.join(rows)}</table>" if rows else ""


def _posts(ours: Sequence[Scored], dimension: str) -> str:
    top = sorted(ours, key=lambda one: -getattr(one.score, dimension))[:_SHOWN]
    articles = "".join(
        f'<article><p class="meta">{escape(" · ".join(str(one.post.fields[k]) for k in ("id", "date", "channel") if one.post.fields.get(k)))}</p>'
        f"{score_to_html(one.score, style=False)}</article>"
        for one in top
    )
    titles = {"corporate": tr("Most corporate-speak"), "warmth": tr("Most warmth")}
    return f"<h3>{escape(titles[dimension])}</h3>{articles}"
